"""The wizard without a window: questions, answers, live checks, and nothing kept until the end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges
from bridge_gui.store.rows import BridgeRow, ConnectionRow
from bridge_gui.sync.asking import TODAY
from bridge_gui.sync.form import PRODUCTION, START, Form
from bridge_gui.sync.house import House
from bridge_gui.sync.mapping import listed, resolved
from bridge_gui.sync.opener import Job, Opener, settings_of
from bridge_gui.sync.specs import BridgeSpec, FieldKind, VendorSpec
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import Cancel

_NAME = re.compile(r"[^\W_][\w .&+()-]{0,59}")


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What setting up led to; `unmapped` are the titles that still have no counterpart."""

    row: BridgeRow
    companies: dict[str, str]
    unmapped: tuple[str, ...] = ()
    secrets_kept: bool = True


class Setup:
    """One bridge being set up. `answer` and `check` change nothing outside; `finish` keeps everything."""

    def __init__(self, house: House, kind: str, name: str = "", form: Form | None = None) -> None:
        self.house = house
        self.form = form or Form(house.registry, kind)
        self.spec: BridgeSpec = self.form.spec
        self.name = named(name or kind)
        self.answers = self.form.answers
        self.fields = self.form.fields
        self.answer = self.form.answer
        self.missing = self.form.missing
        self._memory = MemoryKeychain()
        self._opener = Opener(house.registry, lambda: self._memory, house.clock)
        self._companies: dict[str, Any] = {}

    @property
    def vendors(self) -> tuple[VendorSpec, VendorSpec]:
        """The sales and the books vendor."""
        return self.form.vendors

    def recall(self) -> None:
        """Changing a bridge: a secret not given again is as before, unless the address is another."""
        old = self._old()
        for row in (old.sales, old.books) if old is not None else ():
            now = self._connection(row.vendor)
            if now.endpoint == row.endpoint:
                self._recall_secrets(row)

    def _recall_secrets(self, row: ConnectionRow) -> None:
        """Take from the keychain what was not given; no keychain, nothing to take."""
        for asked in self.house.registry.vendors[row.vendor].fields:
            place = f"{row.vendor}.{asked.key}"
            if asked.kind is FieldKind.SECRET and place not in self.answers.secrets:
                with suppress(SetupError):
                    if kept := self.house.keychain.get(row.name, asked.key):
                        self.answers.secrets[place] = kept

    def check(self, vendor: str, job: Job) -> str:
        """Sign in at one vendor and name the company; the live check of a page."""
        adapter = self._opener.connection(self._connection(vendor), job)
        self._companies[vendor] = adapter.company()
        return str(self._companies[vendor].name)

    def finish(self, cancel: Cancel) -> Finished:
        """Check both sides, resolve what was paired, and keep all of it; secrets go to the keychain."""
        self._old()
        missing = self.missing()
        if missing:
            raise SetupError("answers.missing", keys=", ".join(missing))
        with self.house.job(cancel) as job:
            names = {spec.key: self.check(spec.key, job) for spec in self.vendors}
            opened = self._opener.bridge(self._draft(), job)
            listed(self.spec, opened, self.form.given_settings())
            mappings, unmapped = resolved(self.spec, opened, self.answers.mappings)
        kept = self._keep_secrets()
        row = self._save(mappings)
        return Finished(row=row, companies=names, unmapped=unmapped, secrets_kept=kept)

    def _connection(self, vendor: str) -> ConnectionRow:
        """A connection as answered so far; its secrets lie in memory under its name."""
        spec = self.house.registry.vendors[vendor]
        name = f"{self.name}.{vendor}"
        for asked in spec.fields:
            place = f"{vendor}.{asked.key}"
            if place in self.answers.secrets:
                self._memory.set(name, asked.key, self.answers.secrets[place])
        company = self._companies.get(vendor)
        values = {f.key: self.answers.plain.get(f"{vendor}.{f.key}", f.default or "") for f in spec.fields}
        return ConnectionRow(
            id=0,
            name=name,
            vendor=vendor,
            endpoint=self.answers.plain.get(f"{vendor}.endpoint", PRODUCTION),
            values={f.key: values[f.key] for f in spec.fields if f.kind is not FieldKind.SECRET},
            company=company.name if company is not None else "",
            company_id=company.id if company is not None else "",
        )

    def _old(self) -> BridgeRow | None:
        """The bridge of this name and kind, if there is one."""
        with self.house.database.read() as connection:
            old = bridges.bridge_named(connection, self.name)
        if old is not None and old.kind != self.spec.key:
            raise SetupError("bridge.other_kind", name=self.name, kind=old.kind)
        return old

    def _start(self) -> date:
        """The start date: as answered, else as it was, else today in the company's time zone."""
        given = self.form.given_settings().get(START, TODAY)
        if given != TODAY:
            return date.fromisoformat(given)
        old = self._old()
        today = self.house.clock.now().astimezone(ZoneInfo(self.spec.time_zone)).date()
        return today if old is None else old.start

    def _draft(self) -> BridgeRow:
        """The bridge as it would be."""
        sales, books = self.vendors
        given = settings_of(self.spec, self.form.given_settings())
        settings = {key: value for key, value in given.items() if key != START}
        return BridgeRow(
            id=0, name=self.name, kind=self.spec.key, sales=self._connection(sales.key),
            books=self._connection(books.key), settings=settings, mappings=self.answers.mappings,
            start=self._start(), created_at=self.house.clock.now(),
        )  # fmt: skip

    def _keep_secrets(self) -> bool:
        """Put the secrets into the keychain; False if this computer has none that is safe."""
        try:
            for place, value in self.answers.secrets.items():
                vendor, _, key = place.partition(".")
                self.house.keychain.set(f"{self.name}.{vendor}", key, value)
        except SetupError as error:
            if error.code not in ("keychain.none", "keychain.refused"):
                raise
            return False
        return True

    def _save(self, mappings: Mapping[str, Mapping[str, str]]) -> BridgeRow:
        """Insert the bridge, or change the one of this name; its kind stays."""
        draft = self._draft()
        with self.house.database.write() as connection:
            old = bridges.bridge_named(connection, self.name)
            ids = {
                "sales_id": bridges.save_connection(connection, draft.sales),
                "books_id": bridges.save_connection(connection, draft.books),
            }
            values: dict[str, Any] = {
                "settings": draft.settings,
                "mappings": {k: dict(v) for k, v in mappings.items()},
            }
            if old is not None:
                bridges.change_bridge(connection, old.id, start=draft.start, **values)
            else:
                bridges.add_bridge(
                    connection, name=draft.name, kind=draft.kind, start=draft.start,
                    created_at=draft.created_at, stopped_params={}, **ids, **values,
                )  # fmt: skip
        return self.house.bridge(self.name)


def named(name: str) -> str:
    """The name itself, or `SetupError`: it must be easy to type and to tell from an option."""
    if not _NAME.fullmatch(name) or name != name.strip():
        raise SetupError("bridge.bad_name", name=name[:60])
    return name
