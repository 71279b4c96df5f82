"""The wizard without a window: questions, answers, live checks, and nothing kept until the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges
from bridge_gui.store.rows import BridgeRow, ConnectionRow
from bridge_gui.sync.asking import checked
from bridge_gui.sync.house import House
from bridge_gui.sync.mapping import resolved
from bridge_gui.sync.opener import Job, Opener, settings_of
from bridge_gui.sync.specs import BridgeSpec, Field, FieldKind, VendorSpec
from bridge_gui.web.address import normalise
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import Cancel

START = "start_date"
TODAY = "today"


@dataclass
class Answers:
    """What was answered so far, by place: "payday.client_id", "settings.grouping"; secrets apart."""

    plain: dict[str, str] = field(default_factory=dict)
    mappings: dict[str, dict[str, str]] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What setting up led to; `unmapped` are the titles that still have no counterpart."""

    row: BridgeRow
    companies: dict[str, str]
    unmapped: tuple[str, ...] = ()
    secrets_kept: bool = True


class Setup:
    """One bridge being set up. `answer` and `check` change nothing outside; `finish` keeps everything."""

    def __init__(self, house: House, kind: str, name: str = "") -> None:
        self.house = house
        self.spec: BridgeSpec = house.registry.bridge(kind)
        self.name = name or kind
        self.answers = Answers()
        self._memory = MemoryKeychain()
        self._opener = Opener(house.registry, lambda: self._memory, house.clock)
        self._companies: dict[str, Any] = {}

    @property
    def vendors(self) -> tuple[VendorSpec, VendorSpec]:
        """The sales and the books vendor."""
        return self.house.registry.sides(self.spec)

    def fields(self) -> dict[str, Field]:
        """Every question by its place, in the order of the wizard's pages."""
        places = {f"settings.{field.key}": field for field in self.spec.settings}
        for vendor in self.vendors:
            places |= {f"{vendor.key}.{field.key}": field for field in vendor.fields}
        return {
            place.replace("settings.", "mappings.") if asked.kind is FieldKind.MAPPING else place: asked
            for place, asked in places.items()
        }

    def answer(self, place: str, value: Any) -> None:
        """Take one answer; `SetupError` says what is wrong with it."""
        asked = self.fields().get(place)
        vendor, _, key = place.partition(".")
        if asked is None and key == "endpoint" and vendor in {spec.key for spec in self.vendors}:
            self.answers.plain[place] = self._endpoint(vendor, str(value))
        elif asked is None:
            raise SetupError("answers.unknown_key", key=place, keys=", ".join(self.fields()))
        elif asked.kind is FieldKind.MAPPING:
            self.answers.mappings[key] = checked(place, asked, value)
        elif asked.kind is FieldKind.SECRET:
            self.answers.secrets[place] = checked(place, asked, value)
        else:
            self.answers.plain[place] = checked(place, asked, value)

    def _endpoint(self, vendor: str, value: str) -> str:
        """A name the vendor's spec knows, or an address."""
        spec = self.house.registry.vendors[vendor]
        return value if value in spec.endpoints else normalise(value)

    def missing(self) -> list[str]:
        """The places that must be answered and are not."""
        given = {**self.answers.plain, **self.answers.secrets}
        return [
            place
            for place, asked in self.fields().items()
            if asked.required
            and asked.default is None
            and asked.kind is not FieldKind.MAPPING
            and place not in given
        ]

    def check(self, vendor: str, job: Job) -> str:
        """Sign in at one vendor and name the company; the live check of a page."""
        adapter = self._opener.connection(self._connection(vendor), job)
        self._companies[vendor] = adapter.company()
        return str(self._companies[vendor].name)

    def finish(self, cancel: Cancel) -> Finished:
        """Check both sides, resolve what was paired, and keep all of it; secrets go to the keychain."""
        missing = self.missing()
        if missing:
            raise SetupError("answers.missing", keys=", ".join(missing))
        with self.house.job(cancel) as job:
            names = {spec.key: self.check(spec.key, job) for spec in self.vendors}
            opened = self._opener.bridge(self._draft(), job)
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
            endpoint=self.answers.plain.get(f"{vendor}.endpoint", "production"),
            values={f.key: values[f.key] for f in spec.fields if f.kind is not FieldKind.SECRET},
            company=company.name if company is not None else "",
            company_id=company.id if company is not None else "",
        )

    def _settings(self) -> dict[str, str]:
        """The settings as answered; what was not answered keeps its default."""
        prefix = "settings."
        given = {k.removeprefix(prefix): v for k, v in self.answers.plain.items() if k.startswith(prefix)}
        return settings_of(self.spec, given)

    def _start(self) -> date:
        """The start date: as answered, else today in the company's time zone."""
        given = self._settings().get(START, "")
        today = self.house.clock.now().astimezone(ZoneInfo(self.spec.time_zone)).date()
        return date.fromisoformat(given) if given not in ("", TODAY) else today

    def _draft(self) -> BridgeRow:
        """The bridge as it would be."""
        sales, books = self.vendors
        settings = {key: value for key, value in self._settings().items() if key != START}
        return BridgeRow(
            id=0, name=self.name, kind=self.spec.key, sales=self._connection(sales.key),
            books=self._connection(books.key), settings=settings, mappings=self.answers.mappings,
            start=self._start(), created_at=self.house.clock.now(),
        )  # fmt: skip

    def _keep_secrets(self) -> bool:
        """Put the secrets into the keychain; False if this computer has none."""
        try:
            for place, value in self.answers.secrets.items():
                vendor, _, key = place.partition(".")
                self.house.keychain.set(f"{self.name}.{vendor}", key, value)
        except SetupError as error:
            if error.code != "keychain.none":
                raise
            return False
        return True

    def _save(self, mappings: Mapping[str, Mapping[str, str]]) -> BridgeRow:
        """Insert the bridge, or change the one of this name; its start date and kind stay."""
        draft = self._draft()
        with self.house.database.write() as connection:
            old = bridges.bridge_named(connection, self.name)
            if old is not None and old.kind != draft.kind:
                raise SetupError("bridge.other_kind", name=self.name, kind=old.kind)
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
