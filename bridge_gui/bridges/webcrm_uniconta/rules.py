"""The user's decisions: all that a plan may depend on besides the records themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from bridge_gui.accounting.trade import DeliveryStatus
from bridge_gui.bridges.webcrm_uniconta.cards import ASK, BOOKS, Carried, Merging, Way
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.wording.message import mark

TYPE, STATUS = "type", "status"
OFF, BOTH, TO_BOOKS, TO_SALES = "off", "both", "to_books", "to_sales"
NEXT, SERIES, FROM_CRM = "next", "series", "webcrm"
KEEP, MARKED, HIDDEN = "keep", "mark", "hide"
JOIN_ASK, JOIN_SURE = "ask", "sure"
PARTIES, PEOPLE, STAFF = "parties", "people", "staff"

COLUMNED = ("number", "invoice_email", "ean", "payment_terms", "group", "currency")
"""Fields of a debtor that webcrm keeps only where the user has chosen a custom field for them."""
_PARTY = (
    Carried(key="number", label=mark("debtor number"), way=Way.BOOKS),
    Carried(key="name", label=mark("name"), needed=True),
    Carried(key="tax_number", label=mark("CVR number")),
    Carried(key="street", label=mark("address")),
    Carried(key="postcode", label=mark("postcode")),
    Carried(key="city", label=mark("city")),
    Carried(key="country", label=mark("country"), needed=True),
    Carried(key="phone", label=mark("telephone")),
    Carried(key="currency", label=mark("currency"), needed=True),
    Carried(key="vat_group", label=mark("VAT group")),
    Carried(key="invoice_email", label=mark("invoice e-mail")),
    Carried(key="ean", label=mark("EAN"), way=Way.BOOKS),
    Carried(key="payment_terms", label=mark("payment terms"), way=Way.BOOKS),
    Carried(key="group", label=mark("debtor group"), way=Way.BOOKS),
)
_PERSON = (
    Carried(key="name", label=mark("name"), needed=True),
    Carried(key="email", label=mark("e-mail"), needed=True),
    Carried(key="mobile", label=mark("mobile")),
    Carried(key="title", label=mark("title")),
)
_USER = (
    Carried(key="name", label=mark("name"), needed=True),
    Carried(key="email", label=mark("e-mail"), needed=True),
    Carried(key="mobile", label=mark("mobile")),
)
LABELS = {one.key: one.label for one in (*_PARTY, *_PERSON, *_USER)}
"""What a field of any kind of record is called."""
FIELDS = {PARTIES: _PARTY, PEOPLE: _PERSON, STAFF: _USER}
NEEDED = (
    "name", "tax_number", "street", "postcode", "city", "country", "phone", "currency", "vat_group",
    "invoice_email",
)  # fmt: skip
NEEDED_AT_FIRST = frozenset({"name", "tax_number", "street", "postcode", "city", "invoice_email"})


class Rules(Struct, frozen=True, kw_only=True):
    """Everything a plan asks for."""

    today: date
    own: dict[str, str]
    trigger: str
    keywords: tuple[str, ...]
    needed: tuple[str, ...]
    join: str
    pairs_first: bool
    numbers: str
    countries: dict[str, str]
    directions: dict[str, str]
    policies: dict[str, str]
    debtor_field: str
    order_field: str
    line_field: str
    employee_field: str
    group: str
    terms: str
    vat_group: str
    currency: str
    item_column: int
    name_column: int
    unit_column: int
    blocked: str
    items: bool
    orders: bool
    statuses: frozenset[DeliveryStatus]
    text_item: str
    delivery_fields: dict[str, str]
    revenue: bool
    states: bool
    employee_group: str
    employee_title: str

    def on(self, kind: str) -> bool:
        """Whether a kind of record takes part."""
        return self.directions[kind] != OFF

    def makes(self, kind: str, side: str) -> bool:
        """Whether records of a kind are made at a side."""
        way = TO_BOOKS if side == BOOKS else TO_SALES
        return self.directions[kind] in (BOTH, way)

    def merging(self, kind: str, side: str) -> Merging:
        """How pairs of a kind are merged, seen from a side."""
        fields = tuple(
            self._directed(kind, one)
            for one in FIELDS[kind]
            if kind != PARTIES or one.key not in COLUMNED or self.own.get(one.key)
        )
        return Merging(side=side, fields=fields, policy=self.policies[kind])

    def _directed(self, kind: str, field: Carried) -> Carried:
        """A field that goes one way only where the user has said so of its whole kind."""
        way = {TO_BOOKS: Way.SALES, TO_SALES: Way.BOOKS}.get(self.directions[kind])
        if way is None or field.way is not Way.BOTH:
            return field
        return Carried(key=field.key, label=field.label, way=way, needed=field.needed)

    def is_customer(self, word: str) -> bool:
        """Whether a type (or status) is one of the keywords."""
        return word.strip().casefold() in {one.casefold() for one in self.keywords}


def rules_of(context: BridgeContext) -> Rules:
    """The rules of a run, from the user's answers."""
    settings = context.settings
    today = context.clock.now().astimezone(context.zone).date()
    return Rules(
        today=today,
        own={key: settings[f"own_{key}"] for key in COLUMNED if settings.get(f"own_{key}")},
        trigger=settings.get("trigger", TYPE),
        keywords=_words(settings.get("keywords", "Kunde")),
        needed=_needed(settings),
        join=settings.get("join", JOIN_ASK),
        pairs_first=settings.get("pairs_first", "yes") == "yes",
        numbers=settings.get("numbers", NEXT),
        countries=dict(context.mappings.get("countries", {})),
        directions={kind: settings.get(f"way_{kind}", BOTH) for kind in FIELDS},
        policies={kind: settings.get(f"wins_{kind}", ASK) for kind in FIELDS},
        debtor_field=settings.get("debtor_field", "xWebcrmId"),
        order_field=settings.get("order_field", "xWebcrmId"),
        line_field=settings.get("line_field", "xWebcrmLine"),
        employee_field=settings.get("employee_field", "xWebcrmId"),
        group=settings.get("group", ""),
        terms=settings.get("terms", ""),
        vat_group=settings.get("vat_group", ""),
        currency=settings.get("currency", "DKK"),
        item_column=_column(settings, "item_column", 1),
        name_column=_column(settings, "name_column", 2),
        unit_column=_column(settings, "unit_column", 0),
        blocked=settings.get("blocked", MARKED),
        items=settings.get("items", "yes") == "yes",
        orders=settings.get("orders", "yes") == "yes",
        statuses=_statuses(settings),
        text_item=settings.get("text_item", ""),
        delivery_fields=_delivery_fields(settings),
        revenue=settings.get("revenue") == "yes",
        states=settings.get("states", "yes") == "yes",
        employee_group=settings.get("employee_group", ""),
        employee_title=settings.get("employee_title", ""),
    )


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """A share in per cent, with one decimal."""
    return (part * 100 / whole).quantize(Decimal("0.1")) if whole else Decimal(0)


