"""Ctrl+C and SIGTERM: the first asks the job to stop, the second leaves at once."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from bridge_gui.cli.codes import Exit
from bridge_gui.web.waiting import Cancel

_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")


@contextmanager
def stoppable(told: Callable[[], object], leave: Callable[[int], object] = os._exit) -> Iterator[Cancel]:
    """Within the block signals set the cancel that it yields; `told` is called once, in a thread."""
    cancel = threading.Event()
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            leave(int(Exit.STOPPED))
        threading.Thread(target=stop, daemon=True).start()

    def stop() -> None:  # in a thread: the signal may have come while the main thread holds the event's lock
        asked.set()
        cancel.set()
        told()

    with _handling(ask):
        yield cancel


@contextmanager
def _handling(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Have the handler in place; outside the main thread nothing can be handled."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    old: dict[int, Any] = {number: signal.signal(number, handler) for number in _numbers()}
    try:
        yield
    finally:
        for number, before in old.items():
            signal.signal(number, before)


def terminate_like_interrupt() -> None:
    """SIGTERM ends a command that has no job as Ctrl+C does."""
    if threading.current_thread() is threading.main_thread():
        for number in _numbers():
            signal.signal(number, signal.default_int_handler)


def _numbers() -> list[int]:
    return [int(getattr(signal, name)) for name in _SIGNALS if hasattr(signal, name)]
