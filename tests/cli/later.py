"""The program with its clock set forward: `python -m tests.cli.later SECONDS words ...`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta

from bridge_gui.app import means
from bridge_gui.cli.run import main as run
from bridge_gui.web.waiting import SystemClock


class LaterClock(SystemClock):
    """A clock that is ahead."""

    def __init__(self, seconds: float) -> None:
        self._ahead = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return super().now() + self._ahead


def main(words: Sequence[str]) -> int:
    """Run a command later."""
    return run(words[1:], dataclasses.replace(means(), clock=LaterClock(float(words[0]))))
