"""The adapter on the served simulator, and the simulator's control surface."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.trade import Debtor, NewDebtorOrder, OrderLine
from bridge_gui.vendors.uniconta import SPEC
from tests.vendors import live as served
from tests.vendors.live import TODAY, Live


def live(**settings: Any) -> AbstractContextManager[Live]:
    """The simulator, served."""
    return served.live(SPEC, **settings)


SINCE = TODAY - timedelta(days=30)
NEW = Debtor(
    number="10042", name="Eksempel Byg ApS", street="Byggevej 1\n2. th.", postcode="8000", city="Aarhus C", country="DK",
    phone="+45 00 00 00 01", tax_number="10000009", currency="DKK", vat_group="U25", payment_terms="14D",
    invoice_email="faktura@byg.example", ean="5790000000012", group="INDL", fields={"xWebcrmId": "org-1"},
)  # fmt: skip
MARK = "delivery-2/1"


def line(mark: str, item: str, quantity: str, price: str, **more) -> OrderLine:
    own = {"xWebcrmLine": mark} if mark else {}
    return OrderLine(
        item=item, quantity=Decimal(quantity), price=Decimal(price), text="Vare", fields=own, **more
    )


A, B = line("line-1", "1000", "10", "950.00"), line("line-2", "1001", "2", "2499.50", discount=Decimal(10))
C = line("line-3", "1003", "1", "375.00", note="Haster")


def order(*lines: OrderLine, **more) -> NewDebtorOrder:
    given = {
        "debtor": "20001",
        "day": TODAY,
        "currency": "DKK",
        "reference": "Ordre 7",
        "fields": {"xWebcrmId": MARK},
    }
    return NewDebtorOrder(**given | {"lines": lines or (A, B)} | more)
