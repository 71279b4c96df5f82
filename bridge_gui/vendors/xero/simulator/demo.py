"""The consultancy's Xero on its first day, and what its people do there day by day.

Invented throughout; contacts and items are the ones Pipedrive's demo knows, as `consultancy` says.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from bridge_gui.sandbox.consultancy import CLIENTS, SERVICES, Client
from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.chart import ChartDesk
from bridge_gui.vendors.xero.simulator.contacts import ContactDesk
from bridge_gui.vendors.xero.simulator.invoice_rules import AUTHORISED, DRAFT, SUBMITTED, VOIDED, settled
from bridge_gui.vendors.xero.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.xero.simulator.items import ItemDesk
from bridge_gui.vendors.xero.simulator.payments import PaymentDesk
from bridge_gui.vendors.xero.simulator.writing import Trouble


class Demo:
    """Plants the company and lets days pass."""

    def __init__(
        self,
        books: Books,
        chart: ChartDesk,
        contacts: ContactDesk,
        items: ItemDesk,
        invoices: InvoiceDesk,
        payments: PaymentDesk,
    ) -> None:
        self._books = books
        self._chart = chart
        self._contacts = contacts
        self._items = items
        self._invoices = invoices
        self._payments = payments

    def plant(self) -> None:
        """Settings, contacts (one archived, two of one address), items, and two invoices written by hand."""
        self._chart.plant()
        for client in CLIENTS:
            self._know(client)
        for service in SERVICES:
            if service.item:
                account = {} if service.item == "no account" else {"AccountCode": "200", "TaxType": "OUTPUT"}
                item = {"Code": service.code, "Name": service.name, "Description": service.name}
                self._items.keep(
                    {**item, "SalesDetails": {"UnitPrice": service.price, **account}}, create=True
                )
        self._by_hand(CLIENTS[0], AUTHORISED, 250.0)
        self._by_hand(CLIENTS[1], DRAFT, 80.0)

    def trade(self, day: date) -> None:
        """Customers pay what fell due, somebody approves what was submitted, now and then one is voided."""
        chance = random.Random(f"books {day.isoformat()}")  # noqa: S311 - repeatable, not secret
        for invoice in self._books.invoices.find(("Status", "in", [SUBMITTED, AUTHORISED])):
            try:
                self._lived(invoice, day, chance)
            except Trouble:
                continue  # a closed period or a role: people leave it for another day

    def _lived(self, invoice: Doc, day: date, chance: random.Random) -> None:
        roll = chance.random()
        if invoice["Status"] == SUBMITTED:
            if roll < 0.5:
                self._invoices.save({"InvoiceID": invoice["id"], "Status": AUTHORISED})
        elif roll < 0.004 and not settled(invoice):
            self._invoices.save({"InvoiceID": invoice["id"], "Status": VOIDED})
        elif roll < 0.5 and (invoice["DueDate"] or "9") <= (day + timedelta(days=2)).isoformat():
            part = invoice["AmountDue"] if roll > 0.1 else round(invoice["AmountDue"] / 2, 2)
            told = {"Invoice": {"InvoiceID": invoice["id"]}, "Account": {"Code": "090"}}
            self._payments.pay({**told, "Amount": part, "Date": day.isoformat()})

    def _know(self, client: Client) -> None:
        if not client.known:
            return
        name = {"twice": f"{client.name} Turku", "renamed": "Entinen Nimi Oy"}.get(client.known, client.name)
        made = self._contact(name, client)
        if client.known == "twice":
            self._contact(f"{client.name} Helsinki", client)
        if client.known == "archived":
            self._contacts.keep({**made, "ContactStatus": "ARCHIVED"})

    def _contact(self, name: str, client: Client) -> Doc:
        first, _, last = client.person.partition(" ")
        address = {
            "AddressType": "POBOX",
            "AddressLine1": client.street,
            "City": client.city,
            "PostalCode": client.postal_code,
            "Country": client.country,
        }
        row = {"Name": name, "EmailAddress": client.email, "TaxNumber": client.vat, "Addresses": [address]}
        person = {
            "FirstName": first,
            "LastName": last,
            "EmailAddress": client.email,
            "IncludeInEmails": False,
        }
        more = {"ContactPersons": [person], "DefaultCurrency": client.currency}
        return self._contacts.keep(self._contacts.save({**row, **more}, create=True))

    def _by_hand(self, client: Client, status: str, price: float) -> None:
        contact = self._contacts.named(client.name) or {}
        today = date.fromisoformat(self._books.today())
        row = {
            "Type": "ACCREC",
            "Status": status,
            "Contact": {"ContactID": contact["id"]},
            "DueDate": (today + timedelta(days=14)).isoformat(),
            "Reference": "Käsin tehty",
            "LineItems": [
                {"Description": "Neuvonta", "Quantity": 1, "UnitAmount": price, "AccountCode": "200"}
            ],
        }
        self._invoices.save(row, create=True, ours=False)
