"""Which bridges a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge_gui.cli.shell import Shell
from bridge_gui.errors import SetupError

if TYPE_CHECKING:
    from bridge_gui.sync.house import House


def chosen(shell: Shell, house: House) -> list[str]:
    """The bridges named, all of them, or the only one; a sentence that names those there are otherwise."""
    there = [status.row.name for status in house.bridges()]
    if shell.given is not None:
        shell.given.check_names(set(there))
    if shell.options.all:
        return there
    if shell.options.names:
        return _known(shell.options.names, there)
    if not there:
        raise shell.no_bridges()
    if len(there) > 1:
        raise SetupError("cli.which", names=", ".join(there))
    return there


def _known(named: list[str], there: list[str]) -> list[str]:
    """Each name once, in the order given."""
    for name in named:
        if name not in there:
            raise SetupError("bridge.unknown", name=name, names=", ".join(there))
    return list(dict.fromkeys(named))
