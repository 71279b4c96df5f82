"""`demo`: the demo's bridges synced in the terminal, what was moved as a table, pictures of the window."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_gui.cli.attention import described
from bridge_gui.cli.codes import Exit, worst
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.sync import run_table, shape, sync_one
from bridge_gui.cli.tables import table
from bridge_gui.wording.plain import money

if TYPE_CHECKING:
    from bridge_gui.cli.demo_companies import Demo
    from bridge_gui.store.rows import AttentionRow, RunRow
    from bridge_gui.web.waiting import Cancel

SHOWN = 12
STRETCH = 7
GOOD = (Exit.DONE, Exit.ATTENTION)
Moved = tuple[str, str, str, str, int, Any]


def run(shell: Shell) -> int:
    """Sync every demo bridge and show what came of it; what waits for a person is part of the demo."""
    from bridge_gui.cli.demo_companies import open_demo, reset

    folder = shell.demo_folder
    if shell.options.reset:
        reset(folder)
    shell.out.passing(shell.words.text("Opening the demo companies ..."))
    with (
        shell.stoppable() as cancel,
        open_demo(folder, shell.registry, shell.means.clock, cancel) as demo,
    ):
        shell.out.wipe()
        ended = [
            pair for days in _stretches(shell.options.advance) for pair in _sync(shell, demo, days, cancel)
        ]
        code = worst(code for _, code in ended)
        _tell(shell, demo, [row for row, _ in ended], _pictures(shell, demo) if code in GOOD else "")
    return Exit.DONE if code is Exit.ATTENTION else code


def _stretches(days: int) -> list[int]:
    """Days of trade between two syncs: what changes later is seen as it is at work."""
    whole, rest = divmod(days, STRETCH)
    return [STRETCH] * whole + ([rest] if rest or not whole else [])


def _sync(shell: Shell, demo: Demo, days: int, cancel: Cancel) -> list[tuple[RunRow, Exit]]:
    """Some days of trade, then a sync of every bridge."""
    if days:
        last = demo.advance(days)
        shell.out.say(shell.words.text("Trade went on up to {day}.", day=last.isoformat()))
    return [sync_one(shell, demo.house, status.row.name, cancel) for status in demo.house.bridges()]


def _tell(shell: Shell, demo: Demo, rows: list[RunRow], pictures: str) -> None:
    text = shell.words.text
    moved, held = _moved(demo), list(demo.house.attention())
    shell.out.lines([text("Synced now:"), *run_table(shell, rows), ""])
    heads = [text(head) for head in ("Bridge", "Document", "State", "Count", "Total")]
    cells = [
        [bridge, kind, state, str(count), money(total, currency)]
        for bridge, kind, state, currency, count, total in moved
    ]
    shell.out.lines([text("In the books:"), *table(heads, cells, right=[3, 4]), ""])
    _tell_held(shell, held)
    shell.out.say(text("Pictures of the window: {folder}", folder=pictures) if pictures else "")
    keys = ("bridge", "kind", "state", "currency", "count", "total")
    shell.out.data(
        {
            "bridges": [shape(row) for row in rows],
            "documents": [dict(zip(keys, one, strict=True)) for one in moved],
            "held": [described(shell, row) for row in held],
            "screenshots": pictures or None,
        }
    )


def _moved(demo: Demo) -> list[Moved]:
    """Documents counted and summed by bridge, kind, state and currency."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    totals: dict[tuple[str, str, str, str], Any] = {}
    for status in demo.house.bridges():
        for link in demo.house.exported(status.row.name):
            key = (status.row.name, link.kind, link.state, link.currency)
            counts[key] += 1
            totals[key] = totals.get(key, 0) + link.total
    return [(*key, counts[key], totals[key]) for key in counts]


def _tell_held(shell: Shell, held: list[AttentionRow]) -> None:
    text = shell.words.text
    if not held:
        return
    heads = [text(head) for head in ("Date", "Total", "Why it waits")]
    cells = [
        [
            row.day.isoformat() if row.day else "",
            money(row.total, row.currency),
            shell.say(row.code, row.params).sentence,
        ]
        for row in held[:SHOWN]
    ]
    shell.out.lines([text("Waiting for a person:"), *table(heads, cells, right=[1])])
    if len(held) > SHOWN:
        shell.out.say(text("... and {count} more.", count=len(held) - SHOWN))
    shell.out.say()


def _pictures(shell: Shell, demo: Demo) -> str:
    """Take pictures of the window; empty if this computer lacks what Qt needs."""
    told: str | None = shell.options.screenshots
    folder = Path(told).absolute() if told else demo.house.folder.path / "screenshots"
    if told:
        demo.advance(1)  # so that the preview has something to show
    try:
        shell.means.pictures(demo.house, shell.registry, folder, demo.clock, whole=bool(told))
    except ImportError as error:
        shell.out.note(
            shell.words.text("No pictures: the window cannot be drawn here ({why}).", why=str(error))
        )
        return ""
    return str(folder)
