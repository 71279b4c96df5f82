"""`notices`: listening for the vendors' change notices, on or off, and the addresses to enter at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell
from bridge_gui.sync import notices_kept

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from bridge_gui.sync.house import House
    from bridge_gui.sync.notices_kept import Address


def run(shell: Shell) -> int:
    """Switch it on or off, or show how it stands; the addresses are shown because they are asked for."""
    options, name = shell.options, shell.options.name
    changes = options.on or options.off or options.new or options.port
    with shell.working() if changes else shell.reading() as house:
        if house is None:
            raise shell.no_bridges()
        found = _changed(house, options) if changes else notices_kept.addresses(house, name)
        manual = next(one.next_run for one in house.bridges() if one.row.name == name) is None
    shapes = [_shape(shell, address) for address in found]
    port = found[0].port if found else None
    shell.out.data({"bridge": name, "on": bool(found), "port": port, "addresses": shapes})
    shell.out.lines(_told(shell, name, found, manual=manual))
    return Exit.DONE


def _changed(house: House, options: Namespace) -> Sequence[Address]:
    if options.off:
        notices_kept.switch_off(house, options.name)
        return ()
    return notices_kept.switch_on(house, options.name, port=options.port, anew=options.new)


def _shape(shell: Shell, address: Address) -> dict[str, str]:
    text = shell.words.text
    return {"title": text(address.spec.title), "help": text(address.spec.help), "path": address.path,
            "local": address.local}  # fmt: skip


def _told(shell: Shell, name: str, found: Sequence[Address], *, manual: bool) -> list[str]:
    text = shell.words.text
    if not found:
        return [text("{name} does not listen for change notices; it looks by its schedule.", name=name)]
    told = [text("{name} listens while Bridge is open or bridge-gui watch runs.", name=name)]
    if manual:
        told.append(text("Nothing comes of a notice as long as it syncs only by hand: give it a schedule."))
    told.append(text("Have your relay pass these on as they are, and keep them secret:"))
    for address in found:
        told += ["", text(address.spec.title), f"  {address.local}", f"  {text(address.spec.help)}"]
    return told
