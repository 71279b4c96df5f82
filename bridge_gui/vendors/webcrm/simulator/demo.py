"""The wholesaler's webcrm on its first day, and what is sold there day by day; always the same.

Invented throughout; customers, goods and people are those that the books' demo knows, as `wholesale` says.
"""

from __future__ import annotations

import random
from datetime import date

from bridge_gui.sandbox.kit import Doc
from bridge_gui.sandbox.wholesale import (
    CUSTOMERS,
    GOODS,
    KEYWORD,
    PEOPLE,
    SELLERS,
    STATUSES,
    TYPES,
    Customer,
    Seller,
    cvr,
)
from bridge_gui.vendors.webcrm.simulator.crm import Crm
from bridge_gui.vendors.webcrm.simulator.people import People

DEBTOR, INVOICES, EAN, TERMS, GROUP, CURRENCY = (f"OrganisationCustom{at}" for at in range(1, 7))
CUSTOM: tuple[tuple[int, str, str, str, tuple[str, ...]], ...] = (
    (1051, "OrganisationType", "Type", "D", TYPES),
    (1052, "OrganisationStatus", "Status", "D", STATUSES),
    (1101, DEBTOR, "Debitornr.", "T", ()),
    (1102, INVOICES, "Faktura-e-mail", "EMA", ()),
    (1103, EAN, "EAN", "T", ()),
    (1104, TERMS, "Betalingsbetingelse", "T", ()),
    (1105, GROUP, "Debitorgruppe", "T", ()),
    (1106, CURRENCY, "Valuta", "T", ()),
    (1107, "OrganisationCustom7", "Brugerfelt 7", "T", ()),
    (1108, "OrganisationExtraCustom1", "Kundeklub", "D", ("Guld", "Sølv")),
    (1201, "DeliveryCustom1", "Dækningsbidrag", "T", ()),
    (1202, "DeliveryCustom2", "Dækningsgrad", "T", ()),
    (1203, "DeliveryCustom3", "Fakturanr.", "T", ()),
    (1204, "DeliveryCustom4", "Uniconta-status", "T", ()),
    (1205, "DeliveryCustom5", "Brugerfelt 5", "T", ()),
    (1301, "UserCustom1", "Medarbejdernr.", "T", ()),
    (1401, "PersonCustom1", "Uniconta-id", "T", ()),
)
"""Field id, name, label, kind of display, list."""
PLAIN = {
    "Organisation": "Name Address PostCode City Country Telephone Www VatNumber VatGroup"
    " VatCountry Owner Comment",
    "Person": "FirstName LastName Title Email DirectPhone MobilePhone Status",
    "Delivery": "Number OrderDate Description Status Responsible CurrencyName ErpId ErpStatus"
    " ErpSyncDateTime",
    "User": "Name Initials Email Telephone MobilePhone Title",
}
LETTER = {"Organisation": "o", "Person": "p", "Delivery": "a", "User": "u"}


class Demo:
    """Plants the company and lets days pass."""

    def __init__(self, crm: Crm, people: People) -> None:
        self._crm = crm
        self._people = people

    def plant(self) -> None:
        """Fields, users, customers and their persons, four deliveries; the price list is empty."""
        self._fields()
        for seller in SELLERS:
            self._user(seller)
        for customer in CUSTOMERS:
            self._organisation(customer)
        for first, last, email, phone, place in PEOPLE:
            self._person(first, last, email, phone, place)
        day = self._crm.now().date()
        self._sold(1, day, [_line(0, 10), _line(1, 2, 10)])
        self._sold(2, day, [_line(3, 1)])
        self._sold(3, day, [_line(0, 1)], "New")
        self._sold(1, day, [], "New")

    def trade(self, day: date) -> None:
        """A delivery a day; every third day a new customer with a person."""
        chance = random.Random(f"webcrm {day.isoformat()}")  # noqa: S311 - repeatable, not secret
        place = 1 + day.toordinal() % 2
        if self._crm.table("Organisation").get(str(place)) is not None:
            goods = chance.sample((0, 1, 3), chance.randint(1, 3))
            rows = [_line(at, chance.choice((1, 2, 3, 7.5)), chance.choice((0, 0, 5))) for at in goods]
            self._sold(place, day, rows)
        if day.toordinal() % 3 == 0:
            self._new(self._crm.state.next_number("new customer"))

    def _new(self, number: int) -> None:
        made = self._organisation(
            Customer(
                f"Ny Kunde {number} ApS",
                KEYWORD,
                cvr(number),
                f"Nyvej {number}",
                "6000",
                "Kolding",
                phone=f"+45 00 01 {number % 10_000:04}",
                email=f"faktura{number}@nykunde.example",
            )
        )
        self._person("Nanna", f"Ny {number}", f"nanna{number}@nykunde.example", "", made["OrganisationId"])

    def _fields(self) -> None:
        plain = [f"{prefix}{name}" for prefix, names in PLAIN.items() for name in names.split()]
        told = [(501 + at, name, "", "T", ()) for at, name in enumerate(plain)]
        for order, (number, name, label, kind, values) in enumerate((*told, *CUSTOM), 1):
            prefix = next(one for one in PLAIN if name.startswith(one))
            bare = name.removeprefix(prefix)
            field = self._crm.shapes[prefix].fields[name]
            self._crm.metadata.put(
                {
                    "id": name,
                    "entity": prefix,
                    "number": number,
                    "order": order,
                    "label": label or bare,
                    "db": f"{LETTER[prefix]}_{bare.lower()}",
                    "type": {"date": "DT", "int": "I"}.get(field.kind, kind),
                    "most": field.limit or 250,
                    "list": list(values),
                }
            )

    def _user(self, seller: Seller) -> None:
        made = self._people.users.add(
            {
                "UserName": seller.name,
                "UserEmail": seller.email,
                "UserInitials": seller.initials,
                "UserTelephone": seller.phone,
                "UserLoginName": seller.initials.lower(),
                "UserTitle": "Sælger",
                "UserPassword": "must-never-be-kept",
            }
        )
        self._crm.put("User", {**made, "_gone": not seller.active})

    def _organisation(self, customer: Customer) -> Doc:
        return self._people.organisations.add(
            {
                "OrganisationName": customer.name,
                "OrganisationType": customer.kind,
                "OrganisationAddress": customer.street,
                "OrganisationPostCode": customer.postcode,
                "OrganisationCity": customer.city,
                "OrganisationCountry": customer.country,
                "OrganisationTelephone": customer.phone,
                "OrganisationVatNumber": customer.tax_number,
                "OrganisationVatGroup": customer.vat,
                "OrganisationOwner": 1,
                INVOICES: customer.email,
                CURRENCY: customer.currency,
            }
        )

    def _person(self, first: str, last: str, email: str, phone: str, place: int) -> None:
        self._people.persons.add(
            {
                "PersonFirstName": first,
                "PersonLastName": last,
                "PersonEmail": email,
                "PersonDirectPhone": phone,
                "PersonOrganisationId": place,
            }
        )

    def _sold(self, place: int, day: date, lines: list[Doc], status: str = "Planned") -> None:
        told = {"organisation": place, "lines": lines, "status": status, "day": day.isoformat()}
        self._people.add_delivery({**told, "DeliveryDescription": "Ordre"})


def _line(at: int, quantity: float, discount: float = 0) -> Doc:
    good = GOODS[at]
    told = {"item": good.number, "text": good.name, "unit": good.unit, "quantity": quantity}
    return {**told, "price": good.price, "cost": good.cost, "discount": discount}
