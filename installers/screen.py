"""A screen without a monitor, and what is to be seen on it."""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = (1280, 900)
START_SECONDS = 20


class Screen:
    """One X server of its own; `display` is its name, such as `:7`."""

    def __init__(self, display: str, frame: Path) -> None:
        self.display = display
        self._frame = frame

    def count(self, colour: str) -> int:
        """How many pixels of the screen have a colour such as `#0B6E5F`."""
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return self._pixels().count(bytes((blue, green, red)))

    def middle(self) -> tuple[int, int, int]:
        """The colour halfway down, left of the pointer; black where nothing is."""
        at = (SIZE[1] // 2 * SIZE[0] + SIZE[0] // 4) * 4
        with self._frame.open("rb") as file:
            file.seek(self._start() + at)
            blue, green, red = file.read(3)
        return red, green, blue

    def _pixels(self) -> bytes:
        """Four bytes for each pixel: blue, green, red, and one more. The frame is an XWD file."""
        return self._frame.read_bytes()[self._start() :]

    def _start(self) -> int:
        """Where the pixels begin, behind the header and the colours."""
        with self._frame.open("rb") as file:
            head = file.read(80)
        return int(struct.unpack_from(">I", head, 0)[0] + struct.unpack_from(">I", head, 76)[0] * 12)


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen that is gone at the end of the block."""
    with tempfile.TemporaryDirectory() as folder:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-fbdir", folder, "-nolisten", "tcp"]
        command += ["-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-noreset"]
        with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
            os.close(writing)
            try:
                with os.fdopen(reading) as told:
                    yield Screen(f":{told.readline().strip()}", Path(folder, "Xvfb_screen0"))
            finally:
                server.terminate()


def wait(ready: Callable[[], bool], seconds: float = START_SECONDS) -> bool:
    """Whether something comes true within so many seconds."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True
