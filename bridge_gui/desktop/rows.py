"""Draws the rows of a table, all of them in one go.

A working thread and the window share one interpreter. Were each cell a call from Qt into Python, the window
would wait for its turn some hundreds of times in each picture; drawn in one go it waits once. For the same
reason colours, pills and shortened texts are made once and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap, QStaticText, QTransform

from bridge_gui.desktop import signs
from bridge_gui.desktop.states import Look, ground, ink
from bridge_gui.desktop.table_model import LEFT, Cell
from bridge_gui.desktop.theme import Theme

PAD = 12
PILL_HEIGHT = 22
PILL_SIGN = 36
"""What a pill has beside its word: its sign and its ends."""
TICK = 16
PILL_FONT_PX = 12
KEPT_TEXTS = 5000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row or a cell is: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int


class RowPainter:
    """Draws rows of prepared cells in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pills: dict[tuple[Look, str, float], QPixmap] = {}
        self._texts: dict[tuple[str, int], QStaticText] = {}
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """What was made is no longer right: another theme or font."""
        self._pills.clear()
        self._texts.clear()

    def ground(self, painter: QPainter, row: Place, *, chosen: bool, head: bool, outlined: bool) -> None:
        """A row's ground and the hairline below it."""
        theme, tokens = self._theme, self._theme.tokens
        if chosen or head:
            colour = theme.colour(tokens.accent_soft if chosen else tokens.hover)
            painter.fillRect(row.x, row.y, row.width, row.height, colour)
        painter.fillRect(row.x, row.y + row.height - 1, row.width, 1, theme.colour(tokens.line))
        if outlined:
            painter.setPen(theme.colour(tokens.accent))
            painter.drawRect(row.x, row.y, row.width - 1, row.height - 2)

    def cells(self, painter: QPainter, cells: Sequence[tuple[Place, Cell | None]]) -> None:
        """The cells of a row."""
        for place, cell in cells:
            if cell is None:
                continue
            if cell.check is not None:
                self._tick(painter, place, ticked=cell.check)
            elif cell.look is not None:
                self._pill(painter, place, cell.look, cell.text)
            elif cell.text:
                self._text(painter, place, cell)

    def _tick(self, painter: QPainter, place: Place, *, ticked: bool) -> None:
        theme, tokens = self._theme, self._theme.tokens
        box = QRectF(place.x + PAD + 0.5, place.y + (place.height - TICK) / 2, TICK, TICK)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(tokens.accent if ticked else tokens.muted))
        painter.setBrush(theme.colour(tokens.accent if ticked else tokens.surface))
        painter.drawRoundedRect(box, 3, 3)
        painter.restore()
        if ticked:
            signs.draw(painter, signs.CHECK, box, tokens.on_accent)

    def _text(self, painter: QPainter, place: Place, cell: Cell) -> None:
        tokens = self._theme.tokens
        painter.setPen(self._theme.colour(ink(tokens, cell.tone) if cell.tone else tokens.text))
        text = self._shortened(cell.text, place.width - 2 * PAD, painter)
        size = text.size()
        left = place.x + (place.width - PAD - size.width() if cell.right else PAD)
        painter.drawStaticText(QPointF(left, place.y + (place.height - size.height()) / 2), text)

    def _shortened(self, text: str, room: int, painter: QPainter) -> QStaticText:
        found = self._texts.get((text, room))
        if found is None:
            if len(self._texts) >= KEPT_TEXTS:
                self._texts.clear()
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            found = self._texts[text, room] = laid_out(shown, painter.font())
        return found

    def _pill(self, painter: QPainter, place: Place, look: Look, word: str) -> None:
        key = (look, word, painter.device().devicePixelRatio())
        found = self._pills.get(key)
        if found is None:
            found = self._pills[key] = pill_picture(self._theme, look, word, painter.font(), key[2])
        painter.drawPixmap(place.x + PAD - 4, place.y + (place.height - PILL_HEIGHT) // 2, found)


def laid_out(text: str, font: QFont) -> QStaticText:
    """A text laid out once."""
    result = QStaticText(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    result.prepare(QTransform(), font)
    return result


def pill_picture(theme: Theme, look: Look, word: str, font: QFont, ratio: float) -> QPixmap:
    """A state as a pill: its sign and its word on a soft ground."""
    small = QFont(font)
    small.setPixelSize(PILL_FONT_PX)
    width = QFontMetrics(small).horizontalAdvance(word) + PILL_SIGN
    result = QPixmap(QSize(round(width * ratio), round(PILL_HEIGHT * ratio)))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(small)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground(theme.tokens, look.tone)))
    painter.drawRoundedRect(QRectF(0, 0, width, PILL_HEIGHT), 11, 11)
    signs.draw(painter, look.sign, QRectF(8, 4.5, 13, 13), ink(theme.tokens, look.tone))
    painter.setPen(theme.colour(ink(theme.tokens, look.tone)))
    painter.drawText(QRectF(26, 0, width - 26, PILL_HEIGHT), LEFT, word)
    painter.end()
    return result
