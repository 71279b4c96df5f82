"""`documents`: what was made of which record, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridge_gui.accounting.money import plain
from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import csv_text, table
from bridge_gui.wording.plain import money

if TYPE_CHECKING:
    from bridge_gui.store.rows import BridgeRow, LinkRow
    from bridge_gui.sync.house import House

HEADS = (
    "Bridge",
    "Kind",
    "Number",
    "Date",
    "Customer",
    "Currency",
    "Total",
    "State",
    "Sources",
    "Target",
    "Link",
)
_WORDS = (0, 2, 4, 8, 9)
Pair = tuple["BridgeRow", "LinkRow"]


def run(shell: Shell) -> int:
    """List the documents of one bridge or of all."""
    with shell.reading() as house:
        pairs = _pairs(house, shell.options.name or "") if house is not None else []
    text = shell.words.text
    if shell.out.json:
        shell.out.data([shape(row, link) for row, link in pairs])
    elif shell.options.csv:
        shell.out.raw(csv_text(HEADS, [_csv_row(row, link) for row, link in pairs], _WORDS))
    elif pairs:
        heads = [text(head) for head in (*HEADS[:5], HEADS[6], HEADS[7])]
        shell.out.lines(table(heads, [_cells(row, link) for row, link in pairs], right=[5]))
    else:
        shell.out.say(text("There are no documents yet."))
    return Exit.DONE


def shape(row: BridgeRow, link: LinkRow) -> dict[str, Any]:
    """A document as a program reads it; `target` is null as long as the books do not have it."""
    return {
        "bridge": row.name,
        "kind": link.kind,
        "number": link.target_number or link.number,
        "state": link.state,
        "date": link.day,
        "currency": link.currency,
        "total": link.total,
        "sources": [
            {"vendor": row.sales.vendor, "kind": singular(link.flow), "id": source}
            for source in sources(link)
        ],
        "target": _target(row, link),
    }


def singular(flow: str) -> str:
    """What one record of a flow is called: "orders" holds an "order"."""
    return flow.removesuffix("s")


def sources(link: LinkRow) -> tuple[str, ...]:
    """The records whose content is in a document."""
    return link.sources or (link.source_id,)


def _target(row: BridgeRow, link: LinkRow) -> dict[str, str] | None:
    if not link.target_id:
        return None
    return {"vendor": row.books.vendor, "kind": link.kind, "id": link.target_id, "url": link.target_url}


def _pairs(house: House, name: str) -> list[Pair]:
    rows = [house.bridge(name)] if name else [status.row for status in house.bridges()]
    return [(row, link) for row in rows for link in house.exported(row.name)]


def _cells(row: BridgeRow, link: LinkRow) -> list[str]:
    number = link.target_number or link.number
    total = money(link.total, link.currency)
    return [row.name, link.kind, number, link.day.isoformat(), link.party, total, link.state]


def _csv_row(row: BridgeRow, link: LinkRow) -> list[str]:
    number, records = link.target_number or link.number, " ".join(sources(link))
    return [
        row.name, link.kind, number, link.day.isoformat(), link.party, link.currency, plain(link.total),
        link.state, records, link.target_id, link.target_url,
    ]  # fmt: skip
