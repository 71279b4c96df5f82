"""Worlds for tests: planted once for each bridge, opened for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from bridge_gui.app import registry
from bridge_gui.sync.specs import BridgeSpec
from tests.crash.recording import Archive, recorded
from tests.crash.world import World, plant
from tests.longer import LONG

UNDER_WAY: frozenset[str] = frozenset()
"""Bridges that do not hold here yet: not done before they do."""
BRIDGES = {key: spec for key, spec in registry().bridges.items() if spec.demo and key not in UNDER_WAY}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each of these starts many programs; on a busy machine that takes its time."""
    for item in items:
        if Path(__file__).parent in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(600))


def spread(cases: Iterable[str]) -> list[tuple[str, str]]:
    """Each case with one bridge, in turn; with every bridge in the long tests."""
    keys = list(BRIDGES)
    if LONG:
        return [(key, case) for key in keys for case in cases]
    return sorted((keys[number % len(keys)], case) for number, case in enumerate(cases))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test of a world has one bridge, in turn; every bridge in the long tests."""
    if "spec" in metafunc.fixturenames:
        tests = [name for name in vars(metafunc.module) if name.startswith("test_")]
        chosen = [key for key, case in spread(tests) if case == metafunc.function.__name__]
        metafunc.parametrize("spec", [BRIDGES[key] for key in chosen], ids=chosen)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[BridgeSpec], Path]:
    """The companies of each bridge's vendors, each made once."""
    made: dict[str, Path] = {}

    def make(spec: BridgeSpec) -> Path:
        if spec.key not in made:
            made[spec.key] = tmp_path_factory.mktemp(spec.key) / "planted"
            plant(made[spec.key], spec)
        return made[spec.key]

    return make


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Archive]:
    """What every vendor of the demo was asked and answered."""
    return recorded(tmp_path_factory.mktemp("recorded"), days=1)


@pytest.fixture
def world(spec: BridgeSpec, planted: Callable[[BridgeSpec], Path], tmp_path: Path) -> Iterator[World]:
    """A bridge that was connected and has synced one day to its end."""
    with World(tmp_path, spec, planted(spec), {}) as made:
        made.connect(1)
        made.rest()
        yield made
