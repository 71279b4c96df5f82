"""Where secrets are kept: the operating system's keychain, or memory until Bridge closes.

Every call may wait for the user (a keychain that asks to be unlocked), so none belongs on the main
thread. Errors are `SetupError`: keychain.none, keychain.locked, keychain.refused, keychain.damaged.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from bridge_gui.errors import SetupError
from bridge_gui.web.keychain_backend import Backend, MemoryBackend, system_backend
from bridge_gui.web.keychain_item import Item


class Keychain(Protocol):
    """Secrets by connection and field; any thread but the main one may ask."""

    def get(self, connection: str, field: str) -> str | None:
        """The secret, or None if it was never kept."""
        ...

    def set(self, connection: str, field: str, value: str) -> None:
        """Keep the secret; when this returns it survives a crash."""
        ...

    def delete(self, connection: str, field: str) -> None:
        """Leave nothing of the secret behind; nothing happens if there is none."""
        ...


class SystemKeychain:
    """The keychain of this computer; `folder` is the data folder's own id, so that two never meet.

    The back end is looked for at the first use, on the thread that asks. One service per item, named
    `Bridge/<folder>/<connection>/<field>`. (On Windows, keyring keeps the value before the last beside
    it under a name of its own until the item is deleted.)
    """

    def __init__(self, folder: str, backend: Callable[[], Backend] = system_backend) -> None:
        self._folder = folder
        self._find = backend
        self._backend: Backend | None = None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._folder!r})"

    def get(self, connection: str, field: str) -> str | None:
        """The secret, or None if it was never kept."""
        with self._lock:
            return self._item(connection, field).get()

    def set(self, connection: str, field: str, value: str) -> None:
        """Keep the secret; when this returns it survives a crash."""
        with self._lock:
            self._item(connection, field).set(value)

    def delete(self, connection: str, field: str) -> None:
        """Leave nothing of the secret behind; nothing happens if there is none."""
        with self._lock:
            self._item(connection, field).delete()

    def _item(self, connection: str, field: str) -> Item:
        self._backend = self._backend or self._find()
        return Item(self._backend, f"Bridge/{self._folder}/{connection}/{field}")


class MemoryKeychain(SystemKeychain):
    """Keeps secrets until Bridge closes; for one run, and where there is no keychain."""

    def __init__(self) -> None:
        super().__init__("memory", MemoryBackend)


class Counter:
    """A number beside the secrets: higher than the data folder's own means an older copy was put back."""

    def __init__(self, keychain: Keychain, name: str = "snapshot") -> None:
        self._keychain = keychain
        self._name = name

    def get(self) -> int | None:
        """The number, or None if none was ever kept."""
        text = self._keychain.get("folder", self._name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit()):
            raise SetupError("keychain.damaged")
        return int(text)

    def set(self, number: int) -> None:
        """Keep the number."""
        self._keychain.set("folder", self._name, str(number))
