"""The real program in processes of its own, against simulators in another process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import Bridge, Sandbox


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each of these starts a dozen programs; on a busy machine that takes its time."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """Imitated vendors with their state on disk."""
    with Sandbox(tmp_path / "state") as served:
        yield served


@pytest.fixture
def bridge(tmp_path: Path, sandbox: Sandbox) -> Bridge:
    """The program on an empty data folder, not yet connected."""
    return Bridge(tmp_path / "data", sandbox)


@pytest.fixture
def empty(tmp_path: Path) -> Bridge:
    """The program on a folder that does not exist, with nobody to talk to."""
    return Bridge(tmp_path / "nothing" / "yet")
