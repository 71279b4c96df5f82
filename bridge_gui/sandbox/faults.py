"""Faults on demand: which request is to go wrong, how, and how often.

Kinds: `refuse` (nobody listens for `seconds`), `delay`, `status`, `cut_before` and `cut_after` (the
connection is reset before or after the vendor acted), `cut_middle` (reset in the middle of the answer),
`html_200`, `bad_json`, `fuzz` (one value of another kind than it was), `drop_field`, `repeat_page`,
`expire_token`.
"""

from __future__ import annotations

import random
import threading
from typing import Any, Literal

import msgspec

Kind = Literal[
    "refuse",
    "delay",
    "status",
    "cut_before",
    "cut_after",
    "cut_middle",
    "html_200",
    "bad_json",
    "fuzz",
    "drop_field",
    "repeat_page",
    "expire_token",
]


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which requests a fault is for; what is empty matches everything."""

    method: str = ""
    path_prefix: str = ""
    contains: str = ""

    def fits(self, method: str, path: str, body: bytes) -> bool:
        """Whether the request is one of them; `contains` is looked for in the body."""
        return (
            self.method.upper() in {"", method}
            and path.startswith(self.path_prefix)
            and self.contains.encode() in body
        )


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fault; `times` is how often it strikes (null: always), after letting `skip` requests pass."""

    kind: Kind
    match: Match = Match()
    times: int | None = 1
    skip: int = 0
    status: int = 500
    retry_after: int | float | str | None = None
    seconds: float = 1.0
    when: Literal["before", "after"] = "before"
    probability: float = 1.0
    seed: int = 0
    field: str = ""
    body: str | None = None


class Armed:
    """A fault that waits for its requests; keeps count of its strikes."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.seen = 0
        self.struck = 0
        self.page: Any = None
        self.chance = random.Random(fault.seed)  # noqa: S311 - repeatable, not secret

    def strikes(self) -> bool:
        """Whether it strikes at this matching request; counted."""
        fault = self.fault
        self.seen += 1
        if self.seen <= fault.skip or (fault.times is not None and self.struck >= fault.times):
            return False
        if fault.probability < 1 and self.chance.random() >= fault.probability:
            return False
        self.struck += 1
        return True


class FaultBook:
    """The faults armed at one simulator; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._armed: list[Armed] = []

    def arm(self, fault: Fault) -> None:
        """Adds a fault; the first armed one that strikes wins."""
        with self._lock:
            self._armed.append(Armed(fault))

    def clear(self) -> None:
        """Disarms everything."""
        with self._lock:
            self._armed.clear()

    def strike(self, method: str, path: str, body: bytes) -> Armed | None:
        """The fault that strikes at this request, if any."""
        with self._lock:
            fitting = (armed for armed in self._armed if armed.fault.match.fits(method, path, body))
            return next((armed for armed in fitting if armed.strikes()), None)

    def listed(self) -> list[dict[str, Any]]:
        """The armed faults with their counts, as JSON."""
        with self._lock:
            return [
                {**msgspec.to_builtins(armed.fault), "seen": armed.seen, "struck": armed.struck}
                for armed in self._armed
            ]
