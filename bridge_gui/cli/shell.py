"""One command being carried out: its options, its means, its words, and the house when it needs one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_gui.cli.means import Means
from bridge_gui.cli.messages import MESSAGES
from bridge_gui.cli.out import Out
from bridge_gui.cli.stopping import stoppable
from bridge_gui.errors import Param, SetupError
from bridge_gui.web.keychain import Keychain
from bridge_gui.web.waiting import Cancel, never
from bridge_gui.wording.catalogue import Catalogue, languages, load
from bridge_gui.wording.render import Said, Wording

if TYPE_CHECKING:
    from bridge_gui.cli.given import Given
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync.house import House
    from bridge_gui.sync.registry import Registry

DEMO = "demo"


class Shell:
    """What every command works with."""

    def __init__(self, means: Means, options: argparse.Namespace, out: Out) -> None:
        self.means = means
        self.options = options
        self.out = out

    @cached_property
    def words(self) -> Catalogue:
        """The texts in the user's language."""
        return load(languages(os.environ))

    @cached_property
    def registry(self) -> Registry:
        """All vendors and bridges."""
        return self.means.registry()

    @cached_property
    def wording(self) -> Wording:
        """The sentences of all codes; of what goes wrong while vendors are looked for, those of Bridge."""
        try:
            own = self.registry.messages()
        except Exception:  # noqa: BLE001 - this very error is about to be said
            own = []
        return Wording((*MESSAGES, *own), self.words)

    @cached_property
    def path(self) -> Path:
        """Where the data folder is, made or not."""
        told: str | None = self.options.data_dir
        path = Path(told) if told else self.means.folder()
        return path.expanduser().absolute()

    @cached_property
    def folder(self) -> DataFolder:
        """The data folder, made or not; the demo's own one within it with `--demo`."""
        from bridge_gui.store.folder import DataFolder

        return DataFolder(self.path / DEMO if self.options.demo else self.path)

    @cached_property
    def demo_folder(self) -> DataFolder:
        """The demo's own data folder, within the real one, which is made."""
        from bridge_gui.store.folder import DataFolder

        DataFolder(self.path).make()
        return DataFolder(self.path / DEMO)

    @cached_property
    def given(self) -> Given | None:
        """The secrets on standard input, if they were announced; read once."""
        from bridge_gui.cli.given import Given

        tables = self.input_tables()
        return Given(tables, self.registry) if tables is not None else None

    def input_tables(self) -> dict[str, Any] | None:
        """What stands on standard input, if it was announced."""
        if self.options.secrets is None:
            return None
        if sys.stdin.isatty():
            self.out.note(
                self.words.text("Type the secrets as TOML, then end with Ctrl+D (Windows: Ctrl+Z).")
            )
        from bridge_gui.cli.toml_file import read_input

        return read_input(sys.stdin.buffer, self.words.text("standard input"))

    def say(self, code: str, params: Mapping[str, Param] | None = None) -> Said:
        """A code's sentence, advice and button."""
        return self.wording.say(code, params)

    def keychain(self, folder: str) -> Keychain:
        """The keychain, behind the secrets that were given."""
        from bridge_gui.cli.given import Layered

        below = self.means.keychain(folder)
        return below if self.given is None else Layered(self.given, below)

    @contextmanager
    def stoppable(self) -> Iterator[Cancel]:
        """Within the block Ctrl+C and SIGTERM set the cancel that it yields."""

        def told() -> None:
            self.out.note(self.words.text("Stopping. Once more leaves at once."))

        with stoppable(told) as cancel:
            yield cancel

    @contextmanager
    def working(self, *, make: bool = False) -> Iterator[House]:
        """The house, alone; `Busy` if another Bridge is at work. Makes the folder only if told so."""
        if self.options.demo:
            with self._demo() as house:
                yield house
            return
        if not make and not self.folder.database.is_file():
            raise self.no_bridges()
        with self.folder.locked(), self._open() as house:
            yield house

    @contextmanager
    def reading(self) -> Iterator[House | None]:
        """The house beside whoever is at work in it; None if there is nothing yet."""
        if not self.folder.database.is_file():
            yield None
            return
        from bridge_gui.store.migrate import HEAD

        version = self._version()
        if version == HEAD:
            with self._open() as house:
                yield house
        elif version:  # an older one is brought up first, by one process alone
            with self.folder.locked(), self._open() as house:
                yield house
        else:  # another process is just making it
            yield None

    def no_bridges(self) -> SetupError:
        """What is said when a command needs a bridge and there is none."""
        return SetupError("cli.no_bridges", kinds=", ".join(sorted(self.registry.bridges)))

    @contextmanager
    def _demo(self) -> Iterator[House]:
        from bridge_gui.cli.demo_companies import open_demo

        with open_demo(self.demo_folder, self.registry, self.means.clock, never()) as demo:
            yield demo.house

    @contextmanager
    def _open(self) -> Iterator[House]:
        from bridge_gui.sync.house import House

        house = House(self.folder, self.registry, self.keychain, self.means.clock, self.words)
        try:
            yield house
        finally:
            house.close()

    def _version(self) -> str:
        """The version of the data file, empty if it is only being made."""
        from bridge_gui.store.database import Database
        from bridge_gui.store.migrate import version_of

        database = Database(self.folder.database)
        try:
            with database.read() as connection:
                return version_of(connection)
        finally:
            database.close()


Command = Callable[[Shell], int]
