"""`attention`: what needs a person, and a person's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import table
from bridge_gui.errors import SetupError
from bridge_gui.store.rows import BY_HAND
from bridge_gui.wording.plain import money

if TYPE_CHECKING:
    from bridge_gui.store.rows import AttentionRow
    from bridge_gui.sync.house import House


def run(shell: Shell) -> int:
    """List what needs attention, or carry out one answer."""
    if shell.options.answer:
        return _answer(shell, *shell.options.answer)
    with shell.reading() as house:
        rows = _rows(house, shell.options.name or shell.options.bridge or "")
    shell.out.data([described(shell, row) for row in rows])
    shell.out.lines(held_table(shell, rows) if rows else [shell.words.text("Nothing needs attention.")])
    return Exit.ATTENTION if rows else Exit.DONE


def described(shell: Shell, row: AttentionRow) -> dict[str, Any]:
    """One thing as a program reads it."""
    said = shell.say(row.code, row.params)
    return {
        "id": row.id,
        "bridge": row.bridge,
        "what": row.what,
        "code": row.code,
        "sentence": said.sentence,
        "advice": said.advice,
        "source": row.source_id,
        "number": row.number,
        "date": row.day,
        "currency": row.currency,
        "total": row.total,
        "choices": choices(row),
        "since": row.since,
    }


def choices(row: AttentionRow) -> tuple[str, ...]:
    """All answers that fit."""
    return (*row.choices, BY_HAND) if row.by_hand else row.choices


def held_table(shell: Shell, rows: list[AttentionRow]) -> list[str]:
    """What needs attention as a table, each reason's advice below it once."""
    text = shell.words.text
    heads = [text(head) for head in ("Item", "Bridge", "Date", "Number", "Total", "What happened", "Choices")]
    cells = [_cells(shell, row) for row in rows]
    advice = dict.fromkeys(shell.say(row.code, row.params).advice for row in rows)
    return [*table(heads, cells, right=[4]), "", *(line for line in advice if line)]


def _cells(shell: Shell, row: AttentionRow) -> list[str]:
    day = row.day.isoformat() if row.day else ""
    total = money(row.total, row.currency)
    sentence = shell.say(row.code, row.params).sentence
    return [row.id, row.bridge, day, row.number, total, sentence, ", ".join(choices(row))]


def _rows(house: House | None, name: str) -> list[AttentionRow]:
    if house is None:
        return []
    if name:
        house.bridge(name)
    return list(house.attention(name))


def _answer(shell: Shell, item: str, choice: str) -> int:
    named: str = shell.options.bridge or shell.options.name or ""
    with shell.working() as house:
        row = next((row for row in _rows(house, named) if row.id == item), None)
        if row is None:
            raise SetupError("cli.no_item", item=item)
        house.answer(row.bridge, item, choice, shell.options.reason, shell.options.document)
    shell.out.say(shell.words.text("Noted. The next sync acts on it."))
    shell.out.data({"bridge": row.bridge, "item": item, "choice": choice})
    return Exit.DONE
