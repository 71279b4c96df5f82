"""`quit`: ask the window that is open on this data to close, and wait for it; installers do so first."""

from __future__ import annotations

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.store.folder import Busy, DataFolder
from bridge_gui.web.waiting import never, pause

PATIENCE = 30.0
"""Seconds; the window itself gives what is under way five."""
PAUSE = 0.1


def run(shell: Shell) -> int:
    """Nothing of Bridge is at work on this data afterwards, or `Busy` is raised."""
    folder = DataFolder(shell.path)
    asked = folder.path.is_dir() and shell.means.dismiss(folder.path)
    if folder.path.is_dir():
        _wait(folder, shell.means.clock.monotonic() + PATIENCE if asked else 0.0, shell)
    text = shell.words.text
    shell.out.say(text("Bridge is closed.") if asked else text("No window of Bridge is open."))
    shell.out.data({"closed": asked})
    return Exit.DONE


def _wait(folder: DataFolder, until: float, shell: Shell) -> None:
    """Until nobody works on the data; who was not asked is not waited for."""
    while True:
        try:
            with folder.locked():
                return
        except Busy:
            if shell.means.clock.monotonic() >= until:
                raise
            pause(never(), PAUSE)
