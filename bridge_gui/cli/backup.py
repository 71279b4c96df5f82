"""`backup`, `move`, `restore`: copies of the data file, without secrets."""

from __future__ import annotations

from pathlib import Path

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.shell import Shell


def run(shell: Shell) -> int:
    """Make a copy in the folder named, or put one back."""
    made = {"backup": _back_up, "move": _pack, "restore": _put_back}[shell.options.command](shell)
    shell.out.data({"file": str(made)})
    return Exit.DONE


def _back_up(shell: Shell) -> Path:
    with shell.reading() as house:
        if house is None:
            raise shell.no_bridges()
        made: Path = house.back_up(_folder(shell))
    shell.out.say(shell.words.text("Copied to {file}. It holds no secrets.", file=made))
    return made


def _pack(shell: Shell) -> Path:
    with shell.working() as house:
        made: Path = house.pack(_folder(shell))
    text = shell.words.text
    shell.out.say(text("Copied to {file}. It holds no secrets.", file=made))
    shell.out.say(text("On the other computer: bridge-gui restore FILE, then give the secrets again."))
    shell.out.say(text("Sync here no more once you sync there, or disconnect the bridges here."))
    return made


def _put_back(shell: Shell) -> Path:
    from bridge_gui.sync.copies import put_back

    told: str | None = shell.options.file
    file = Path(told).expanduser().absolute() if told else None
    with shell.folder.locked():
        taken = put_back(shell.folder, file, shell.means.clock.now())
    text = shell.words.text
    shell.out.say(text("{file} is put back. What was there before is kept beside it.", file=taken))
    shell.out.say(text("The next sync looks first for what was booked since."))
    return taken


def _folder(shell: Shell) -> Path:
    return Path(shell.options.folder).expanduser().absolute()
