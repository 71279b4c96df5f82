"""The rows of a panel, page by page as they are looked at; how many there are may not be known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QObject, Signal

from bridge_gui.desktop.asking import Asker
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Failure, Result
from bridge_gui.desktop.states import Tone, look_of
from bridge_gui.desktop.table_model import Cell, TableModel
from bridge_gui.sync.panels import ColumnKind, Query, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bridge_gui.sync.panels import AnyRow, Column, PanelSpec, Rows

PAGE = 100
_FIGURES = (ColumnKind.NUMBER, ColumnKind.MONEY)


class PanelModel(TableModel):
    """One panel's rows in order; the next page is asked for when its end comes into sight."""

    loaded = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: Desk, name: str, spec: PanelSpec, columns: Sequence[Column], parent: QObject | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._name, self.spec, self.columns = name, spec, tuple(columns)
        self.headings = tuple(column.title for column in self.columns)
        self.right = frozenset(at for at, one in enumerate(self.columns) if one.kind in _FIGURES)
        self._asker = Asker(desk, f"{name} rows {spec.key}", self)
        self.query = Query(limit=PAGE)
        self.rows: list[AnyRow] = []
        self.total: int | None = None
        self.more = False
        self.read = False

    def choose(self, text: str, filters: dict[str, str]) -> None:
        """Show other rows."""
        self.query = replace(self.query, text=text, filters=filters, offset=0)
        self.refresh()

    def refresh(self) -> None:
        """Read again from the first row."""
        self._ask(replace(self.query, offset=0), first=True)

    def stop(self) -> None:
        """Ask no more."""
        self._asker.stop()

    @property
    def busy(self) -> bool:
        """Whether rows are being read."""
        return self._asker.busy

    def size(self) -> int:
        """How many rows are here."""
        return len(self.rows)

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell."""
        one, spec = self.rows[row], self.columns[column]
        if not isinstance(one, Row):
            return None
        value = one.values.get(spec.key)
        if spec.kind is ColumnKind.STATE:
            look = look_of(str(value or ""))
            return Cell(self.desk.words.text(look.word), look=look) if value else Cell("")
        linked = spec.kind is ColumnKind.LINK and spec.key in one.urls
        tone = Tone.GOOD if linked else None
        return Cell(self._text(one, spec), right=spec.kind in _FIGURES, tone=tone)

    def tip(self, row: int, column: int) -> str:
        """What may be cut short."""
        found = self.cell(row, column)
        return found.text if found is not None and found.look is None else ""

    def canFetchMore(self, parent: QModelIndex) -> bool:  # type: ignore[override]  # noqa: N802
        """Whether there are rows beyond those here, for Qt."""
        return not parent.isValid() and self.more and not self._asker.busy

    def fetchMore(self, parent: QModelIndex) -> None:  # type: ignore[override]  # noqa: N802
        """Read the next page, for Qt."""
        del parent
        self._ask(replace(self.query, offset=len(self.rows)), first=False)

    def _text(self, one: Row, spec: Column) -> str:
        value, formats = one.values.get(spec.key), self.desk.formats
        if isinstance(value, date):
            return formats.day(value)
        if isinstance(value, Decimal):
            money = spec.kind is ColumnKind.MONEY
            return formats.money(value, one.currency) if money else formats.amount(value)
        return "" if value is None else str(value)

    def _ask(self, query: Query, *, first: bool) -> None:
        service, name, panel = self.desk.service, self._name, self.spec.key

        def answered(result: Result) -> None:
            self._arrived(result, first=first)

        self._asker.ask(lambda cancel: service.panel_rows(name, panel, query, cancel), answered)

    def _arrived(self, result: Result, *, first: bool) -> None:
        if isinstance(result, Failure):
            self.failed.emit(result)
            return
        assert isinstance(result, Done)
        found: Rows = result.value
        if first:
            self.beginResetModel()
            self.rows = list(found.rows)
            self.forget_cells()
            self.endResetModel()
        elif found.rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(found.rows) - 1)
            self.rows += found.rows
            self.endInsertRows()
        self.total, self.read = found.total, True
        beyond = found.total is not None and len(self.rows) < found.total
        self.more = bool(found.rows) and (found.more or beyond)
        self.loaded.emit()
