"""One window for each data folder: a second start asks it to come to the front, an installer to leave.

Python's own connections and not Qt's QLocalServer: that lives in QtNetwork, which needs Kerberos
libraries that a plain Debian lacks. The door's address and key lie in a file only the user may read.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path

FILE = "window"
RAISE = "raise"
QUIT = "quit"
DONE = "done"
SECONDS = 3.0
FAMILY = "AF_PIPE" if os.name == "nt" else "AF_UNIX"
TROUBLE = (OSError, EOFError, ValueError, AuthenticationError)


class Door:
    """What the first window listens at; what it is asked for is called in the door's own thread."""

    def __init__(
        self, folder: Path, knocked: Callable[[], object], leave: Callable[[], object] = lambda: None
    ) -> None:
        self._file = folder / FILE
        self._acts = {RAISE: knocked, QUIT: leave}
        self._key = secrets.token_bytes(32)
        self._over = threading.Event()
        self._listener: Listener | None = None

    def open(self) -> bool:
        """Listen from now on; False where this computer lets nobody listen. Only under the folder's lock."""
        try:
            self._listener = Listener(family=FAMILY, authkey=self._key)
            self._write(str(self._listener.address))
        except OSError:
            self.close()
            return False
        threading.Thread(target=self._listen, name="window door", daemon=True).start()
        return True

    def close(self) -> None:
        """Listen no more."""
        self._over.set()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
        if self._listener is not None:
            with suppress(OSError):
                self._listener.close()

    def _write(self, address: str) -> None:
        self._file.unlink(missing_ok=True)
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(f"{address}\n{self._key.hex()}\n")

    def _listen(self) -> None:
        assert self._listener is not None
        while not self._over.is_set():
            try:
                with self._listener.accept() as caller:
                    act = self._acts.get(caller.recv_bytes(16).decode()) if caller.poll(SECONDS) else None
                    if act is not None:
                        act()
                        caller.send_bytes(DONE.encode())
            except TROUBLE:
                if self._over.is_set():
                    return


def knock(folder: Path, word: str = RAISE) -> bool:
    """Ask the window that is open on this folder to come to the front, or to leave; whether one answered."""
    try:
        address, key, *_rest = (folder / FILE).read_text("utf-8").splitlines()
        with Client(address, family=FAMILY, authkey=bytes.fromhex(key)) as caller:
            caller.send_bytes(word.encode())
            return caller.poll(SECONDS) and caller.recv_bytes(16).decode() == DONE
    except TROUBLE:
        return False
