"""The controls of an action's form: each shows an answer, and gives it back as it is kept."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer
from PySide6.QtGui import QColor, QFocusEvent, QPalette
from PySide6.QtWidgets import QCheckBox, QCompleter, QLabel, QLineEdit, QWidget

from bridge_gui.desktop import signs
from bridge_gui.desktop.asking import Asker, Question
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.states import Tone, ink
from bridge_gui.desktop.theme import figures
from bridge_gui.desktop.widgets import Choice, SignLabel, label, row
from bridge_gui.desktop.wizard_controls import DayEdit, OptionalDay, QuietWheel, SearchChoice
from bridge_gui.desktop.wizard_style import clear, seen

if TYPE_CHECKING:
    from bridge_gui.sync.specs import Field, Option

Changed = Callable[[], object]
Find = Callable[[str, str], Question]
"""A search by its name and a text, as a question to be asked in a job."""
FEW = 10
GROUPED = 3
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Control(ABC):
    """One answer on the screen: `widget` is laid out, `target` takes the focus."""

    widget: QWidget
    target: QWidget
    fixed = False

    @abstractmethod
    def value(self) -> str:
        """The answer as it is kept."""

    def show_value(self, value: str) -> None:
        """Show what the bridge has worked out, where nobody edits it."""
        del value


class Left(QObject):
    """Tells when a control is left for another one; a list that opens, or another window, is no leaving."""

    def __init__(self, target: QWidget, then: Changed) -> None:
        super().__init__(target)
        self._then = then
        target.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Look at the control's events; swallows none."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in stays:
                QTimer.singleShot(0, self, self._then)
        return False


class Box(QCheckBox):
    """A check box whose edge is seen in the dark too: Fusion takes a darker shade of the ground for it."""

    def __init__(self, desk: Desk, text: str = "") -> None:
        super().__init__(text)
        self._theme = desk.theme
        self._recolour()
        desk.theme.changed.connect(self._recolour)

    def _recolour(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.tokens.muted))
        self.setPalette(palette)


class TextControl(Control):
    """A line of text."""

    def __init__(self, value: str, changed: Changed) -> None:
        self.widget = self.target = self.line = QLineEdit(value)
        self.line.textEdited.connect(lambda _text: changed())

    def value(self) -> str:
        """The text."""
        return self.line.text().strip()


class NumberControl(Control):
    """A number as the user's system writes it, kept with a point."""

    def __init__(self, desk: Desk, value: str, changed: Changed) -> None:
        self._desk = desk
        self.widget = self.target = self.line = QLineEdit(shown_number(desk, value))
        self.line.setAlignment(RIGHT)
        self.line.setFont(figures(self.line.font()))
        self.line.textEdited.connect(lambda _text: changed())

    def value(self) -> str:
        """The number, or what was typed instead of one."""
        return typed_number(self._desk, self.line.text())


class FlagControl(Control):
    """Yes or no."""

    def __init__(self, desk: Desk, text: str, value: str, changed: Changed) -> None:
        self.widget = self.target = self.box = Box(desk, text)
        self.box.setChecked(value == "yes")
        self.box.toggled.connect(lambda _on: changed())

    def value(self) -> str:
        """Yes or no."""
        return "yes" if self.box.isChecked() else "no"


class DayControl(Control):
    """A day, or none where none is needed."""

    def __init__(self, desk: Desk, name: str, value: str, changed: Changed, *, needed: bool) -> None:
        self._value = value
        today = desk.now().astimezone().date()
        given = _day(value)

        def took(text: str) -> None:
            self._value = text
            changed()

        if needed:
            self._value = (given or today).isoformat()
            self.widget = self.target = DayEdit(desk, given or today, took)
        else:
            optional = OptionalDay(desk, name, given, today, took)
            self.widget, self.target = optional, optional.wanted

    def value(self) -> str:
        """The day as 2026-11-20, empty for none."""
        return self._value


class ListControl(Control):
    """One of a few, or one of many by typing a part of it."""

    def __init__(
        self, desk: Desk, name: str, offered: Sequence[tuple[str, str]], value: str, changed: Changed,
        *, needed: bool,
    ) -> None:  # fmt: skip
        self._value = value
        self._few = needed and len(offered) <= FEW and value in {key for _text, key in offered}
        self._changed = changed
        if self._few:
            few = Choice(desk.theme, name)
            few.offer(offered)
            few.setCurrentIndex(max(0, few.findData(value)))
            few.currentIndexChanged.connect(lambda _at: self._took(few.currentData()))
            self.widget = self.target = few
        else:
            many = SearchChoice(desk, name, desk.words.text("Type to search"))
            many.offer(offered, value)
            many.picked.connect(self._took)
            self.widget = self.target = many
        self.widget.installEventFilter(QuietWheel(self.widget))

    def value(self) -> str:
        """The key of the chosen one."""
        return self._value

    def _took(self, key: str) -> None:
        self._value = key or ""
        self._changed()


