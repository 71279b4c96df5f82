"""The system's keychain as `keyring` knows it: which kinds are good enough, and its errors as ours."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from bridge_gui.errors import SetupError

Result = TypeVar("Result")

TRUSTED = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.libsecret.Keyring",
    }
)
"""The only back ends that are used; anything else may keep plain text, or nothing at all."""
_CHAIN = "keyring.backends.chainer.ChainerBackend"
_NONE = frozenset({"keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", _CHAIN})
# NoKeyringError etc. by name, so that a keychain can be judged without importing keyring.
_CODES = {
    "NoKeyringError": "keychain.none",
    "KeyringLocked": "keychain.locked",
    "InitError": "keychain.locked",
}


class Backend(Protocol):
    """What is used of a `keyring` back end: one short text per service and user."""

    def get_password(self, service: str, username: str) -> str | None:
        """The text, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the text, replacing an older one at once."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget the text."""
        ...


def system_backend() -> Backend:
    """The keychain of this computer; imports keyring, may ask D-Bus: never on the main thread.

    Raises `SetupError` keychain.none or keychain.refused (backend).
    """
    import keyring

    return guarded(lambda: choose(keyring.get_keyring()))


def choose(found: Any) -> Backend:
    """The back end found, if it is trusted; of a chain its first trusted member, and that one alone."""
    name = _name(found)
    if name in TRUSTED:
        backend: Backend = found
        return backend
    members: Iterable[Any] = found.backends if name == _CHAIN else ()
    for member in members:
        if _name(member) in TRUSTED:
            return choose(member)
    if name in _NONE:
        raise SetupError("keychain.none")
    raise SetupError("keychain.refused", backend=name)


def guarded(work: Callable[[], Result]) -> Result:
    """Do the work; whatever the back end raises becomes a `SetupError` that shows no secret."""
    try:
        return work()
    except SetupError:
        raise
    except Exception as error:  # noqa: BLE001 - back ends raise D-Bus and Windows errors of many kinds
        trouble = _trouble(error)
    raise trouble


def _trouble(error: Exception) -> SetupError:
    names = [kind.__name__ for kind in type(error).__mro__]
    code = next((_CODES[name] for name in names if name in _CODES), "keychain.refused")
    if code == "keychain.refused":
        return SetupError(code, backend=names[0])
    return SetupError(code, detail=names[0])


def _name(backend: Any) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


class MemoryBackend:
    """A back end that forgets everything when the program ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._texts: dict[tuple[str, str], str] = {}

    def __repr__(self) -> str:
        return "MemoryBackend()"

    def get_password(self, service: str, username: str) -> str | None:
        """The text, or None."""
        return self._texts.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the text until the program ends."""
        with self._lock:
            self._texts[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget the text."""
        with self._lock:
            self._texts.pop((service, username), None)
