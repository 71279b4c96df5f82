"""A record that both sides tell differently: field by field, left or right, and the answer kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QStackedWidget, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure
from bridge_gui.desktop.panel_keep import Keeper
from bridge_gui.desktop.panel_model import PanelModel
from bridge_gui.desktop.table_model import Cell
from bridge_gui.desktop.tables import ROW_HEIGHT, Table
from bridge_gui.desktop.widgets import Empty, button, column, frame, label, row
from bridge_gui.desktop.wizard_style import clear, sheet
from bridge_gui.sync.actions import lines_text
from bridge_gui.sync.panels import LEFT, RIGHT, SHOWN_KEPT, SIDES_KEPT, Column, Compared
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.panels import PanelSpec, Sided

SHOWN = 8
COLUMNS = (Column(key="title", title=mark("Record")), Column(key="hint", title=mark("Differs"), width=36))


def beginning(text: str) -> str:
    """A field's name as a line begins with it; within a sentence it is written small."""
    return text[:1].upper() + text[1:]


class ComparedModel(PanelModel):
    """The records that differ."""

    def cell(self, row: int, column: int) -> Cell | None:
        """A record's name, and what of it differs."""
        one = self.rows[row]
        if not isinstance(one, Compared):
            return None
        differs = ", ".join(self.desk.words.text(field.label) for field in one.fields)
        return Cell(beginning(differs) if column else f"{one.title}  {one.hint}".strip())


class PanelCompare(QWidget):
    """One COMPARE panel as a tab: the records above, the chosen one's fields below."""

    def __init__(self, desk: Desk, name: str, spec: PanelSpec) -> None:
        super().__init__()
        text = desk.words.text
        self._desk, self.spec = desk, spec
        self._recolour()
        desk.theme.changed.connect(self._recolour)
        self.model = ComparedModel(desk, name, spec, COLUMNS, self)
        self.table = Table(desk.theme, text(spec.title).replace("&", ""), self.model)
        self.table.widths(0, 36)
        self.keeper = Keeper(desk, name, spec, self)
        self._drawing = False
        self.sides: dict[str, str] = {}
        self.buttons: dict[tuple[str, str], QRadioButton] = {}
        self.empty = Empty()
        self.keep_button = button(text("&Keep these"), self.keep, look="primary")
        self.left_button = button(text("All from {side}", side=text(spec.left)), partial(self.take_all, LEFT))
        self.right_button = button(
            text("All from {side}", side=text(spec.right)), partial(self.take_all, RIGHT)
        )
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._show())
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        self.keeper.kept.connect(self.model.refresh)

    def _lay_out(self) -> None:
        text, spec = self._desk.words.text, self.spec
        self._holder = clear(QWidget())
        self._holder.setLayout(column())
        self._stack = QStackedWidget()
        listed = clear(QWidget())
        feet = row(self.left_button, self.right_button, 1, self.keep_button, gap=10)
        inside = column(self.table, self._holder, gap=12)
        inside.addLayout(feet)
        inside.addStretch(1)
        listed.setLayout(inside)
        self._listed = listed
        for part in (QWidget(), listed, self.empty):
            self._stack.addWidget(part)
        about = label(text(spec.text), "muted", wrap=True)
        notes = (self.keeper.good, self.keeper.bad)
        self.setLayout(column(*([about] if spec.text else []), *notes, self._stack, gap=12))
        for note in notes:
            note.setVisible(False)

    def showEvent(self, event: object) -> None:  # noqa: N802
        """Read when it is first looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.model.read and not self.model.busy:
            self.model.refresh()

    @property
    def is_read(self) -> bool:
        """Whether its records were read."""
        return self.model.read

    def refresh(self) -> None:
        """Read again when it is looked at next, unless somebody is choosing now."""
        if not self.isVisible():
            self.model.read = False

    @property
    def current(self) -> Compared | None:
        """The record chosen."""
        chosen = self.table.chosen()
        found = self.model.rows[chosen[0]] if chosen else None
        return found if isinstance(found, Compared) else None

    def take_all(self, side: str) -> None:
        """Every field from one side."""
        for (_key, of), one in self.buttons.items():
            one.setChecked(of == side)

    def keep(self) -> None:
        """Keep the answer, once every field has one."""
        record = self.current
        if record is not None and self._whole(record):
            rows = [{"field": key, "side": side} for key, side in self.sides.items()]
            self.keeper.keep(record.id, {SIDES_KEPT: lines_text(rows), SHOWN_KEPT: record.shown})

    def _whole(self, record: Compared) -> bool:
        return all(self.sides.get(field.key) for field in record.fields)

    def _show(self) -> None:
        layout = self._holder.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.sides, self.buttons = {}, {}
        record, self._drawing = self.current, True
        if record is not None:
            inside = column()
            inside.addLayout(self._grid(record))
            layout.addWidget(frame("card", inside))
        self._drawing = False
        self._look()

    def _grid(self, record: Compared) -> QGridLayout:
        text = self._desk.words.text
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, title in enumerate(("", self.spec.left, self.spec.right)):
            grid.addWidget(label(text(title), "column"), 0, at)
        for at, field in enumerate(record.fields, 1):
            grid.addWidget(label(beginning(text(field.label)), "muted"), at, 0, Qt.AlignmentFlag.AlignVCenter)
            group = QButtonGroup(grid)
            for place, side in ((1, LEFT), (2, RIGHT)):
                grid.addWidget(self._side(field, side, group), at, place)
        return grid

    def _side(self, field: Sided, side: str, group: QButtonGroup) -> QRadioButton:
        text = self._desk.words.text
        value = field.left if side == LEFT else field.right
        title = text(self.spec.left if side == LEFT else self.spec.right)
        result = QRadioButton(value.replace("&", "&&") or text("(empty)"))
        name = text("{field} from {side}: {value}", field=text(field.label), side=title, value=value)
        result.setAccessibleName(name)
        group.addButton(result)
        result.toggled.connect(lambda on: self._took(field.key, side) if on else None)
        self.buttons[field.key, side] = result
        result.setChecked(field.proposed == side)
        return result

    def _took(self, key: str, side: str) -> None:
        self.sides[key] = side
        if not self._drawing:
            self.keeper.renew()
        self._look()

    def _look(self) -> None:
        record = self.current
        self.keep_button.setEnabled(record is not None and self._whole(record))

    def _loaded(self) -> None:
        text = self._desk.words.text
        self.empty.say(text("Both sides agree"), text(self.spec.empty) if self.spec.empty else "")
        self._stack.setCurrentWidget(self._listed if self.model.rows else self.empty)
        self.table.setMaximumHeight(ROW_HEIGHT * (min(self.model.size(), SHOWN) + 1) + 8)
        if self.model.rows:
            self.table.selectRow(0)
        self._show()

    def _failed(self, failure: Failure) -> None:
        said = self._desk.say(failure.code, failure.params)
        self.keeper.bad.say(said.sentence, said.advice)

    def _recolour(self) -> None:
        self.setStyleSheet(sheet(self._desk.theme.tokens))
