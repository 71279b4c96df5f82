"""Sales and books side by side, day by day; where they differ it is told by shape, figure and colour."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.theme import figures
from bridge_gui.store.rows import DayRow

SMALL_PX = 11
TOP, BOTTOM, LEFT, RIGHT = 22, 22, 8, 4
GRID = 3
GAP, WIDEST = 3.0, 18.0


class Chart(QWidget):
    """Two bars a day, from the same nought; the books' bar is outlined in red where it differs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._days: Sequence[DayRow] = ()
        self._currency = ""
        self.setMinimumHeight(170)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(desk.words.text("Sales and books, day by day"))
        font = figures(self.font())
        font.setPixelSize(SMALL_PX)
        self._small = font
        desk.theme.changed.connect(self.update)

    def show_days(self, days: Sequence[DayRow], currency: str) -> None:
        """Show these days."""
        self._days, self._currency = days, currency
        self.setAccessibleDescription(described(self._desk, days, currency))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell a day's figures where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(event.pos().x())
            text = "" if day is None else day_text(self._desk, day, self._currency)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def day_at(self, x: float) -> DayRow | None:
        """The day drawn at this place."""
        area = self._area()
        if not self._days or not area.left() <= x <= area.right():
            return None
        place = int((x - area.left()) / self._step(area))
        return self._days[min(place, len(self._days) - 1)]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the grid, then the days."""
        del event
        if not self._days:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        area = self._area()
        self._paint_grid(painter, area)
        for place, day in enumerate(self._days):
            self._paint_day(painter, area, place, day)

    def _area(self) -> QRectF:
        widest = max((self._width(self._figure(line)) for line in self._lines()), default=0.0)
        return QRectF(self.rect()).adjusted(LEFT + widest + 8, TOP, -RIGHT, -BOTTOM)

    def _step(self, area: QRectF) -> float:
        return area.width() / len(self._days)

    def _range(self) -> tuple[Decimal, Decimal]:
        values = [value for day in self._days for value in (day.sales, day.books)]
        low, high = min(Decimal(0), *values), max(Decimal(0), *values)
        unit = rounded((high - low) / GRID)
        return _whole(low / unit, ROUND_FLOOR) * unit, max(_whole(high / unit, ROUND_CEILING), 1) * unit

    def _lines(self) -> list[Decimal]:
        if not self._days:
            return []
        low, high = self._range()
        unit = rounded((high - low) / GRID)
        return [low + unit * at for at in range(int((high - low) / unit) + 1)]

    def _height(self, value: Decimal, area: QRectF) -> float:
        low, high = self._range()
        return area.bottom() - float((value - low) / (high - low)) * area.height()

    def _paint_grid(self, painter: QPainter, area: QRectF) -> None:
        tokens = self._desk.theme.tokens
        for line in self._lines():
            y = round(self._height(line, area)) + 0.5
            painter.setPen(QColor(tokens.edge if line == 0 else tokens.line))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(tokens.muted))
            where = QRectF(0, y - 8, area.left() - 8, 16)
            painter.drawText(
                where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._figure(line)
            )

    def _paint_day(self, painter: QPainter, area: QRectF, place: int, day: DayRow) -> None:
        step, tokens = self._step(area), self._desk.theme.tokens
        middle = area.left() + step * (place + 0.5)
        width = min(WIDEST, max(2.0, (step - 2 * GAP) / 2 - 1))
        differs = day.difference != 0
        self._bar(painter, area, middle - width - 1, width, day.sales, QColor(tokens.chart_sales))
        if differs:
            self._outlined(painter, area, middle + 1, width, day.books)
            self._say(painter, area, middle, day)
        else:
            self._bar(painter, area, middle + 1, width, day.books, QColor(tokens.accent))
        if place % self._every(area) == 0:
            painter.setPen(QColor(tokens.muted))
            where = QRectF(middle - 30, area.bottom() + 5, 60, 16)
            painter.drawText(where, Qt.AlignmentFlag.AlignHCenter, f"{day.day.day}.")

    def _bar(
        self, painter: QPainter, area: QRectF, left: float, width: float, value: Decimal, colour: QColor
    ) -> QRectF:
        nought, top = self._height(Decimal(0), area), self._height(value, area)
        bar = QRectF(left, min(nought, top), width, abs(nought - top))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(bar, 2, 2)
        return bar

    def _outlined(self, painter: QPainter, area: QRectF, left: float, width: float, value: Decimal) -> None:
        tokens = self._desk.theme.tokens
        bar = self._bar(painter, area, left, width, value, QColor(tokens.red_soft))
        painter.setPen(QPen(QColor(tokens.red), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(bar.adjusted(0.75, 0.75, -0.75, 0), 2, 2)

    def _say(self, painter: QPainter, area: QRectF, middle: float, day: DayRow) -> None:
        """The difference over its day; where days are narrow, a mark."""
        top = min(self._height(day.sales, area), self._height(day.books, area))
        figure = self._figure(day.difference)
        shown = figure if self._width(figure) + 4 <= self._step(area) * 1.15 else "!"
        bold = QFont(self._small)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(self._desk.theme.tokens.red))
        painter.drawText(QRectF(middle - 60, top - 17, 120, 15), Qt.AlignmentFlag.AlignHCenter, shown)
        painter.setFont(self._small)

    def _every(self, area: QRectF) -> int:
        """How many days stand between two that are named."""
        return max(1, round(24 / max(self._step(area), 1.0) + 0.49))

    def _figure(self, value: Decimal) -> str:
        return self._desk.formats.amount(value, self._currency)

    def _width(self, text: str) -> float:
        return QFontMetricsF(self._small).horizontalAdvance(text)


class Legend(QWidget):
    """What the bars mean: one drawn as on the chart, with its word."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        text = desk.words.text
        self._parts = (("chart_sales", text("Sales")), ("accent", text("Books")), ("red", text("Differs")))
        self.setAccessibleName(", ".join(word for _colour, word in self._parts))
        metrics = self.fontMetrics()
        self._widths = [metrics.horizontalAdvance(word) + 34 for _colour, word in self._parts]
        self.setFixedSize(sum(self._widths), 20)
        desk.theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the squares and their words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, left = self._desk.theme.tokens, 0.0
        for (colour, word), width in zip(self._parts, self._widths, strict=True):
            outlined = colour == "red"
            square = QRectF(left + 0.75, 5.75, 9.5, 9.5)
            painter.setPen(QPen(QColor(tokens.red), 1.5) if outlined else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.red_soft if outlined else getattr(tokens, colour)))
            painter.drawRoundedRect(square, 2, 2)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(left + 16, 0, width, 20), Qt.AlignmentFlag.AlignVCenter, word)
            left += width