def _delivery_fields(settings: Mapping[str, str]) -> dict[str, str]:
    """Where webcrm keeps what it is told of an order, as far as the user has chosen a field."""
    wanted = {key: settings.get(f"delivery_{key}", "") for key in ("margin", "percent", "invoice", "state")}
    return {key: place for key, place in wanted.items() if place}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace(";", ",").split(",") if word.strip())


def _needed(settings: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that must be filled before a debtor is made."""
    return tuple(
        key
        for key in NEEDED
        if settings.get(f"need_{key}", "yes" if key in NEEDED_AT_FIRST else "no") == "yes"
        and (key not in COLUMNED or settings.get(f"own_{key}"))
    )


def _column(settings: Mapping[str, str], key: str, otherwise: int) -> int:
    try:
        return int(Decimal(settings.get(key) or otherwise))
    except InvalidOperation:
        return otherwise


def _statuses(settings: Mapping[str, str]) -> frozenset[DeliveryStatus]:
    """The states of a delivery in which it becomes an order."""
    chosen = settings.get("order_status", "planned")
    later = (DeliveryStatus.PLANNED, DeliveryStatus.ONGOING, DeliveryStatus.COMPLETED, DeliveryStatus.GENERAL)
    return frozenset({"any": tuple(DeliveryStatus), "planned": later}.get(chosen, later[1:]))
