"""`status`: every bridge and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.sync import OUTCOMES, shape
from bridge_gui.cli.tables import clean, table
from bridge_gui.wording.plain import instant

if TYPE_CHECKING:
    from bridge_gui.store.rows import RunRow
    from bridge_gui.sync.service import BridgeStatus


def run(shell: Shell) -> int:
    """List the bridges; nothing is asked of anybody."""
    with shell.reading() as house:
        bridges = list(house.bridges()) if house is not None else []
        endings = house.endings() if house is not None else ()
    ending = [{"bridge": one.bridge, "vendor": one.vendor, "day": one.day} for one in endings]
    shell.out.data({"bridges": [_shape(shell, status) for status in bridges], "ending": ending})
    shell.out.lines(_table(shell, bridges) if bridges else [shell.words.text("There is no bridge yet.")])
    for status in bridges:
        if status.row.stopped_code:
            said = shell.say(status.row.stopped_code, status.row.stopped_params)
            shell.out.say(clean(f"{status.row.name}: {said.sentence} {said.advice}".strip()))
    for one in endings:
        params = {"name": one.bridge, "vendor": one.vendor, "day": one.day.isoformat()}
        said = shell.say("oauth.disuse", params)
        shell.out.say(clean(f"{said.sentence} {said.advice}"))
    return Exit.DONE


def _shape(shell: Shell, status: BridgeStatus) -> dict[str, Any]:
    row = status.row
    return {
        "bridge": row.name,
        "kind": row.kind,
        "title": shell.words.text(status.title),
        "company": status.company,
        "start": row.start,
        "schedule": row.settings.get("schedule", "manual"),
        "attention": status.attention,
        "stopped": _said(shell, row.stopped_code, row.stopped_params),
        "last_run": _run(shell, status.last_run),
        "next_run": status.next_run,
    }


def _said(shell: Shell, code: str, params: dict[str, Any]) -> dict[str, str] | None:
    if not code:
        return None
    said = shell.say(code, params)
    return {"code": code, "sentence": said.sentence, "advice": said.advice}


def _run(shell: Shell, run: RunRow | None) -> dict[str, Any] | None:
    if run is None:
        return None
    times = {"started": run.started_at, "ended": run.ended_at, "until": run.until}
    return {**shape(run), **times, "reason": _said(shell, run.code, run.params)}


def _table(shell: Shell, bridges: list[BridgeStatus]) -> list[str]:
    text = shell.words.text
    heads = [text(head) for head in ("Bridge", "Company", "Last sync", "Outcome", "Needs attention", "Next")]
    return table(heads, [_cells(shell, status) for status in bridges], right=[4])


def _cells(shell: Shell, status: BridgeStatus) -> list[str]:
    text, last = shell.words.text, status.last_run
    began = instant(last.started_at) if last else text("never")
    outcome = text(OUTCOMES[last.outcome.value]) if last else ""
    following = instant(status.next_run) if status.next_run else text("when you say so")
    return [status.row.name, status.company, began, outcome, str(status.attention), following]
