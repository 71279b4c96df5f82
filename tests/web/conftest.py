"""Toy servers that are closed again."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator

import pytest

from tests.web.toys import Act, Bench, Toy


@pytest.fixture
def toy() -> Iterator[Callable[..., Toy]]:
    """Start a toy server with a script."""
    toys: list[Toy] = []

    def start(*script: Act, context: ssl.SSLContext | None = None) -> Toy:
        toys.append(Toy(list(script), context))
        return toys[-1]

    yield start
    for each in toys:
        each.close()


@pytest.fixture
def bench() -> Iterator[Callable[..., Bench]]:
    """Make a client for a base address."""
    benches: list[Bench] = []

    def make(base: str, **given: object) -> Bench:
        benches.append(Bench(base, **given))  # type: ignore[arg-type]
        return benches[-1]

    yield make
    for each in benches:
        each.wire.transport.close()
