"""The studio's HighLevel on its first day, and what happens there day by day; always the same.

Invented throughout; contacts are the ones QuickBooks' demo knows, as `studio` says.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from bridge_gui.sandbox.kit import Doc, instant
from bridge_gui.sandbox.studio import CUSTOMERS, OFFERS, Offer
from bridge_gui.vendors.highlevel.simulator.contacts import ContactDesk
from bridge_gui.vendors.highlevel.simulator.crm import Crm, number, plain
from bridge_gui.vendors.highlevel.simulator.invoices import InvoiceDesk
from bridge_gui.vendors.highlevel.simulator.lists import ListDesk
from bridge_gui.vendors.highlevel.simulator.payments import PaymentDesk
from bridge_gui.vendors.highlevel.simulator.people import People

FORM = "form"
"""Where those come from who buy day by day; whoever a program brings in does not."""


class Demo:
    """Plants the location and lets days pass."""

    def __init__(
        self,
        crm: Crm,
        lists: ListDesk,
        contacts: ContactDesk,
        invoices: InvoiceDesk,
        payments: PaymentDesk,
        people: People,
    ) -> None:
        self._crm = crm
        self._lists = lists
        self._contacts = contacts
        self._invoices = invoices
        self._payments = payments
        self._people = people

    def plant(self) -> None:
        """Lists, people, payments of every source, invoices in every state."""
        self._lists.plant()
        people = [self._contact(at) for at in range(len(CUSTOMERS))]
        self._plant_payments([one["id"] for one in people])
        self._plant_invoices([one["id"] for one in people])

    def trade(self, day: date) -> None:
        """Some order forms, a charge of the subscription on the first, an invoice now and then."""
        chance = random.Random(f"crm {day.isoformat()}")  # noqa: S311 - repeatable, not secret
        leads = self._crm.contacts.find(("type", "=", "lead"))
        people = [row["id"] for row in leads if row["source"] == FORM and not row.get("_into")]
        if not people:
            return
        at = self._crm.stamp(instant(f"{day.isoformat()}T{chance.randint(8, 17):02}:30:00+00:00"))
        for _ in range(chance.randint(*self._crm.settings["sales_per_day"])):
            offer = chance.choice(OFFERS)
            more = {"source": chance.choice(("funnel", "website", "calendar")), "fulfilledAt": at}
            made = self._payments.sell(
                {"contactId": chance.choice(people), "items": [self._line(offer)], **more}
            )
            self._dated(made, at)
        if day.day == 1:
            for row in self._crm.subscriptions.find(("status", "=", "active")):
                self._dated(self._charge(row, at), at)
        if chance.random() < 0.4:
            invoice = {
                "invoiceItems": [self._item(OFFERS[0], chance.randint(1, 5))],
                "issueDate": day.isoformat(),
            }
            due = (day + timedelta(days=14)).isoformat()
            who = {"contactId": chance.choice(people), "send": chance.random() < 0.8}
            self._people.add_invoice({**who, "invoice": {**invoice, "dueDate": due}})
        for row in self._crm.invoices.find(("status", "=", "sent")):
            if chance.random() < 0.15 and row["issueDate"] < day.isoformat():
                self._people.pay_invoice({"id": row["id"], "at": at})

    def _plant_payments(self, people: list[str]) -> None:
        course, booking = OFFERS[1], OFFERS[4]
        form = {"subType": "two_step_order_form", "sourceName": "Course funnel"}
        self._payments.sell(
            {
                "contactId": people[0],
                "items": [self._line(course)],
                "discount": 20,
                "coupon": "WELCOME",
                **form,
            }
        )
        plain_one = {"contactId": people[5], "items": [self._line(OFFERS[3], 2)], **form, "leftOut": True}
        self._payments.sell(plain_one)
        subscription = self._payments.subscribe(people[1], self._gross(OFFERS[2]), "Membership")
        self._charge(subscription, self._crm.stamp())
        calendar = {"source": "calendar", "subType": "service", "sourceName": "Wellness"}
        self._payments.sell({"contactId": people[7], "items": [self._line(booking)], **calendar})
        self._payments.sell(
            {"contactId": people[0], "items": [self._line(course)], **form, "liveMode": False}
        )
        refunded = self._payments.sell({"contactId": people[3], "items": [self._line(course)], **form})
        self._payments.refund(refunded["id"], 60)
        self._payments.sell(
            {"contactId": people[4], "items": [self._line(course)], **form, "status": "failed"}
        )
        shop = {"source": "external", "subType": "shopify", "sourceName": "Shop"}
        self._payments.sell({"contactId": people[6], "items": [self._line(OFFERS[3])], **shop})

    def _plant_invoices(self, people: list[str]) -> None:
        today = instant(self._crm.stamp()).date()
        due = {"dueDate": (today + timedelta(days=14)).isoformat()}
        taxed = {"invoiceItems": [self._item(OFFERS[0], 3)], "discount": {"type": "percentage", "value": 10}}
        self._people.add_invoice({"contactId": people[1], "send": True, "invoice": {**taxed, **due}})
        partly = {"invoiceItems": [self._item(OFFERS[0], 2), self._item(OFFERS[3], 4)], "name": "Workshop"}
        made = self._people.add_invoice({"contactId": people[2], "send": True, "invoice": {**partly, **due}})
        self._people.pay_invoice({"id": made["id"], "amount": 100})
        paid = {"invoiceItems": [self._item(OFFERS[1], 1)], "name": "Course"}
        made = self._people.add_invoice({"contactId": people[0], "send": True, "invoice": {**paid, **due}})
        self._people.pay_invoice({"id": made["id"]})
        draft = {"invoiceItems": [self._item(OFFERS[0], 1)], "name": "Not yet"}
        self._people.add_invoice({"contactId": people[7], "invoice": {**draft, **due}})

    def _charge(self, subscription: Doc, at: str) -> Doc:
        return self._payments.sell(
            {
                "contactId": subscription["contactId"],
                "amount": subscription["amount"],
                "entityType": "subscription",
                "entityId": subscription["_id"],
                "subscriptionId": subscription["subscriptionId"],
                "sourceName": subscription["entitySourceName"],
                "fulfilledAt": at,
            }
        )

    def _dated(self, row: Doc, at: str) -> None:
        self._crm.transactions.put({**row, "createdAt": at, "updatedAt": at})
        order = self._crm.orders.get(row["entityId"])
        if order is not None:
            self._crm.orders.put({**order, "createdAt": at, "updatedAt": at})

    def _contact(self, at: int) -> Doc:
        customer = CUSTOMERS[at]
        told = {
            "name": customer.name, "email": customer.email, "phone": customer.phone,
            "companyName": customer.company, "address1": customer.street, "city": customer.city,
            "postalCode": customer.postal_code, "country": customer.country, "source": FORM,
        }  # fmt: skip
        return self._contacts.make({name: value for name, value in told.items() if value})

    def _line(self, offer: Offer, qty: int = 1) -> Doc:
        return {"name": offer.name, "price": offer.price, "qty": qty, "rate": self._rate(offer)}

    def _item(self, offer: Offer, qty: int) -> Doc:
        rate = self._rate(offer)
        name = "Sales tax" if self._crm.settings["country"] == "US" else "VAT"
        tax = {"_id": f"63770f5cecf298787c75{int(rate * 100):04}", "name": name, "rate": rate}
        tax = {"_id": f"63770f5cecf298787c75{int(rate * 100):04}", "name": name, "rate": rate}
        taxes = [{**tax, "calculation": "exclusive"}] if rate else []
        return {"name": offer.name, "amount": offer.price, "qty": qty, "taxes": taxes}

    def _rate(self, offer: Offer) -> float:
        american = self._crm.settings["country"] == "US"
        return (8.25 if offer.tax else 0) if american else offer.tax

    def _gross(self, offer: Offer) -> float | int:
        return plain(number(offer.price) * (100 + number(self._rate(offer))) / 100)
