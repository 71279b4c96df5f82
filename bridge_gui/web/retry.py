"""When is a retry safe?

A read may always be repeated. A write only if the request never left, or if the vendor refused it
before acting. A write that carries an idempotency key may be repeated inside the one call. What is
left in doubt is never sent again: the journal settles it by looking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum

from bridge_gui.web.answer import Lost


class Kind(Enum):
    """What a call does at the vendor."""

    READ = "read"
    WRITE = "write"
    KEYED = "write with a key"


class Came(Enum):
    """What came of one sending, as far as repeating it goes."""

    NEVER_LEFT = "the name did not resolve, or no connection was made"
    REFUSED_FIRST = "the vendor said that it did not act: 429, or a status its file calls definite"
    NO_ANSWER = "it left, and then a time-out, a reset, or half an answer"
    TROUBLE = "the vendor broke down: 408, or 500 and over"


class End(Enum):
    """What to tell the caller when it is not, or no longer, repeated."""

    PASSING = "later"
    UNKNOWN = "outcome unknown"


@dataclass(frozen=True)
class Rule:
    """Whether to send again while tries are left, and how it ends otherwise."""

    again: bool
    end: End


RULES: dict[tuple[Kind, Came], Rule] = {
    (Kind.READ, Came.NEVER_LEFT): Rule(again=True, end=End.PASSING),
    (Kind.READ, Came.REFUSED_FIRST): Rule(again=True, end=End.PASSING),
    (Kind.READ, Came.NO_ANSWER): Rule(again=True, end=End.PASSING),
    (Kind.READ, Came.TROUBLE): Rule(again=True, end=End.PASSING),
    (Kind.WRITE, Came.NEVER_LEFT): Rule(again=True, end=End.PASSING),
    (Kind.WRITE, Came.REFUSED_FIRST): Rule(again=True, end=End.PASSING),
    (Kind.WRITE, Came.NO_ANSWER): Rule(again=False, end=End.UNKNOWN),
    (Kind.WRITE, Came.TROUBLE): Rule(again=False, end=End.UNKNOWN),
    (Kind.KEYED, Came.NEVER_LEFT): Rule(again=True, end=End.PASSING),
    (Kind.KEYED, Came.REFUSED_FIRST): Rule(again=True, end=End.PASSING),
    (Kind.KEYED, Came.NO_ANSWER): Rule(again=True, end=End.UNKNOWN),
    (Kind.KEYED, Came.TROUBLE): Rule(again=True, end=End.UNKNOWN),
}
"""The whole policy. A 401 is not here: it is repeated once after renewal, whatever the kind."""


def came_of_loss(lost: Lost) -> Came:
    """What a missing answer means for repeating."""
    return Came.NO_ANSWER if lost.left else Came.NEVER_LEFT


def came_of_status(status: int, definite: frozenset[int]) -> Came | None:
    """What a status means for repeating; None when it is an answer like any other."""
    if status == 429 or (status >= 500 and status in definite):
        return Came.REFUSED_FIRST
    return Came.TROUBLE if status == 408 or status >= 500 else None


def back_off(tried: int, jitter: float) -> float:
    """Seconds before the next try: between 1 and 2, 4, 8, then 10; `jitter` is between 0 and 1."""
    return 1.0 + (min(10.0, 2.0**tried) - 1.0) * jitter


def told_wait(header: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, in either of its two forms; None when it says nothing."""
    text = header.strip()
    if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
