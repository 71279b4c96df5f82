"""One question as the wizard shows it: label, control, help, and what is wrong with the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QSpinBox, QTimeEdit, QWidget

from bridge_gui.desktop.action_controls import Box
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import Choice, column, label, relook, row
from bridge_gui.desktop.wizard_controls import (
    Cards,
    DayEdit,
    OptionalDay,
    QuietWheel,
    ScheduleEdit,
    SearchChoice,
    SecretLine,
)
from bridge_gui.desktop.wizard_signin import SignInBox
from bridge_gui.desktop.wizard_style import clear, seen

if TYPE_CHECKING:
    from bridge_gui.sync.specs import Field
    from bridge_gui.sync.wizard import Trouble, WizardFlow

WIDE = 560
NARROW = 120
FEW = 4
STANDARD = ("production", "sandbox")


_COMPOSED = (Cards, OptionalDay, ScheduleEdit, SecretLine, SignInBox)
"""Controls whose parts bear names of their own."""


class FieldBox(QWidget):
    """A question with its control; shows what is wrong only once somebody has left it, or pressed *Next*."""

    edited = Signal()

    def __init__(self, desk: Desk, flow: WizardFlow, place: str, *, folded: bool = False) -> None:
        super().__init__()
        clear(self)
        self._desk, self._flow, self.place, self._folded = desk, flow, place, folded
        self.asked: Field = flow.asked(place)
        self.name = desk.words.text(self.asked.label)
        self._help = label(desk.words.text(self.asked.help), "small", wrap=True)
        spoken = self.asked.key == "schedule"  # the control says it all
        seen(self._help, on=bool(self.asked.help) and not spoken)
        self._wrong = label("", wrap=True)
        seen(self._wrong, on=False)
        relook(self._wrong, "tone", "red")
        self.control = self._made()
        self._named()
        optional = "" if self._needed else f"  ({desk.words.text('optional')})"
        head = label(self.name + optional, "strong")
        head.setBuddy(self.target)
        self.control.setMaximumWidth(min(WIDE, self.control.maximumWidth()))
        self._wrong.setMaximumWidth(WIDE)
        seen(head, on=not isinstance(self.control, QCheckBox))
        parts = [head, *self._advised(), self.control, self._wrong, self._help]
        self.setLayout(column(*parts, gap=4))

    @property
    def line(self) -> QLineEdit | None:
        """The line that is typed into, where there is one."""
        if isinstance(self.control, SecretLine):
            return self.control.line
        return self.control if isinstance(self.control, QLineEdit) else None

    @property
    def target(self) -> QWidget:
        """What takes the focus."""
        if isinstance(self.control, Cards):
            return self.control.buttons.get(self.control.chosen) or next(iter(self.control.buttons.values()))
        first = self.control.wanted if isinstance(self.control, OptionalDay) else self.control
        first = self.control.how if isinstance(self.control, ScheduleEdit) else first
        first = self.control.target if isinstance(self.control, SignInBox) else first
        return self.line or first

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say what is wrong, or that nothing is."""
        words = trouble_words(self._desk, self.asked, trouble) if trouble is not None else ""
        if words and self.asked.renews and self.line is not None and not self._flow.value(self.place):
            self.line.clear()  # it was said of an earlier sign-in
        self._wrong.setText(words)
        seen(self._wrong, on=bool(words))
        target = self.line or self.control
        relook(target, "wrong", "yes" if words else "no")
        target.setAccessibleDescription(words or self._help.text())

    @property
    def _needed(self) -> bool:
        return self.asked.required or self.asked.default is not None

    def _made(self) -> QWidget:
        makers: dict[str, Callable[[], QWidget]] = {
            "secret": self._secret,
            "sign_in": self._sign_in,
            "date": self._day,
            "flag": self._flag,
            "choice": self._choice,
            "number": lambda: self._plain(NARROW),
        }
        if self.asked.key == "schedule":
            return ScheduleEdit(self._desk, self._flow.value(self.place), self._took)
        return makers.get(self.asked.kind.value, lambda: self._plain(WIDE))()

    def _advised(self) -> list[QWidget]:
        """Why an answer is recommended, from the company's own figures."""
        advice = self._flow.lists.advice.get(self.asked.key) if self._flow.lists else None
        if advice is None:
            return []
        said = self._desk.say(advice.code, dict(advice.params))
        result = label(f"{said.sentence} {said.advice}".strip(), wrap=True)
        result.setMaximumWidth(WIDE)
        result.setContentsMargins(0, 0, 0, 4)
        return [result]

    def _day(self) -> QWidget:
        value = day_of(self._flow.value(self.place))
        if self._needed:
            return DayEdit(self._desk, value or self._flow.setup.start(), self._took)
        return OptionalDay(self._desk, self.name, value, self._flow.setup.today(), self._took)

    def _plain(self, width: int) -> QLineEdit:
        result = QLineEdit(self._flow.value(self.place))
        result.setMaximumWidth(width)
        result.textChanged.connect(self._took)
        result.editingFinished.connect(self._left)
        return result

    def _secret(self) -> QWidget:
        kept = self._desk.words.text("Kept in this computer's keychain; leave it empty to keep it")
        result = SecretLine(
            self._desk,
            self._flow.value(self.place),
            kept if self._flow.recalled(self.place) else "",
            self._took,
        )
        result.line.editingFinished.connect(self._left)
        return result

    def _sign_in(self) -> QWidget:
        result = SignInBox(self._desk, self._flow, self.place)
        result.edited.connect(self.edited)
        return result

    def _flag(self) -> QWidget:
        result = Box(self._desk, self.name)
        result.setChecked(self._flow.value(self.place) == "yes")
        result.toggled.connect(lambda on: self._took("yes" if on else "no"))
        return result

    def _choice(self) -> QWidget:
        if self.asked.options:
            return self._search()
        text = self._desk.words.text
        options = [(one.key, text(one.title), text(one.hint)) for one in self.asked.choices]
        chosen = self._flow.value(self.place)
        hinted = any(hint for _key, _title, hint in options)
        if len(options) <= FEW and not self.asked.advanced and (hinted or not self._folded):
            advice = self._flow.lists.advice.get(self.asked.key) if self._flow.lists else None
            cards = Cards(options, chosen, (advice.answer if advice else "", text("Recommended")))
            cards.picked.connect(self._took)
            return cards
        result = Choice(self._desk.theme, self.name)
        result.offer([(title, key) for key, title, _hint in options])
        result.setCurrentIndex(max(0, result.findData(chosen)))
        result.currentIndexChanged.connect(lambda _at: self._took(result.currentData()))
        return result

    def _search(self) -> QWidget:
        text = self._desk.words.text
        result = SearchChoice(self._desk, self.name, text("Type to search, or choose"))
        options = [
            (f"{one.hint}  {one.title}".strip(), one.key)
            for one in self._flow.options(self.asked.options)
            if one.offered
        ]
        chosen = self._flow.chosen(self.place)
        result.offer(options, chosen.key if chosen else "")
        result.picked.connect(self._took)
        return result

    def _named(self) -> None:
        for part in (self.line, self.control):
            if part is not None and not isinstance(part, _COMPOSED):
                part.setAccessibleName(self.name)
                part.setAccessibleDescription(self._help.text())
        wheel = QuietWheel(self)
        spun = (QComboBox, QDateEdit, QSpinBox, QTimeEdit)
        for part in (self.control, *self.control.findChildren(QWidget)):
            if isinstance(part, spun):
                part.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                part.installEventFilter(wheel)

    def _took(self, value: str) -> None:
        self._flow.answer(self.place, value)
        if not self._wrong.isHidden():
            self.show_trouble(self._flow.problems().get(self.place))
        self.edited.emit()

    def _left(self) -> None:
        typed = self._flow.value(self.place)
        self.show_trouble(self._flow.problems().get(self.place) if typed else None)


