"""Listening while the program runs: one listener for all bridges that want it, and what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bridge_gui.errors import BridgeError
from bridge_gui.sync.notices import Board
from bridge_gui.sync.notices_kept import hurry, is_on, port_of, secret_of, understood
from bridge_gui.web.notices import NoticeListener

if TYPE_CHECKING:
    from bridge_gui.sync.house import House
    from bridge_gui.sync.service import BridgeStatus

LOOK_SECONDS = 1.0
"""How often whoever syncs asks whether something was heard."""


class Listening:
    """An open listener with what it has heard."""

    def __init__(self, house: House, board: Board, listener: NoticeListener, names: Sequence[str]) -> None:
        self._house, self._board, self._listener = house, board, listener
        self.port = listener.port
        self.names = tuple(names)

    def early(self, among: Sequence[BridgeStatus]) -> str:
        """The bridge that is to sync early, empty if none; only one that syncs by itself and may now."""
        now = self._house.clock.now()
        return self._board.wanted([one.row.name for one in among if _may_run(one, now)])

    def before_sync(self, name: str, *, early: bool) -> None:
        """Have the sync that is about to begin look at what was heard; `early` if it begins for that."""
        asked = self._board.take(name, early=early) if name in self.names else ()
        if asked:
            hurry(self._house, name, asked)

    def close(self) -> None:
        """Let go of the port."""
        self._listener.close()


def _may_run(status: BridgeStatus, now: datetime) -> bool:
    row = status.row
    rests = row.paused_until is not None and row.paused_until > now
    return status.next_run is not None and not row.stopped_code and not rests


def listen(house: House, failed: Callable[[BridgeError], object]) -> Listening | None:
    """Listen for the bridges that want it; None if none does, or if it cannot be, which `failed` is told.

    A bridge whose secret is gone is told and left out. Asks the keychain.
    """
    board, secrets = Board(house.clock), dict[str, str]()
    for status in house.bridges():
        if is_on(house, status.row):
            try:
                secrets[status.row.name] = secret_of(house, status.row)
            except BridgeError as error:
                failed(error)
            else:
                board.open(status.row.name, understood(house, status.row))
    if not secrets:
        return None
    try:
        listener = NoticeListener(port_of(house), secrets, board.hear)
    except BridgeError as error:
        failed(error)
        return None
    return Listening(house, board, listener, list(secrets))
