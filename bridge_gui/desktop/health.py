"""How a bridge is doing, as a sign with a word; and what the header says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge_gui.desktop import signs
from bridge_gui.desktop.signs import Sign
from bridge_gui.desktop.states import Look, Tone
from bridge_gui.store.rows import Outcome, RunRow
from bridge_gui.sync.events import Phase, Progress
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.desktop.desk import Desk
    from bridge_gui.sync.service import BridgeStatus


@dataclass(frozen=True)
class Health:
    """A bridge's state."""

    sign: Sign
    tone: Tone
    word: str


PHASES: dict[Phase, str] = {
    Phase.SETTLE: mark("Checking what was sent before"),
    Phase.SURVEY: mark("Looking for documents made earlier"),
    Phase.COLLECT: mark("Reading new records"),
    Phase.DELIVER: mark("Sending documents"),
    Phase.FOLLOW: mark("Checking documents in the books"),
}


def health(desk: Desk, bridge: BridgeStatus) -> Health:
    """How a bridge is doing now."""
    text, name = desk.words.text, bridge.row.name
    if desk.runner.waits(name):
        return Health(signs.CLOCK, Tone.QUIET, text("Waits for its turn"))
    if desk.runner.busy(name):
        return Health(signs.TURN, Tone.GOOD, text("At work"))
    if bridge.row.stopped_code:
        return Health(signs.CROSS, Tone.WRONG, text("Stopped"))
    if bridge.attention:
        return Health(signs.BANG, Tone.NEEDS_YOU, text("Needs attention"))
    return _after_run(desk, bridge.last_run)


def _after_run(desk: Desk, run: RunRow | None) -> Health:
    text = desk.words.text
    if run is None:
        return Health(signs.RING, Tone.QUIET, text("Not synced yet"))
    if run.outcome is Outcome.FAILED:
        return Health(signs.CROSS, Tone.WRONG, text("The last sync failed"))
    if run.outcome is Outcome.FINISHED:
        return Health(signs.CHECK, Tone.GOOD, text("In order"))
    return Health(signs.CLOCK, Tone.QUIET, desk.words.text(outcome_look(run).word))


OUTCOMES: dict[Outcome, Look] = {
    Outcome.RUNNING: Look(signs.TURN, Tone.GOOD, mark("At work")),
    Outcome.FINISHED: Look(signs.CHECK, Tone.GOOD, mark("Finished")),
    Outcome.PAUSED: Look(signs.CLOCK, Tone.QUIET, mark("Paused")),
    Outcome.INTERRUPTED: Look(signs.CLOCK, Tone.QUIET, mark("Interrupted")),
    Outcome.CANCELLED: Look(signs.DASH, Tone.QUIET, mark("Stopped")),
    Outcome.FAILED: Look(signs.CROSS, Tone.WRONG, mark("Failed")),
}


def outcome_look(run: RunRow) -> Look:
    """How a run ended, as a sign with a word."""
    return OUTCOMES[run.outcome]


def run_name(desk: Desk, run: RunRow) -> str:
    """What a run is called in the list of runs."""
    when = desk.formats.when(run.started_at, desk.now())
    return f"{when}  ·  {desk.words.text(outcome_look(run).word)}"


def run_words(desk: Desk, run: RunRow) -> str:
    """What a run read, sent and left, in one line."""
    words, number = desk.words, desk.formats.number
    parts = [
        words.text("{count} read", count=number(run.read)),
        words.text("{count} sent", count=number(run.written)),
    ]
    if run.attention:
        parts.append(
            words.many("{shown} needs you", "{shown} need you", run.attention, shown=number(run.attention))
        )
    if run.code:
        parts.append(desk.say(run.code, run.params).sentence)
    return "  ·  ".join(parts)


def summary(desk: Desk, bridge: BridgeStatus) -> str:
    """The line under a bridge's title: company, last sync, next sync."""
    text, parts = desk.words.text, [bridge.company]
    run = bridge.last_run
    if run is None:
        parts.append(text("not synced yet"))
    else:
        when = desk.formats.when(run.ended_at or run.started_at, desk.now())
        parts.append(text("last sync {when}", when=when))
        parts.append(desk.words.many("{count} document", "{count} documents", run.written))
    if bridge.next_run is not None and bridge.next_run <= desk.now():
        parts.append(text("next sync is due"))
    elif bridge.next_run is not None:
        parts.append(text("next {when}", when=desk.formats.when(bridge.next_run, desk.now())))
    return "  ·  ".join(part for part in parts if part)


def progress_line(desk: Desk, progress: Progress | None) -> str:
    """Progress in words: the phase, x of y, about n minutes."""
    if progress is None:
        return desk.words.text("Beginning")
    parts = [desk.words.text(PHASES[progress.phase])]
    number = desk.formats.number
    if progress.total:
        done = min(progress.done, progress.total)
        parts.append(desk.words.text("{done} of {total}", done=number(done), total=number(progress.total)))
    elif progress.done:
        parts.append(number(progress.done))
    if progress.seconds_left is not None:
        parts.append(desk.formats.duration(progress.seconds_left))
    return ", ".join(parts)


def _paused(desk: Desk, run: RunRow, sent: str) -> str:
    """What waits until when, and who goes on: a bridge that syncs by itself does so then."""
    text, bridge = desk.words.text, desk.status(run.bridge)
    when = desk.formats.when(run.until, desk.now()) if run.until is not None else ""
    if bridge is not None and bridge.next_run is not None:
        return text("Paused, {sent}. The rest goes by itself: {when}.", sent=sent, when=when)
    return text("Paused, {sent}. The rest can go from {when}: sync again then.", sent=sent, when=when)


def result_line(desk: Desk, run: RunRow) -> tuple[Sign, Tone, str]:
    """How a run ended, for the strip under the header."""
    words = desk.words
    sent = words.many("{count} document sent", "{count} documents sent", run.written)
    if run.outcome is Outcome.FINISHED and run.attention:
        need = words.many("{count} thing needs you", "{count} things need you", run.attention)
        return signs.BANG, Tone.NEEDS_YOU, f"{sent}, {need}."
    if run.outcome is Outcome.FINISHED:
        nothing = words.text("Nothing new since the last sync.")
        return signs.CHECK, Tone.GOOD, words.text("Finished, {sent}.", sent=sent) if run.written else nothing
    if run.outcome is Outcome.CANCELLED:
        return signs.DASH, Tone.QUIET, words.text("Stopped, {sent}. The rest goes next time.", sent=sent)
    if run.outcome is Outcome.PAUSED and run.until is not None and not run.code:
        return signs.CLOCK, Tone.QUIET, _paused(desk, run, sent)
    said = desk.say(run.code, run.params) if run.code else None
    tone = Tone.QUIET if run.outcome is Outcome.PAUSED else Tone.WRONG
    sign = signs.CLOCK if run.outcome is Outcome.PAUSED else signs.CROSS
    ending = f"{said.sentence} {said.advice}".strip() if said else desk.words.text(outcome_look(run).word)
    return sign, tone, ending
