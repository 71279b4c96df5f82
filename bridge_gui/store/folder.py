"""The data folder: private to the user, one writing process at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bridge_gui.errors import SetupError
from bridge_gui.store import lock


class Busy(SetupError):
    """Another Bridge is at work on this data folder."""


class DataFolder:
    """Where everything that is not a secret lies; made on first use, with no rights for others."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def database(self) -> Path:
        """The one file that holds what Bridge knows."""
        return self.path / "bridge.db"

    @property
    def reports(self) -> Path:
        """Crash reports, for the user to read before sharing."""
        return self.path / "reports"

    @property
    def snapshots(self) -> Path:
        """The copies that Bridge keeps by itself."""
        return self.path / "snapshots"

    @property
    def sandbox(self) -> Path:
        """What the demo's simulators remember."""
        return self.path / "sandbox"

    def make(self) -> None:
        """Make the folder, and take other users' rights away."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name == "posix":
                self.path.chmod(0o700)
        except OSError as error:
            raise SetupError("folder.cannot_make", folder=str(self.path), detail=str(error)) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the one that writes; `Busy` if another process is."""
        self.make()
        with ExitStack() as held:
            try:
                held.enter_context(lock.locked(self.path / "lock"))
            except lock.Held as error:
                raise Busy("folder.busy", folder=str(self.path)) from error
            except OSError as error:
                raise SetupError("folder.cannot_make", folder=str(self.path), detail=str(error)) from error
            yield
