"""Every way in which the books go wrong between the program and a simulator, by name."""

from __future__ import annotations

from bridge_gui.sandbox.kit import Fault, Match

WRITES = tuple(Match(method=method) for method in ("POST", "PUT", "PATCH", "DELETE"))
READS = (Match(method="GET"),)
TOKENS = tuple(Match(method="POST", path_prefix=path) for path in ("/auth", "/oauth", "/connect", "/token"))
"""Where the vendors' tokens are asked for, told by the common beginnings of such paths."""


def _always(*where: Match, **how: object) -> tuple[Fault, ...]:
    return tuple(Fault(match=match, times=None, **how) for match in where)  # type: ignore[arg-type]


STATES: dict[str, tuple[Fault, ...]] = {
    "nobody listens": (Fault(kind="refuse", seconds=3.0),),
    "a read later than the time-out": _always(*READS, kind="delay", seconds=300.0),
    "a write later than the time-out": _always(*WRITES, kind="delay", seconds=300.0),
    "acted, and the answer later than the time-out": _always(
        *WRITES, kind="delay", seconds=300.0, when="after"
    ),
    "reset before the request is through": _always(*WRITES, kind="cut_before"),
    "cut after the vendor acted": _always(*WRITES, kind="cut_after"),
    "cut in the middle of the answer": _always(*WRITES, kind="cut_middle"),
    "cut in the middle of a page": _always(*READS, kind="cut_middle"),
    "429": _always(*WRITES, kind="status", status=429),
    "429 with Retry-After": _always(*WRITES, kind="status", status=429, retry_after=20),
    "429 with an hour of Retry-After": _always(*WRITES, kind="status", status=429, retry_after=3600),
    "500 before acting": _always(*WRITES, kind="status", status=500),
    "500 after acting": _always(*WRITES, kind="status", status=500, when="after"),
    "502 before acting": _always(*WRITES, kind="status", status=502),
    "502 after acting": _always(*WRITES, kind="status", status=502, when="after"),
    "503 before acting": _always(*WRITES, kind="status", status=503, retry_after=10),
    "503 after acting": _always(*WRITES, kind="status", status=503, when="after"),
    "503 to every read": _always(*READS, kind="status", status=503),
    "a page of HTML with 200 in place of acting": _always(*WRITES, kind="html_200"),
    "a page of HTML with 200 after acting": _always(*WRITES, kind="html_200", when="after"),
    "a page of HTML with 200 to every read": _always(*READS, kind="html_200"),
    "broken JSON after acting": _always(*WRITES, kind="bad_json"),
    "broken JSON to every read": _always(*READS, kind="bad_json"),
    "one page for ever": _always(*READS, kind="repeat_page"),
    "a field gone from what was written": _always(*WRITES, kind="drop_field", field="id"),
    "a field gone from what is read": _always(*READS, kind="drop_field", field="id"),
    "expired tokens": _always(*READS, *WRITES, kind="expire_token"),
    "a renewal whose answer is lost": (
        *_always(*TOKENS, kind="cut_after"),
        *_always(*READS, kind="expire_token"),
    ),
}

MIXTURE: tuple[Fault, ...] = (
    Fault(kind="status", status=429, times=None, probability=0.04, seed=1),
    Fault(kind="status", status=429, retry_after=3, times=None, probability=0.01, seed=2),
    Fault(kind="status", status=503, times=None, probability=0.01, seed=3),
    Fault(kind="status", status=500, when="after", times=None, probability=0.01, seed=4),
    Fault(kind="cut_after", times=None, probability=0.005, seed=5),
    Fault(kind="cut_middle", times=None, probability=0.005, seed=6),
    Fault(kind="expire_token", times=None, probability=0.005, seed=7),
)
"""5 % 429, 2 % 5xx, 1 % cut answers, 0.5 % expired tokens, at reads and writes alike."""
