"""Payday as one application: the company, its lists, and the desks behind the other paths.

Facts: payday.md sections 1 to 3. Inferred: everything its files' heads say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from bridge_gui.sandbox.demo import CAFE
from bridge_gui.sandbox.kit import Act, Held, Now, Route, Simulator, State, Table, utcnow
from bridge_gui.vendors.payday.simulator.books import Books, public
from bridge_gui.vendors.payday.simulator.chart import plant_chart
from bridge_gui.vendors.payday.simulator.customers import CustomerDesk
from bridge_gui.vendors.payday.simulator.held import held
from bridge_gui.vendors.payday.simulator.invoice_booking import InvoiceBooking
from bridge_gui.vendors.payday.simulator.invoice_changes import InvoiceChanges
from bridge_gui.vendors.payday.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.payday.simulator.journal import JournalDesk
from bridge_gui.vendors.payday.simulator.ledger import Ledger
from bridge_gui.vendors.payday.simulator.people import People
from bridge_gui.vendors.payday.simulator.products import ProductDesk
from bridge_gui.vendors.payday.simulator.sign_in import CLIENT_ID, SignInDesk


class PaydaySimulator(Simulator):
    """A Payday with one company; `defaults` lists what its documentation leaves open."""

    key = "payday"
    defaults: ClassVar[Mapping[str, Any]] = {
        "lag_seconds": 2,  # how long lists and look-ups lag behind writes, up to 60
        "lagging": ["journal", "ledger", "products"],  # also possible: customers, invoices
        "locked_until": "2025-12-31",  # bookings up to this day are refused
        "journal_envelope": "journalEntries",  # or "journal", or anything
        "journal_lines": True,  # whether the list's rows carry their lines
        "journal_newest_first": True,
        "journal_sign": "debit_positive",  # or "credit_positive"
        "vat_in_journal": "included",  # or "ignored", "added"
        "vat_rounding": "half_up",  # or "down", "up"
        "draft_must_balance": True,
        "setup_complete": True,  # else a new invoice is a 401 that is no sign-in failure
        "vat_registered": True,
        "pending_seconds": 60,  # how long an issued invoice has no number
        "issue_drafts": False,  # a new draft is issued for good and comes back so
        "lock_drafts": False,  # drafts up to that day are refused too
        "put_lines": "replace",  # or "merge" by line id
        "invoice_vat_per": "line",  # or "invoice"
        "deleted_invoices": "gone",  # or "kept": still read and listed as DELETED
        "empty_create_body": False,  # a new customer's answer has no body
        "paid_date_needs_time": False,
        "equal_names": False,  # two accounts called Reiðufé, and two payment types
    }

    def __init__(self, state: State, now: Now = utcnow) -> None:
        super().__init__(state, now)
        self.books = Books(state, self.clock, self.settings)
        self.sign_in = SignInDesk(self.books)
        self.ledger = Ledger(self.books)
        self.journal = JournalDesk(self.books, self.ledger)
        booking = InvoiceBooking(self.books, self.ledger)
        self.customers = CustomerDesk(self.books)
        self.invoices = InvoiceDesk(self.books, booking)
        self.changes = InvoiceChanges(self.books, self.invoices, booking)
        self.products = ProductDesk(self.books)

    def credentials(self) -> dict[str, str]:
        """ClientID and ClientSecret as the integration page would show them."""
        return {"client_id": CLIENT_ID, "client_secret": self.sign_in.secret()}

    def plant(self) -> None:
        """The café's books on their first day with an integration."""
        plant_chart(self.books)
        self.customers.plant()

    def documents(self) -> Iterable[Held]:
        """Journal entries, invoices and customers."""
        yield from held(self.books)

    def people(self) -> Mapping[str, Act]:
        """What the café's bookkeeper can do."""
        desks = (self.journal, self.invoices, self.changes, self.customers)
        actions = People(self.books, *desks).actions()
        return {**actions, "renew_secret": lambda _: {"client_secret": self.sign_in.renew_secret()}}

    def guard(self) -> None:
        """Every path but the token's needs a token; what came due meanwhile happens first."""
        self.sign_in.check()
        self.invoices.settle()

    def expire_tokens(self) -> None:
        """Signs everybody out."""
        self.sign_in.expire()

    def routes(self) -> Iterable[Route]:
        """The company's own lists and all desks' paths."""
        return [
            ("GET", "/companies/me", self._company),
            ("GET", "/users/me", self._user),
            ("GET", "/general/vat", lambda: [0.0, 11.0, 24.0]),
            (
                "GET",
                "/general/currency",
                lambda: [{"code": "ISK", "rate": 1.0}, {"code": "EUR", "rate": 143.2}],
            ),
            ("GET", "/accounting/accounts", lambda: self._listed(self.books.accounts, "code")),
            ("GET", "/sales/paymenttypes", lambda: self._listed(self.books.payment_types)),
            *self.sign_in.routes(),
            *self.journal.routes(),
            *self.ledger.routes(),
            *self.customers.routes(),
            *self.invoices.routes(),
            *self.changes.routes(),
            *self.products.routes(),
        ]

    def _listed(self, table: Table, order: str = "") -> Any:
        """A bare array; what a switch hides is left out."""
        rows = table.find(order=order)
        return [public(row) for row in rows if not row["_switch"] or self.settings[row["_switch"]]]

    def _company(self) -> Any:
        return {
            "id": "c0000000-0000-4000-8000-000000000001",
            "name": CAFE.name,
            "address": CAFE.address,
            "zip": CAFE.zip_code,
            "city": CAFE.city,
            "email": CAFE.email,
            "ssn": CAFE.kennitala,
            "phone": "5550000",
            "vatNumber": "000001",
            "created": "2024-02-01T09:00:00Z",
            "hasClaimCollection": False,
        }

    def _user(self) -> Any:
        """QUIRK: isowner, logincount and lastlogindate are all lower-case (payday.md 3.1)."""
        return {
            "id": "d0000000-0000-4000-8000-000000000001",
            "name": "Dæma Bókarinn",
            "email": CAFE.email,
            "isowner": True,
            "logincount": 12,
            "lastlogindate": self.books.stamp(),
        }
