"""`disconnect`: remove bridges and their secrets; what was booked stays in the books."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bridge_gui.cli.chosen import chosen
from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.errors import SetupError

if TYPE_CHECKING:
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync.house import House

OWN_FOLDERS = ("demo", "reports", "sandbox", "screenshots", "snapshots")
OWN_FILES = ("bridge.db*", "replaced-*.db*", "window*")
"""All that Bridge keeps in a data folder, besides the lock."""


def run(shell: Shell) -> int:
    """Disconnect the bridges named; one has to be named even if it is the only one.

    `--all --forget` leaves nothing on this computer: no data, no demo, nothing in the keychain.
    """
    if not shell.options.names and not shell.options.all:
        problem = shell.words.text("Say which bridge to disconnect, or --all.")
        raise SetupError("cli.usage", problem=problem, help="bridge-gui disconnect --help")
    everything = shell.options.all and shell.options.forget
    known = shell.options.demo or not everything or shell.folder.database.is_file()
    names = _disconnect(shell) if known else []
    if everything:
        _remove(shell)
    shell.out.data({"disconnected": names})
    return Exit.DONE


def _disconnect(shell: Shell) -> list[str]:
    with shell.working() as house:
        names = chosen(shell, house)
        rows = [house.bridge(name) for name in names]
        for name in names:
            house.disconnect(name)
            shell.out.say(shell.words.text("{name} is disconnected. What it booked stays.", name=name))
        if shell.options.forget:
            _forget(house)
        if shell.options.forget and shell.options.all:
            house.forget_work(rows)
    return names


def _forget(house: House) -> None:
    """Remove what still tells of the bridges: copies of the data and reports."""
    for folder in (house.folder.path / "snapshots", house.folder.reports):
        shutil.rmtree(folder, ignore_errors=True)


def _remove(shell: Shell) -> None:
    """Remove the data, and the folder if nothing of somebody else's lies in it; start no more by itself."""
    folder = shell.folder
    if not shell.means.stay_away(folder.path):
        text = shell.words.text(
            "Bridge still starts with this computer: take it off the system's list yourself."
        )
        shell.out.note(text)
    if not folder.path.is_dir():
        return
    demo = shell.demo_folder
    if demo.path.is_dir():
        with demo.locked():  # an open demo is not taken away from under its window
            pass
    with folder.locked():
        _remove_files(folder)
    (folder.path / "lock").unlink(missing_ok=True)
    if not any(folder.path.iterdir()):
        folder.path.rmdir()
    shell.out.say(shell.words.text("Nothing of Bridge is left on this computer but the program."))


def _remove_files(folder: DataFolder) -> None:
    for name in OWN_FOLDERS:
        shutil.rmtree(folder.path / name, ignore_errors=True)
    for pattern in OWN_FILES:
        for file in folder.path.glob(pattern):
            file.unlink()
