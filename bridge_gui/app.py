"""The composition root: the only file that knows every room."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_gui.web.keychain import Keychain, SystemKeychain
from bridge_gui.web.waiting import SystemClock

if TYPE_CHECKING:
    from bridge_gui.cli.means import Means
    from bridge_gui.sync.registry import Registry

NAME = "bridge-gui"


def main(arguments: Sequence[str]) -> int:
    """Carry out a command line; gives the exit code."""
    from bridge_gui.cli.run import main as run

    return run(arguments, means())


def means() -> Means:
    """What the command line works with on this computer."""
    from bridge_gui.cli.means import Means

    return Means(
        registry=registry,
        keychain=keychain,
        clock=SystemClock(),
        folder=default_folder,
        window=lambda path, demo: 0,
        check_window=lambda: "",
        pictures=lambda service, registry, folder, clock: [],
    )


def registry() -> Registry:
    """Every vendor and every bridge there is."""
    from bridge_gui.sync.registry import Registry

    return Registry.discover(["bridge_gui.vendors"], ["bridge_gui.bridges"])


def keychain(folder: str) -> Keychain:
    """This computer's keychain, for the data folder of that id."""
    return SystemKeychain(folder)


def default_folder() -> Path:
    """Where this user's data lies by default."""
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False)
