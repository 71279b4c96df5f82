"""What an adapter and a bridge are given when they are opened: plain values and passed-in means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.web.waiting import Cancel, Clock
from bridge_gui.web.wire import Wire


@dataclass(frozen=True, kw_only=True)
class ConnectionContext:
    """One connection: where, as whom, and the means to speak; `secret` reads the keychain.

    `wire` is this job's way to send, with the pace, the meter and the stop button in it.
    """

    name: str
    endpoint: str
    values: Mapping[str, str]
    secret: Callable[[str], str]
    store_secret: Callable[[str, str], None]
    clock: Clock
    wire: Wire


@dataclass(frozen=True, kw_only=True)
class BridgeContext:
    """One bridge: its two adapters, its settings and mappings, and the company's time zone."""

    name: str
    sales: Any
    books: Any
    settings: Mapping[str, str]
    mappings: Mapping[str, Mapping[str, str]]
    start: date
    zone: ZoneInfo
    cancel: Cancel
    clock: Clock
