"""`self-check`: whether this Bridge is complete and can work on this computer."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from bridge_gui import __version__
from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import table
from bridge_gui.errors import BridgeError, SetupError

if TYPE_CHECKING:
    from bridge_gui.sync.house import House


class Check(NamedTuple):
    """One thing that was looked at."""

    check: str
    ok: bool
    found: str


def run(shell: Shell) -> int:
    """Try everything that a frozen program may have lost, and say what is there."""
    with tempfile.TemporaryDirectory() as folder:
        checks = [_checked(name, look, shell, Path(folder)) for name, look in CHECKS.items()]
    ok = all(check.ok for check in checks)
    shell.out.data({"version": __version__, "ok": ok, "checks": [check._asdict() for check in checks]})
    words = [shell.words.text(head) for head in ("Check", "Result", "Found")]
    yes, no = shell.words.text("ok"), shell.words.text("failed")
    shell.out.lines(table(words, [[one.check, yes if one.ok else no, one.found] for one in checks]))
    return Exit.DONE if ok else Exit.ATTENTION


def _checked(name: str, look: Callable[[Shell, Path], str], shell: Shell, folder: Path) -> Check:
    try:
        return Check(name, ok=True, found=look(shell, folder))
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what was to be found
        code = f" {error.code}" if isinstance(error, BridgeError) else f": {error}"
        return Check(name, ok=False, found=f"{type(error).__name__}{code}"[:300])


def _vendors(shell: Shell, _: Path) -> str:
    """Every vendor, with its simulator and its adapter's room."""
    for vendor in shell.registry.vendors.values():
        vendor.simulator()
    return _listed(shell.registry.vendors)


def _bridges(shell: Shell, _: Path) -> str:
    """Every bridge, with its steps and its time zone."""
    for bridge in shell.registry.bridges.values():
        bridge.steps()
        ZoneInfo(bridge.time_zone)
    return _listed(shell.registry.bridges)


def _listed(found: Mapping[str, object]) -> str:
    if not found:
        raise LookupError("none")
    return ", ".join(sorted(found))


def _store(shell: Shell, folder: Path) -> str:
    """An empty store, migrated, written and read."""
    with _house(shell, folder / "store") as house:
        return f"{len(house.bridges())} bridges in an empty store"


def _window(shell: Shell, folder: Path) -> str:
    """The window, shown without a display on an empty store."""
    with _house(shell, folder / "window") as house:
        return shell.means.check_window(lambda: house)


def _keychain(_shell: Shell, _: Path) -> str:
    """The keychain's back end; none is no fault of the program."""
    from bridge_gui.web.keychain_backend import system_backend

    try:
        backend = system_backend()
    except SetupError as error:
        return f"none that is safe ({error.code})"
    return type(backend).__module__


def _languages(_shell: Shell, _: Path) -> str:
    """The catalogues that can be loaded."""
    from bridge_gui.wording.catalogue import FOLDER, load

    names = sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/*.mo"))
    for name in names:
        load([name]).text("ok")
    return ", ".join(["en", *names])


def _encryption(_shell: Shell, _: Path) -> str:
    """A context for encrypted connections."""
    from bridge_gui.web.tls import system_context

    return system_context().minimum_version.name


def _speaking(_shell: Shell, _: Path) -> str:
    """The libraries that speak to vendors and imitate them."""
    import flask
    import urllib3

    return f"{urllib3.__name__}, {flask.__name__}"


def _spreadsheets(_shell: Shell, _: Path) -> str:
    """The process of its own in which old spreadsheets are read: it starts, reads and tells."""
    from openpyxl import Workbook

    from bridge_gui.sync.files.apart import sheets_apart

    book, body = Workbook(), io.BytesIO()
    book.create_sheet("tried").append(["a"])
    book.save(body)
    names = [sheet.name for sheet in sheets_apart(body.getvalue())]
    if "tried" not in names:
        raise LookupError("not read")
    return "read apart"


def _licences(_shell: Shell, _: Path) -> str:
    """The metadata of the libraries, which *About* shows."""
    from bridge_gui.sync.libraries import libraries, shipped

    names, whole = [one.name for one in libraries()], shipped()
    if "SQLAlchemy" not in names or (whole and "GNU LESSER GENERAL PUBLIC LICENSE" not in whole):
        raise LookupError("no metadata")
    return f"{len(names)} libraries"


@contextmanager
def _house(shell: Shell, path: Path) -> Iterator[House]:
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync.house import House
    from bridge_gui.web.keychain import MemoryKeychain

    folder = DataFolder(path)
    with folder.locked():
        house = House(folder, shell.registry, lambda _: MemoryKeychain(), shell.means.clock)
        try:
            yield house
        finally:
            house.close()


CHECKS: dict[str, Callable[[Shell, Path], str]] = {
    "vendors": _vendors,
    "bridges": _bridges,
    "store": _store,
    "keychain": _keychain,
    "languages": _languages,
    "spreadsheets": _spreadsheets,
    "encryption": _encryption,
    "libraries": _speaking,
    "licences": _licences,
    "window": _window,
}
