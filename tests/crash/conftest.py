"""Worlds for tests: planted once for each bridge, opened for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_gui.app import registry
from bridge_gui.sync.specs import BridgeSpec
from tests.crash.world import World, plant

BRIDGES = {key: spec for key, spec in registry().bridges.items() if spec.demo}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each of these starts many programs; on a busy machine that takes its time."""
    for item in items:
        if Path(__file__).parent in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(params=BRIDGES)
def spec(request: pytest.FixtureRequest) -> BridgeSpec:
    """Every bridge there is."""
    return BRIDGES[request.param]


@pytest.fixture
def world(spec: BridgeSpec, tmp_path: Path) -> Iterator[World]:
    """A bridge that was connected and has synced one day to its end."""
    plant(tmp_path / "planted", spec)
    with World(tmp_path, spec, tmp_path / "planted", {}) as made:
        made.connect(1)
        made.rest()
        yield made
