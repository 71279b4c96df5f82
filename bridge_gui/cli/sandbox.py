"""`sandbox`: imitated vendors on loopback, in the foreground."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.errors import SetupError

if TYPE_CHECKING:
    from bridge_gui.sandbox.host import Factory
    from bridge_gui.sync.registry import Registry


def run(shell: Shell) -> int:
    """Serve until interrupted; one JSON line says where each vendor listens and how to sign in."""
    from bridge_gui.sandbox.host import serve_forever
    from bridge_gui.sandbox.state import StateInUse

    folder = shell.options.state
    chosen = factories(shell.registry, _wanted(shell))
    try:
        serve_forever(chosen, Path(folder).absolute() if folder else None)
    except StateInUse as error:
        raise SetupError("sandbox.in_use", folder=str(folder)) from error
    except OSError as error:
        raise SetupError("folder.cannot_make", folder=str(folder)) from error
    return Exit.STOPPED


def factories(registry: Registry, keys: list[str]) -> dict[str, Factory]:
    """The simulators of these vendors."""
    return {key: registry.vendors[key].simulator() for key in keys}


def _wanted(shell: Shell) -> list[str]:
    """The vendors named, or all."""
    known = shell.registry.vendors
    told: str | None = shell.options.vendors
    names = [name.strip() for name in told.split(",") if name.strip()] if told else list(known)
    for name in names:
        if name not in known:
            raise SetupError("cli.no_vendor", name=name, names=", ".join(sorted(known)))
    return names
