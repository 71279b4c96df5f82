"""What people do in HighLevel's own window, and what its customers do, for tests and for trying things out.

Facts: highlevel.md 3, 6, 7. Each action takes the JSON sent to `/_sandbox/person`; `id` names the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.sandbox.kit import Act, Doc, Refusal
from bridge_gui.vendors.highlevel.simulator.contacts import ContactDesk
from bridge_gui.vendors.highlevel.simulator.crm import Crm
from bridge_gui.vendors.highlevel.simulator.door import Door
from bridge_gui.vendors.highlevel.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.highlevel.simulator.payments import PaymentDesk


class People:
    """The studio's owner and her customers."""

    def __init__(
        self, crm: Crm, contacts: ContactDesk, invoices: InvoiceDesk, payments: PaymentDesk, door: Door
    ) -> None:
        self._crm = crm
        self._contacts = contacts
        self._invoices = invoices
        self._payments = payments
        self._door = door

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name; what HighLevel refuses them is a `ValueError` with its words."""
        acts: dict[str, Act] = {
            "add_contact": lambda sent: self._contacts.make(sent["contact"]),
            "edit_contact": self.edit_contact,
            "delete_contact": lambda sent: self._crm.contacts.drop(sent["id"]),
            "merge_contacts": self.merge_contacts,
            "sell": lambda sent: self._payments.sell(sent["sale"]),
            "refund": lambda sent: self._payments.refund(sent["id"], sent.get("amount")),
            "change_transaction": self.change_transaction,
            "subscribe": lambda sent: self._payments.subscribe(
                sent["contactId"], sent["amount"], sent["name"]
            ),
            "add_invoice": self.add_invoice,
            "edit_invoice": lambda sent: self._invoices.change(self._invoice(sent), sent["changes"]),
            "send_invoice": lambda sent: self._invoices.mark_sent(self._invoice(sent)),
            "void_invoice": lambda sent: self._invoices.make_void(self._invoice(sent)),
            "delete_invoice": lambda sent: self._crm.invoices.drop(sent["id"]),
            "pay_invoice": self.pay_invoice,
            "hold_payment": lambda sent: self._set(sent, "payment_processing"),
            "rotate_token": lambda _: {"token": self._door.rotate()},
        }
        return {name: _honest(act) for name, act in acts.items()}

    def edit_contact(self, sent: Doc) -> Doc:
        """Any field of a contact, its additional addresses too."""
        changes = sent["changes"]
        kept = self._contacts.change(self._crm.need("contacts", sent["id"]), changes)
        if "additionalEmails" in changes:
            more = changes["additionalEmails"]
            kept = {**kept, "additionalEmails": more, "_more": bool(more)}
            self._crm.contacts.put(kept)
        return kept

    def merge_contacts(self, sent: Doc) -> Doc:
        """Contact `id` goes up in `into`; its payments say where they came from."""
        gone, kept = self._crm.need("contacts", sent["id"]), self._crm.need("contacts", sent["into"])
        for row in self._crm.transactions.find(("contactId", "=", gone["id"])):
            self._payments.put({**row, "contactId": kept["id"], "mergedFromContactId": gone["id"]})
        self._crm.contacts.put({**gone, "_into": kept["id"], "_email": "", "_phone": ""})
        return kept

    def change_transaction(self, sent: Doc) -> Doc:
        """A payment that settles, fails, or that the vendor's own link has sent to the books."""
        return self._payments.put({**self._crm.need("transactions", sent["id"]), **sent["changes"]})

    def add_invoice(self, sent: Doc) -> Doc:
        """An invoice to a contact, a draft unless `send` says otherwise."""
        person = self._crm.need("contacts", sent["contactId"])
        name = f"{person.get('firstName') or ''} {person.get('lastName') or ''}".strip()
        details = {
            "id": person["id"],
            "name": name,
            "email": person.get("email") or "",
            "phoneNo": person.get("phone") or "",
            "companyName": person.get("companyName") or "",
            "address": {"city": person.get("city") or "", "countryCode": person.get("country") or "GB"},
        }
        today = self._crm.stamp()[:10]
        told = {"issueDate": today, "contactDetails": details, "name": "Design work", **sent["invoice"]}
        made = self._invoices.make(told)
        return self._invoices.mark_sent(made) if sent.get("send") else made

    def pay_invoice(self, sent: Doc) -> Doc:
        """The customer pays by card, all that is due or `amount`."""
        invoice = self._invoice(sent)
        how = {
            "mode": sent.get("mode", "card"),
            "provider": sent.get("provider", "stripe"),
            "at": sent.get("at"),
        }
        return self._invoices.pay(invoice, sent.get("amount", invoice["amountDue"]), how)

    def _set(self, sent: Doc, status: str) -> Doc:
        made = {**self._invoice(sent), "status": status, "updatedAt": self._crm.stamp()}
        self._crm.invoices.put(made)
        return made

    def _invoice(self, sent: Doc) -> Doc:
        return self._crm.need("invoices", sent["id"])


def _honest(act: Act) -> Act:
    def acted(sent: Doc) -> Any:
        try:
            return act(sent)
        except Refusal as refusal:
            raise ValueError(str(refusal.body)) from refusal

    return acted
