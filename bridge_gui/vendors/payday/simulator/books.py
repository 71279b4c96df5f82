"""What all of Payday's desks share: tables, time, ids, money.

Facts: payday.md section 5 (dates, money, VAT) and pitfall 8 (reads lag writes). Inferred: which tables lag
(told of products, stock and the invoice number; here the journal and the ledger too).
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from bridge_gui.sandbox.kit import Clock, Doc, Refusal, Replica, Settings, State, instant

VAT_RATES = (Decimal(0), Decimal(11), Decimal(24))
VAT_TYPES = {"NoVAT": Decimal(0), "ReducedVAT": Decimal(11), "StandardVAT": Decimal(24), "NotSet": None}
_ROUNDING = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_CEILING}


class Books:
    """The company's books; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self.accounts = state.table("accounts", indices=("code",))
        self.payment_types = state.table("payment_types")
        self.tokens = state.table("tokens")
        self.balances = state.table("balances")
        self.creditors = state.table("creditors")
        self.customers = self._replica("customers", "ssn")
        self.invoices = self._replica("invoices", "_customer", "_issueAt", "invoiceDate")
        self.journal = self._replica("journal", "date")
        self.ledger = self._replica("ledger", "date", "created", "accountCode", "_customer")
        self.products = self._replica("products", "sku")

    def new_id(self) -> str:
        """A GUID that was not given out before."""
        return str(uuid.uuid4())

    def stamp(self) -> str:
        """This instant as answers write it."""
        return self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def kronur(self, amount: Decimal) -> Decimal:
        """VAT in whole kronur; how Payday rounds is unknown, so it is a switch."""
        rounding = _ROUNDING[self.settings["vat_rounding"]]
        return amount.copy_abs().quantize(Decimal(1), rounding).copy_sign(amount)

    def vat_inside(self, gross: Decimal, rate: Decimal) -> Decimal:
        """The VAT that a gross amount holds."""
        return self.kronur(gross * rate / (100 + rate))

    def account(self, code: str) -> Doc:
        """The ledger account of that code, which the default chart has."""
        found = self.accounts.first(("code", "=", code))
        if found is None:
            raise LookupError(code)
        return found

    def check_open(self, day: str, what: str) -> None:
        """Refuses a booking in a closed year: plain text, wording inferred."""
        if day[:10] <= self.settings["locked_until"]:
            raise Refusal(400, f"Unable to create {what}. The date is in a closed fiscal year.")

    def _replica(self, name: str, *indices: str) -> Replica:
        def lag() -> float:
            settings = self.settings
            return float(settings["lag_seconds"]) if name in settings["lagging"] else 0.0

        return Replica(self.state, name, now=self.clock.now, lag=lag, indices=indices)


def number(value: Any) -> Decimal | None:
    """An exact number of a JSON number; anything else is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Decimal(str(value))


def day(value: Any) -> str | None:
    """`2026-11-20T00:00:00Z` of a date or an instant as requests write it; else nothing."""
    if not isinstance(value, str):
        return None
    try:
        read = instant(value).date() if "T" in value else date.fromisoformat(value)
    except ValueError:
        return None
    return f"{read.isoformat()}T00:00:00Z"


def moment(value: str, *, last: bool = False) -> str | None:
    """A bound for a filter: a plain date means its first, or its last, second."""
    try:
        if "T" not in value:
            return f"{date.fromisoformat(value).isoformat()}T{'23:59:59' if last else '00:00:00'}Z"
        read: datetime = instant(value)
    except ValueError:
        return None
    return read.strftime("%Y-%m-%dT%H:%M:%SZ")


def public(doc: Doc) -> Doc:
    """The document without what the vendor keeps to itself."""
    return {name: value for name, value in doc.items() if not name.startswith("_")}


def pick(doc: Doc, *fields: str) -> Doc:
    """Only these fields; QUIRK: Payday ignores unknown JSON fields without a word (payday.md 4)."""
    return {name: doc[name] for name in fields if name in doc}
