"""One value in the keychain, in pieces where it is long, whole at every instant.

The item's head is one small entry: the generation, and either the value itself or how many pieces it
has. A new value's pieces are written beside the old ones, then the head is turned over, then the old
ones go. Whatever moment the program dies at, the head leads to one whole value; what it left lying
has the generation before or after the head's, and is swept by the next change.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from bridge_gui.errors import SetupError
from bridge_gui.web.keychain_backend import Backend, guarded

PIECE = 1000
"""UTF-16 units. Windows refuses more than 2,560 bytes, which are 1,280 units."""
USER = "bridge"
"""Always the same: on Windows, keyring moves the first user's value away when a second user comes."""
_WHOLE, _PIECES, _GONE = "=", "#", "!"


@dataclass(frozen=True)
class _Head:
    generation: int = 0
    kind: str = _GONE
    rest: str = ""

    @classmethod
    def parse(cls, text: str | None) -> _Head:
        if text is None:
            return cls()
        number, _, tail = text.partition(":")
        if not (number.isascii() and number.isdigit() and tail[:1] in (_WHOLE, _PIECES, _GONE)):
            raise SetupError("keychain.damaged")
        return cls(int(number), tail[:1], tail[1:])

    def __str__(self) -> str:
        return f"{self.generation}:{self.kind}{self.rest}"


class Item:
    """One named value; `get`, `set` and `delete` raise `SetupError` keychain.*."""

    def __init__(self, backend: Backend, service: str) -> None:
        self._backend = backend
        self._service = service

    def get(self) -> str | None:
        """The value, or None if there is none."""
        head = self._head()
        if head.kind != _PIECES:
            return head.rest if head.kind == _WHOLE else None
        count, _, digest = head.rest.partition(":")
        pieces = [self._read(self._piece(head.generation, number)) for number in range(int(count))]
        value = "".join(piece or "" for piece in pieces)
        if _digest(value) != digest:
            raise SetupError("keychain.damaged")
        return value

    def set(self, value: str) -> None:
        """Keep the value; until the last moment, `get` gives the old one."""
        old = self._head_or_gone()
        self._sweep_around(old.generation)
        head = self._written(old.generation + 1, value)
        self._write(self._service, str(head))
        self._sweep(old.generation)

    def delete(self) -> None:
        """Leave nothing of the value behind."""
        head = self._head_or_gone()
        self._sweep_around(head.generation)
        if head.generation == 0:
            return
        self._write(self._service, str(_Head(head.generation)))
        self._sweep(head.generation)
        self._drop(self._service)

    def _written(self, generation: int, value: str) -> _Head:
        pieces = _cut(value)
        if len(pieces) <= 1:
            return _Head(generation, _WHOLE, value)
        for number, piece in enumerate(pieces):
            self._write(self._piece(generation, number), piece)
        return _Head(generation, _PIECES, f"{len(pieces)}:{_digest(value)}")

    def _head(self) -> _Head:
        return _Head.parse(self._read(self._service))

    def _head_or_gone(self) -> _Head:
        """The head; one that somebody damaged counts as gone, so that it can be replaced."""
        try:
            return self._head()
        except SetupError as error:
            if error.code != "keychain.damaged":
                raise
            return _Head(1)

    def _piece(self, generation: int, number: int) -> str:
        return f"{self._service}/{generation}.{number}"

    def _sweep_around(self, generation: int) -> None:
        self._sweep(generation + 1)
        if generation > 1:
            self._sweep(generation - 1)

    def _sweep(self, generation: int) -> None:
        """Drop a generation's pieces, the last one first: a sweep that dies leaves no gap to stop at."""
        count = 0
        while self._read(self._piece(generation, count)) is not None:
            count += 1
        for number in reversed(range(count)):
            self._drop(self._piece(generation, number))

    def _read(self, service: str) -> str | None:
        return guarded(lambda: self._backend.get_password(service, USER))

    def _write(self, service: str, text: str) -> None:
        guarded(lambda: self._backend.set_password(service, USER, text))

    def _drop(self, service: str) -> None:
        """Delete; some back ends raise for what is absent, others for what they keep, so look again."""
        with contextlib.suppress(SetupError):
            guarded(lambda: self._backend.delete_password(service, USER))
        if self._read(service) is not None:
            raise SetupError("keychain.refused", backend=type(self._backend).__name__)


def _cut(value: str) -> list[str]:
    step = PIECE if not value or max(value) <= "\uffff" else PIECE // 2
    return [value[start : start + step] for start in range(0, len(value), step)]


def _digest(value: str) -> str:
    from hashlib import sha256

    return sha256(value.encode()).hexdigest()[:16]
