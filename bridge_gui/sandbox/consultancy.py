"""The demo consultancy and its customers: invented, and alike at every vendor that knows them.

Numbers of companies and of VAT are made of zeros and nines in forms that no register gives out.
"""

from __future__ import annotations

from typing import NamedTuple


class Client(NamedTuple):
    """A customer of the consultancy; an empty text is what nobody wrote down."""

    name: str
    email: str
    vat: str
    street: str
    postal_code: str
    city: str
    country: str
    person: str = ""
    currency: str = "EUR"
    known: str = ""
    """How the books know it: `same`, `twice`, `archived`, `renamed`, or not at all."""


class Service(NamedTuple):
    """What the consultancy sells; the price is in euros without tax."""

    code: str
    name: str
    price: float
    tax: float
    unit: str
    item: str = ""
    """How the books know it: `same`, `no account`, or not at all."""


COMPANY = Client(
    "Esimerkki Konsultointi Oy", "laskut@konsultointi.example", "FI00000000", "Esimerkkikatu 1", "00100",
    "Helsinki", "Finland",
)  # fmt: skip
BOOKKEEPER = ("Kirja Pitäjä", "kirjanpito@konsultointi.example")

CLIENTS = (
    Client("Malli Metalli Oy", "laskut@mallimetalli.example", "FI99999991", "Mallikuja 3", "33100",
           "Tampere", "Finland", "Minna Malli", known="same"),
    Client("Näidis Puit OÜ", "arved@naidispuit.example", "EE999999991", "Näidise 7", "10111",
           "Tallinn", "Estonia", "Nils Näidis", known="same"),
    Client("Exempel Bygg AB", "faktura@exempelbygg.example", "SE999999999901", "Exempelgatan 12", "111 20",
           "Stockholm", "Sweden", "Eva Exempel", "SEK"),
    Client("Sample Harbor Inc.", "ap@sampleharbor.example", "", "1 Sample Street", "00000",
           "Springfield", "United States", "Sam Sample", "USD"),
    Client("Testi Ravintola Oy", "toimisto@testiravintola.example", "FI99999992", "Testitie 5", "20100",
           "Turku", "Finland", "Taina Testi", known="twice"),
    Client("Vanha Varasto Oy", "vanha@vanhavarasto.example", "FI99999993", "Varastokatu 9", "90100",
           "Oulu", "Finland", "Ville Vanha", known="archived"),
    Client("Uusi Nimi Oy", "talous@uusinimi.example", "FI99999994", "Nimitie 2", "40100",
           "Jyväskylä", "Finland", "Ulla Uusi", known="renamed"),
    Client("Prøve Fisk AS", "faktura@provefisk.example", "NO999999999MVA", "Prøveveien 4", "5003",
           "Bergen", "Norway", "Per Prøve", "NOK"),
    Client("Katse Kohvik OÜ", "", "", "Katse 1", "51007", "Tartu", "Estonia", "Kadri Katse"),
)  # fmt: skip

SERVICES = (
    Service("PD-1001", "Kuukausipalvelu", 120.0, 25.5, "kk", "same"),
    Service("PD-1002", "Asiantuntijatyö", 95.0, 25.5, "h", "same"),
    Service("PD-1003", "Koulutuspäivä", 1290.0, 25.5, "pv", "no account"),
    Service("PD-1004", "Käsikirja", 32.5, 13.5, "kpl"),
    Service("PD-1005", "Matkakulut", 0.5575, 0.0, "km"),
)
