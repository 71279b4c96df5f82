"""Old spreadsheets are read in a process of their own, which they may take down with them.

A damaged `.xls` can make python-calamine's Rust code ask for more memory than there is, and that ends the
whole process: nothing within it can catch that. So this program starts itself once more with one hidden
word, hands the file over on standard input and takes its tables from standard output; nothing of it is in
the arguments.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from os import environ, pathsep
from pathlib import Path

from msgspec import DecodeError, Struct, msgpack

from bridge_gui.sync.files.workbook import Cell, Sheet, Unreadable, sheets_of

WORD = "read-spreadsheet"
"""All that such a process is told; no command has this name."""
MOST_SECONDS = 60.0
MOST_MEMORY = 2_000_000_000
"""Bytes that such a process may take, where the system can be told so."""
_ROOT = Path(__file__).resolve().parents[3]
_DAMAGED, _NOT_STARTED = "file.damaged", "file.no_reader"


class Told(Struct, frozen=True, array_like=True):
    """What that process says: why there is nothing, or the tables; numbers and days have their kind first."""

    code: str = ""
    tables: list[tuple[str, list[list[str | tuple[str, str] | None]]]] = []


def sheets_apart(
    body: bytes, command: Sequence[str] | None = None, seconds: float = MOST_SECONDS
) -> list[Sheet]:
    """The visible sheets of a spreadsheet; `Unreadable` also where the other process was of no help."""
    try:
        ended = subprocess.run(  # noqa: S603 - this very program
            command or program(), input=body, capture_output=True, timeout=seconds, check=False,
            env=_environment(), creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        told = msgpack.decode(ended.stdout, type=Told) if ended.returncode == 0 else Told(_DAMAGED)
    except (subprocess.TimeoutExpired, DecodeError):
        told = Told(_DAMAGED)
    except OSError as error:  # a virus guard that forbids it, no memory, a program moved while it runs
        raise Unreadable(_NOT_STARTED) from error
    if told.code:
        raise Unreadable(told.code)
    return [
        Sheet(name=name, rows=tuple(tuple(_cell(cell) for cell in row) for row in rows))
        for name, rows in told.tables
    ]


def program(executable: str = sys.executable, *, frozen: bool | None = None) -> list[str]:
    """How this program is started again; on Windows the one of the two that has standard streams."""
    if not (bool(getattr(sys, "frozen", False)) if frozen is None else frozen):
        return [executable, "-m", "bridge_gui", WORD]
    beside = Path(executable).with_name("bridge-cli.exe")
    return [str(beside) if beside.exists() else executable, WORD]


def serve() -> int:
    """Be that process: read what comes, tell what is in it."""
    _limit_memory()
    try:
        sheets = sheets_of(sys.stdin.buffer.read())
        told = Told("", [(one.name, [[_packed(cell) for cell in row] for row in one.rows]) for one in sheets])
    except Unreadable as error:
        told = Told(error.code)
    sys.stdout.buffer.write(msgpack.encode(told))
    sys.stdout.buffer.flush()
    return 0


def _environment() -> dict[str, str]:
    """Ours, with this program to be found wherever it was started, and no pages of traces after a panic."""
    paths = pathsep.join(filter(None, (str(_ROOT), environ.get("PYTHONPATH", ""))))
    return {**environ, "PYTHONPATH": paths, "RUST_BACKTRACE": "0"}


def _limit_memory() -> None:
    """An early end instead of a computer that swaps; Windows has no such limit for a process by itself."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _packed(cell: Cell) -> str | tuple[str, str] | None:
    if isinstance(cell, Decimal):
        return "number", str(cell)
    return ("day", cell.isoformat()) if isinstance(cell, date) else cell


def _cell(packed: str | tuple[str, str] | None) -> Cell:
    if not isinstance(packed, tuple):
        return packed
    kind, text = packed
    return Decimal(text) if kind == "number" else date.fromisoformat(text)
