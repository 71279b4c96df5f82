"""Setting a bridge up: its draft from the answers, the live checks, and keeping all of it at the end."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges
from bridge_gui.store.database import Database
from bridge_gui.store.rows import BridgeRow, ConnectionRow
from bridge_gui.sync.asking import TODAY
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.files.choice import check_switch, settle_switch, with_layouts
from bridge_gui.sync.form import PRODUCTION, Form
from bridge_gui.sync.house import House
from bridge_gui.sync.mapping import listed, resolved
from bridge_gui.sync.opener import Job, Opener, settings_of
from bridge_gui.sync.signing import DraftKeychain
from bridge_gui.sync.specs import BridgeSpec, FieldKind, VendorSpec
from bridge_gui.sync.usual import START
from bridge_gui.sync.wizard_verify import verify
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.oauth.grant import load
from bridge_gui.web.waiting import Cancel

_NAME = re.compile(r"[^\W_][\w .&+()-]{0,59}")
NO_KEYCHAIN = ("keychain.none", "keychain.refused")


@dataclass(frozen=True, kw_only=True)
class Finished:
    """What setting up led to; `unmapped` are the titles that still have no counterpart.

    `twins` are the names of other bridges that join the same two companies.
    """

    row: BridgeRow
    companies: dict[str, str]
    unmapped: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()
    secrets_kept: bool = True


class Setup:
    """One bridge being set up. `answer` and `check` change nothing outside; `finish` keeps everything.

    Secrets lie in memory until then. What is there already under this name is `before`.
    """

    def __init__(self, house: House, kind: str, name: str = "", form: Form | None = None) -> None:
        self.house = house
        self.form = form or Form(house.registry, kind)
        self.spec: BridgeSpec = self.form.spec
        self.name = named(name or kind)
        self.answers = self.form.answers
        self.fields = self.form.fields
        self.answer = self.form.answer
        self.memory = DraftKeychain(self)
        self.opener = Opener(house.registry, lambda: self.memory, house.clock, access=self._access)
        self.companies: dict[str, Company] = {}
        self.before = self._old()
        self._recalled: dict[str, str] = {}
        self._own_access: dict[str, Access] = {}

    def __repr__(self) -> str:
        return f"Setup({self.spec.key!r}, {self.name!r})"

    @property
    def vendors(self) -> tuple[VendorSpec, VendorSpec]:
        """The sales and the books vendor."""
        return self.form.vendors

    def missing(self) -> list[str]:
        """The places that must be answered and are not."""
        return [place for place in self.form.missing() if not self.secret(place)]

    def recall(self) -> None:
        """Changing a bridge: a secret not given again is as before, unless the address is another."""
        for row in (self.before.sales, self.before.books) if self.before is not None else ():
            for asked in self.house.registry.vendors[row.vendor].fields:
                if asked.kind.is_hidden:
                    with suppress(SetupError):  # no keychain, nothing to take
                        kept = self.house.keychain.get(row.name, asked.key)
                        self._recalled[f"{row.vendor}.{asked.key}"] = kept or ""

    def recalled(self, place: str) -> bool:
        """Whether a secret of before holds unless another is given."""
        vendor = place.partition(".")[0]
        same = self._endpoint(vendor) == self._endpoint_before(vendor) and self._same_app(place)
        return bool(self._recalled.get(place)) and same

    def secret(self, place: str) -> str:
        """The secret as given, else as it was before."""
        given = self.answers.secrets.get(place, "")
        return given or (self._recalled[place] if self.recalled(place) else "")

    def signs_in_anew(self, vendor: str) -> bool:
        """Whether a secret is given for a vendor that is not the one kept from before."""
        given = ((place, one) for place, one in self.answers.secrets.items() if one)
        return any(
            place.partition(".")[0] == vendor and one != self._recalled.get(place) for place, one in given
        )

    def identity(self, place: str) -> str:
        """What tells one secret from another: of a sign-in not its text, which changes with each renewal."""
        vendor, _, key = place.partition(".")
        text = self.secret(place)
        is_sign_in = self.house.registry.vendors[vendor].sign_in == key
        return load(text).session if text and is_sign_in else text

    def renewed(self, place: str, value: str) -> None:
        """A sign-in was renewed: what was given changes, what was there before changes where it is kept."""
        if place in self.answers.secrets or self.before is None:
            self.answers.secrets[place] = value
            return
        vendor, _, key = place.partition(".")
        row = next(row for row in (self.before.sales, self.before.books) if row.vendor == vendor)
        self.house.keychain.set(row.name, key, value)
        self._recalled[place] = value

    def forget_sign_ins(self, besides: Collection[str] = ()) -> None:
        """What was signed in before no longer counts here; it stays where it is kept until `finish`."""
        for spec in self.vendors:
            if spec.sign_in and spec.key not in besides:
                self._recalled.pop(f"{spec.key}.{spec.sign_in}", None)
                self.answers.secrets.pop(f"{spec.key}.{spec.sign_in}", None)

    def check(self, vendor: str, job: Job) -> str:
        """Sign in at one vendor and name the company; the live check of a page."""
        self.companies[vendor] = self.signed_in(self.connection(vendor), job)
        return self.companies[vendor].name

    def signed_in(self, row: ConnectionRow, job: Job) -> Company:
        """The company a connection leads to; asks the vendor, and changes nothing here."""
        company: Company = self.opener.connection(row, job).company()
        return company

    def finish(self, cancel: Cancel, *, need_keychain: bool = False) -> Finished:
        """Check both sides, resolve what was paired, and keep all of it; secrets go to the keychain."""
        self.before = self._old()
        missing = self.missing()
        if missing:
            raise SetupError("answers.missing", keys=", ".join(missing))
        with self.house.job(cancel) as job:
            names = {spec.key: self.check(spec.key, job) for spec in self.form.signs_in()}
            self._same_companies()
            draft = replace(self.draft(), settings=with_layouts(self.spec, self.draft(), self.before))
            check_switch(self.house.database, self.spec, draft, self.before)
            opened = self.opener.bridge(draft, job)
            listed(self.spec, opened, self.form.given_settings())
            for page in self.spec.pages:
                verify(opened, page)
            mappings, unmapped = resolved(self.spec, opened, self.answers.mappings, draft.settings)
        kept = self._keep_secrets(need_keychain=need_keychain)
        keep(self.house.database, draft, mappings)
        settle_switch(self.house.database, self.spec, self.name)
        row = self.house.bridge(self.name)
        twins = twins_of(row, [status.row for status in self.house.bridges()])
        return Finished(row=row, companies=names, unmapped=unmapped, twins=twins, secrets_kept=kept)

    def connection(self, vendor: str) -> ConnectionRow:
        """A connection as answered so far; its secrets lie in memory under its name."""
        spec = self.house.registry.vendors[vendor]
        name = f"{self.name}.{vendor}"
        for asked in spec.fields:
            given = self.secret(f"{vendor}.{asked.key}")
            if given and asked.kind is FieldKind.SECRET:
                self.memory.set(name, asked.key, given)
        company = self.companies.get(vendor)
        values = {f.key: self.answers.plain.get(f"{vendor}.{f.key}", f.default or "") for f in spec.fields}
        return ConnectionRow(
            id=0,
            name=name,
            vendor=vendor,
            endpoint=self._endpoint(vendor),
            values={f.key: values[f.key] for f in spec.fields if not f.kind.is_hidden},
            company=company.name if company is not None else "",
            company_id=company.id if company is not None else "",
        )

    def draft(self) -> BridgeRow:
        """The bridge as it would be."""
        sales, books = self.vendors
        given = settings_of(self.spec, self.form.given_settings())
        settings = {key: value for key, value in given.items() if key != START}
        return BridgeRow(
            id=0, name=self.name, kind=self.spec.key, sales=self.connection(sales.key),
            books=self.connection(books.key), settings=settings, mappings=self.answers.mappings,
            start=self.start(), created_at=self.house.clock.now(),
        )  # fmt: skip

    def start(self) -> date:
        """The start date: as answered, else as it was, else today in the company's time zone."""
        given = self.form.given_settings().get(START, TODAY)
        if given != TODAY:
            return date.fromisoformat(given)
        return self.today() if self.before is None else self.before.start

    def today(self) -> date:
        """Today in the company's time zone."""
        return self.house.clock.now().astimezone(ZoneInfo(self.spec.time_zone)).date()

    def _access(self, name: str) -> Access:
        """A sign-in of before is shared with the living bridge, so that they renew it one after the other."""
        vendor = name.rpartition(".")[2]
        place = f"{vendor}.{self.house.registry.vendors[vendor].sign_in}"
        if self.recalled(place) and place not in self.answers.secrets:
            return self.house.opener.access(name)
        return self._own_access.setdefault(name, Access())

    def _endpoint(self, vendor: str) -> str:
        """Where a vendor is, as answered."""
        return self.answers.plain.get(f"{vendor}.endpoint", PRODUCTION)

    def _same_app(self, place: str) -> bool:
        """A sign-in belongs to the app it was made with."""
        vendor, _, key = place.partition(".")
        spec = self.house.registry.vendors[vendor]
        before = (self.before.sales, self.before.books) if self.before is not None else ()
        values = next((row.values for row in before if row.vendor == vendor), {})
        plain = [f.key for f in spec.fields if not f.kind.is_hidden and f.key != spec.company_field]
        given = self.answers.plain
        return key != spec.sign_in or all(
            given.get(f"{vendor}.{one}", "") in ("", values.get(one, "")) for one in plain
        )

    def _endpoint_before(self, vendor: str) -> str:
        """Where a vendor was."""
        rows = (self.before.sales, self.before.books) if self.before is not None else ()
        return next((row.endpoint for row in rows if row.vendor == vendor), "")

    def _same_companies(self) -> None:
        """A bridge stays with the companies it began with: what it knows of the one is untrue of another."""
        for row in (self.before.sales, self.before.books) if self.before is not None else ():
            found = self.companies.get(row.vendor)
            if found is not None and row.company_id and found.id != row.company_id:
                title = self.house.registry.vendors[row.vendor].title
                said = {"name": self.name, "vendor": title, "company": row.company, "found": found.name}
                raise SetupError("bridge.other_company", **said)

    def _old(self) -> BridgeRow | None:
        """The bridge of this name and kind, if there is one."""
        with self.house.database.read() as connection:
            old = bridges.bridge_named(connection, self.name)
        if old is not None and old.kind != self.spec.key:
            raise SetupError("bridge.other_kind", name=self.name, kind=old.kind)
        return old

    def _keep_secrets(self, *, need_keychain: bool) -> bool:
        """Put the secrets into the keychain; False if this computer has none that is safe."""
        try:
            for place, value in self.answers.secrets.items():
                vendor, _, key = place.partition(".")
                self.house.keychain.set(f"{self.name}.{vendor}", key, value)
                if self.house.registry.vendors[vendor].sign_in == key:
                    self.house.opener.access(f"{self.name}.{vendor}").forget()
                    self.house.noted(f"{self.name}.{vendor}", self.house.clock.now())
        except SetupError as error:
            if need_keychain or error.code not in NO_KEYCHAIN:
                raise
            return False
        return True


