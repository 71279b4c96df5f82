"""Pairing what one side lists with what the other side lists: suggestions, search, and what to beware of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import column, frame, label
from bridge_gui.desktop.wizard_controls import QuietWheel, SearchChoice
from bridge_gui.desktop.wizard_style import Note, clear, pill, seen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from bridge_gui.sync.specs import Option
    from bridge_gui.sync.wizard import WizardFlow

TOP = Qt.AlignmentFlag.AlignVCenter


class Pairs(QWidget):
    """A row for each at the left with a searchable list of those at the right."""

    edited = Signal()

    def __init__(self, desk: Desk, flow: WizardFlow, place: str) -> None:
        super().__init__()
        clear(self)
        self._desk, self._flow, self.place = desk, flow, place
        self.asked = flow.asked(place)
        self.choices: dict[str, SearchChoice] = {}
        self._marks: dict[str, QLabel] = {}
        self._rows: list[tuple[str, list[QWidget]]] = []
        self.shared = Note(desk, "amber")
        self.unpaired = Note(desk, "quiet")
        self.setLayout(column(self._table(), self.shared, self.unpaired, gap=10))
        self._look()

    def show_only(self, typed: str) -> None:
        """Show the rows whose two sides have these letters in them, all for none."""
        wanted = typed.casefold()
        for title, parts in self._rows:
            right = next((part.currentText() for part in parts if isinstance(part, SearchChoice)), "")
            hit = wanted in f"{title} {right}".casefold()
            for part in parts:
                seen(part, on=hit)
        self._look()

    def _table(self) -> QFrame:
        inside = column()
        inside.addLayout(self._grid())
        return frame("card", inside)

    def _grid(self) -> QGridLayout:
        text, flow = self._desk.words.text, self._flow
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 5)
        sides = flow.vendor(flow.spec.sales).title, flow.vendor(flow.spec.books).title
        for at, side in enumerate(sides):
            grid.addWidget(label(side, "column"), 0, at)
        grid.setColumnMinimumWidth(2, 84)
        rights = self._rights()
        for at, left in enumerate(flow.options(self.asked.left), 1):
            title = self._title(left)
            parts: list[QWidget] = [title]
            if left.offered:
                self._marks[left.key] = pill(text("Suggestion"), "soft")
                self._marks[left.key].setToolTip(text("Proposed because both have the same name"))
                parts += [self._choice(left, rights), self._marks[left.key]]
                title.setBuddy(parts[1])
            else:
                parts.append(label(text(left.hint), "muted"))
            for column_at, part in enumerate(parts):
                grid.addWidget(part, at, column_at, TOP)
            self._rows.append((left.title, parts))
        return grid

    def _rights(self) -> list[tuple[str, str]]:
        options = self._flow.options(self.asked.right)
        return [(f"{one.hint}  {one.title}".strip(), one.key) for one in options if one.offered]

    def _title(self, left: Option) -> QLabel:
        hint = f"  ({self._desk.words.text(left.hint)})" if left.hint and left.offered else ""
        return label(left.title + hint, wrap=True)

    def _choice(self, left: Option, rights: list[tuple[str, str]]) -> SearchChoice:
        text = self._desk.words.text
        name = text("Counterpart of {name}", name=left.title)
        nothing = text("Not chosen") if self.asked.without else text("Not chosen: what needs it waits")
        result = SearchChoice(self._desk, name, nothing)
        result.offer(rights, self._flow.pairs(self.place).get(left.key, ""))
        result.installEventFilter(QuietWheel(result))
        result.picked.connect(lambda right, key=left.key: self._picked(key, right))
        self.choices[left.key] = result
        return result

    def _picked(self, left: str, right: str) -> None:
        self._flow.pair(self.place, left, right)
        self._look()
        self.edited.emit()

    def _look(self) -> None:
        text = self._desk.words.text
        for left, mark in self._marks.items():
            suggested = self._flow.is_suggestion(self.place, left)
            seen(mark, on=suggested and not self.choices[left].isHidden())
            self.choices[left].setAccessibleDescription(text("Suggestion") if suggested else "")
        shared = self._flow.shared(self.place) if self.asked.apart else {}
        lines = [
            text("{names} share {account}.", names=self._together(lefts), account=right)
            for right, lefts in shared.items()
        ]
        self.shared.say("\n".join(lines), text(self.asked.apart) if lines else "")
        missing = self._flow.unpaired(self.place)
        told = text("Not chosen: {names}.", names=", ".join(missing)) if missing else ""
        waits = text("What needs them waits under Needs attention until you choose.")
        self.unpaired.say(told, text(self.asked.without) if self.asked.without else waits)

    def _together(self, names: list[str]) -> str:
        last = self._desk.words.text("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
        return last if len(names) > 1 else names[0]
