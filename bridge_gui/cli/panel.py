"""`panel`: what a bridge shows besides documents, page by page, or one row in full."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import clean, table
from bridge_gui.errors import SetupError
from bridge_gui.sync.panels import Certainty, ColumnKind, Compared, Pair, Query, Row, Sum
from bridge_gui.wording.message import mark
from bridge_gui.wording.plain import amount, day

if TYPE_CHECKING:
    from bridge_gui.sync.panels import Column, Detail, Fact, PanelSpec, Rows

CERTAIN = {
    Certainty.SURE: mark("Sure."),
    Certainty.LIKELY: mark("Likely."),
    Certainty.NAME_ONLY: mark("Name only."),
    Certainty.NONE: "",
}
_RIGHT = (ColumnKind.NUMBER, ColumnKind.MONEY)


def run(shell: Shell) -> int:
    """List a bridge's panels, the rows of one, or one row in full."""
    options = shell.options
    with shell.stoppable() as cancel, shell.working() as house:
        panels = house.offers(options.name).panels
        if not options.panel:
            return _list(shell, panels)
        if options.row:
            return _detail(shell, house.panel_detail(options.name, options.panel, options.row, cancel))
        query = Query(
            text=options.search or "", filters=_filters(shell), offset=options.offset, limit=options.limit
        )
        found = house.panel_rows(options.name, options.panel, query, cancel)
    spec = next(one for one in panels if one.key == options.panel)
    shell.out.data(_shape(spec, found))
    _tell(shell, spec, found)
    return Exit.DONE


def _filters(shell: Shell) -> dict[str, str]:
    """The filters as typed: key=value."""
    filters: dict[str, str] = {}
    for told in shell.options.filter:
        key, equals, value = told.partition("=")
        if not equals:
            problem = shell.words.text("“{told}” is not a filter such as stage=won.", told=told)
            raise SetupError("cli.usage", problem=problem, help="bridge-gui panel --help")
        filters[key.strip()] = value.strip()
    return filters


def _list(shell: Shell, panels: Sequence[PanelSpec]) -> int:
    text = shell.words.text
    shell.out.data(
        [{"panel": one.key, "title": _title(shell, one), "kind": one.kind.value} for one in panels]
    )
    rows = [[one.key, _title(shell, one), one.kind.value] for one in panels]
    heads = [text(head) for head in ("Panel", "Title", "Kind")]
    shell.out.lines(table(heads, rows) if rows else [text("This bridge has no panels.")])
    return Exit.DONE


def _title(shell: Shell, panel: PanelSpec) -> str:
    return shell.words.text(panel.title).replace("&", "")


def _shape(spec: PanelSpec, found: Rows) -> dict[str, Any]:
    return {
        "panel": spec.key,
        "total": found.total,
        "more": found.more,
        "rows": [_row(one) if isinstance(one, Row) else msgspec.to_builtins(one) for one in found.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "id": row.id, "state": row.state, "currency": row.currency, "values": row.values, "urls": row.urls,
    }  # fmt: skip


def _tell(shell: Shell, spec: PanelSpec, found: Rows) -> None:
    text = shell.words.text
    if not found.rows:
        shell.out.say(text(spec.empty) if spec.empty else text("Nothing is listed here."))
        return
    first = found.rows[0]
    if isinstance(first, Row):
        shell.out.lines(_table(shell, spec.columns, [one for one in found.rows if isinstance(one, Row)]))
    else:
        rows = [cells for one in found.rows for cells in _two_sided(shell, one)]
        heads = [text(head) for head in ("Row", spec.left or "Left", spec.right or "Right", "Note")]
        shell.out.lines(table(heads, rows))
    count = len(found.rows)
    total = count if found.total is None else found.total
    if found.more or total > count:
        shell.out.say(text("{count} of {total} are shown; --offset goes on.", count=count, total=total))


def _table(shell: Shell, columns: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    text = shell.words.text
    right = [at + 1 for at, column in enumerate(columns) if column.kind in _RIGHT]
    cells = [[one.id, *(_cell(one, column) for column in columns)] for one in rows]
    return table([text("Row"), *(text(column.title) for column in columns)], cells, right=right)


def _cell(row: Row, column: Column) -> str:
    value = row.values.get(column.key)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return amount(value, row.currency if column.kind is ColumnKind.MONEY else "")
    return "" if value is None else str(value)


def _two_sided(shell: Shell, one: object) -> list[list[str]]:
    """A pair, or the fields of a record that differs."""
    if isinstance(one, Pair):
        right = f"{one.right} ({one.right_id})" if one.right_id else ""
        return [[one.id, f"{one.left} {one.left_hint}".strip(), right, _why(shell, one)]]
    assert isinstance(one, Compared)
    return [[one.id, f"{field.label}: {field.left}", field.right, field.proposed] for field in one.fields]


def _why(shell: Shell, pair: Pair) -> str:
    """How sure a proposed pair is, and by what."""
    said = shell.say(pair.why).sentence if pair.why else ""
    return " ".join(filter(None, (shell.words.text(CERTAIN[pair.certainty]), said)))


def _fact(what: Fact) -> str:
    """A fact as the terminal writes it."""
    if isinstance(what, tuple):
        return ", ".join(map(_fact, what))
    if isinstance(what, Sum):
        return amount(what.amount, what.currency)
    return day(what) if isinstance(what, date) else what


def _detail(shell: Shell, found: Detail) -> int:
    shell.out.data(msgspec.to_builtins(found, builtin_types=(Decimal, date)))
    shell.out.lines(clean(f"{label}: {_fact(value)}") for label, value in found.facts)
    if found.lines:
        shell.out.lines(["", *_table(shell, found.columns, found.lines)])
    for one in found.documents:
        value = amount(one.amount, one.currency) if one.amount is not None else ""
        shell.out.say(clean(f"{one.kind} {one.number} {one.state} {value} {one.place}".strip()))
    shell.out.lines(clean(f"{when}  {what}") for when, what in found.history)
    return Exit.DONE
