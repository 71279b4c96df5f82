"""What all of Xero's desks share: tables, time, ids, and who may do what.

Facts: xero.md sections 3.1 and 6 (roles). Inferred: the organisation's clock time is Helsinki's.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.sandbox.kit import Clock, Doc, Settings, State
from bridge_gui.vendors.xero.simulator.forms import stamped

ZONE = ZoneInfo("Europe/Helsinki")
_SPACE = uuid.UUID("0e000000-0000-4000-8000-000000000000")
APPROVERS = frozenset({"ADVISER", "STANDARD", "INVOICEONLY_APPROVE", "INVOICEONLY_SALES"})
WRITERS = APPROVERS | {"INVOICEONLY_DRAFT"}


def named(text: str) -> str:
    """The same GUID for the same text, always."""
    return str(uuid.uuid5(_SPACE, text))


class Books:
    """The organisation's books; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self._adviser = self._planting = False
        self.accounts = state.table("accounts", indices=("Code",))
        self.tax_rates = state.table("tax_rates")
        self.currencies = state.table("currencies")
        self.themes = state.table("themes")
        self.contacts = state.table("contacts", indices=("Name", "_updated"))
        self.items = state.table("items", indices=("Code",))
        self.invoices = state.table("invoices", indices=("InvoiceNumber", "_updated", "_contact"))
        self.credit_notes = state.table("credit_notes", indices=("_updated",))
        self.payments = state.table("payments", indices=("_updated", "_document"))
        self.history = state.table("history", indices=("_document",))
        self.attachments = state.table("attachments", indices=("_document",))
        self.emails = state.table("emails", indices=("_document",))
        self.codes = state.table("codes")
        self.tokens = state.table("tokens")
        self.refreshers = state.table("refreshers")
        self.connections = state.table("connections")

    def new_id(self) -> str:
        """A GUID that was not given out before; the same in every run of the same steps."""
        return named(f"made {self.state.next_number('guid')}")

    def now(self) -> datetime:
        """The simulator's instant."""
        return self.clock.now()

    def stamp(self) -> str:
        """This instant as it is kept."""
        return stamped(self.clock.now())

    def today(self) -> str:
        """The organisation's calendar date."""
        return self.clock.now().astimezone(ZONE).date().isoformat()

    def touched(self, doc: Doc) -> Doc:
        """The document with now as the time of its last change."""
        now = self.stamp()
        return {**doc, "UpdatedDateUTC": now, "_updated": now}

    def may(self, action: str) -> bool:
        """Whether the connecting user's role allows an action of `/Organisation/Actions`."""
        if self._adviser:
            return True
        return self.settings["role"] in (APPROVERS if action in _NEED_APPROVAL else WRITERS)

    @contextmanager
    def as_adviser(self, *, planting: bool = False) -> Iterator[None]:
        """People in Xero's own window may do everything; the demo is older than any lock date."""
        self._adviser, self._planting = True, planting
        try:
            yield
        finally:
            self._adviser = self._planting = False

    def lock_date(self) -> str:
        """The later of the two lock dates; nothing where there is none."""
        if self._planting:
            return ""
        return str(max(self.settings["period_lock_date"], self.settings["end_of_year_lock_date"]))

    def note(self, document: str, details: str, changes: str = "Edited", user: str = "") -> Doc:
        """One more line of a document's history."""
        made: Doc = {
            "id": self.new_id(),
            "_document": document,
            "Changes": changes,
            "DateUTC": self.stamp(),
            "User": user or "System Generated",
            "Details": details,
        }
        self.history.put(made)
        return made

    def account(self, code: Any) -> Doc | None:
        """The account of that code."""
        return self.accounts.first(("Code", "=", str(code)))

    def rate(self, tax_type: Any) -> Doc | None:
        """The tax rate of that type."""
        return self.tax_rates.get(str(tax_type))


_NEED_APPROVAL = frozenset({"CreateApprovedInvoice", "CreateInvoicePayment"})
