"""The consultancy's Pipedrive on its first day, and what happens there day by day; always the same.

Invented throughout. The deals cover what an invoice can be made of: all tax methods, four currencies, all
discounts, instalments, a subscription, a variation, lines left out, none at all, an archived and a deleted
one.
"""

from __future__ import annotations

import random
from datetime import date
from typing import Any, NamedTuple

from bridge_gui.sandbox.consultancy import CLIENTS, SERVICES, Client
from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.pipedrive.simulator.crm import Crm
from bridge_gui.vendors.pipedrive.simulator.deals import DealDesk
from bridge_gui.vendors.pipedrive.simulator.fields import FieldDesk
from bridge_gui.vendors.pipedrive.simulator.lines import LineDesk
from bridge_gui.vendors.pipedrive.simulator.lists import ListDesk
from bridge_gui.vendors.pipedrive.simulator.parties import PartyDesk

VAT, E_INVOICE, OUR_REFERENCE, PERIOD = "ALV-tunnus", "Verkkolaskuosoite", "Tilausviite", "Laskutusrytmi"
RATES = {"EUR": 1.0, "SEK": 11.0, "USD": 1.2, "NOK": 11.5}


class Sale(NamedTuple):
    """A deal of the demo: whose, what, how taxed, how it stands."""

    title: str
    client: int
    lines: tuple[Doc, ...]
    method: str = "exclusive"
    status: str = "open"
    more: tuple[tuple[str, Any], ...] = ()


def _line(product: int, quantity: float = 1, **more: Any) -> Doc:
    return {"product_id": product or None, "quantity": quantity, **more}


_MONTHLY = {"billing_frequency": "monthly", "billing_frequency_cycles": 12}
SALES = (
    Sale("Kuukausipalvelu 2027", 1, (_line(1, 2, discount=10), _line(2, 7.5)), status="won"),
    Sale("Puukauppa, neuvonta", 2, (_line(2, 3, tax=0), _line(5, 120, tax=0)), "none", "won"),
    Sale("Byggrådgivning", 3, (_line(2, 10), _line(4, 3)), status="won"),
    Sale("Harbor workshop", 4, (_line(3, 1, tax=0),), "none"),
    Sale("Ravintolan koulutus", 5, (_line(3, item_price=1599.99), _line(4, 7, item_price=36.9)),
         "inclusive", "won"),
    Sale("Varaston inventointi", 6, (_line(2, 4),), status="won"),
    Sale("Uuden nimen lanseeraus", 7, (_line(2, 12, discount=50, discount_type="amount"), _line(4, 10)),
         more=(("discount", {"type": "percentage", "amount": 5, "description": "Etu"}),)),
    Sale("Fiskeanalyse", 8, (_line(2, 6),), status="won"),
    Sale("Kahvilan alkukartoitus", 9, (), more=(("value", 400),)),
    Sale("Metallin vuosisopimus", 1, (_line(1, 12, **_MONTHLY),)),
    Sale("Vanha hanke", 1, (_line(2, 1),), status="won", more=(("is_archived", True),)),
    Sale("Väärä kirjaus", 2, (_line(2, 1),), status="deleted"),
    Sale("Suuri projekti erissä", 7, (_line(3, 10),), more=(("instalments", (4000, 4000, 4900)),)),
    Sale("Valinnaista", 5, (_line(1), _line(2, is_enabled=False), _line(4, 2, product_variation_id=1))),
    Sale("Poistettu tuote", 1, (_line(0, 1, name="Vanha tuote", item_price=12.345, tax=25.5),)),
)  # fmt: skip