def twins_of(row: BridgeRow, others: Iterable[BridgeRow]) -> tuple[str, ...]:
    """The names of other bridges that join the same two companies: everything would be booked twice."""
    own = joined(row)
    return tuple(one.name for one in others if own and one.name != row.name and joined(one) == own)


def joined(row: BridgeRow) -> frozenset[tuple[str, str]]:
    """The two companies a bridge joins, at whichever vendor; empty as long as one is not known."""
    sides = [(side.vendor, side.company_id) for side in (row.sales, row.books)]
    return frozenset(sides) if all(company for _vendor, company in sides) else frozenset()


def keep(database: Database, draft: BridgeRow, mappings: Mapping[str, Mapping[str, str]]) -> None:
    """Insert the bridge, or change the one of this name; its kind stays."""
    with database.write() as connection:
        old = bridges.bridge_named(connection, draft.name)
        ids = {
            "sales_id": bridges.save_connection(connection, draft.sales),
            "books_id": bridges.save_connection(connection, draft.books),
        }
        values: dict[str, Any] = {
            "settings": draft.settings,
            "mappings": {key: dict(pairs) for key, pairs in mappings.items()},
        }
        if old is not None:
            bridges.change_bridge(
                connection, old.id, start=draft.start, stopped_code="", stopped_params={}, **values
            )
        else:
            bridges.add_bridge(
                connection, name=draft.name, kind=draft.kind, start=draft.start,
                created_at=draft.created_at, stopped_params={}, **ids, **values,
            )  # fmt: skip


def named(name: str) -> str:
    """The name itself, or `SetupError`: it must be easy to type and to tell from an option."""
    if not _NAME.fullmatch(name) or name != name.strip():
        raise SetupError("bridge.bad_name", name=name[:60])
    return name
