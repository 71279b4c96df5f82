"""`sync`: bring the books up to date, or show what would be sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_gui.cli.chosen import chosen
from bridge_gui.cli.codes import Exit, of_run, worst
from bridge_gui.cli.progress import Watcher
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import table
from bridge_gui.errors import VendorChanged
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.message import mark
from bridge_gui.wording.plain import instant

if TYPE_CHECKING:
    from bridge_gui.store.rows import RunRow
    from bridge_gui.sync.house import House

OUTCOMES = {
    "finished": mark("finished"),
    "paused": mark("paused"),
    "interrupted": mark("interrupted"),
    "cancelled": mark("stopped"),
    "failed": mark("failed"),
    "running": mark("running"),
}


def run(shell: Shell) -> int:
    """Sync the chosen bridges one after another; the worst code counts."""
    if shell.options.preview:
        from bridge_gui.cli.preview import run as preview

        return preview(shell)
    if shell.options.all and not shell.options.demo and not shell.folder.database.is_file():
        return _tell(shell, [], Exit.DONE)
    with shell.stoppable() as cancel, shell.working() as house:
        rows, codes = [], []
        for name in chosen(shell, house):
            row, code = sync_one(shell, house, name, cancel)
            rows.append(row)
            codes.append(code)
            if cancel.is_set():
                break
    return _tell(shell, rows, worst(codes))


def sync_one(shell: Shell, house: House, name: str, cancel: Cancel) -> tuple[RunRow, Exit]:
    """One run of one bridge, with what went wrong said at once."""
    reports = set(_reports(house.folder.reports))
    row = house.sync(name, cancel, Watcher(shell))
    shell.out.wipe()
    if row.code:
        said = shell.say(row.code, row.params)
        shell.out.note(f"{name}: {said.sentence} {said.advice}".strip())
    if row.until is not None:
        shell.out.note(_until(shell, row))
    code = exit_of(shell, house, row)
    if code is Exit.UNEXPECTED:
        _tell_report(shell, house, row, reports)
    return row, code


def _tell_report(shell: Shell, house: House, row: RunRow, before: set[str]) -> None:
    """Say where the report is; what a vendor changed without notice has one as well."""
    if set(_reports(house.folder.reports)) == before:
        house.report(VendorChanged(row.code))
    for path in sorted(set(_reports(house.folder.reports)) - before):
        shell.out.note(shell.words.text("The report is in {file}.", file=path))


def exit_of(shell: Shell, house: House, row: RunRow) -> Exit:
    """The exit code of a run that has ended."""
    buttons = {message.code: message.button for message in shell.registry.messages()}
    stopped = any(status.row.stopped_code for status in house.bridges() if status.row.name == row.bridge)
    return of_run(row, lambda code: buttons.get(code, ""), stopped=stopped)


def shape(row: RunRow) -> dict[str, Any]:
    """A run as a scheduler reads it."""
    return {
        "bridge": row.bridge,
        "outcome": row.outcome.value,
        "read": row.read,
        "written": row.written,
        "skipped": row.skipped,
        "attention": row.attention,
        "failed": row.failed,
        "calls": row.calls,
        "seconds": row.seconds,
    }


def run_table(shell: Shell, rows: list[RunRow]) -> list[str]:
    """Runs as a table."""
    text = shell.words.text
    heads = (
        "Bridge",
        "Outcome",
        "Read",
        "Written",
        "Skipped",
        "Needs attention",
        "Failed",
        "Calls",
        "Seconds",
    )
    cells = [
        [
            row.bridge, text(OUTCOMES[row.outcome.value]), str(row.read), str(row.written), str(row.skipped),
            str(row.attention), str(row.failed), str(sum(row.calls.values())), f"{row.seconds:.1f}",
        ]
        for row in rows
    ]  # fmt: skip
    return table([text(head) for head in heads], cells, right=range(2, len(heads)))


def _tell(shell: Shell, rows: list[RunRow], code: Exit) -> int:
    shell.out.data({"bridges": [shape(row) for row in rows]})
    if rows:
        shell.out.lines(run_table(shell, rows))
    else:
        shell.out.say(shell.words.text("There is no bridge yet."))
    if any(row.attention for row in rows):
        shell.out.say(shell.words.text("What needs attention: bridge-gui attention"))
    return code


def _until(shell: Shell, row: RunRow) -> str:
    assert row.until is not None
    return shell.words.text("{name}: it goes on at {time}.", name=row.bridge, time=instant(row.until))


def _reports(folder: Path) -> list[str]:
    return [str(path) for path in folder.glob("*.txt")]
