"""The controls of the wizard's fields: each shows a text, takes a text, and tells when it changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QRectF, QStringListModel, Qt, QTime, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateEdit,
    QFrame,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from bridge_gui.desktop import signs
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.formats import system_locale
from bridge_gui.desktop.theme import Theme
from bridge_gui.desktop.widgets import Choice, button, column, label, relook, row
from bridge_gui.desktop.wizard_style import pill, seen

ISO = "yyyy-MM-dd"
Change = Callable[[str], object]


class QuietWheel(QObject):
    """Lets the page scroll where a control would change its value under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Pass the wheel on unless the control has the focus."""
        if isinstance(event, QWheelEvent) and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class SecretLine(QWidget):
    """A secret as dots, to be looked at on purpose."""

    def __init__(self, desk: Desk, value: str, kept: str, change: Change) -> None:
        super().__init__()
        text = desk.words.text
        self._shown, self._hidden = text("Hide"), text("Show")
        self.line = QLineEdit(value)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setPlaceholderText(kept)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.line.textChanged.connect(change)
        self.eye = button(self._hidden, self._turn, name=text("Show the secret"))
        self.setLayout(row(self.line, self.eye, gap=8))

    def _turn(self) -> None:
        hidden = self.line.echoMode() is QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.eye.setText(self._shown if hidden else self._hidden)


class DayEdit(QDateEdit):
    """A day as the user's system writes it, with a calendar."""

    def __init__(self, desk: Desk, value: date, change: Change) -> None:
        super().__init__(QDate(value.year, value.month, value.day))
        self._theme = desk.theme
        self.setCalendarPopup(True)
        locale = system_locale()
        short = locale.dateFormat(QLocale.FormatType.ShortFormat)
        self.setDisplayFormat(short if "yyyy" in short else short.replace("yy", "yyyy"))
        self.setFixedWidth(170)
        self.dateChanged.connect(lambda day: change(day.toString(ISO)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the box, then the arrow."""
        super().paintEvent(event)
        _arrow(self, self._theme)


class OptionalDay(QWidget):
    """A day that need not be given."""

    def __init__(self, desk: Desk, name: str, value: date | None, today: date, change: Change) -> None:
        super().__init__()
        self.wanted = QCheckBox(desk.words.text("On this day"))
        self.wanted.setAccessibleName(name)
        self.wanted.setChecked(value is not None)
        self.day = DayEdit(desk, value or today, lambda _day: self._tell())
        self.day.setAccessibleName(name)
        self.day.setEnabled(value is not None)
        self._change = change
        self.wanted.toggled.connect(self.day.setEnabled)
        self.wanted.toggled.connect(lambda _on: self._tell())
        self.setLayout(row(self.wanted, self.day, 1, gap=10))

    def _tell(self) -> None:
        self._change(self.day.date().toString(ISO) if self.wanted.isChecked() else "")


class SearchChoice(QComboBox):
    """A list to choose from by typing a part of what is wanted."""

    picked = Signal(str)

    def __init__(self, desk: Desk, name: str, empty: str) -> None:
        super().__init__()
        self._theme, self._empty = desk.theme, empty
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(18)
        self.setAccessibleName(name)
        self.setToolTip(name)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText(empty)
        line.setAccessibleName(name)
        line.editingFinished.connect(self._settle)
        line.textEdited.connect(self._typed)
        self._completes()
        self.activated.connect(lambda _at: self._settle())

    def offer(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer (text, value) pairs; the first line chooses nothing."""
        self.blockSignals(True)
        self.clear()
        self.addItem("", "")
        self.setItemData(0, self._empty, Qt.ItemDataRole.AccessibleTextRole)
        for text, value in options:
            self.addItem(text, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)
        self._last = self.currentData() or ""
        completer = self.completer()
        if completer is not None:
            completer.setModel(QStringListModel([text for text, _value in options], completer))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the box, then the arrow."""
        super().paintEvent(event)
        _arrow(self, self._theme)

    def _completes(self) -> None:
        completer = QCompleter(self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(12)
        self.setCompleter(completer)

    def _typed(self, text: str) -> None:
        """An option written out in full is chosen at once."""
        at = self.findText(text.strip(), Qt.MatchFlag.MatchFixedString)
        if at > 0:
            self._pick(self.itemData(at))

    def _pick(self, value: str) -> None:
        if value != self._last:
            self._last = value
            self.picked.emit(value)

    def _settle(self) -> None:
        """What was typed becomes the one option it means, or what was chosen before."""
        at = self._meant(self.currentText().strip())
        self.setCurrentIndex(at if at >= 0 else max(0, self.findData(self._last)))
        line = self.lineEdit()
        if line is not None:
            line.setText(self.itemText(self.currentIndex()))
            line.setCursorPosition(0)
        self._pick(self.currentData() or "")

    def _meant(self, typed: str) -> int:
        if not typed:
            return 0
        same = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if same >= 0:
            return same
        hits = [at for at in range(1, self.count()) if typed.casefold() in self.itemText(at).casefold()]
        return hits[0] if len(hits) == 1 else -1


class Cards(QWidget):
    """A few answers as cards, each with its hint; the recommended one says so."""

    picked = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str, str]], chosen: str, recommended: tuple[str, str]
    ) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        self._frames: dict[str, QFrame] = {}
        best, word = recommended
        for key, title, hint in options:
            self._add(key, title, hint, word if key == best else "")
        self.setLayout(column(*self._frames.values(), gap=8))
        if chosen in self.buttons:
            self.buttons[chosen].setChecked(True)
        self._group.buttonToggled.connect(lambda _button, on: self._changed() if on else None)
        self._mark()

    @property
    def chosen(self) -> str:
        """The key of the chosen card."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def _add(self, key: str, title: str, hint: str, word: str) -> None:
        choose = QRadioButton(title)
        choose.setAccessibleName(", ".join(part for part in (title, word) if part))
        choose.setAccessibleDescription(hint)
        choose.setCursor(Qt.CursorShape.PointingHandCursor)
        head = row(choose, *([pill(word)] if word else []), 1, gap=10)
        under = label(hint, "muted", wrap=True)
        under.setContentsMargins(26, 0, 0, 0)
        seen(under, on=bool(hint))
        inside = column(head, under, gap=3)
        inside.setContentsMargins(14, 10, 14, 10)
        box = _Pressed(choose.click)
        box.setProperty("look", "choice")
        box.setLayout(inside)
        self._group.addButton(choose)
        self.buttons[key], self._frames[key] = choose, box

    def _changed(self) -> None:
        self._mark()
        self.picked.emit(self.chosen)

    def _mark(self) -> None:
        for key, box in self._frames.items():
            relook(box, "chosen", "yes" if self.buttons[key].isChecked() else "no")


class _Pressed(QFrame):
    """A frame that can be pressed anywhere."""

    def __init__(self, press: Callable[[], object]) -> None:
        super().__init__()
        self._press = press
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: object) -> None:  # noqa: N802
        """Press what is inside."""
        del event
        self._press()


class ScheduleEdit(QWidget):
    """When to sync: every day at a time, every so many minutes, or only by hand."""

    def __init__(self, desk: Desk, value: str, change: Change) -> None:
        super().__init__()
        text = desk.words.text
        self._change = change
        self.how = Choice(desk.theme, text("When to sync"))
        self.how.offer(
            [
                (text("Every day at"), "daily"),
                (text("Every so many minutes"), "every"),
                (text("Only by hand"), "manual"),
            ]
        )
        daily = re.fullmatch(r"(\d\d):(\d\d)", value)
        every = re.fullmatch(r"(\d+) ?min", value)
        self.at = QTimeEdit(QTime(int(daily[1]), int(daily[2])) if daily else QTime(23, 30))
        self.at.setDisplayFormat("HH:mm")
        self.at.setAccessibleName(text("Time of day"))
        self.minutes = QSpinBox()
        self.minutes.setRange(5, 1440)
        self.minutes.setValue(int(every[1]) if every else 60)
        self.minutes.setSuffix(" min")
        self.minutes.setAccessibleName(text("Minutes between two syncs"))
        for part in (self.at, self.minutes):
            part.setFixedWidth(96)
            part.lineEdit().setTextMargins(8, 0, 0, 0)
        self.how.setCurrentIndex(0 if daily else 1 if every else 2)
        self.setLayout(row(self.how, self.at, self.minutes, 1, gap=8))
        self._show()
        self.how.currentIndexChanged.connect(lambda _at: self._tell())
        self.at.timeChanged.connect(lambda _time: self._tell())
        self.minutes.valueChanged.connect(lambda _count: self._tell())

    @property
    def value(self) -> str:
        """As it is kept: "23:30", "60 min" or "manual"."""
        chosen = self.how.currentData()
        if chosen == "daily":
            return self.at.time().toString("HH:mm")
        return f"{self.minutes.value()} min" if chosen == "every" else "manual"

    def _tell(self) -> None:
        self._show()
        self._change(self.value)

    def _show(self) -> None:
        seen(self.at, on=self.how.currentData() == "daily")
        seen(self.minutes, on=self.how.currentData() == "every")


def _arrow(widget: QWidget, theme: Theme) -> None:
    painter = QPainter(widget)
    where = QRectF(widget.width() - 24, (widget.height() - 14) / 2, 14, 14)
    signs.draw(painter, signs.DOWN, where, theme.tokens.muted)
