"""Bad weather: two companies trade day by day, one of them through a line that goes wrong; both must end alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.crash.here import Here, here
from tests.crash.states import MIXTURE
from tests.crash.tally import Tally, tally

Say = Callable[[str], None]


def weather(
    key: str, documents: int, folder: Path, say: Say, *, days: int, switches: Mapping[str, Any] | None = None
) -> tuple[Tally, int]:
    """Trade until there are so many documents, at most so many days; gives the count and how often it went wrong."""
    with here(folder / "fair", key) as fair, here(folder / "foul", key) as foul:
        for world in (fair, foul):
            world.switch(switches or {})
        foul.arm(MIXTURE)
        for _ in range(days):
            found = _a_day(fair, foul)
            say(f"{foul.struck} faults: {found.line(0)}")
            if not found.good or found.documents >= documents:
                break
            for world in (fair, foul):
                world.trade()
        return found, foul.struck


def _a_day(fair: Here, foul: Here) -> Tally:
    for world in (fair, foul):
        world.rest()
    return tally(foul, fair)