class SearchControl(Control):
    """One of too many to list: what is typed is searched for; a sign warns while none is chosen."""

    def __init__(
        self, desk: Desk, asked: Field, known: Sequence[Option], value: str, find: Find, changed: Changed
    ) -> None:
        text = desk.words.text
        self._asked, self._find, self._changed, self._value = asked, find, changed, value
        self._titles = {one.key: _title(one) for one in known}
        self.line = QLineEdit(self._titles.get(value, value))
        self.line.setCursorPosition(0)
        self.line.setPlaceholderText(text("Type to search"))
        self.target = self.line
        self.line.setToolTip(self.line.text())
        self._model = QStringListModel(list(self._titles.values()), self.line)
        self._completer = QCompleter(self._model, self.line)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(self._completer)
        self._asker = Asker(desk, f"find {asked.key}", self.line)
        self._sign = SignLabel(desk.theme)
        self._sign.show_sign(signs.BANG, ink(desk.theme.tokens, Tone.NEEDS_YOU), text(asked.unset))
        self.widget = clear(QWidget())
        inside = row(self._sign, self.line, gap=6)
        inside.setStretchFactor(self.line, 1)
        self.widget.setLayout(inside)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._left)
        self._completer.activated.connect(self._picked)
        self._mark()

    def value(self) -> str:
        """The key of the chosen one."""
        return self._value

    @property
    def offered(self) -> list[str]:
        """What was found last."""
        return self._model.stringList()

    def _typed(self, text: str) -> None:
        wanted = text.strip()
        self._asker.ask_later(self._find(self._asked.search, wanted), self._found)

    def _found(self, result: Result) -> None:
        if not isinstance(result, Done):
            return
        self._titles |= {one.key: _title(one) for one in result.value}
        self._model.setStringList([_title(one) for one in result.value])
        if self.line.hasFocus():
            self._completer.complete()

    def _picked(self, title: str) -> None:
        self._take(next((key for key, one in self._titles.items() if one == title), ""))

    def _left(self) -> None:
        typed = self.line.text().strip()
        exact = next((key for key, one in self._titles.items() if one.casefold() == typed.casefold()), None)
        self._take("" if not typed else self._value if exact is None else exact)

    def _take(self, key: str) -> None:
        before, self._value = self._value, key
        self.line.setText(self._titles.get(key, key))
        self.line.setToolTip(self.line.text())  # a long one is cut by the field's end
        self.line.setCursorPosition(0)
        self._mark()
        if before != key:
            self._changed()

    def _mark(self) -> None:
        open_ = not self._value and bool(self._asked.unset)
        seen(self._sign, on=open_)
        self._sign.setVisible(open_)
        self.line.setAccessibleDescription(self._sign.accessibleName() if open_ else "")


class FixedControl(Control):
    """What nobody edits: worked out by the bridge."""

    fixed = True

    def __init__(self, desk: Desk, asked: Field, value: str, known: Sequence[Option] = ()) -> None:
        self._desk, self._number = desk, asked.kind.value == "number"
        self._titles = {one.key: _title(one) for one in known}
        self.widget = self.target = self.label = label("")
        self._value = value
        if self._number:
            self.label.setAlignment(RIGHT)
            self.label.setFont(figures(self.label.font()))
        self.show_value(value)

    def value(self) -> str:
        """What is shown, as it came."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show another."""
        self._value = value
        plain = self._titles.get(value, value)
        self.label.setText(shown_number(self._desk, value, grouped=True) if self._number else plain)
        self.label.setToolTip("" if self._number else plain)


def control_for(
    desk: Desk, asked: Field, value: str, known: Sequence[Option], find: Find, changed: Changed
) -> Control:
    """The control for a question; its accessible name is the question's label."""
    made = _made(desk, asked, value, known, find, changed)
    if not isinstance(made.target, QLabel):
        made.target.setAccessibleName(desk.words.text(asked.label))
    return made


def _made(
    desk: Desk, asked: Field, value: str, known: Sequence[Option], find: Find, changed: Changed
) -> Control:
    text, kind = desk.words.text, asked.kind.value
    needed = asked.required or asked.default is not None
    if asked.fixed:
        return FixedControl(desk, asked, value, known)
    if kind == "choice" and asked.search:
        return SearchControl(desk, asked, known, value, find, changed)
    if kind == "choice":
        offered = [(text(one.title), one.key) for one in asked.choices] + [(_title(o), o.key) for o in known]
        return ListControl(desk, text(asked.label), offered, value, changed, needed=needed)
    if kind == "date":
        return DayControl(desk, text(asked.label), value, changed, needed=needed)
    if kind == "flag":
        return FlagControl(desk, text(asked.label), value, changed)
    return NumberControl(desk, value, changed) if kind == "number" else TextControl(value, changed)


def shown_number(desk: Desk, value: str, *, grouped: bool = False) -> str:
    """A kept number as the user's system writes it; anything else as it is."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if grouped:
        return desk.formats.amount(number)
    return format(number, "f").replace(".", point_of(desk))


def typed_number(desk: Desk, typed: str) -> str:
    """What was typed as a number is kept; a point and a comma are each taken as they can be meant."""
    text = re.sub(r"[\s\u00a0\u202f']", "", typed).replace("\u2212", "-")
    point = point_of(desk)
    other = "." if point == "," else ","
    if point in text:
        text = text.replace(other, "")
    elif not re.fullmatch(rf"-?\d{{1,3}}(?:{re.escape(other)}\d{{{GROUPED}}})+", text):
        point = other
    else:
        text = text.replace(other, "")
    return text.replace(point, ".")


def point_of(desk: Desk) -> str:
    """The sign before decimals on the user's system."""
    found = re.search(r"\D", desk.formats.amount(Decimal("0.5")))
    return found[0] if found else "."


def _title(option: Option) -> str:
    return f"{option.title}  {option.hint}".strip()


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
