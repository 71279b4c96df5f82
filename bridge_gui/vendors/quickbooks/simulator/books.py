"""What all of QuickBooks' desks share: tables, ids, time, references.

Facts: quickbooks.md 1, 3, 5. Inferred: documents share one row of ids, every list has its own; the times of
change are told to the second, in Pacific time whatever the company's country.
"""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.sandbox.kit import Clock, Doc, Settings, State
from bridge_gui.vendors.quickbooks.simulator.says import bad_reference, inactive, not_found

PACIFIC = ZoneInfo("America/Los_Angeles")
SALES = ("Invoice", "SalesReceipt", "RefundReceipt", "CreditMemo")
TXNS = (*SALES, "Payment")
LISTS = (
    "Customer", "Vendor", "Employee", "Item", "Account", "PaymentMethod", "Term", "Class", "Department",
    "TaxCode", "TaxRate", "TaxAgency",
)  # fmt: skip
ENTITIES = (*TXNS, *LISTS)
BY_PATH = {name.lower(): name for name in ENTITIES}
CENT = Decimal("0.01")


def number(value: Any) -> Decimal:
    """A figure as it stands in JSON."""
    return Decimal(str(value if value not in {None, ""} else 0))


def cents(value: Decimal) -> Decimal:
    """Half up to the cent (quickbooks.md 5)."""
    return value.quantize(CENT, ROUND_HALF_UP)


def plain(value: Decimal) -> float:
    """A figure as JSON has it."""
    return float(value)


def ref(doc: Doc, name: str) -> str:
    """The id that a reference names; nothing where there is none."""
    told = doc.get(name)
    return str(told.get("value") or "") if isinstance(told, dict) else ""


class Books:
    """The company's books; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self._tables = {
            name: state.table(name, indices=("_updated", "DocNumber", "_customer")) for name in TXNS
        }
        self._tables |= {name: state.table(name, indices=("_updated", "_name")) for name in LISTS}
        self.deleted = state.table("deleted", indices=("_updated",))

    def table(self, kind: str) -> Any:
        """The table of one entity."""
        return self._tables[kind]

    def new_id(self, kind: str) -> str:
        """The next id."""
        return str(self.state.next_number("txn" if kind in TXNS else f"list {kind}"))

    def now(self) -> datetime:
        """The simulator's instant."""
        return self.clock.now()

    def today(self) -> str:
        """The company's calendar date."""
        return self.now().astimezone(ZoneInfo(self.settings["zone"])).date().isoformat()

    def time(self) -> str:
        """This instant as an answer's `time` has it."""
        return self.now().astimezone(PACIFIC).isoformat(timespec="milliseconds")

    def american(self) -> bool:
        """Whether the company is taxed in the American way."""
        return bool(self.settings["country"] == "US")

    def home(self) -> str:
        """The home currency."""
        return "USD" if self.american() else "GBP"

    def put(self, kind: str, doc: Doc) -> Doc:
        """Stores a new state of a document: the token goes up, the time of change is now."""
        known = self.table(kind).get(doc["id"]) if doc.get("id") else None
        key = doc.get("id") or self.new_id(kind)
        at = self.now().astimezone(PACIFIC).isoformat(timespec="seconds")
        made = at if known is None else known["MetaData"]["CreateTime"]
        token = 0 if known is None else int(known["SyncToken"]) + 1
        kept = {
            **doc,
            "id": key,
            "Id": key,
            "SyncToken": str(token),
            "MetaData": {"CreateTime": made, "LastUpdatedTime": at},
            "_updated": self.clock.stamp(),
        }
        self.table(kind).put(kept)
        return kept

    def drop(self, kind: str, doc: Doc) -> None:
        """Deletes a document for good; what is left is a line for those who ask for changes."""
        self.table(kind).drop(doc["id"])
        at = self.now().astimezone(PACIFIC).isoformat(timespec="seconds")
        row = {"id": f"{kind}:{doc['id']}", "kind": kind, "Id": doc["id"], "at": at}
        self.deleted.put({**row, "_updated": self.clock.stamp()})

    def need(self, kind: str, key: Any) -> Doc:
        """The document of that id; 610 where there is none."""
        found = self.table(kind).get(str(key))
        if found is None:
            raise not_found(
                f"Object Not Found : Something you're trying to use has been deleted. {kind} {key}"
            )
        made: Doc = found
        return made

    def referred(self, doc: Doc, field: str, kind: str) -> Doc | None:
        """What a reference names. QUIRK: an inactive one is a 610 like a missing one (quickbooks.md 3.7)."""
        key = ref(doc, field)
        if not key:
            return None
        found: Doc | None = self.table(kind).get(key)
        if found is None:
            raise bad_reference(f"{kind}s", key)
        if found.get("Active") is False:
            raise inactive() if self.settings["inactive_code"] == 2500 else not_found()
        return found


def shown(doc: Doc) -> Doc:
    """A document without what only the simulator knows."""
    kept = {name: value for name, value in doc.items() if not name.startswith("_") and value is not None}
    kept.pop("id", None)
    return {**kept, "domain": "QBO", "sparse": False}