def _whole(value: Decimal, way: str) -> int:
    return int(value.to_integral_value(rounding=way))


def rounded(value: Decimal) -> Decimal:
    """The next larger round number: 1, 2, 2.5 or 5 times a power of ten."""
    if value <= 0:
        return Decimal(1)
    power = Decimal(10) ** value.adjusted()
    steps = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
    return next(step * power for step in steps if step * power >= value)


def day_text(desk: Desk, day: DayRow, currency: str) -> str:
    """A day's figures in words."""
    text, money = desk.words.text, desk.formats.money
    parts = [
        desk.formats.long_day(day.day),
        text("Sales {amount}", amount=money(day.sales, currency)),
        text("Books {amount}", amount=money(day.books, currency)),
    ]
    if day.difference:
        parts.append(text("Difference {amount}", amount=money(day.difference, currency)))
    if day.left_out:
        parts.append(text("Left out {amount}", amount=money(day.left_out, currency)))
    return "\n".join(parts)


def described(desk: Desk, days: Sequence[DayRow], currency: str) -> str:
    """The chart in a sentence, for who cannot see it; the days that differ are told one by one."""
    differing = [day for day in days if day.difference]
    words, money = desk.words, desk.formats.money
    if not differing:
        return words.text("Sales and books agree on every day.")
    told = "; ".join(
        f"{desk.formats.long_day(day.day)} {money(day.difference, currency)}" for day in differing
    )
    line = words.many("They differ on {count} day", "They differ on {count} days", len(differing))
    return f"{line}: {told}"
