"""The program's own sign, drawn: for the window, and for the tray, where a dot says *needs you*."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from bridge_gui.desktop.theme import LIGHT

SIZES = (16, 22, 24, 32, 48, 64, 128)
GROUND, LINE, ROPES, DOT = LIGHT.accent, "#FFFFFF", "#9BE3D3", "#F3B75C"


def emblem(*, needs_you: bool = False) -> QIcon:
    """The sign at every size a system asks for."""
    result = QIcon()
    for size in SIZES:
        result.addPixmap(_drawn(size, needs_you=needs_you))
    return result


def _drawn(size: int, *, needs_you: bool) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 256, size / 256)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GROUND))
    painter.drawRoundedRect(QRectF(12, 12, 232, 232), 52, 52)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    arch = QPainterPath(QPointF(38, 196))
    arch.arcTo(QRectF(38, 88, 180, 216), 180, -180)
    painter.strokePath(arch, _pen(LINE, 15))
    painter.setPen(_pen(ROPES, 9))
    for at, top in ((86, 112), (128, 96), (170, 112)):
        painter.drawLine(QPointF(at, 146), QPointF(at, top))
    painter.setPen(_pen(LINE, 15))
    painter.drawLine(QPointF(36, 152), QPointF(220, 152))
    if needs_you:
        painter.setPen(_pen(LINE, 12))
        painter.setBrush(QColor(DOT))
        painter.drawEllipse(QPointF(196, 60), 48, 48)
    painter.end()
    return picture


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