class Demo:
    """Plants the company and lets days pass."""

    def __init__(
        self,
        crm: Crm,
        lists: ListDesk,
        fields: FieldDesk,
        parties: PartyDesk,
        deals: DealDesk,
        lines: LineDesk,
    ) -> None:
        self._crm = crm
        self._lists = lists
        self._fields = fields
        self._parties = parties
        self._deals = deals
        self._lines = lines

    def plant(self) -> None:
        """Lists, fields, whom and what, and the deals so far."""
        self._lists.plant()
        self._plant_fields()
        for client in CLIENTS:
            self._party(client)
        for service in SERVICES:
            prices = {
                code: round(service.price * rate, 2 if service.price > 1 else 4)
                for code, rate in RATES.items()
            }
            key = len(self._crm.rows("products")) + 1
            rows = [
                {
                    "product_id": key,
                    "price": price,
                    "currency": code,
                    "cost": 0,
                    "direct_cost": None,
                    "notes": "",
                }
                for code, price in prices.items()
            ]
            told = {"name": service.name, "code": service.code, "unit": service.unit, "tax": service.tax}
            self._parties.add("products", {**told, "prices": rows})
        price = {
            "product_id": 4,
            "price": 41.0,
            "currency": "EUR",
            "cost": 0,
            "direct_cost": None,
            "notes": "",
        }
        self._crm.add("variations", {"name": "Kovakantinen", "product_id": 4, "prices": [price]})
        for sale in SALES:
            self._sale(sale)

    def trade(self, day: date) -> None:
        """One or two new deals, and some of the open ones won, lost, or moved on."""
        chance = random.Random(f"deals {day.isoformat()}")  # noqa: S311 - repeatable, not secret
        for _ in range(chance.randint(*self._crm.settings["deals_per_day"])):
            products = chance.sample(range(1, len(SERVICES) + 1), chance.choice((1, 2, 3)))
            rows = tuple(
                _line(one, chance.randint(1, 9), discount=chance.choice((0, 0, 0, 10))) for one in products
            )
            method = chance.choice(("exclusive", "exclusive", "inclusive", "none"))
            self._sale(Sale(f"Kauppa {day.isoformat()}", chance.randint(1, len(CLIENTS)), rows, method))
        for deal in self._crm.rows("deals", ("status", "=", "open")):
            roll = chance.random()
            if roll < 0.25 and self._crm.rows("lines", ("deal_id", "=", deal["id"])):
                self._deals.change(deal, {"status": "won", "stage_id": 5})
            elif roll < 0.3:
                self._deals.change(deal, {"status": "lost", "lost_reason": "Hinta"})
            elif roll < 0.5 and deal["stage_id"] < 5:
                self._deals.change(deal, {"stage_id": deal["stage_id"] + 1})

    def _plant_fields(self) -> None:
        self._fields.plant()
        self._fields.add("organization", VAT, "varchar")
        self._fields.add("organization", E_INVOICE, "varchar")
        self._fields.add("organization", "Laskutusosoite", "address")
        self._fields.add("person", "Laskutussähköposti", "varchar")
        self._fields.add("deal", OUR_REFERENCE, "varchar")
        self._fields.add("deal", PERIOD, "enum", ["Kerralla", "Kuukausittain"])
        self._fields.add("deal", "Lisäpalvelut", "set", ["Tuki", "Koulutus"])
        self._fields.add("deal", "Kulukatto", "monetary")
        self._fields.add("deal", "Toimituspäivä", "date")
        for at in range(self._crm.settings["spare_fields"]):
            self._fields.add("deal", f"Kenttä {at + 1}", "varchar")

    def _party(self, client: Client) -> None:
        route, _, number = client.street.rpartition(" ")
        if number and not number[0].isdigit():
            number, route = client.street.split(" ", 1)
        address = {
            "value": f"{client.street}, {client.postal_code} {client.city}, {client.country}",
            "country": client.country,
            "admin_area_level_1": "",
            "admin_area_level_2": "",
            "locality": client.city,
            "sublocality": "",
            "route": route,
            "street_number": number,
            "subpremise": "",
            "postal_code": client.postal_code,
        }
        custom = {self._fields.code("organization", VAT): client.vat} if client.vat else {}
        told = {"name": client.name, "address": address, "custom_fields": custom}
        organization = self._parties.add("organizations", told)
        first, _, last = client.person.partition(" ")
        emails = [{"value": client.email, "primary": True, "label": "work"}] if client.email else []
        names = {"name": client.person, "first_name": first, "last_name": last}
        self._parties.add("persons", {**names, "org_id": organization["id"], "emails": emails})

    def _sale(self, sale: Sale) -> Doc:
        client, more = CLIENTS[sale.client - 1], dict(sale.more)
        reference = {self._fields.code("deal", OUR_REFERENCE): f"PO-{sale.client:03}"}
        deal = self._deals.add(
            {
                "title": sale.title,
                "org_id": sale.client,
                "person_id": sale.client,
                "currency": client.currency,
                "value": more.pop("value", 0),
                "custom_fields": reference,
            }
        )
        for row in sale.lines:
            self._lines.add(deal, {**row, "tax_method": sale.method})
        if "discount" in more:
            self._lines.discount(deal, more.pop("discount"))
        for at, amount in enumerate(more.pop("instalments", ()), 1):
            part = {"amount": amount, "billing_date": f"2027-0{at}-01", "description": f"Erä {at}"}
            self._lines.instalment(deal, part)
        status = {"status": sale.status} if sale.status != "open" else {}
        return self._deals.change(self._crm.need("deals", deal["id"]), {**more, **status})
