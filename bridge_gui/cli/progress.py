"""How far a run is, on one line of the terminal."""

from __future__ import annotations

import time

from bridge_gui.cli.shell import Shell
from bridge_gui.sync.events import Event, Phase, Progress
from bridge_gui.wording.message import mark

EVERY = 0.1
_PHASES = {
    Phase.SETTLE: mark("Looking at what was under way"),
    Phase.SURVEY: mark("Looking for what is in the books already"),
    Phase.COLLECT: mark("Reading"),
    Phase.DELIVER: mark("Sending"),
    Phase.FOLLOW: mark("Looking at what became of documents"),
}


class Watcher:
    """Listens to a run and shows it, at most ten times a second."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._shown = 0.0
        self._phase: Phase | None = None

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if not isinstance(event, Progress) or not self._shell.out.live:
            return
        now = time.monotonic()
        if event.phase is not self._phase or now - self._shown >= EVERY:
            self._shown, self._phase = now, event.phase
            self._shell.out.passing(self._line(event))

    def _line(self, event: Progress) -> str:
        text = self._shell.words.text
        parts = [f"{event.bridge}: {text(_PHASES[event.phase])}"]
        if event.total:
            parts.append(text("{done} of {total}", done=event.done, total=event.total))
        elif event.done:
            parts.append(str(event.done))
        if event.seconds_left is not None and event.seconds_left > 5:
            parts.append(text("about {minutes} min left", minutes=max(1, round(event.seconds_left / 60))))
        return ", ".join(parts)
