"""`tie-out`: what was sold against what the books show, day by day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_gui.cli.chosen import chosen
from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import table
from bridge_gui.errors import SetupError
from bridge_gui.wording.plain import amount

if TYPE_CHECKING:
    from bridge_gui.sync.exports.table import Table
    from bridge_gui.sync.tieout import Row, TieOut
    from bridge_gui.sync.tieout_text import Words


def run(shell: Shell) -> int:
    """Tie one bridge out, and write it to files if they were named."""
    from bridge_gui.sync.tieout_text import Words, tables

    first, last = _day(shell, "first"), _day(shell, "last")
    shell.options.all = False
    shell.options.names = [shell.options.names] if shell.options.names else []
    with shell.stoppable() as cancel, shell.working() as house:
        (name,) = chosen(shell, house)
        shell.out.passing(shell.words.text("Asking both sides ..."))
        done = house.tie_out(name, first, last, cancel)
    shell.out.wipe()
    words = Words(shell.wording, shell.words.text)
    main, more = tables(done, words)
    written = _write(shell, done, main, more)
    shell.out.data(shape(done, words))
    _tell(shell, done, words, written)
    return Exit.ATTENTION if done.open else Exit.DONE


def shape(done: TieOut, words: Words) -> dict[str, Any]:
    """A tie-out as a program reads it; `explained` is empty where nothing, or not all, is explained."""
    from bridge_gui.sync.tieout_text import detail, explained

    return {
        "bridge": done.bridge,
        "company": done.company,
        "from": done.first,
        "to": done.last,
        "time_zone": done.zone,
        "currency": done.currency,
        "rows": [
            _row(row) | {"explained": explained(row, words, done.currency) if row.explained else ""}
            for row in done.rows
        ],
        "reasons": [
            {
                "day": row.day, "key": row.key, "why": one.why.value, "amount": one.amount,
                "number": one.number, "code": one.code, "sentence": detail(one, words),
            }
            for row in done.rows
            for one in row.reasons
        ],
        "unexplained": [_row(row) for row in done.open],
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    return {
        "day": row.day,
        "key": row.key,
        "sales": row.sales,
        "books": row.books,
        "difference": row.difference,
    }


def _day(shell: Shell, name: str) -> date | None:
    told: str | None = getattr(shell.options, name)
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        problem = shell.words.text("“{told}” is not a day such as 2026-11-20.", told=told or "")
        raise SetupError("cli.usage", problem=problem, help="bridge-gui tie-out --help") from error


def _write(shell: Shell, done: TieOut, main: Table, more: Table) -> list[str]:
    """The files that were asked for."""
    written = []
    if shell.options.xlsx:
        from bridge_gui.sync.exports.xlsx import write_xlsx

        write_xlsx((main, more), Path(shell.options.xlsx))
        written.append(shell.options.xlsx)
    if shell.options.pdf:
        from bridge_gui.sync.exports.pdf import write_pdf

        write_pdf(main, Path(shell.options.pdf), done.made_at)
        written.append(shell.options.pdf)
    return written


def _tell(shell: Shell, done: TieOut, words: Words, written: list[str]) -> None:
    from bridge_gui.sync.tieout_text import explained

    text, out = shell.words.text, shell.out
    heads = [text(head) for head in ("Day", "Key", "Sales", "Books", "Difference", "Explained by")]
    cells = [
        [
            row.day.isoformat(), row.key, amount(row.sales, done.currency), amount(row.books, done.currency),
            amount(row.difference, done.currency), explained(row, words, done.currency),
        ]
        for row in done.rows
    ]  # fmt: skip
    out.lines(table(heads, cells, right=[2, 3, 4]))
    out.say()
    count = len(done.open)
    tied = text("Everything is tied or explained.")
    left = shell.words.many("{count} difference has no explanation.", "{count} differences have none.", count)
    out.say(left if count else tied)
    for file in written:
        out.say(text("Written: {file}", file=file))
