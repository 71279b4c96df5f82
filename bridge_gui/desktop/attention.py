"""The Needs attention tab: what waits for a person, in sentences, with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from bridge_gui.desktop.announce import announce
from bridge_gui.desktop.deciding import NEVER, Deciding
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.table_model import Cell, TableModel
from bridge_gui.desktop.tables import Table
from bridge_gui.desktop.widgets import Choice, Empty, button, clear, column, copy, frame, label, row
from bridge_gui.store.rows import BY_HAND, CALLED, USE, AttentionRow
from bridge_gui.wording.message import mark
from bridge_gui.wording.plain import bare

LEADS = {
    mark("Open mappings"): "mappings",
    mark("Open settings"): "settings",
    mark("Sign in again"): "settings",
    mark("Try again"): "sync",
}
"""A message's button, and what of the window it leads to; *Decide* is what the answers are for."""
SENTENCE, NUMBER, DATE, AMOUNT = range(4)
WHICH_WIDE = 420


class AttentionModel(TableModel):
    """One row for each thing that needs a person."""

    headings = (mark("What is the matter"), mark("Number"), mark("Date"), mark("Amount"))
    right = frozenset({AMOUNT})

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.rows: Sequence[AttentionRow] = ()

    def load(self, rows: Sequence[AttentionRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.forget_cells()
        self.endResetModel()

    def size(self) -> int:
        """How many things there are."""
        return len(self.rows)

    def cell(self, row: int, column: int) -> Cell:
        """A cell."""
        one, formats = self.rows[row], self.desk.formats
        if column == SENTENCE:
            return Cell(self.desk.say(one.code, one.params).sentence)
        if column == NUMBER:
            return Cell(one.number)
        if column == DATE:
            return Cell(formats.day(one.day) if one.day else "")
        return Cell(formats.money(one.total, one.currency) if one.currency else "", right=True)

    def tip(self, row: int, column: int) -> str:
        """The sentence, where it may be cut short."""
        return self.cell(row, column).text if column == SENTENCE else ""

    def line(self, row: int) -> str:
        """One thing as text, to be pasted in a letter."""
        one = self.rows[row]
        said = self.desk.say(one.code, one.params)
        facts = [text for column in (NUMBER, DATE, AMOUNT) if (text := self.cell(row, column).text)]
        return "\n".join(part for part in (", ".join(facts), said.sentence, said.advice) if part)


class Attention(QWidget):
    """The list, and below it the chosen thing in full; `wanted` tells what a button leads to."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk, self._name = desk, name
        text = desk.words.text
        self.is_read = False
        self.model = AttentionModel(desk, self)
        self.table = Table(desk.theme, text("Needs attention"), self.model)
        self.table.widths(0, 12, 11, 16, whole=(2, 3))
        self.sentence = label(look="strong", wrap=True)
        self.advice = label(look="muted", wrap=True)
        self.copy_button = button(text("&Copy"), self._copy, name=text("Copy the sentence and the advice"))
        self.answers = row(gap=8)
        self.answers.setContentsMargins(0, 8, 0, 0)
        words = column(self.sentence, self.advice, self.answers, gap=4)
        inside = row(words, self.copy_button, gap=16)
        inside.setStretchFactor(words, 1)
        inside.setAlignment(self.copy_button, Qt.AlignmentFlag.AlignTop)
        self.detail = frame("card", inside)
        self.empty = Empty()
        self.empty.say(text("Nothing needs you"), text("What Bridge cannot decide by itself is listed here."))
        listed = QWidget()
        listed.setLayout(column(self.table, self.detail, gap=12))
        listed.layout().setStretchFactor(self.table, 1)  # type: ignore[union-attr]
        self._stack = QStackedWidget()
        for part in (QWidget(), listed, self.empty):
            self._stack.addWidget(part)
        self._listed = listed
        self._given = ""
        self.note = label(look="muted", wrap=True)
        self.note.hide()
        self.setLayout(column(self._stack, self.note, gap=8))
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        desk.work_changed.connect(self._worked)
        desk.ended.connect(self._ended)

    def showEvent(self, event: object) -> None:  # noqa: N802
        """Read when it is first looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.is_read:
            self._ask()

    def refresh(self) -> None:
        """Read again, if it was read before."""
        if self.is_read:
            self._ask()

    def _ask(self) -> None:
        service = self._desk.service
        self._desk.reader.ask(f"attention {self._name}", lambda: service.attention(self._name), self._loaded)

    def _loaded(self, result: Result) -> None:
        if not isinstance(result, Done):
            return
        self.is_read = True
        chosen = self.table.chosen()
        kept = self.model.rows[chosen[0]].id if chosen else ""
        self.model.load(result.value)
        self.table.fit()
        found = [place for place, one in enumerate(self.model.rows) if one.id == kept]
        if self.model.rows:
            self.table.selectRow(found[0] if found else 0)
        self._stack.setCurrentWidget(self._listed if self.model.rows else self.empty)

    def _ended(self, name: str, what: str, result: Result) -> None:
        """Say what was answered, once it is kept, and when it is acted on: the matter leaves the list."""
        if (name, what) != (self._name, "answer"):
            return
        if self._given and isinstance(result, Done):
            self.note.setText(self._given)
            self.note.show()
            announce(self.note, self._given)
        self._given = ""

    def _chosen(self) -> None:
        chosen = self.table.chosen()
        self.detail.setVisible(bool(chosen))
        if chosen:
            one = self.model.rows[chosen[0]]
            said = self._desk.say(one.code, one.params)
            self.sentence.setText(said.sentence)
            self.advice.setText(said.advice)
            self.advice.setVisible(bool(said.advice))
            self._offer(one, said.button)
            self._worked()

    def _offer(self, one: AttentionRow, told: str) -> None:
        """A button for each answer, and the message's own; what ends a matter for good asks for a reason."""
        text, keys = (
            self._desk.words.text,
            {self._desk.words.text(name): what for name, what in LEADS.items()},
        )
        clear(self.answers)
        self._which(one)
        for choice in one.choices:
            if choice != NEVER and not choice.startswith(USE):
                self.answers.addWidget(button(self._label(one, choice), partial(self._answer, one, choice)))
        if told in keys and not (keys[told] == "sync" and "try_again" in one.choices):
            self.answers.addWidget(button(told, partial(self.wanted.emit, keys[told])))
        if one.by_hand:
            by_hand = text("I booked this by hand ...")
            self.answers.addWidget(button(by_hand, partial(self._decide, one, BY_HAND)))
        if NEVER in one.choices:
            self.answers.addWidget(button(text("Never send this ..."), partial(self._decide, one, NEVER)))
        self.answers.addStretch(1)

    def _which(self, one: AttentionRow) -> None:
        """Which of several it is: a list of their names, for those may be long and many, and a button."""
        which = [choice for choice in one.choices if choice.startswith(USE)]
        if not which:
            return
        text = self._desk.words.text
        list_ = Choice(self._desk.theme, text("Which one it is"))
        list_.setMaximumWidth(WHICH_WIDE)
        list_.offer([(self._label(one, choice), choice) for choice in which])
        self.answers.addWidget(list_)
        self.answers.addWidget(button(text("Take this one"), lambda: self._answer(one, list_.currentData())))

    def _decide(self, one: AttentionRow, choice: str) -> None:
        dialog = Deciding(self._desk, choice, self._desk.say(one.code, one.params).sentence, self)
        dialog.decided.connect(partial(self._answer, one))
        dialog.open()

    def _label(self, one: AttentionRow, choice: str) -> str:
        if choice.startswith(USE):
            which = choice.removeprefix(USE)
            called = {"name": one.params.get(f"{CALLED}{which}", which), "id": bare(which)}
            return self._desk.say("choice.use", called).sentence
        looks = choice == "send_again" and any(told.startswith(USE) for told in one.choices)
        return self._desk.say("choice.look_again" if looks else f"choice.{choice}").sentence

    def _answer(self, one: AttentionRow, choice: str, reason: str = "", document: str = "") -> None:
        words = self._desk.words
        told = {BY_HAND: words.text("booked by hand"), NEVER: words.text("never sent")}
        answer = told.get(choice) or self._label(one, choice)
        if self._desk.answer(one.bridge, one.id, choice, reason, document):
            which = one.number or self._desk.say(one.code, one.params).sentence
            self._given = words.text(
                "{number}: {answer}. The next sync goes by it.", number=which, answer=answer
            )

    def _worked(self) -> None:
        """While the bridge is at work no answer is taken; what was answered last is said until then."""
        busy = self._desk.runner.busy(self._name)
        if busy:
            self.note.hide()
        for place in range(self.answers.count()):
            item = self.answers.itemAt(place)
            part = item.widget() if item is not None else None
            if part is not None:
                part.setEnabled(not busy)

    def _copy(self) -> None:
        copy("\n\n".join(self.model.line(place) for place in self.table.chosen()))
