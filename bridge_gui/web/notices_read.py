"""What a change notice says: texts by name, and nothing that could be acted on without asking the vendor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

import msgspec

LONGEST_TEXT = 200
MOST_FIELDS = 200
# QUIRK: Uniconta's own example parts the parameters with "?" where others have "&" [uniconta.md 4.1, S23].
_BETWEEN = re.compile(r"[?&]")


@dataclass(frozen=True, kw_only=True)
class ChangeNotice:
    """A notice as it came; anybody may have sent it. `text` is the body, for what is found by looking."""

    fields: Mapping[str, str] = field(default_factory=dict)
    text: str = field(default="", repr=False)

    def first(self, *names: str) -> str:
        """The first of these fields that says something; upper and lower case are alike."""
        known = {name.casefold(): value for name, value in self.fields.items()}
        return next((known[name.casefold()] for name in names if known.get(name.casefold())), "")


def read_notice(query: str, body: bytes) -> ChangeNotice:
    """A notice out of the part after "?" and the body: JSON, or text that is only looked through."""
    text = body.decode("utf-8", "replace")
    return ChangeNotice(fields=_kept([*_asked(query), *_sent(body)]), text=text)


def _asked(query: str) -> Iterable[tuple[str, str]]:
    for part in _BETWEEN.split(query)[:MOST_FIELDS]:
        name, _, value = part.partition("=")
        yield unquote_plus(name), unquote_plus(value)


def _sent(body: bytes) -> Iterable[tuple[str, str]]:
    try:
        told: Any = msgspec.json.decode(body) if body else None
    except (msgspec.DecodeError, RecursionError, ValueError):
        return
    for name, value in told.items() if isinstance(told, dict) else ():
        if isinstance(value, str) or (type(value) is int and abs(value) < 10**18):
            yield name, str(value)


def _kept(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Short ones only, and not too many."""
    kept: dict[str, str] = {}
    for name, value in pairs:
        if len(kept) == MOST_FIELDS:
            break
        if name and max(len(name), len(value)) <= LONGEST_TEXT:
            kept[name] = value.strip()
    return kept
