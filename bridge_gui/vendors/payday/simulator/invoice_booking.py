"""What invoices do in the ledger: issued, paid, cancelled.

Facts: payday.md sections 3.3 (`payments`, `paymentType`), 3.5 (voucher prefixes S and SR), 3.4 (accounts).
Inferred: the accounts on both sides, the refusals' texts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.payday.simulator.books import Books, day, number
from bridge_gui.vendors.payday.simulator.invoice_lines import gross_by_rate, vat_by_rate
from bridge_gui.vendors.payday.simulator.ledger import OUTPUT, RECEIVABLE, Booking, Ledger, Part
from bridge_gui.vendors.payday.simulator.reading import invalid

REVENUE = {Decimal(24): "1100", Decimal(11): "1110", Decimal(0): "1120"}


class InvoiceBooking:
    """Books what happens to invoices."""

    def __init__(self, books: Books, ledger: Ledger) -> None:
        self._books = books
        self._ledger = ledger

    def issued(self, invoice: Doc) -> None:
        """Debit the customer, credit revenue and VAT; what was paid at once follows."""
        self._book(invoice, "SR", 8, invoice["invoiceDate"], self._sale(invoice))
        for payment in invoice["payments"]:
            self._receive(invoice, payment)

    def cancelled(self, invoice: Doc) -> None:
        """The issued booking, turned round."""
        turned = [part._replace(amount=-part.amount) for part in self._sale(invoice)]
        self._book(invoice, "SR", 8, invoice["cancelledDate"], turned)

    def paid(self, invoice: Doc, sent: Doc) -> Doc:
        """The invoice marked as paid by `paymentType` and `paidDate`, or by several `payments`."""
        told = sent.get("payments") or [
            {"paymentTypeId": sent.get("paymentType"), "paymentDate": sent.get("paidDate")}
        ]
        payments = [self._payment(invoice, one) for one in told]
        if not invoice["_issueAt"]:
            for payment in payments:
                self._receive(invoice, payment)
        return {**invoice, "status": "PAID", "payments": payments, "paidDate": payments[-1]["paymentDate"]}

    def _payment(self, invoice: Doc, sent: Doc) -> Doc:
        kind = sent.get("paymentTypeId")
        key = kind.get("id") if isinstance(kind, dict) else kind
        if not key or self._books.payment_types.get(str(key)) is None:
            raise invalid("Payment type is required.")
        on = self._paid_day(sent.get("paymentDate"))
        amount = number(sent.get("amount"))
        return {
            "id": self._books.new_id(),
            "paymentTypeId": key,
            "paymentDate": on,
            "amount": float(amount) if amount is not None else invoice["amountIncludingVat"],
            "currencyCode": invoice["currencyCode"],
        }

    def _paid_day(self, told: Any) -> str:
        """QUIRK: one client had to send a time with the day (payday.md 3.3), a switch here."""
        on = day(told)
        if on is None or (self._books.settings["paid_date_needs_time"] and "T" not in told):
            raise invalid("Paid date is required.")
        return on

    def _receive(self, invoice: Doc, payment: Doc) -> None:
        kind = self._books.payment_types.get(payment["paymentTypeId"]) or {}
        amount = number(payment["amount"]) or Decimal(0)
        parts = [
            Part(self._books.account(kind["_code"]), amount),
            Part(self._books.account(RECEIVABLE), -amount, invoice["_customer"]),
        ]
        self._book(invoice, "S", 9, payment["paymentDate"], parts)

    def _sale(self, invoice: Doc) -> list[Part]:
        total = number(invoice["amountIncludingVat"]) or Decimal(0)
        parts = [Part(self._books.account(RECEIVABLE), total, invoice["_customer"])]
        vat = vat_by_rate(self._books, invoice["lines"])
        for rate, gross in gross_by_rate(self._books, invoice["lines"]).items():
            parts.append(Part(self._books.account(REVENUE[rate]), vat[rate] - gross))
            if rate:
                parts.append(Part(self._books.account(OUTPUT[rate]), -vat[rate]))
        return parts

    def _book(self, invoice: Doc, prefix: str, digits: int, on: str, parts: list[Part]) -> None:
        voucher = f"{prefix}{self._books.state.next_number(f'voucher {prefix}'):0{digits}}"
        text = f"Reikningur {invoice['number']} {invoice['customer']['name']}"
        self._ledger.book(Booking(invoice["id"], voucher, on, text, parts, invoice["reference"]))
