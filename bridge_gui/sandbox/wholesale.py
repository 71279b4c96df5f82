"""The demo wholesaler, its customers, goods and people: invented, and alike at every vendor that knows them.

CVR numbers have right check digits and belong to nobody known; telephone numbers and addresses do not exist.
"""

from __future__ import annotations

from typing import NamedTuple


class Customer(NamedTuple):
    """A customer; an empty text is what nobody wrote down."""

    name: str
    kind: str
    tax_number: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "Danmark"
    phone: str = ""
    email: str = ""
    """Where invoices go."""
    currency: str = "DKK"
    vat: str = "U25"
    debtor: str = ""
    """The debtor's number where the books have one already."""


class Good(NamedTuple):
    """An item of the books; prices in kroner without VAT."""

    number: str
    name: str
    group: str
    unit: str
    price: float
    cost: float
    blocked: bool = False


class Seller(NamedTuple):
    """Somebody who sells; the employee's number is empty where the books have none."""

    name: str
    initials: str
    email: str
    phone: str
    number: str = ""
    active: bool = True


SALES, BOOKS = "Eksempel Salg ApS", "Eksempel Regnskab ApS"
ZONE = "Europe/Copenhagen"
KEYWORD = "Kunde"
TYPES = ("Emne", KEYWORD, "Leverandør", "Partner")
STATUSES = ("A Kunde", "B Kunde", "Inaktiv")

CUSTOMERS = (
    Customer("Eksempel Byg ApS", KEYWORD, "10000009", "Byggevej 1", "8000", "Aarhus C",
             phone="+45 00 00 00 01", email="faktura@byg.example"),
    Customer("Prøve Handel A/S", KEYWORD, "20000007", "Handelsgade 2\n1. sal", "2100", "København Ø",
             phone="+45 00 00 00 02", email="bogholderi@proeve.example", debtor="20001"),
    Customer("Skitse Design", "Emne", country="", currency="", vat=""),
    Customer("Model Kommune", KEYWORD, "30000005", "Rådhuspladsen 0", "7400", "Herning",
             phone="+45 00 00 00 04"),
    Customer("Muster Handel GmbH", KEYWORD, "DE000000000", "Musterstraße 5", "20095", "Hamburg", "Tyskland",
             "+49 00 0000 05", "rechnung@muster.example", "EUR", "UEU"),
    Customer("Leverance ApS", "Leverandør", country="", currency="", vat=""),
)  # fmt: skip

PEOPLE = (
    ("Mette", "Byg", "mette@byg.example", "+45 00 00 00 11", 1),
    ("Ole", "Prøve", "ole@proeve.example", "", 2),
    ("Sif", "Skitse", "sif@skitse.example", "", 3),
)
"""First name, last name, e-mail, telephone, and whose person it is."""

GOODS = (
    Good("1000", "Rådgivning, time", "YDE", "timer", 950.00, 400.00),
    Good("1001", "Skrivebord", "VARE", "stk", 2499.50, 1450.25),
    Good("1002", "Stol, udgået", "VARE", "stk", 499.00, 210.00, blocked=True),
    Good("1003", "Fragt", "YDE", "stk", 375.00, 0.00),
)

SELLERS = (
    Seller("Karen Holm", "KH", "karen@eksempel.example", "+45 00 00 01 01", "KH"),
    Seller("Jens Skov", "JS", "jens@eksempel.example", "+45 00 00 01 02"),
    Seller("Ida Inaktiv", "II", "ida@eksempel.example", "", active=False),
)

WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def cvr(serial: int) -> str:
    """An invented CVR number with a right check digit, another one for each serial number."""
    for number in (serial * 2, serial * 2 + 1):
        stem = f"9{number % 1_000_000:06}"
        check = -sum(int(digit) * weight for digit, weight in zip(stem, WEIGHTS, strict=False)) % 11
        if check < 10:
            return f"{stem}{check}"
    raise ValueError(serial)
