"""What a job tells while it works: small frozen structs, at most ten a second."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from msgspec import Struct

from bridge_gui.errors import Param


class Phase(Enum):
    """The phases of a run, in order."""

    SETTLE = "settle"
    SURVEY = "survey"
    COLLECT = "collect"
    DELIVER = "deliver"
    FOLLOW = "follow"


class Progress(Struct, frozen=True, kw_only=True):
    """How far a run is; `total` is 0 while nobody knows. `seconds_left` only when it is honest."""

    bridge: str
    phase: Phase
    done: int = 0
    total: int = 0
    seconds_left: float | None = None


class Line(Struct, frozen=True, kw_only=True):
    """A line was written to the log (already committed)."""

    bridge: str
    level: str
    code: str
    params: dict[str, Param] = {}


Event = Progress | Line
Listener = Callable[[Event], None]


def nobody(event: Event) -> None:
    """A listener that does not listen."""
    del event
