"""A world to sync in; its data file is copied from one that was set up once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sync.world import World, fresh_folder


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bridge.db"
    fresh_folder(path)
    return path


@pytest.fixture
def make_world(tmp_path: Path, template: Path) -> Callable[..., World]:
    """Makes worlds, each in a folder of its own."""
    made = 0

    def make(**how: object) -> World:
        nonlocal made
        made += 1
        folder = tmp_path / f"world{made}"
        folder.mkdir()
        return World(folder, template=None if "start" in how else template, **how)

    return make


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world()
