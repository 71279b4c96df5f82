"""`watch`: the schedule, without a window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.sync import run_table, shape, sync_one
from bridge_gui.errors import SetupError
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.plain import instant

if TYPE_CHECKING:
    from bridge_gui.sync.house import House

LOOK_AGAIN = 30.0
"""Seconds: a computer that slept is noticed after at most so long."""
BETWEEN = 1.0


def run(shell: Shell) -> int:
    """Sync each bridge when it is due, missed runs at once, until stopped."""
    with shell.stoppable() as cancel, shell.working() as house:
        _check(shell, house)
        while not cancel.is_set():
            name, at = _next(house)
            wait = (at - shell.means.clock.now()).total_seconds()
            if wait <= 0:
                _sync(shell, house, name, cancel)
                cancel.wait(BETWEEN)
            else:
                told = shell.words.text("Next: {name} at {time}", name=name, time=instant(at))
                shell.out.passing(told)
                cancel.wait(min(wait, LOOK_AGAIN))
    shell.out.wipe()
    return Exit.STOPPED


def _check(shell: Shell, house: House) -> None:
    """Raise if there is nothing to wait for."""
    bridges = house.bridges()
    if shell.given is not None:
        shell.given.check_names({status.row.name for status in bridges})
    if not bridges:
        raise shell.no_bridges()
    if all(status.next_run is None for status in bridges):
        raise SetupError("cli.nothing_scheduled")
    for status in bridges:
        if status.next_run is not None:
            time = instant(status.next_run)
            shell.out.say(shell.words.text("{name}: next sync {time}.", name=status.row.name, time=time))


def _next(house: House) -> tuple[str, datetime]:
    """The bridge that is due first."""
    due = [(status.next_run, status.row.name) for status in house.bridges() if status.next_run is not None]
    at, name = min(due)
    return name, at


def _sync(shell: Shell, house: House, name: str, cancel: Cancel) -> None:
    row, _code = sync_one(shell, house, name, cancel)
    shell.out.data({"bridges": [shape(row)]})
    shell.out.lines([instant(row.started_at), *run_table(shell, [row]), ""])
    shell.out.flush()
