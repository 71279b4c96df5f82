"""Starts programs by forking: a parent reads the modules once, each command is a process of its own.

Reading modules is four fifths of a short command, and the harness starts thousands. A child is killed, counted
and waited for as any other process; only its command line and its first environment are the parent's.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO

import bridge_gui

ROOT = Path(__file__).resolve().parents[1]
APART = ("bridge_gui.desktop", "bridge_gui.store.migrations")
"""What a command of the command line reads never, or not as modules."""
WIDTH = 10
"""Letters in which a process's number is told."""


class Child:
    """One command under way, as `subprocess.Popen` shows it."""

    def __init__(self, door: socket.socket, stdin: int, said: tuple[IO[bytes], IO[bytes]]) -> None:
        self.returncode: int | None = None
        self._line = door
        self._stdin = stdin
        self._said = said
        self.pid = int(door.recv(WIDTH, socket.MSG_WAITALL))

    def poll(self) -> int | None:
        """Its exit code once it has ended."""
        with contextlib.suppress(TimeoutError, subprocess.TimeoutExpired):
            self.wait(0.001)
        return self.returncode

    def kill(self) -> None:
        """SIGKILL, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float) -> int:
        """Its exit code, a signal's number below zero; `subprocess.TimeoutExpired`."""
        until = time.monotonic() + timeout
        while self.returncode is None:
            self._line.settimeout(max(0.001, until - time.monotonic()))
            try:
                told = self._line.recv(20)
            except TimeoutError as error:
                raise subprocess.TimeoutExpired("nursery", timeout) from error
            self.returncode = int(told)
        return self.returncode

    def communicate(self, sent: str | bytes = "", timeout: float = 60) -> tuple[str, str]:
        """Tell it something, wait for its end, and give what it said."""
        if self._stdin >= 0:
            with contextlib.suppress(BrokenPipeError), os.fdopen(self._stdin, "wb") as pipe:
                pipe.write(sent if isinstance(sent, bytes) else sent.encode())
            self._stdin = -1
        self.wait(timeout)
        out, err = (_read(file) for file in self._said)
        self._line.close()
        return out, err


def _read(file: IO[bytes]) -> str:
    with file:
        file.seek(0)
        return file.read().decode()


class Nursery:
    """The parent process of all children of one Python program, and the way to it."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.nursery", str(theirs.fileno())]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
        with theirs:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()], start_new_session=True
            )

    def close(self) -> None:
        """Nobody asks any more."""
        self._control.close()
        self._process.wait(20)

    def start(self, module: str, words: Sequence[str], environment: Mapping[str, str]) -> Child:
        """One command: `main(words)` of a module."""
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        said = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - read when it has ended
        with theirs:
            passed = [theirs.fileno(), reading, said[0].fileno(), said[1].fileno()]
            socket.send_fds(self._control, [b"+"], passed)
        os.close(reading)
        told = json.dumps({"module": module, "words": list(words), "environment": dict(environment)}) + "\n"
        ours.sendall(told.encode())
        return Child(ours, writing, said)


@cache
def nursery() -> Nursery:
    """The one of this Python program; it ends when this one does."""
    made = Nursery()
    atexit.register(made.close)
    return made


def serve(control: socket.socket) -> int:
    """Fork for each request until nobody is left to ask; in a child, gives what its command came to."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers go without a word
    while True:
        sign, passed, _, _ = socket.recv_fds(control, 1, 4)
        if not sign:
            return 0
        if os.fork() == 0:
            control.close()
            return _keep(*passed)
        for one in passed:
            os.close(one)


def _keep(door: int, stdin: int, out: int, err: int) -> int:
    """Have a child and tell how it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with socket.socket(fileno=door) as line, line.makefile("r") as reading:
        told = json.loads(reading.readline())
        pid = os.fork()
        if pid:
            os.close(stdin)
            line.sendall(f"{pid:{WIDTH}}".encode())
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            line.sendall(f"{code}".encode())
            os._exit(0)
    for number, file in enumerate((stdin, out, err)):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(told["environment"])
    main: Callable[[list[str]], int] = importlib.import_module(told["module"]).main
    return main(told["words"])


def _read_modules() -> None:
    """All of the program but its window."""
    for module in pkgutil.walk_packages(bridge_gui.__path__, "bridge_gui."):
        if not module.name.startswith(APART) and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def _main() -> int:
    _read_modules()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        return serve(control)


if __name__ == "__main__":
    sys.exit(_main())
