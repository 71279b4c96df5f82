"""What an exported list holds: amounts as figures, days as days, sentences in the user's own language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.states import kind_name, look_of
from bridge_gui.store.rows import DocumentFilter, DocumentRow, LogRow
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.desktop.exporting import Rows
    from bridge_gui.sync.exports.table import Cell

DOCUMENT_HEADS = (
    mark("Date"), mark("Kind"), mark("Number"), mark("Number in the books"), mark("Customer"),
    mark("Amount"), mark("Currency"), mark("State"), mark("Reason"), mark("Last checked"), mark("Address"),
)  # fmt: skip
LOG_HEADS = (
    mark("Time"), mark("Level"), mark("Run"), mark("What happened"), mark("Advice"), mark("Code"),
    mark("Details"),
)  # fmt: skip


def document_rows(desk: Desk, which: DocumentFilter) -> Rows:
    """Every document of a filter, with how many there are."""
    for total, rows in desk.service.every_document(which):
        for row in rows:
            yield total, _document(desk, row)


def _document(desk: Desk, row: DocumentRow) -> Sequence[Cell]:
    from bridge_gui.sync.exports.streamed import in_units

    text = desk.words.text
    reason = desk.say(row.code, row.params).sentence if row.code else ""
    checked = row.checked_at.isoformat(timespec="seconds") if row.checked_at else ""
    return (
        row.day, text(kind_name(row.kind)), row.source_number, row.number, row.party,
        in_units(row.total, row.currency), row.currency, text(look_of(row.state).word), reason, checked,
        row.target_url,
    )  # fmt: skip


def log_rows(desk: Desk, bridge: str, level: str, fits: Callable[[LogRow], bool]) -> Rows:
    """Every line of the log that fits; nobody knows beforehand how many those are."""
    for row in _lines(desk, bridge, level):
        if fits(row):
            yield 0, _line(desk, row)


def _lines(desk: Desk, bridge: str, level: str) -> Iterator[LogRow]:
    for rows in desk.service.every_line(bridge, level):
        yield from rows


def _line(desk: Desk, row: LogRow) -> Sequence[Cell]:
    said = desk.say(row.code, row.params)
    details = json.dumps(row.params, ensure_ascii=False, sort_keys=True)
    run = str(row.run_id or "")
    when = row.at.isoformat(timespec="seconds")
    return when, row.level, run, said.sentence, said.advice, row.code, details
