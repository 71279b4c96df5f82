"""What a command says: words and tables for a person, or JSON; troubles always on standard error too."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TextIO

from bridge_gui.accounting.money import plain
from bridge_gui.cli.tables import clean
from bridge_gui.wording.render import Said


class Out:
    """Standard output and standard error; with `json` only data goes to standard output."""

    def __init__(self, *, json: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.json = json
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    @property
    def live(self) -> bool:
        """Whether a person watches standard error."""
        return bool(self._err) and self._err.isatty()

    def say(self, text: str = "") -> None:
        """A line for a person."""
        if not self.json:
            print(text, file=self._out)

    def lines(self, lines: Iterable[str]) -> None:
        """Lines for a person."""
        for line in lines:
            self.say(line)

    def raw(self, text: str) -> None:
        """A finished text, such as a file, whatever the form."""
        print(text, end="", file=self._out)

    def data(self, value: Any) -> None:
        """One JSON value on a line of its own; nothing if a person reads."""
        if self.json:
            print(as_json(value), file=self._out, flush=True)

    def note(self, text: str) -> None:
        """A line on standard error."""
        self.wipe()
        print(clean(text), file=self._err, flush=True)

    def told(self, said: Said) -> None:
        """A sentence with its advice on standard error."""
        self.note(f"{said.sentence} {said.advice}".strip())

    def passing(self, text: str) -> None:
        """Progress, on one line that the next one replaces; only where a person watches."""
        if self.live:
            print(f"\r\x1b[K{clean(text)[:110]}", end="", file=self._err, flush=True)

    def wipe(self) -> None:
        """Take the progress away."""
        if self.live:
            print("\r\x1b[K", end="", file=self._err, flush=True)

    def flush(self) -> None:
        """Everything has left; raises `BrokenPipeError` if nobody reads any more."""
        for stream in (self._out, self._err):
            if stream is not None:
                stream.flush()


def as_json(value: Any) -> str:
    """JSON as a person can read it too; amounts are strings, exact."""
    import msgspec

    return msgspec.json.encode(_plain(value)).decode()


def _plain(value: Any) -> Any:
    """Decimals as plain figures, all the way down."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return {key: _plain(inside) for key, inside in value.items()}
    return [_plain(inside) for inside in value] if isinstance(value, (list, tuple)) else value


def prepare_streams() -> None:
    """UTF-8 where a program reads; on a terminal what it cannot show is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if stream.isatty() else "utf-8"
            with contextlib.suppress(ValueError, OSError):
                reconfigure(encoding=encoding, errors="replace")
