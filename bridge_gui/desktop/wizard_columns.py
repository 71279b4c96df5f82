"""The columns of a file: which is what, the first rows as they stand, and whether the days balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.table_model import Cell, TableModel
from bridge_gui.desktop.tables import COMPACT_HEIGHT, Table
from bridge_gui.desktop.widgets import Choice, column, frame, label
from bridge_gui.desktop.wizard_controls import QuietWheel
from bridge_gui.desktop.wizard_style import Note, clear
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.files.mapper import FileLook
    from bridge_gui.sync.wizard import WizardFlow

HEAD = 40
PARTS = (
    ("day", mark("Day")),
    ("account", mark("Account")),
    ("text", mark("Text")),
    ("debit", mark("Debit")),
    ("credit", mark("Credit")),
    ("amount", mark("Signed amount")),
)
WAYS = (
    ("decimal", mark("Decimals"), ((",", mark("1.234,56")), (".", mark("1,234.56")))),
    (
        "order",
        mark("Days"),
        (("dmy", mark("31.12.2026")), ("mdy", mark("12/31/2026")), ("ymd", mark("2026-12-31"))),
    ),
    (
        "fill_down",
        mark("Rows without a day"),
        (("", mark("are an error")), ("yes", mark("go with the day above"))),
    ),
)


class RowsModel(TableModel):
    """The first rows of a file."""

    def __init__(self, desk: Desk, look: FileLook, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._look = look
        self.headings = look.names

    def size(self) -> int:
        """How many rows are shown."""
        return len(self._look.rows)

    def heading(self, column: int) -> str:
        """A column's own head."""
        return self.headings[column]

    def cell(self, row: int, column: int) -> Cell:
        """What the file has there."""
        cells = self._look.rows[row]
        return Cell(cells[column] if column < len(cells) else "")


class Columns(QWidget):
    """A choice for each part of a row, and below it what the file says."""

    edited = Signal()
    again = Signal()

    def __init__(self, desk: Desk, flow: WizardFlow) -> None:
        super().__init__()
        clear(self)
        self._desk, self._flow = desk, flow
        self.choices: dict[str, Choice] = {}
        self.table: Table | None = None
        told = desk.words.text("The columns appear here once the file is named: press Next.")
        look = flow.look
        parts = [label(told, "muted", wrap=True)] if look is None else self._shown(look)
        self.setLayout(column(*parts, gap=10))

    @property
    def changed(self) -> QWidget | None:
        """The choice that was made last."""
        return self.choices.get(self._flow.mapped_part)

    def _shown(self, look: FileLook) -> list[QWidget]:
        text = self._desk.words.text
        head = label(text("Columns of {file}", file=look.file), "strong", wrap=True)
        table = self.table = Table(
            self._desk.theme, text("First rows of the file"), RowsModel(self._desk, look, self),
            height=COMPACT_HEIGHT,
        )  # fmt: skip
        table.widths(*(0 for _ in look.names))
        table.setFixedHeight(HEAD + COMPACT_HEIGHT * (len(look.rows) + 1))
        inside = column()
        inside.addLayout(self._grid(look))
        return [head, frame("card", inside), table, self._told(look)]

    def _grid(self, look: FileLook) -> QGridLayout:
        text = self._desk.words.text
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        none = (text("None"), "")
        names = [none, *((name, name) for name in look.names)]
        asked = [(part, text(title), names) for part, title in look.parts or PARTS]
        ways = () if look.parts else WAYS
        asked += [(part, text(title), [(text(one), key) for key, one in some]) for part, title, some in ways]
        for at, (part, title, options) in enumerate(asked):
            choice = self._choice(part, title, options)
            head = label(title)
            head.setBuddy(choice)
            place = Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(head, at // 2, at % 2 * 2, place)
            grid.addWidget(choice, at // 2, at % 2 * 2 + 1, place)
        return grid

    def _choice(self, part: str, title: str, options: list[tuple[str, str]]) -> Choice:
        result = self.choices[part] = Choice(self._desk.theme, title)
        result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        result.installEventFilter(QuietWheel(result))
        result.offer(options)
        held = getattr(self._flow.layout, part, "")
        value = ("yes" if held else "") if part == "fill_down" else held
        result.setCurrentIndex(max(0, result.findData(value)))
        result.currentIndexChanged.connect(lambda _at: self._picked(part, result.currentData()))
        return result

    def _picked(self, part: str, value: str) -> None:
        self._flow.map_column(part, value)
        self.edited.emit()
        if self._flow.layout is not None and self._flow.layout.complete:
            self.again.emit()

    def _told(self, look: FileLook) -> Note:
        """Whether its days can be read, and whether they balance."""
        desk, text = self._desk, self._desk.words.text
        if look.trouble:
            said = desk.say(look.trouble, dict(look.params))
            return Note(desk, "amber", said.sentence, said.advice)
        if look.first is None or look.last is None:
            return Note(desk, "amber", text("No day was found in this file."))
        if look.documents is not None:
            return self._counted(look, look.documents)
        days = desk.words.many(
            "{shown} day, {first} to {last}.", "{shown} days, {first} to {last}.", look.days,
            shown=desk.formats.number(look.days), first=desk.formats.day(look.first),
            last=desk.formats.day(look.last),
        )  # fmt: skip
        if not look.off_balance:
            return Note(desk, "good", days, text("Every day balances."))
        off = desk.words.many(
            "{shown} day does not balance or has a row that cannot be read: it will wait for you.",
            "{shown} days do not balance or have rows that cannot be read: they will wait for you.",
            look.off_balance, shown=desk.formats.number(look.off_balance),
        )  # fmt: skip
        return Note(desk, "amber", days, off)

    def _counted(self, look: FileLook, documents: int) -> Note:
        """How many documents there are, and that some cannot be read."""
        desk, number = self._desk, self._desk.formats.number
        assert look.first is not None
        assert look.last is not None
        found = desk.words.many(
            "{shown} document, {first} to {last}.", "{shown} documents, {first} to {last}.", documents,
            shown=number(documents), first=desk.formats.day(look.first), last=desk.formats.day(look.last),
        )  # fmt: skip
        if not look.off_balance:
            return Note(desk, "good", found, desk.words.text("Every row can be read."))
        off = desk.words.many(
            "{shown} document has a row that cannot be read: it will wait for you.",
            "{shown} documents have rows that cannot be read: they will wait for you.",
            look.off_balance, shown=number(look.off_balance),
        )  # fmt: skip
        return Note(desk, "amber", found, off)
