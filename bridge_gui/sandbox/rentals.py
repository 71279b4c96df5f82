"""The demo rental shop and its customers: invented, and alike at every vendor that knows them.

Organisation numbers begin with digits that no Norwegian register gives out; their check digits are right
except where `known` says otherwise. Names and addresses do not exist.
"""

from __future__ import annotations

from typing import NamedTuple


class Renter(NamedTuple):
    """A customer of the rental shop; an empty text is what nobody wrote down."""

    first: str
    last: str
    email: str
    street: str
    postcode: str
    city: str
    country: str = "Norway"
    company: str = ""
    number: str = ""
    pays: str = "Faktura"
    known: str = ""
    """How the books know it: `same`, `twice`, `split`, `merged`, `moved`, or not at all."""


class Thing(NamedTuple):
    """What is rented out or done; the price is a day's, in kroner without VAT."""

    name: str
    price: float
    vat: float
    rented: bool = True


SHOP = "Eksempel Utleie AS"
SHOP_NUMBER = "500000007"
OWNER = ("Ola Eksempel", "ola@eksempelutleie.example")
ZONE = "Europe/Oslo"
GENERIC = "SharefoxRental"
"""The generic product's usual name; its category has the same."""

RENTERS = (
    Renter("Bjørg", "Bygger", "faktura@eksempelbygg.example", "Eksempelveien 54", "0598", "Oslo",
           company="Eksempel Bygg AS", number="123 456 785", known="same"),
    Renter("Tore", "Tak", "post@provetak.example", "Prøveveien 3", "5003", "Bergen",
           company="Prøve Tak AS", number="100000008", known="split"),
    Renter("Randi", "Ren", "post@demorenhold.example", "Demogata 8", "7011", "Trondheim",
           company="Demo Renhold", known="moved"),
    Renter("Finn", "Feil", "finn@feilsiffer.example", "Feilgata 9", "4006", "Stavanger",
           company="Feilsiffer AS", number="123 456 789"),
    Renter("Måns", "Mönster", "faktura@monster.example", "Mönstergatan 12", "411 04", "Göteborg", "Sweden",
           company="Mönster Verktyg AB", number="009900-0002"),
    Renter("Mona", "Modell", "mona@modellmaler.example", "Modellveien 2", "3015", "Drammen",
           company="Modell Maler AS", number="200000005", known="twice"),
    Renter("Siv", "Sammen", "siv@sammenslatt.example", "Slåttveien 4", "9008", "Tromsø",
           company="Sammenslått Hage AS", number="300000002", known="merged"),
    Renter("Kari", "Eksempel", "kari@eksempel.example", "Eksempelstien 1", "1470", "Lørenskog", pays="Kort"),
    Renter("Per", "Prøve", "per@prove.example", "Prøvestien 7", "2004", "Lillestrøm", known="same"),
    Renter("Ærlig", "Øst", "", "Åsveien 5", "6003", "Ålesund", pays="Kasse"),
)  # fmt: skip

THINGS = (
    Thing("Minigraver", 2000.0, 25),
    Thing("Slagdrill", 199.2, 25),
    Thing("Elsykkel", 319.2, 25),
    Thing("Terrengsykkel", 159.6, 25),
    Thing("Sykkelhjelm", 0.0, 25),
    Thing("Sykkelguide med transport", 446.43, 12),
    Thing("Levering", 300.0, 25, rented=False),
    Thing("Depositum", 1000.0, 0, rented=False),
    Thing("Skade: knust lykt", 412.5, 25, rented=False),
    Thing("Matpakke", 86.96, 15, rented=False),
    Thing("Gammel brosjyre", 49.0, 14, rented=False),
)
"""The last has a percentage that no tax code of the books knows."""
