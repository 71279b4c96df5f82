"""The demo company and its customers: invented, and alike at every vendor that knows them.

Every kennitala ends in 0 with the year 99, which would be a registration in 2099, so that none can belong
to anybody; the check digits are right except where a name says otherwise.
"""

from __future__ import annotations

from typing import NamedTuple


class Party(NamedTuple):
    """A company or a person of the demo; an empty kennitala is one that nobody wrote down."""

    kennitala: str
    name: str
    email: str
    address: str
    zip_code: str
    city: str


WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def kennitala(day_month: str, serial: int) -> str:
    """An invented kennitala of the year 2099 with a right check digit; day + 40 for companies."""
    for number in range(serial, serial + 10):
        stem = f"{day_month}99{number:02}"
        check = -sum(int(digit) * weight for digit, weight in zip(stem, WEIGHTS, strict=True)) % 11
        if check < 10:
            return f"{stem}{check}0"
    raise ValueError(day_month)


CAFE = Party(
    kennitala("5811", 31),
    "Kaffihús Example ehf.",
    "bokhald@kaffihus.example",
    "Dæmigata 7",
    "101",
    "Reykjavík",
)

CUSTOMERS = (
    Party("7112992110", "Example ehf.", "bokhald@example.is", "Dæmigata 1", "101", "Reykjavík"),
    Party(
        kennitala("4512", 20),
        "Þvottahúsið Dæmi ehf.",
        "thvottur@daemi.example",
        "Sýnisvegur 3",
        "600",
        "Akureyri",
    ),
    Party(
        kennitala("5112", 40),
        "Trésmiðjan Sýni slf.",
        "smidjan@syni.example",
        "Prufustígur 12",
        "220",
        "Hafnarfjörður",
    ),
    Party(
        kennitala("6112", 60),
        "Ferðaskrifstofan Prufa hf.",
        "prufa@ferdir.example",
        "Höfðatún 0",
        "105",
        "Reykjavík",
    ),
    Party(
        kennitala("3112", 80), "Guðrún Dæmisdóttir", "gudrun@daemi.example", "Ímyndun 4", "200", "Kópavogur"
    ),
    Party(kennitala("3011", 25), "Ægir Sýnisson", "aegir@syni.example", "Ímyndun 9", "800", "Selfoss"),
)

NO_NUMBER = Party("", "Félag íslenskra dæma", "", "", "", "")


def registered(number: str) -> Party | None:
    """Who the invented national registry knows under that number."""
    known = {party.kennitala: party for party in (CAFE, *CUSTOMERS)}
    return known.get(number)
