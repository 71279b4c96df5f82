"""What the café sells and how it is paid: invented, with Iceland's three VAT rates.

Facts: salescloud.md section 5.3 (method types), payday.md section 5 (rates 24, 11, 0).
"""

from __future__ import annotations

from typing import NamedTuple


class Product(NamedTuple):
    """Something on the menu; the price holds the VAT."""

    title: str
    sku: str
    price: int
    rate: int


MENU = (
    Product("Kaffi", "KAFFI", 650, 11),
    Product("Cappuccino", "CAPP", 790, 11),
    Product("Te", "TE", 590, 11),
    Product("Heitt súkkulaði", "SUKK", 890, 11),
    Product("Kleina", "KLEINA", 450, 11),
    Product("Skúffukaka", "KAKA", 1190, 11),
    Product("Súpa dagsins", "SUPA", 2190, 11),
    Product("Samloka með hangikjöti", "SAML", 1890, 11),
    Product("Hádegishlaðborð", "HLB", 3100, 11),
    Product("Rauðvínsglas", "VIN", 1750, 11),
    Product("Kaffibaunir 250 g", "BAUNIR", 2450, 11),
    Product("Bolur", "BOLUR-M", 4960, 24),
    Product("Kaffibolli með merki", "BOLLI", 2990, 24),
    Product("Póstkort", "KORT", 390, 24),
    Product("Bílastæði", "P", 212, 0),
)
GIFT_CARD = "Gjafabréf"


class Method(NamedTuple):
    """A payment method of the till."""

    uuid: str
    title: str
    type: str


def _method(number: int, title: str, kind: str) -> Method:
    return Method(f"31000000-0000-4000-8000-{number:012}", title, kind)


CARD = _method(1, "Kort (posi)", "card")
CASH = _method(2, "Reiðufé", "cash")
ON_ACCOUNT = _method(3, "Í reikning", "invoice")
GIFT = _method(4, "Gjafabréf", "giftcard")
NETGIRO = _method(5, "Netgíró", "netgiro")
AUR = _method(6, "Aur", "aur")
METHODS = (CARD, CASH, ON_ACCOUNT, GIFT, NETGIRO)
