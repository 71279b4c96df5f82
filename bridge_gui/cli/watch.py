"""`watch`: the schedule, without a window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.sync import run_table, shape, sync_one
from bridge_gui.errors import SetupError
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.plain import instant

if TYPE_CHECKING:
    from bridge_gui.errors import BridgeError
    from bridge_gui.sync.house import House
    from bridge_gui.sync.notices_heard import Listening

LOOK_AGAIN = 30.0
"""Seconds: a computer that slept is noticed after at most so long."""
LISTENING = 2.0
"""Seconds: how soon a change notice is acted on."""
BETWEEN = 1.0


def run(shell: Shell) -> int:
    """Sync each bridge when it is due (missed: at once) or a notice asks for it, until stopped."""
    with shell.stoppable() as cancel, shell.working() as house:
        _check(shell, house)
        with _listening(shell, house) as heard:
            while not cancel.is_set():
                _turn(shell, house, heard, cancel)
    shell.out.wipe()
    return Exit.STOPPED


def _turn(shell: Shell, house: House, heard: Listening | None, cancel: Cancel) -> None:
    """Sync what is due now, or wait for it a while."""
    early = heard.early(house.bridges()) if heard is not None else ""
    name, at = _next(house)
    wait = (at - shell.means.clock.now()).total_seconds()
    if early or wait <= 0:
        chosen = name if wait <= 0 else early
        if heard is not None:
            heard.before_sync(chosen, early=wait > 0)
        _sync(shell, house, chosen, cancel)
        cancel.wait(BETWEEN)
        return
    told = shell.words.text("Next: {name} at {time}", name=name, time=instant(at))
    shell.out.passing(told)
    cancel.wait(min(wait, LOOK_AGAIN if heard is None else LISTENING))


@contextmanager
def _listening(shell: Shell, house: House) -> Iterator[Listening | None]:
    """An open ear for change notices where one is wanted; what keeps it shut is said, and syncs go on."""
    from bridge_gui.sync.notices_heard import listen

    def failed(error: BridgeError) -> None:
        said = shell.say(error.code, error.params)
        shell.out.note(f"{said.sentence} {said.advice}".strip())

    heard = listen(house, failed)
    if heard is None:
        yield None
        return
    try:
        names = ", ".join(heard.names)
        shell.out.say(
            shell.words.text(
                "{names}: change notices are heard at port {port}.", names=names, port=heard.port
            )
        )
        yield heard
    finally:
        heard.close()


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
