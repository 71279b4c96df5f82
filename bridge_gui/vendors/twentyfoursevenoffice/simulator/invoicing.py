"""What becomes of an order: its sums, the queue, the invoice with its number and its ledger lines.

Facts: twentyfoursevenoffice.md sections 3.5 (payment method), 3.7 and 3.8. Inferred: the queue's
length (a switch), that VAT is rounded line by line (a switch), invoice numbers from 9001, a KID with a digit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from bridge_gui.sandbox.kit import Doc, exact, instant
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, kept, net_of, ore, tax_of
from bridge_gui.vendors.twentyfoursevenoffice.simulator.chart import OUTPUT_VAT, RECEIVABLE, REVENUE
from bridge_gui.vendors.twentyfoursevenoffice.simulator.ledger import Ledger


class Invoicing:
    """Keeps orders' sums right and turns orders into invoices."""

    def __init__(self, books: Books, ledger: Ledger) -> None:
        self._books = books
        self._ledger = ledger

    def touched(self, order: Doc) -> Doc:
        """The order with its sums and the time of its last change, kept."""
        lines = self._books.lines(order)
        net = sum((net_of(line) for line in lines), Decimal(0))
        tax = self._tax(lines)
        sums = {"netAmount": float(net), "taxAmount": float(tax), "grossAmount": float(net + tax)}
        made = {**order, **sums, "modifiedAt": self._books.iso()}
        self._books.orders.put(made)
        return made

    def queued(self, order: Doc) -> Doc:
        """The order on its way to become an invoice."""
        return {**order, "status": "Invoice", "_queued": self._books.now().isoformat()}

    def run_queue(self) -> None:
        """Makes the invoices whose time has come."""
        wait = timedelta(seconds=float(self._books.settings["queue_seconds"]))
        for order in self._books.orders.fresh.find(("_queued", ">", "")):
            if instant(order["_queued"]) + wait <= self._books.now():
                self.invoice(order)

    def invoice(self, order: Doc, on: str = "") -> Doc:
        """Gives the order its invoice of today, or of another day, and books it."""
        number = self._books.next_id("invoice", 9001)
        told = order.get("invoice", {})
        day = told.get("date") or on or self._books.today()
        invoice = {
            **told,
            "number": number,
            "date": day,
            "dueDate": told.get("dueDate") or _due(day, told.get("paymentTerms")),
            "remittanceReference": remittance(number),
            "transaction": {"id": self._books.guid("transaction")},
        }
        made = {**order, "status": "Invoice", "invoice": invoice, "_queued": "", "_number": str(number)}
        made = self.touched(made)
        self._book(made)
        return made

    def _book(self, order: Doc) -> None:
        method = kept(self._books.payment_methods, (order.get("paymentMethod") or {}).get("id"))
        place = int(self._books.account(RECEIVABLE)["id"]) if method is None else method["account"]["id"]
        voucher = self._ledger.voucher(order["invoice"]["transaction"]["id"])
        kind = 1 if method is None else 4
        gross = exact(order["grossAmount"])
        self._ledger.post(voucher, kind, place, gross, order=order, open_=method is None)
        lines = self._books.lines(order)
        revenue = int(self._books.account(REVENUE)["id"])
        for line in lines:
            account = (line.get("account") or {}).get("id", revenue)
            self._ledger.post(voucher, kind, account, -net_of(line), order=order, tax=line.get("tax"))
        vat = int(self._books.account(OUTPUT_VAT)["id"])
        self._ledger.post(voucher, kind, vat, -self._tax(lines), order=order)
        if method is not None:
            self._books.orders.put({**order, "_paid": order["invoice"]["date"]})

    def _tax(self, lines: Iterable[Doc]) -> Decimal:
        taxes = [tax_of(line) for line in lines]
        if self._books.settings["rounds_tax"] == "line":
            taxes = [ore(tax) for tax in taxes]
        return ore(sum(taxes, Decimal(0)))


def remittance(number: int) -> str:
    """A KID: the number with Luhn's check digit."""
    total = 0
    for at, letter in enumerate(reversed(str(number))):
        figure = int(letter) * (2 if at % 2 == 0 else 1)
        total += figure - 9 if figure > 9 else figure
    return f"{number}{-total % 10}"


def _due(day: str, terms: Doc | None) -> str:
    begin = date.fromisoformat(day)
    kind = (terms or {}).get("type", "NumberOfDays")
    if kind == "FixedDate":
        return str((terms or {})["value"])
    days = timedelta(days=int((terms or {}).get("value", 14)))
    if kind == "OutMonthPlusDays":
        begin = (begin.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return (begin + days).isoformat()
