"""`disconnect`: remove bridges and their secrets; what was booked stays in the books."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bridge_gui.cli.chosen import chosen
from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.errors import SetupError

if TYPE_CHECKING:
    from bridge_gui.sync.house import House


def run(shell: Shell) -> int:
    """Disconnect the bridges named; one has to be named even if it is the only one."""
    if not shell.options.names and not shell.options.all:
        problem = shell.words.text("Say which bridge to disconnect, or --all.")
        raise SetupError("cli.usage", problem=problem, help="bridge-gui disconnect --help")
    with shell.working() as house:
        names = chosen(shell, house)
        for name in names:
            house.disconnect(name)
            shell.out.say(shell.words.text("{name} is disconnected. What it booked stays.", name=name))
        if shell.options.forget:
            _forget(house)
    shell.out.data({"disconnected": names})
    return Exit.DONE


def _forget(house: House) -> None:
    """Remove what still tells of the bridges: copies of the data and reports."""
    for folder in (house.folder.path / "snapshots", house.folder.reports):
        shutil.rmtree(folder, ignore_errors=True)
