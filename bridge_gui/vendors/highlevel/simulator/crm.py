"""What all of HighLevel's desks share: tables, ids, time, what was sent.

Facts: highlevel.md 1, 5. Inferred: the country of the demo decides its currency and its tax.
"""

from __future__ import annotations

import hashlib
import string
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec
from flask import request

from bridge_gui.sandbox.kit import Clock, Doc, Settings, State, instant
from bridge_gui.vendors.highlevel.simulator.says import bad, missing, unprocessable

LOCATION = "ExampLeStud1oLoc4tn1"
TOKEN = "pit-00000000-0000-4000-8000-00000000c0de"  # noqa: S105 - the demo's
LETTERS = string.ascii_letters + string.digits
SHORT = ("short", "contact", "message")
"""Kinds of ids that are letters and digits."""
CENT = Decimal("0.01")
STANDS = ("contacts", "invoices", "transactions", "orders", "subscriptions")


def number(value: Any) -> Decimal:
    """A figure, which may come as text."""
    try:
        return Decimal(str(value if value not in {None, ""} else 0))
    except ArithmeticError as error:
        raise unprocessable(f"{value} must be a number") from error


def cents(value: Decimal) -> Decimal:
    """Half up to the cent."""
    return value.quantize(CENT, ROUND_HALF_UP)


def plain(value: Decimal) -> float | int:
    """A figure as JSON has it: whole ones without a point."""
    return int(value) if value == value.to_integral_value() else float(value)


class Crm:
    """One location's data; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self.contacts = state.table("contacts", indices=("_email", "_phone", "_more", "dateAdded"))
        self.invoices = state.table("invoices", indices=("createdAt", "issueDate"))
        self.transactions = state.table("transactions", indices=("createdAt", "entityId"))
        self.orders = state.table("orders", indices=("createdAt",))
        self.subscriptions = state.table("subscriptions")
        self.workflows = state.table("workflows")
        self.calendars = state.table("calendars")
        self.products = state.table("products")
        self.tags = state.table("tags")
        self.fields = state.table("custom_fields")
        self.messages = state.table("messages", indices=("contactId",))
        self.enrolments = state.table("enrolments", indices=("contactId",))

    def new_id(self, kind: str = "") -> str:
        """24 hexadecimal digits, or 20 letters and digits for contacts and what belongs to them.

        Each kind has a row of its own: what a program writes changes no id of the trade.
        """
        count = self.state.next_number(f"id {kind}")
        digest = hashlib.sha256(f"highlevel {kind} {count}".encode()).hexdigest()
        if kind not in SHORT:
            return digest[:24]
        return "".join(LETTERS[int(digest[at : at + 2], 16) % 62] for at in range(0, 40, 2))

    def now(self) -> datetime:
        """The simulator's instant."""
        return self.clock.now()

    def stamp(self, at: datetime | None = None) -> str:
        """An instant as HighLevel writes it: UTC, milliseconds, Z."""
        when = (at or self.now()).astimezone(UTC)
        return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03}Z"

    def trace(self) -> str:
        """The id that most answers carry."""
        digest = hashlib.sha256(f"{request.full_path}{self.clock.stamp()}".encode()).hexdigest()
        return f"{digest[:8]}-{digest[8:12]}-4{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"

    def currency(self) -> str:
        """What the demo sells in."""
        return "USD" if self.settings["country"] == "US" else "GBP"

    def need(self, kind: str, key: str) -> Doc:
        """The row of that id; 404 where there is none."""
        found: Doc | None = self.state.table(kind).get(str(key))
        if found is None:
            raise missing(kind.removesuffix("s").title(), str(key))
        return found

    def person(self, key: Any) -> Doc:
        """The contact of that id, or of the one it was merged into."""
        found = self.contacts.get(str(key)) or {}
        return self.contacts.get(found["_into"]) or {} if found.get("_into") else found


def shown(doc: Doc) -> Doc:
    """A row without what only the simulator knows."""
    kept = {name: value for name, value in doc.items() if not name.startswith("_") or name == "_id"}
    if "_id" in kept:
        kept.pop("id", None)
    return kept


def sent() -> Doc:
    """The JSON of the request."""
    try:
        read = msgspec.json.decode(request.get_data())
    except msgspec.DecodeError as error:
        raise bad("Unexpected token in JSON") from error
    if not isinstance(read, dict):
        raise bad("Unexpected token in JSON")
    return read


def window(rows: list[Doc], field: str) -> list[Doc]:
    """QUIRK: `startAt` and `endAt` are read as UTC days, both included (highlevel.md 0)."""
    begin, end = _day("startAt"), _day("endAt")
    kept = []
    for row in rows:
        day = instant(str(row[field])).astimezone(UTC).date()
        if (begin is None or day >= begin) and (end is None or day <= end):
            kept.append(row)
    return kept


def page(rows: list[Doc], usual: int | None) -> list[Doc]:
    """`limit` and `offset`; without a usual limit both must be told."""
    limit, offset = request.args.get("limit"), request.args.get("offset")
    wrong = [
        f"{name} must be a number string"
        for name, value in (("limit", limit), ("offset", offset))
        if (value is None and usual is None) or (value is not None and not value.isdigit())
    ]
    if wrong:
        raise unprocessable(*wrong)
    most, begin = int(limit or usual or 0), int(offset or 0)
    if most > 100:
        raise unprocessable("limit must not be greater than 100")
    return rows[begin : begin + most]


def _day(name: str) -> date | None:
    told = request.args.get(name)
    if not told:
        return None
    try:
        return date.fromisoformat(told[:10])
    except ValueError as error:
        raise unprocessable(f"{name} must be a valid ISO 8601 date string") from error
