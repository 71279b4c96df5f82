"""What the adapters really asked and were answered while the demo's bridges worked, call by call.

The vendors' own `open` is wrapped: each public call of an adapter that a bridge makes is kept with its
arguments, and every request that left with the answer that came. Nothing here knows a vendor.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MethodType
from typing import Any, NamedTuple

from bridge_gui.app import registry
from bridge_gui.errors import BridgeError
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.specs import FieldKind, VendorSpec
from bridge_gui.web.answer import Answer, Request
from bridge_gui.web.manners import Manners
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.waiting import Cancel
from bridge_gui.web.wire import Transport
from tests.crash.here import Here, here


class Exchange(NamedTuple):
    """One request with the answer that came."""

    request: Request
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Opened:
    """All that opened an adapter, its means to speak left out."""

    spec: VendorSpec
    name: str
    endpoint: str
    values: dict[str, str]
    secrets: dict[str, str]


@dataclass(kw_only=True)
class Called:
    """One call of an adapter as a bridge made it; `first` and `last` frame its exchanges in the archive."""

    opened: Opened
    name: str
    arguments: tuple[Any, ...] | None
    named: dict[str, Any]
    now: datetime
    monotonic: float
    token: tuple[str, str, float]
    first: int
    last: int = 0


@dataclass
class Archive:
    """Everything recorded of one vendor, in order."""

    exchanges: list[Exchange] = field(default_factory=list)
    calls: list[Called] = field(default_factory=list)


class _Listening:
    """A transport that keeps what passes through it."""

    def __init__(self, real: Transport, archive: Archive) -> None:
        self._real = real
        self._archive = archive

    def send(self, request: Request, manners: Manners, cancel: Cancel) -> Answer:
        """The real answer, kept."""
        answer = self._real.send(request, manners, cancel)
        self._archive.exchanges.append(Exchange(request, answer))
        return answer

    def close(self) -> None:
        """As the real one."""
        self._real.close()


class _Scribe:
    """Notes the outermost calls of one adapter; what a call leads to within the adapter is part of it."""

    def __init__(self, archive: Archive, opened: Opened, context: ConnectionContext) -> None:
        self._archive = archive
        self._opened = opened
        self._context = context
        self._inside = threading.local()

    def heard(self, name: str, bound: MethodType) -> Callable[..., Any]:
        """The method, noted."""

        def call(*arguments: Any, **named: Any) -> Any:
            with self._noted(name, arguments, named) as noted:
                value = bound(*arguments, **named)
            return self._through(value, noted) if noted and isinstance(value, Iterator) else value

        return call

    def shown(self, name: str, read: Callable[[], Any]) -> Any:
        """A property, noted."""
        with self._noted(name, None, {}):
            return read()

    @contextmanager
    def _noted(self, name: str, arguments: Any, named: dict[str, Any]) -> Iterator[Called | None]:
        if getattr(self._inside, "any", False):
            yield None
            return
        clock, access = self._context.clock, self._context.access
        noted = Called(
            opened=self._opened, name=name, arguments=arguments, named=named, now=clock.now(),
            monotonic=clock.monotonic(), token=(access.token, access.session, access.until),
            first=len(self._archive.exchanges),
        )  # fmt: skip
        self._archive.calls.append(noted)
        with self._within(noted):
            yield noted

    @contextmanager
    def _within(self, noted: Called) -> Iterator[None]:
        self._inside.any = True
        try:
            yield
        finally:
            self._inside.any = False
            noted.last = len(self._archive.exchanges)

    def _through(self, value: Iterator[Any], noted: Called) -> Iterator[Any]:
        """Pages are asked for while they are read."""
        while True:
            with self._within(noted):
                try:
                    page = next(value)
                except StopIteration:
                    return
            yield page


def _overheard(adapter: Any, scribe: _Scribe) -> Any:
    """The same adapter, each of its public names noted when it is used from outside."""
    kind: type = type(adapter)

    def get(self: Any, name: str) -> Any:
        if name.startswith("_"):
            return object.__getattribute__(self, name)
        if isinstance(getattr(kind, name, None), property):
            return scribe.shown(name, lambda: object.__getattribute__(self, name))
        value = object.__getattribute__(self, name)
        return scribe.heard(name, value) if isinstance(value, MethodType) else value

    adapter.__class__ = type(kind.__name__, (kind,), {"__getattribute__": get})
    return adapter


def _opener(spec: VendorSpec, archive: Archive) -> Callable[[ConnectionContext], Any]:
    def opened(context: ConnectionContext) -> Any:
        told = Opened(
            spec=spec, name=context.name, endpoint=context.endpoint, values=dict(context.values),
            secrets=_secrets(spec, context),
        )  # fmt: skip
        wire = replace(context.wire, transport=_Listening(context.wire.transport, archive))
        adapter = spec.open(replace(context, wire=wire))
        return _overheard(adapter, _Scribe(archive, told, context))

    return opened


def _secrets(spec: VendorSpec, context: ConnectionContext) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in spec.fields:
        if one.kind in (FieldKind.SECRET, FieldKind.SIGN_IN):
            with suppress(BridgeError):  # asked of some connections only
                told[one.key] = context.secret(one.key)
    return told


def recorded(folder: Path, *, days: int) -> dict[str, Archive]:
    """So many days of every bridge of the demo; by vendor."""
    known = registry()
    archives = {key: Archive() for key in known.vendors}
    listened = Registry(
        [replace(spec, open=_opener(spec, archives[key])) for key, spec in known.vendors.items()],
        list(known.bridges.values()),
    )
    demos = [spec for spec in known.bridges.values() if spec.demo]
    with here(folder, demos[0].key, listened) as world:
        for _ in range(days):
            world.trade()
            for spec in demos:
                Here(world.demo, spec, world.clock).rest()
    return {key: archive for key, archive in archives.items() if archive.calls}


def again(access: tuple[str, str, float]) -> Access:
    """What was known of a sign-in at that moment."""
    made = Access()
    made.token, made.session, made.until = access
    return made
