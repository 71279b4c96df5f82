"""An endpoint with what it costs and which scopes open it. Facts: pipedrive.md sections 2.3 and 3."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

View = Callable[..., Any]


class Endpoint(NamedTuple):
    """One method at one path."""

    method: str
    path: str
    cost: int
    view: View
    scopes: frozenset[str]
    """Any of them opens it; none means `base` is enough."""


def get(path: str, cost: int, view: View, *scopes: str) -> Endpoint:
    """A reading one."""
    return Endpoint("GET", path, cost, view, frozenset(scopes))


def post(path: str, cost: int, view: View, *scopes: str) -> Endpoint:
    """A making one."""
    return Endpoint("POST", path, cost, view, frozenset(scopes))


def other(method: str, path: str, cost: int, view: View, *scopes: str) -> Endpoint:
    """A changing or removing one."""
    return Endpoint(method, path, cost, view, frozenset(scopes))
