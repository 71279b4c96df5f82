"""What an adapter and a bridge are given when they are opened: plain values and passed-in means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bridge_gui.errors import Param
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.waiting import Cancel, Clock
from bridge_gui.web.wire import Wire
from bridge_gui.wording.catalogue import Catalogue


@dataclass(frozen=True, kw_only=True)
class ConnectionContext:
    """One connection: where, as whom, and the means to speak; `secret` reads the keychain.

    `wire` is this job's way to send, with the pace, the meter and the stop button in it. `access` is
    shared by all jobs of the connection; `noted` is told when a sign-in was renewed.
    """

    name: str
    endpoint: str
    values: Mapping[str, str]
    secret: Callable[[str], str]
    store_secret: Callable[[str, str], None]
    clock: Clock
    wire: Wire
    access: Access = field(default_factory=Access)
    noted: Callable[[datetime], None] = lambda _at: None


class Notes(Protocol):
    """What a bridge has learnt from a vendor and must not forget with the run, and what it has linked."""

    def get(self, key: str) -> str:
        """What was learnt under this name, empty if nothing."""
        ...

    def set(self, key: str, value: str) -> None:
        """Keep it; when this returns it survives a crash."""
        ...

    def linked(self, kind: str) -> Mapping[str, str]:
        """The targets' ids of all documents or things of a kind that are linked, by their sources' ids."""
        ...

    def stop(self, code: str, params: Mapping[str, Param]) -> None:
        """Have every run end with this until a person has seen to it."""
        ...


class PassingNotes:
    """Notes of a job that keeps nothing."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def get(self, key: str) -> str:
        """What this job has learnt."""
        return self._kept.get(key, "")

    def set(self, key: str, value: str) -> None:
        """Keep it for this job."""
        self._kept[key] = value

    def linked(self, kind: str) -> Mapping[str, str]:
        """Nothing: such a job has no bridge yet."""
        del kind
        return {}

    def stop(self, code: str, params: Mapping[str, Param]) -> None:
        """Nothing is sent by such a job."""
        del code, params


@dataclass(frozen=True, kw_only=True)
class BridgeContext:
    """One bridge: its two adapters, its settings and mappings, and the company's time zone.

    `words` are in the user's language, for texts that are written at a vendor.
    """

    name: str
    sales: Any
    books: Any
    settings: Mapping[str, str]
    mappings: Mapping[str, Mapping[str, str]]
    start: date
    zone: ZoneInfo
    cancel: Cancel
    clock: Clock
    notes: Notes = field(default_factory=PassingNotes)
    words: Catalogue = field(default_factory=Catalogue)
