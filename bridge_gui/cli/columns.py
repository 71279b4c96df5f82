"""`columns`: what a report's columns seem to be, its first rows, and whether its days balance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import table
from bridge_gui.wording.plain import amount

if TYPE_CHECKING:
    from bridge_gui.sync.files.days import FileDay
    from bridge_gui.sync.files.suggest import Proposal

SHOWN = 8


def run(shell: Shell) -> int:
    """Look at one file; nothing is kept."""
    from bridge_gui.sync.files.door import FileDoor
    from bridge_gui.sync.files.layout import as_text

    options = shell.options
    door = FileDoor(Path(options.file), "", told=options.columns or "", currency=options.currency)
    seen = door.look(Path(options.file))
    _tell_seen(shell, seen)
    shell.out.say(shell.words.text("Proposed: {layout}", layout=as_text(seen.layout)))
    found = door.understood(Path(options.file))
    days = door.days(Path(options.file))
    shell.out.data(
        {
            "columns": found.names,
            "layout": as_text(found.layout),
            "kind": found.fingerprint,
            "days": [_shape(day) for day in days],
        }
    )
    shell.out.say(shell.words.text("Used: {layout}", layout=as_text(found.layout)))
    _tell_days(shell, days)
    return Exit.DONE if all(not day.difference and not day.wrong for day in days) else Exit.ATTENTION


def _shape(day: FileDay) -> dict[str, Any]:
    postings = [{"account": one.label, "amount": one.amount} for one in day.postings]
    return {"day": day.day, "difference": day.difference, "wrong": day.wrong, "postings": postings}


def _tell_seen(shell: Shell, seen: Proposal) -> None:
    from bridge_gui.sync.files.door import preview_rows

    rows = [[*row, *[""] * (len(seen.names) - len(row))] for row in preview_rows(seen, SHOWN)]
    shell.out.lines([*table(seen.names, rows), ""])


def _tell_days(shell: Shell, days: tuple[FileDay, ...]) -> None:
    text, currency = shell.words.text, shell.options.currency
    heads = [text(head) for head in ("Day", "Rows", "Debit", "Off balance", "Cannot be read")]
    cells = [
        [
            day.day.isoformat(), str(len(day.postings)), amount(day.turnover, currency),
            amount(day.difference, currency), day.wrong,
        ]
        for day in days
    ]  # fmt: skip
    shell.out.lines(table(heads, cells, right=[1, 2, 3]))
