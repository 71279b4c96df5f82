"""Payday's customers by their kennitala."""

from __future__ import annotations

from bridge_gui.accounting.invoices import Contact
from bridge_gui.errors import OutcomeUnknown, VendorChanged
from bridge_gui.vendors.payday.client import PaydayClient
from bridge_gui.vendors.payday.invoice_payloads import CustomerAnswer, CustomerBody


class PaydayContacts:
    """The customers of one company's Payday."""

    _client: PaydayClient

    def contact_numbered(self, number: str) -> Contact | None:
        """The customer of exactly this kennitala.

        QUIRK: `?ssn=` is ignored and returns everybody; the path finds one (payday.md pitfall 2).
        """
        found = self._client.found(f"customers/number/{number}", CustomerAnswer)
        if found is None or found.plain().number != number:
            return None
        return found.plain()

    def contact(self, contact_id: str) -> Contact | None:
        """One customer."""
        found = self._client.found(f"customers/{contact_id}", CustomerAnswer)
        return None if found is None else found.plain()

    def add_contact(self, contact: Contact) -> Contact:
        """Make a customer; Payday takes the name from the national registry."""
        body = CustomerBody(ssn=contact.number, name=contact.name, email=_one_address(contact.email))
        answer = self._client.send("POST", "customers", body, CustomerAnswer)
        if answer is not None:
            return answer.plain()
        # QUIRK: one client saw an empty body here; the number tells which it is (payday.md 3.2).
        try:
            found = self.contact_numbered(contact.number)
        except Exception as error:
            raise OutcomeUnknown("outcome.left_out") from error
        if found is None:
            raise OutcomeUnknown("outcome.left_out")
        return found

    def refresh_contact(self, contact: Contact) -> Contact:
        """Bring the e-mail up to date, and have the registry read again where the name differs."""
        there = self.contact(contact.id)
        if there is None:
            raise VendorChanged("payday.customer_gone", target=contact.id)
        email = _one_address(contact.email)
        body = CustomerBody(
            email="" if email == there.email else email,
            refetch=bool(there.number) and _folded(there.name) != _folded(contact.name),
        )
        if body == CustomerBody():
            return there
        answer = self._client.send("PUT", f"customers/{contact.id}", body, CustomerAnswer)
        return there if answer is None else answer.plain()


def _one_address(email: str) -> str:
    """QUIRK: a field with several addresses is refused (payday.md pitfall 5): the first one goes."""
    first = email.replace(";", ",").split(",")[0].strip()
    return first if "@" in first else ""


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
