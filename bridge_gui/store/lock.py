"""A lock between processes: the system's own, on a file, free again whatever becomes of the process.

Not filelock: importing it takes asyncio, ssl and sqlite3 along, a third of what the window needs to show.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RIGHTS = 0o600
HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})
"""What systems answer where somebody else has the lock."""


class Held(OSError):
    """Somebody else has it, in this process or in another."""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Have the lock for the block; `Held` at once if it is taken. The file stays: all must lock the same."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), RIGHTS)
    try:
        try:
            _take(handle)
        except OSError as error:
            if error.errno in HELD:
                raise Held(error.errno, error.strerror) from error
            raise
        yield
    finally:
        os.close(handle)  # which gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        """The first byte, as filelock locked it: an older Bridge that is still open is noticed."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        """The whole file; held by this opening of it, so that not even this process has it twice."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
