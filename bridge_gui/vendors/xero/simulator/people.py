"""What people do in Xero's own window, for tests and for trying things out.

Facts: xero.md sections 3.5 and 6. Each action takes the JSON sent to `/_sandbox/person`; `id` names the
invoice by id or by number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from bridge_gui.sandbox.kit import Act, Doc
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.chart import ChartDesk
from bridge_gui.vendors.xero.simulator.contacts import ContactDesk
from bridge_gui.vendors.xero.simulator.credit_notes import CreditDesk
from bridge_gui.vendors.xero.simulator.forms import NotHere
from bridge_gui.vendors.xero.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.xero.simulator.items import ItemDesk
from bridge_gui.vendors.xero.simulator.payments import PaymentDesk
from bridge_gui.vendors.xero.simulator.writing import Trouble


class People:
    """The consultancy's bookkeeper; with an adviser's rights whatever the connected user may do."""

    def __init__(
        self,
        books: Books,
        contacts: ContactDesk,
        invoices: InvoiceDesk,
        payments: PaymentDesk,
        credits_: CreditDesk,
        items: ItemDesk,
        chart: ChartDesk,
    ) -> None:
        self._books = books
        self._contacts = contacts
        self._invoices = invoices
        self._payments = payments
        self._credits = credits_
        self._items = items
        self._chart = chart

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name."""
        acts: dict[str, Act] = {
            "add_invoice": lambda sent: self._invoices.save(sent["invoice"], create=True, ours=False),
            "edit_invoice": lambda sent: self._edit(sent, sent["changes"]),
            "submit_invoice": lambda sent: self._edit(sent, {"Status": "SUBMITTED"}),
            "approve_invoice": lambda sent: self._edit(sent, {"Status": "AUTHORISED"}),
            "void_invoice": lambda sent: self._edit(sent, {"Status": "VOIDED"}),
            "delete_invoice": lambda sent: self._edit(sent, {"Status": "DELETED"}),
            "pay_invoice": self.pay,
            "unpay_invoice": self.unpay,
            "reconcile_payments": self.reconcile,
            "credit_invoice": self.credit,
            "add_contact": lambda sent: self._contacts.keep(
                self._contacts.save(sent["contact"], create=True)
            ),
            "edit_contact": lambda sent: self._change_contact(sent, sent["changes"]),
            "archive_contact": lambda sent: self._put_contact(sent, {"ContactStatus": "ARCHIVED"}),
            "restore_contact": lambda sent: self._put_contact(sent, {"ContactStatus": "ACTIVE"}),
            "merge_contacts": self.merge_contacts,
            "add_item": lambda sent: self._items.keep(sent["item"], create=True),
            "delete_item": lambda sent: self._books.items.drop(self._item(sent)["id"]),
            "add_currency": lambda sent: self._chart.add_currency(sent["code"], sent.get("description", "")),
            "add_account": self._chart.add_account,
            "add_tax_rate": self._chart.add_rate,
            "archive_account": lambda sent: self._chart.archive_account(sent["code"]),
        }
        return {name: self._trusted(act) for name, act in acts.items()}

    def pay(self, sent: Doc) -> Doc:
        """Pays what is due, or `amount`, from the bank account `account`, on `date`."""
        invoice = self._invoices.found(sent["id"])
        row = {
            "Invoice": {"InvoiceID": invoice["id"]},
            "Account": {"Code": sent.get("account", "090")},
            "Amount": sent.get("amount", invoice["AmountDue"]),
            "Date": sent.get("date"),
            "IsReconciled": sent.get("reconciled", False),
        }
        return self._payments.pay(row)

    def unpay(self, sent: Doc) -> Doc:
        """Removes all payments of an invoice."""
        invoice = self._invoices.found(sent["id"])
        for row in self._paid(invoice):
            self._payments.delete(row)
        return self._invoices.found(sent["id"])

    def reconcile(self, sent: Doc) -> Doc:
        """Matches an invoice's payments with the bank's statement: they stay from now on."""
        invoice = self._invoices.found(sent["id"])
        for row in self._paid(invoice):
            self._books.payments.put(self._books.touched({**row, "IsReconciled": True}))
        return invoice

    def credit(self, sent: Doc) -> Doc:
        """Credits what is due, or `amount`, with a note of one line."""
        invoice = self._invoices.found(sent["id"])
        amount = Decimal(str(sent.get("amount", invoice["AmountDue"])))
        line = {"Description": "Hyvitys", "Quantity": 1, "UnitAmount": float(amount), "AccountCode": "200"}
        note = self._credits.make(
            {
                "Contact": {"ContactID": invoice["_contact"]},
                "Status": "AUTHORISED",
                "LineAmountTypes": "NoTax",
                "CurrencyCode": invoice["CurrencyCode"],
                "LineItems": [line],
            }
        )
        self._credits.allocate(note, invoice, amount)
        return self._invoices.found(sent["id"])

    def merge_contacts(self, sent: Doc) -> Doc:
        """Contact `id` goes up in `into`: it is archived and names the other, which gets its invoices."""
        gone, kept = self._contact(sent), self._contact({"id": sent["into"]})
        for invoice in self._books.invoices.find(("_contact", "=", gone["id"])):
            self._books.invoices.put(self._books.touched({**invoice, "_contact": kept["id"]}))
        changes = {"ContactStatus": "ARCHIVED", "MergedToContactID": kept["id"]}
        self._contacts.keep(self._books.touched({**gone, **changes}))
        return kept

    def _edit(self, sent: Doc, changes: Doc) -> Doc:
        return self._invoices.save({**changes, "InvoiceID": self._invoices.found(sent["id"])["id"]})

    def _paid(self, invoice: Doc) -> list[Doc]:
        return self._books.payments.find(("_document", "=", invoice["id"]), ("Status", "=", "AUTHORISED"))

    def _contact(self, sent: Doc) -> Doc:
        found = self._books.contacts.get(sent["id"]) or self._contacts.named(sent["id"])
        if found is None:
            raise LookupError(sent["id"])
        return found

    def _change_contact(self, sent: Doc, changes: Doc) -> Doc:
        row = {**changes, "ContactID": self._contact(sent)["id"]}
        return self._contacts.keep(self._contacts.save(row, create=False))

    def _put_contact(self, sent: Doc, changes: Doc) -> Doc:
        return self._contacts.keep(self._books.touched({**self._contact(sent), **changes}))

    def _item(self, sent: Doc) -> Doc:
        found = self._books.items.first(("Code", "=", sent["id"]))
        if found is None:
            raise LookupError(sent["id"])
        return found

    def _trusted(self, act: Callable[[Doc], Doc | None]) -> Act:
        """With an adviser's rights; refusals reach the control surface as plain errors."""

        def done(sent: Doc) -> Doc | None:
            try:
                with self._books.as_adviser():
                    return act(sent)
            except Trouble as trouble:
                raise ValueError("; ".join(trouble.messages)) from trouble
            except NotHere as missing:
                raise LookupError(sent.get("id")) from missing

        return done
