"""Payments of invoices: made, listed, removed.

Facts: xero.md section 3.5. Inferred: texts in `says.Unsure`; that removing one asks for the right to pay;
that payments are in the invoice's currency.
"""

from __future__ import annotations

from decimal import Decimal

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import NotHere, day, envelope, number, same_id, sent, shown
from bridge_gui.vendors.xero.simulator.invoice_rules import AUTHORISED, DELETED
from bridge_gui.vendors.xero.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.xero.simulator.listing import answered, changed, matching, ordered, told
from bridge_gui.vendors.xero.simulator.says import TOO_MUCH, Unsure, locked
from bridge_gui.vendors.xero.simulator.writing import Trouble, outcome, summarized

PATH = "/api.xro/2.0/Payments"
FIELDS = frozenset(
    {"PaymentID", "Date", "Amount", "Reference", "Status", "IsReconciled", "UpdatedDateUTC",
     "Invoice.InvoiceID", "Invoice.InvoiceNumber", "PaymentType"}
)  # fmt: skip


class PaymentDesk:
    """Takes money and gives it back."""

    def __init__(self, books: Books, invoices: InvoiceDesk) -> None:
        self._books = books
        self._invoices = invoices

    def routes(self) -> list[Route]:
        """All paths under `/Payments`."""
        return [
            ("GET", PATH, self.listing),
            ("PUT", PATH, self._many),
            ("POST", PATH, self._many),
            ("GET", f"{PATH}/<key>", self.one),
            ("POST", f"{PATH}/<key>", self.remove),
        ]

    def listing(self) -> Doc:
        """Payments, removed ones too."""
        rows = [self._findable(row) for row in changed(self._books.payments)]
        rows = ordered(matching(rows, FIELDS), FIELDS)
        return answered(self._books, "Payments", rows, self._dressed, self._dressed, paged=bool(told("page")))

    def one(self, key: str) -> Doc:
        """One payment."""
        return envelope(self._books.now(), "Payments", [self._dressed(self._found(key))])

    def remove(self, key: str) -> Doc:
        """`Status: DELETED`: the payment goes, and a paid invoice is open again."""
        found = self._found(key)

        def write(row: Doc) -> Doc:
            if row.get("Status") != DELETED or not self._books.may("CreateInvoicePayment"):
                raise Trouble(Unsure.PAYABLE)
            return outcome(self._dressed(self.delete(found)))

        return summarized(self._books, "Payments", sent("Payments")[:1], write, "PaymentID")

    def delete(self, found: Doc) -> Doc:
        """Removes a payment; a reconciled one stays."""
        if found["IsReconciled"]:
            raise Trouble(Unsure.RECONCILED)
        if found["Status"] == DELETED:
            raise Trouble(Unsure.PAYABLE)
        self._check_open(found["Date"])
        made = self._books.touched({**found, "Status": DELETED})
        self._books.payments.put(made)
        self._invoices.reckon(self._invoices.found(found["_document"]))
        return made

    def pay(self, row: Doc) -> Doc:
        """A payment of an approved invoice."""
        invoice = self._payable(row)
        amount, on = number(row.get("Amount")), day(row.get("Date")) or self._books.today()
        if amount is None or amount <= 0 or amount > Decimal(str(invoice["AmountDue"])):
            raise Trouble(TOO_MUCH)
        self._check_open(on)
        key = self._books.new_id()
        made = {
            "id": key,
            "PaymentID": key,
            "Date": on,
            "Amount": float(amount),
            "BankAmount": float(amount),
            "Reference": row.get("Reference", ""),
            "CurrencyRate": invoice["CurrencyRate"],
            "PaymentType": "ACCRECPAYMENT" if invoice["Type"] == "ACCREC" else "ACCPAYPAYMENT",
            "Status": AUTHORISED,
            "IsReconciled": bool(row.get("IsReconciled")),
            "HasAccount": True,
            "_document": invoice["id"],
            "_account": self._account(row),
        }
        made = self._books.touched(made)
        self._books.payments.put(made)
        self._invoices.reckon(invoice)
        return made

    def _many(self) -> Doc:
        def write(row: Doc) -> Doc:
            if not self._books.may("CreateInvoicePayment"):
                raise Trouble(Unsure.MAY_NOT_WRITE)
            return outcome(self._dressed(self.pay(row)))

        return summarized(self._books, "Payments", sent("Payments"), write, "PaymentID")

    def _payable(self, row: Doc) -> Doc:
        told_now = row.get("Invoice") or {}
        invoice = self._invoices.found(str(told_now.get("InvoiceID") or told_now.get("InvoiceNumber") or ""))
        if invoice["Status"] != AUTHORISED:
            raise Trouble(Unsure.PAYABLE)
        return invoice

    def _account(self, row: Doc) -> str:
        told_now = row.get("Account") or {}
        accounts = self._books.accounts
        found = accounts.get(same_id(told_now.get("AccountID"))) or self._books.account(told_now.get("Code"))
        if found is None or not (found["Type"] == "BANK" or found["EnablePaymentsToAccount"]):
            raise Trouble(Unsure.PAY_ACCOUNT)
        return str(found["id"])

    def _check_open(self, on: str) -> None:
        lock = self._books.lock_date()
        if lock and on <= lock:
            raise Trouble(locked(lock))

    def _found(self, key: str) -> Doc:
        found = self._books.payments.get(same_id(key))
        if found is None:
            raise NotHere
        return found

    def _findable(self, row: Doc) -> Doc:
        invoice = self._books.invoices.get(row["_document"]) or {}
        return {**row, "Invoice": {name: invoice.get(name) for name in ("InvoiceID", "InvoiceNumber")}}

    def _dressed(self, row: Doc) -> Doc:
        invoice = self._books.invoices.get(row["_document"]) or {}
        contact = self._books.contacts.get(invoice.get("_contact", "")) or {}
        account = self._books.accounts.get(row["_account"]) or {}
        names = ("Type", "InvoiceID", "InvoiceNumber", "CurrencyCode")
        made: Doc = shown(
            {
                **row,
                "HasValidationErrors": False,
                "Account": {name: account.get(name) for name in ("AccountID", "Code", "Name")},
                "Invoice": {name: invoice.get(name) for name in names},
            }
        )
        told_now = {"ContactID": contact.get("ContactID"), "Name": contact.get("Name")}
        made["Invoice"]["Contact"] = told_now
        return made
