"""What all of 24SevenOffice's desks share: tables, time, ids and amounts.

Facts: twentyfoursevenoffice.md section 6 (dates, money). Inferred: the organisation's calendar is Oslo's.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.sandbox.kit import Clock, Doc, Replica, Settings, State, Table, exact
from bridge_gui.sandbox.rentals import ZONE

ORE = Decimal("0.01")
_SPACE = uuid.UUID("24500000-0000-4000-8000-000000000000")


class Books:
    """The organisation's books; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self.customers = state.table("customers", indices=("organizationNumber",))
        self.categories = state.table("categories", indices=("name",))
        self.products = state.table("products", indices=("name",))
        self.units = state.table("units")
        self.taxes = state.table("taxes", indices=("number",))
        self.accounts = state.table("accounts", indices=("number",))
        self.payment_methods = state.table("payment_methods")
        self.transaction_types = state.table("transaction_types")
        self.orders = Replica(
            state,
            "orders",
            now=clock.now,
            lag=lambda: float(settings["lag_seconds"]),
            indices=("referenceNumber", "_number", "_queued"),
        )
        self.order_lines = state.table("order_lines", indices=("_order",))
        self.ledger = state.table("ledger", indices=("_invoice", "_customer", "date"))
        self.tokens = state.table("tokens")
        self.sessions = state.table("sessions")

    def now(self) -> datetime:
        """The simulator's instant."""
        return self.clock.now()

    def today(self) -> str:
        """The organisation's calendar date."""
        return self.clock.now().astimezone(ZoneInfo(ZONE)).date().isoformat()

    def next_id(self, table: str, start: int) -> int:
        """The next whole number of a table; never given out twice."""
        return self.state.next_number(table, start)

    def guid(self, what: str) -> str:
        """A GUID that was not given out before; the same in every run of the same steps."""
        return named(f"{what} {self.state.next_number('guid')}")

    def spaced(self) -> str:
        """QUIRK: customers and products carry stamps with a blank, not a T (twentyfoursevenoffice.md 6)."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.") + _thousandths(self.now())

    def iso(self) -> str:
        """Orders and ledger lines carry stamps with a T."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + _thousandths(self.now())

    def old(self) -> bool:
        """Whether this is version 0.56.0, which ignores filters that 0.60.1 knows."""
        return bool(self.settings["version"] == "0.56.0")

    def account(self, number: int) -> Doc:
        """The account of that number."""
        found = self.accounts.first(("number", "=", number))
        if found is None:
            raise LookupError(number)
        return found

    def lines(self, order: Doc) -> list[Doc]:
        """An order's lines in the order in which they were made."""
        return self.order_lines.find(("_order", "=", order["id"]))


def named(text: str) -> str:
    """The same GUID for the same text, always."""
    return str(uuid.uuid5(_SPACE, text))


def ore(amount: Decimal) -> Decimal:
    """To two decimals, half up. INFERRED: that 24SevenOffice rounds so (twentyfoursevenoffice.md 6)."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def net_of(line: Doc) -> Decimal:
    """What a line comes to without VAT."""
    whole = exact(line.get("price")) * exact(line.get("quantity", 1))
    return ore(whole * (1 - exact(line.get("discountRate")) / 100))


def tax_of(line: Doc) -> Decimal:
    """A line's VAT, unrounded."""
    return net_of(line) * exact((line.get("tax") or {}).get("rate")) / 100


def shown(doc: Doc) -> Doc:
    """A kept record as answers carry it: a numeric id, nothing of the simulator's own."""
    made = {name: value for name, value in doc.items() if not name.startswith("_")}
    return {**made, "id": int(doc["id"]) if str(doc["id"]).lstrip("-").isdigit() else doc["id"]}


def kept(table: Table, key: Any) -> Doc | None:
    """The record of a number as requests write it; nothing where it is none."""
    if isinstance(key, bool) or not isinstance(key, int | str):
        return None
    return table.get(str(key))


def _thousandths(moment: datetime) -> str:
    return f"{moment.microsecond // 1000:03}Z"


def comparable_ids(row: Doc) -> int:
    """What sorts records as they were made."""
    return int(row["id"])
