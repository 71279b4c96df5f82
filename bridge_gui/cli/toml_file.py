"""TOML a person wrote, from a file or from standard input; everything that can be wrong has its sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from bridge_gui.errors import SetupError

MOST_BYTES = 1_000_000
_SHELLS_PIPE = ("/dev/fd/", "/proc/self/fd/")
"""Where a shell puts what a command writes: `--answers <(command)`."""
_PLACE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


def read_file(path: str) -> dict[str, Any]:
    """The tables of an answers file; `SetupError` answers.* says what is wrong with it."""
    try:
        place = Path(path)
        if place.is_dir():
            raise SetupError("answers.is_folder", file=path)
        if place.is_fifo() and not path.startswith(_SHELLS_PIPE):
            raise SetupError("answers.unreadable", file=path)  # it may be that nobody ever writes into it
        with place.open("rb") as file:
            return parsed(path, _limited(path, file))
    except FileNotFoundError as error:
        raise SetupError("answers.no_file", file=path) from error
    except (OSError, ValueError) as error:
        raise SetupError("answers.unreadable", file=path) from error


def read_input(stream: BinaryIO, name: str) -> dict[str, Any]:
    """The tables on standard input, named `name` in sentences."""
    return parsed(name, _limited(name, stream))


def parsed(name: str, raw: bytes) -> dict[str, Any]:
    """TOML as plain values; amounts stay exact. Sentences name the line and never what stands there."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SetupError("answers.not_utf8", file=name) from error
    try:
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line = found[1] if found and found[1] else str(text.count("\n") + 1)
    except (ValueError, ArithmeticError, RecursionError):
        line = "?"
    raise SetupError("answers.not_toml", file=name, line=line)


def answers_in(tables: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each answer with its place: "payday.client_id", "mappings.payment_methods"."""
    for section, inside in tables.items():
        if not isinstance(inside, dict):
            yield section, inside
            continue
        for key, value in inside.items():
            yield f"{section}.{key}", value


def _limited(name: str, stream: BinaryIO) -> bytes:
    """At most a megabyte: answers are a page of text."""
    raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise SetupError("answers.too_big", file=name)
    return raw
