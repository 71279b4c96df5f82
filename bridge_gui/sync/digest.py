"""One form of a content for comparing, keeping and showing: canonical JSON, and its digest."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec


def canonical(content: Any) -> bytes:
    """The content as JSON with keys in order: equal contents give equal bytes."""
    return msgspec.json.encode(content, order="deterministic")


def digest_of(content: bytes, version: int = 1) -> str:
    """A short name for a content; `version` is that of the form it is written in."""
    return f"v{version}:{hashlib.sha256(content).hexdigest()[:32]}"


def same_version(one: str, other: str) -> bool:
    """Whether two digests can be compared at all."""
    return one.partition(":")[0] == other.partition(":")[0]


def key_of(*parts: str | int) -> str:
    """A stable idempotency key for one entry."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:40]
