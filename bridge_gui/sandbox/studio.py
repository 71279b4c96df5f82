"""The demo studio and its customers: invented, and alike at every vendor that knows them.

Telephone numbers are from the ranges that Ofcom keeps for drama; addresses do not exist.
"""

from __future__ import annotations

from typing import NamedTuple


class Customer(NamedTuple):
    """A customer of the studio; an empty text is what nobody wrote down."""

    name: str
    email: str
    phone: str
    street: str
    city: str
    postal_code: str
    country: str = "GB"
    company: str = ""
    known: str = ""
    """How the books know it: `same`, `twice`, `inactive`, `vendor` (a supplier so named), or not at all."""


class Offer(NamedTuple):
    """What the studio sells; the price is in pounds without tax."""

    name: str
    price: float
    tax: float
    item: str = ""
    """The item of that name in the books; empty where there is none."""


STUDIO, COMPANY = "Example Studio", "Example Trading Ltd"
OWNER = ("Ioana Exemplu", "ioana@studio.example")
ZONE = "Europe/London"

CUSTOMERS = (
    Customer("Mara Sample", "mara@sample.example", "+447700900101", "1 Sample Lane", "London", "E1 0AA",
             known="same"),
    Customer("Example ehf.", "accounts@example.example", "+447700900102", "2 Example Street", "Leeds",
             "LS1 0AA", company="Example ehf.", known="same"),
    Customer("Tom Specimen", "tom@specimen.example", "+447700900103", "3 Specimen Road", "York", "YO1 0AA",
             known="twice"),
    Customer("Placeholder Print Ltd", "office@placeholder.example", "+447700900104", "4 Holder Way", "Bath",
             "BA1 0AA", company="Placeholder Print Ltd", known="vendor"),
    Customer("Olga Muster", "olga@muster.example", "+447700900105", "5 Muster Close", "Oxford", "OX1 0AA",
             known="inactive"),
    Customer("Ștefan Exemplu", "stefan@exemplu.example", "+447700900106", "6 Strada Exemplu", "Cluj",
             "400001", "RO"),
    Customer("Nia Nomail", "", "+447700900107", "7 Quiet Row", "Cardiff", "CF1 0AA"),
    Customer("Paul O'Model", "paul@omodel.example", "", "8 Model Mews", "Bristol", "BS1 0AA"),
)  # fmt: skip

OFFERS = (
    Offer("Design hour", 100.0, 20, "Design"),
    Offer("Onboarding course", 120.0, 20, "Courses"),
    Offer("Monthly membership", 45.0, 20, "Sales"),
    Offer("Handbook", 12.5, 0),
    Offer("Wellness booking", 33.33, 5),
)