class EndpointBox(QWidget):
    """Where a vendor is: one of its own addresses; another one, for tests, under *Advanced*."""

    edited = Signal()

    def __init__(self, desk: Desk, flow: WizardFlow, vendor: str) -> None:
        super().__init__()
        clear(self)
        text = desk.words.text
        self._desk, self._flow, self.place = desk, flow, f"{vendor}.endpoint"
        self._known = flow.vendor(vendor).endpoints
        name = text("Address of {vendor}", vendor=flow.vendor(vendor).title)
        self.control = Choice(desk.theme, name)
        self.control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.control.installEventFilter(QuietWheel(self))
        self.control.offer([(_endpoint_words(desk, key, url), key) for key, url in self._known.items()])
        value = flow.value(self.place)
        own = value if value not in self._known else ""
        self.control.setCurrentIndex(max(0, self.control.findData(value)))
        self.other = QLineEdit(own)
        self.other.setPlaceholderText("https://")
        self.other.setMaximumWidth(WIDE)
        self.other.setAccessibleName(text("Another address"))
        self.control.setMaximumWidth(WIDE)
        self._wrong = label("", wrap=True)
        relook(self._wrong, "tone", "red")
        self._wrong.hide()
        head = label(text("Endpoint"), "strong")
        head.setBuddy(self.control)
        self.setLayout(column(head, row(self.control, 1), gap=4))
        self.more = self._advanced(text)
        self.control.currentIndexChanged.connect(lambda _at: self._took())
        self.other.textChanged.connect(lambda _text: self._took())
        self.other.editingFinished.connect(lambda: self.show_trouble(flow.problems().get(self.place)))
        self.control.setEnabled(not own)

    @property
    def is_custom(self) -> bool:
        """Whether an address was typed in."""
        return bool(self.other.text().strip())

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say what is wrong with the address."""
        said = self._desk.say(trouble.code, dict(trouble.params)) if trouble is not None else None
        words = f"{said.sentence} {said.advice}".strip() if said is not None else ""
        self._wrong.setText(words)
        seen(self._wrong, on=bool(words))
        relook(self.other, "wrong", "yes" if words else "no")
        self.other.setAccessibleDescription(words)

    def _advanced(self, text: Callable[..., str]) -> QWidget:
        """What belongs under *Advanced*."""
        head = label(text("Another address"), "strong")
        head.setBuddy(self.other)
        hint = text("For tests only. An address that is not the vendor's own sees everything you enter here.")
        result = clear(QWidget())
        result.setLayout(column(head, self.other, self._wrong, label(hint, "small", wrap=True), gap=4))
        return result

    def _took(self) -> None:
        own = self.other.text().strip()
        self.control.setEnabled(not own)
        self._flow.answer(self.place, own or self.control.currentData())
        if not self._wrong.isHidden():
            self.show_trouble(self._flow.problems().get(self.place))
        self.edited.emit()


def trouble_words(desk: Desk, asked: Field, trouble: Trouble) -> str:
    """What is wrong with an answer, for the line under its field."""
    text = desk.words.text
    if trouble.code == "answers.empty" and asked.kind.value == "sign_in":
        return text("Please sign in, and choose the company if there are several.")
    if trouble.code == "answers.empty":
        return text("Please fill this in.")
    if trouble.code == "answers.pattern" and asked.wrong:
        return text(asked.wrong)
    if trouble.code == "answers.type":
        return text("Please write a number.")
    said = desk.say(trouble.code, {**trouble.params, "label": text(asked.label)})
    return f"{said.sentence} {said.advice}".strip()


def day_of(value: str) -> date | None:
    """The day an answer names, if it names one."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _endpoint_words(desk: Desk, key: str, url: str) -> str:
    names = {"production": desk.words.text("Production"), "sandbox": desk.words.text("Sandbox")}
    host = url.removeprefix("https://")
    return f"{names.get(key, key)}   ({host})"
