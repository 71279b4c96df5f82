"""From rows and secrets to open adapters and an open bridge, for one job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.errors import SetupError, SignInError
from bridge_gui.store.rows import BridgeRow, ConnectionRow
from bridge_gui.sync.files.choice import door_of
from bridge_gui.sync.files.questions import asked_now, reads_files
from bridge_gui.sync.opening import BridgeContext, ConnectionContext, Notes, PassingNotes
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.specs import BridgeSpec, OpenBridge, VendorSpec
from bridge_gui.web.address import is_loopback, origin
from bridge_gui.web.keychain import Keychain
from bridge_gui.web.meter import Meter
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.oauth.flow import Signed
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.redact import Redactor
from bridge_gui.web.waiting import Cancel, Clock
from bridge_gui.web.wire import Wire, system_wire
from bridge_gui.wording.catalogue import Catalogue

Noted = Callable[[str, datetime], None]
"""Told of a connection whose sign-in was renewed, and when."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What one job brings along: its stop button, its call counter, and what is to be let go at its end."""

    cancel: Cancel
    meter: Meter
    ending: ExitStack


class Opener:
    """Opens connections and bridges; one pacer per connection is shared by all its jobs."""

    def __init__(
        self,
        registry: Registry,
        keychain: Callable[[], Keychain],
        clock: Clock,
        noted: Noted | None = None,
        access: Callable[[str], Access] | None = None,
    ) -> None:
        self._registry = registry
        self._keychain = keychain
        self._clock = clock
        self._noted = noted or _nobody
        self._pacers: dict[tuple[str, str], Pacer] = {}
        self._access: dict[str, Access] = {}
        self._shared = access
        self._passing: dict[tuple[str, str], str] = {}
        self.words = Catalogue()

    def connection(self, row: ConnectionRow, job: Job) -> Any:
        """The adapter of a connection; does not call the vendor."""
        spec = self._registry.vendors[row.vendor]
        wire = system_wire(spec.key, self._pacer(spec, row), job.meter, self._clock, job.cancel)
        job.ending.callback(wire.transport.close)
        secrets = self._secrets(spec, row)
        context = ConnectionContext(
            name=row.name,
            endpoint=address_of(spec, row),
            values=row.values,
            secret=self._asked_of(spec, row, job),
            store_secret=lambda field, value: self._store(row, field, value),
            clock=self._clock,
            wire=replace(wire, redactor=Redactor(*secrets)),
            access=self.access(row.name),
            noted=lambda at: self._noted(row.name, at),
        )
        return spec.open(context)

    def signed_in(self, row: ConnectionRow, job: Job, signed: Signed) -> Any:
        """The adapter of a sign-in that is minutes old and not kept anywhere yet."""
        access, kept = Access(), {"grant": signed.grant.dump()}
        access.take(signed.tokens, signed.grant.session, signed.asked)
        spec = self._registry.vendors[row.vendor]
        others = self._secret_of(row)
        context = ConnectionContext(
            name=row.name,
            endpoint=address_of(spec, row),
            values=row.values,
            secret=lambda field: kept["grant"] if field == spec.sign_in else others(field),
            store_secret=lambda _field, text: kept.update(grant=text),
            clock=self._clock,
            wire=self.wire(row, job),
            access=access,
        )
        return spec.open(context)

    def access(self, connection: str) -> Access:
        """What all jobs of a connection share of its sign-in."""
        if self._shared is not None:
            return self._shared(connection)
        return self._access.setdefault(connection, Access())

    def wire(self, row: ConnectionRow, job: Job) -> Wire:
        """A way to send for what comes before there is a connection: signing in."""
        spec = self._registry.vendors[row.vendor]
        wire = system_wire(spec.key, self._pacer(spec, row), job.meter, self._clock, job.cancel)
        job.ending.callback(wire.transport.close)
        return replace(wire, redactor=Redactor())

    def bridge(self, row: BridgeRow, job: Job, notes: Notes | None = None) -> OpenBridge:
        """The open bridge; may ask the vendors for lists it needs. Without `notes` it learns for now only."""
        spec = self._registry.bridge(row.kind)
        settings = settings_of(spec, row.settings)
        files = reads_files(spec, settings)
        context = BridgeContext(
            name=row.name,
            sales=door_of(spec, row.name, settings) if files else self.connection(row.sales, job),
            books=self.connection(row.books, job),
            settings=settings,
            mappings=row.mappings,
            start=row.start,
            zone=ZoneInfo(spec.time_zone),
            cancel=job.cancel,
            clock=self._clock,
            notes=notes or PassingNotes(),
            words=self.words,
        )
        return spec.open(context)

    def _pacer(self, spec: VendorSpec, row: ConnectionRow) -> Pacer:
        """The connection's pacer; on loopback there is no vendor to be spared."""
        key = (row.name, row.endpoint)
        if key not in self._pacers:
            self._pacers[key] = Pacer(pace_of(spec, row), self._clock)
        return self._pacers[key]

    def _secret_of(self, row: ConnectionRow) -> Callable[[str], str]:
        """Reads a secret from the keychain when it is wanted."""

        def secret(field: str) -> str:
            value = self._keychain().get(row.name, field)
            if not value:
                raise SignInError("signin.no_secret", vendor=self._registry.vendors[row.vendor].title)
            return value

        return secret

    def _asked_of(self, spec: VendorSpec, row: ConnectionRow, job: Job) -> Callable[[str], str]:
        """As `_secret_of`; a sandbox that grants at once is signed in to where nothing was kept."""
        from bridge_gui.sync.signing import APP_SECRET, is_sandbox, sandbox_sign_in

        def secret(field: str) -> str:
            if (row.name, field) in self._passing:
                return self._passing[row.name, field]
            try:
                return self._secret_of(row)(field)
            except (SignInError, SetupError):
                if field != spec.sign_in or not is_sandbox(spec, row):
                    raise
            has_app_secret = any(asked.key == APP_SECRET for asked in spec.fields)
            app = self._secret_of(row)(APP_SECRET) if has_app_secret else ""
            signed = sandbox_sign_in(spec, row, app, self.wire(row, job))
            self._passing[row.name, field] = signed.grant.dump()
            return self._passing[row.name, field]

        return secret

    def _store(self, row: ConnectionRow, field: str, value: str) -> None:
        """Keep a renewed secret where it came from."""
        if (row.name, field) in self._passing:
            self._passing[row.name, field] = value
        else:
            self._keychain().set(row.name, field, value)

    def _secrets(self, spec: VendorSpec, row: ConnectionRow) -> list[str]:
        """The secrets of a connection, to be kept out of every message."""
        secret = self._secret_of(row)
        asked = [field for field in spec.fields if asked_now(field, row.values, spec.fields)]
        return [secret(field.key) for field in asked if field.kind.value == "secret" and field.required]


def _nobody(_connection: str, _at: datetime) -> None:
    """Nobody wants to know."""


def pace_of(spec: VendorSpec, row: ConnectionRow) -> Pace:
    """How fast this connection may be called."""
    return Pace.off() if is_loopback(origin(address_of(spec, row))[1]) else spec.pace


def address_of(spec: VendorSpec, row: ConnectionRow) -> str:
    """A connection's endpoint: a name the vendor's spec knows, or an address typed in."""
    return spec.endpoints.get(row.endpoint, row.endpoint)


def settings_of(spec: BridgeSpec, given: Mapping[str, str]) -> dict[str, str]:
    """All settings of a bridge, those not given at their defaults."""
    defaults = {field.key: field.default for field in spec.settings if field.default is not None}
    return {**defaults, **given}
