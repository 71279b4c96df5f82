"""Small signs drawn from strokes, so that they are crisp at any scale and take the theme's colours.

Each stroke is a list of points on a 16 by 16 grid; a circle is (x, y, radius); a dot is filled.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Sign:
    """How one sign is drawn."""

    strokes: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[tuple[float, float, float], ...] = ()
    dots: tuple[tuple[float, float, float], ...] = ()
    filled: tuple[tuple[Point, ...], ...] = ()


CHECK = Sign(strokes=(((3.2, 8.4), (6.4, 11.6), (12.8, 4.6)),))
BANG = Sign(strokes=(((8, 3.2), (8, 9)),), dots=((8, 12.2, 1.1),))
CROSS = Sign(strokes=(((4, 4), (12, 12)), ((12, 4), (4, 12))))
RING = Sign(circles=((8, 8, 4.2),))
CLOCK = Sign(strokes=(((8, 4.8), (8, 8.2), (10.4, 9.6)),), circles=((8, 8, 5.6),))
DASH = Sign(strokes=(((4, 8), (12, 8)),))
SENT = Sign(filled=(((3, 3.4), (13.6, 8), (3, 12.6), (5, 8)),))
ASK = Sign(
    strokes=(
        (
            (5.2, 5.6),
            (5.8, 4.1),
            (7.2, 3.2),
            (8.9, 3.2),
            (10.3, 4.1),
            (10.8, 5.6),
            (10.2, 7),
            (8, 8.4),
            (8, 9.6),
        ),
    ),
    dots=((8, 12.4, 1.1),),
)
BACK = Sign(strokes=(((6.4, 3.6), (3.2, 6.8), (6.4, 10)), ((3.2, 6.8), (10, 6.8), (12.6, 9.4), (12.6, 12.8))))
PEN = Sign(
    strokes=(
        ((3.2, 12.8), (4, 9.8), (10.4, 3.4), (12.6, 5.6), (6.2, 12), (3.2, 12.8)),
        ((8.8, 5), (11, 7.2)),
    )
)
PLUS = Sign(strokes=(((8, 3.4), (8, 12.6)), ((3.4, 8), (12.6, 8))))
TURN = Sign(
    strokes=(
        ((12.9, 6.2), (11, 3.9), (8, 3), (5, 3.9), (3.2, 6.6)),
        ((12.9, 2.8), (12.9, 6.2), (9.6, 6.2)),
        ((3.1, 9.8), (5, 12.1), (8, 13), (11, 12.1), (12.8, 9.4)),
        ((3.1, 13.2), (3.1, 9.8), (6.4, 9.8)),
    )
)
DOWN = Sign(strokes=(((4.4, 6.4), (8, 10), (11.6, 6.4)),))
SEARCH = Sign(strokes=(((10.4, 10.4), (13.4, 13.4)),), circles=((7, 7, 4.2),))


def draw(painter: QPainter, sign: Sign, where: QRectF, colour: str) -> None:
    """Draw a sign inside a square."""
    scale = where.width() / 16
    ink = QColor(colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(where.topLeft())
    painter.scale(scale, scale)
    painter.setPen(QPen(ink, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    for stroke in sign.strokes:
        painter.drawPolyline(_polygon(stroke))
    for x, y, radius in sign.circles:
        painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for x, y, radius in sign.dots:
        painter.drawEllipse(QPointF(x, y), radius, radius)
    for shape in sign.filled:
        painter.drawPolygon(_polygon(shape))
    painter.restore()


def picture(sign: Sign, colour: str, size: int, ratio: float = 2.0) -> QPixmap:
    """A sign as a picture of `size` points."""
    result = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    draw(painter, sign, QRectF(0, 0, size, size), colour)
    painter.end()
    return result


def icon(sign: Sign, colour: str, disabled: str = "") -> QIcon:
    """A sign as an icon for a button."""
    result = QIcon(picture(sign, colour, 16))
    if disabled:
        result.addPixmap(picture(sign, disabled, 16), QIcon.Mode.Disabled)
    return result


def _polygon(points: tuple[Point, ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
