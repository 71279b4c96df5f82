"""The few plain widgets every page is put together from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from bridge_gui.desktop import signs
from bridge_gui.desktop.signs import Sign
from bridge_gui.desktop.theme import Theme

SETTLED_MS = 200
NATIVE = QKeySequence.SequenceFormat.NativeText

_Box = TypeVar("_Box", bound=QBoxLayout)


def label(text: str = "", look: str = "", *, wrap: bool = False) -> QLabel:
    """A text; `look` is title, heading, strong or muted."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if look:
        result.setProperty("look", look)
    return result


def letter(text: str) -> tuple[str, str]:
    """A text as shown, and the keys its marked letter stands for: "&Stop" is ("Stop", "Alt+S").

    The letter is not underlined: the page stays calm, the tooltip tells the keys.
    """
    before, _, after = text.partition("&")
    return before + after, f"Alt+{after[0].upper()}" if after else ""


def button(
    text: str, pressed: Callable[[], Any], *, look: str = "", name: str = "", hint: str = ""
) -> QPushButton:
    """A button; `look` is primary or plain, `name` what a screen reader says instead of the text."""
    shown, keys = letter(text)
    result = QPushButton(shown)
    if look:
        result.setProperty("look", look)
    if keys:
        result.setShortcut(QKeySequence(keys))
        result.setToolTip(f"{hint or shown} ({result.shortcut().toString(NATIVE)})")
    result.setAccessibleName(name or shown)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    result.clicked.connect(lambda: pressed())  # noqa: PLW0108 - takes the signal's argument away
    return result


def row(*parts: QWidget | QBoxLayout | int, gap: int = 8) -> QHBoxLayout:
    """Parts side by side; a number is a stretch of that factor."""
    return _filled(QHBoxLayout(), parts, gap)


def column(*parts: QWidget | QBoxLayout | int, gap: int = 8) -> QVBoxLayout:
    """Parts below each other; a number is a stretch of that factor."""
    return _filled(QVBoxLayout(), parts, gap)


def frame(look: str, inside: QBoxLayout, margins: tuple[int, int, int, int] = (16, 16, 16, 16)) -> QFrame:
    """A framed surface; `look` is card, side, ribbon, strip or code."""
    result = QFrame()
    result.setProperty("look", look)
    inside.setContentsMargins(*margins)
    result.setLayout(inside)
    return result


def add_tab(tabs: QTabWidget, page: QWidget, text: str, count: str = "") -> None:
    """Add a page whose marked letter brings it to the front."""
    shown, keys = letter(text)
    place = tabs.addTab(page, f"{shown}  {count}" if count else shown)
    if keys:
        shortcut = QShortcut(QKeySequence(keys), tabs)
        shortcut.activated.connect(lambda: tabs.setCurrentWidget(page))
        tabs.setTabToolTip(place, shortcut.key().toString(NATIVE))


def clear(layout: QBoxLayout) -> None:
    """Take everything out of a row or column."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def relook(widget: QWidget, name: str, value: str) -> None:
    """Change a property the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def copy(text: str) -> None:
    """Put a text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


class Line(QLabel):
    """One line of text that ends in an ellipsis where there is no room; the tooltip has all of it."""

    def __init__(self, look: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if look:
            self.setProperty("look", look)

    def setText(self, text: str) -> None:  # noqa: N802
        """Show a text."""
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw what fits."""
        del event
        painter = QPainter(self)
        rect = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        self.style().drawItemText(
            painter, rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.palette(),
            self.isEnabled(), shown, QPalette.ColorRole.WindowText,
        )  # fmt: skip


class SignLabel(QWidget):
    """A sign of the theme's colours; says its word to a screen reader."""

    def __init__(self, theme: Theme, size: int = 16) -> None:
        super().__init__()
        self._sign: Sign | None = None
        self._colour = ""
        self._side = size
        self.setFixedSize(QSize(size, size))
        theme.changed.connect(self.update)

    def show_sign(self, sign: Sign, colour: str, word: str) -> None:
        """Show a sign."""
        self._sign, self._colour = sign, colour
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the sign."""
        del event
        if self._sign is not None:
            signs.draw(QPainter(self), self._sign, QRectF(0, 0, self._side, self._side), self._colour)


class Choice(QComboBox):
    """A drop-down list of (text, value) with an arrow in the theme's colour."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(16)

    def offer(self, options: Sequence[tuple[str, Any]]) -> None:
        """Offer these, keeping the chosen value if it is among them; tells nobody."""
        chosen = self.currentData()
        self.blockSignals(True)
        self.clear()
        for text, value in options:
            self.addItem(text, value)
        values = [value for _text, value in options]
        self.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the box, then the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        where = QRectF(self.width() - 24, (self.height() - 14) / 2, 14, 14)
        signs.draw(painter, signs.DOWN, where, self._theme.tokens.muted)


class SearchBox(QLineEdit):
    """A search field that tells only when the user has paused; Esc empties it."""

    def __init__(self, theme: Theme, hint: str, changed: Callable[[str], Any]) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sign = self.addAction(
            signs.icon(signs.SEARCH, theme.tokens.muted), QLineEdit.ActionPosition.LeadingPosition
        )
        self._timer = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._timer.timeout.connect(lambda: changed(self.text().strip()))
        self.textChanged.connect(self._timer.start)
        theme.changed.connect(lambda: self._sign.setIcon(signs.icon(signs.SEARCH, theme.tokens.muted)))


ADVICE = 460


class Empty(QFrame):
    """What stands where a list would be: what is missing and what to do about it."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label(look="heading")
        self._advice = label(look="muted", wrap=True)
        for part in (self._title, self._advice):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._advice.setFixedWidth(ADVICE)
        inside = column(2, self._title, self._advice, 3, gap=8)
        inside.setAlignment(self._advice, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(inside)
        self.setProperty("look", "card")

    def say(self, title: str, advice: str) -> None:
        """Say it."""
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setMinimumHeight(max(0, self._advice.heightForWidth(ADVICE)))


def _filled(layout: _Box, parts: Sequence[QWidget | QBoxLayout | int], gap: int) -> _Box:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout
