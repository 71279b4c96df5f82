"""Deals, rules and lists to plan with: an invented consultancy."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bridge_gui.accounting.billing import BillingRules, BillItem, TaxTreatment
from bridge_gui.accounting.deals import Address, Deal, DealContents, DealLine, DealState, Party
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.bridges.pipedrive_xero.billing import Offer, offer_of
from bridge_gui.bridges.pipedrive_xero.rules import Rules, rules_of

TODAY = date(2026, 3, 13)
STANDARD = TaxCode(key="OUTPUT", rate=Decimal("25.5"))
REDUCED = TaxCode(key="TAX001", rate=Decimal(14))


def rules(books: BillingRules | None = None, **settings: str) -> Rules:
    """The rules of a company that invoices what is won; settings by name."""
    answers = {
        "automatic": "won", "due_days": "7", "account": "200", "recipient": "organization:name",
        "address": "organization:address", "email": "person:emails", "tax_number": "organization:vat",
        **settings,
    }  # fmt: skip
    return rules_of(
        answers,
        {"items": {"1": "HOUR", "2": "BOOK"}, "tax_rates": {"25.50": "OUTPUT", "14": "TAX001"}},
        scope="pd-7f3a",
        today=TODAY,
        zone=ZoneInfo("Europe/Helsinki"),
        books=books or BillingRules(base_currency="EUR", currencies=("EUR", "SEK"), may_approve=True),
        items=(
            BillItem(id="i1", code="HOUR", name="Consulting hour", account="210"),
            BillItem(id="i2", code="BOOK", name="Handbook"),
        ),
        taxes=(STANDARD, REDUCED),
        contacts={},
        stages=(),
    )


def line(price: str, quantity: str = "1", rate: str = "25.5", product: str = "1", **more: object) -> DealLine:
    """A product of a deal."""
    values = {"text": "Consulting", "currency": "EUR", **more}
    return DealLine(
        id="5", quantity=Decimal(quantity), unit_price=Decimal(price), rate=Decimal(rate), product=product,
        **values,
    )  # fmt: skip


def deal(value: str = "0", **more: object) -> Deal:
    """A deal that is won."""
    values = {"state": DealState.WON, "currency": "EUR", "organization": "9", "person": "7", **more}
    at = datetime(2026, 3, 12, 9, tzinfo=UTC)
    return Deal(id="42", title="Spring audit", value=Decimal(value), changed=at, won=at, **values)


ORGANIZATION = Party(
    id="9", name="Lumi Esimerkki Oy", fields={"vat": "FI01234567"},
    address=Address(whole="Koivutie 1, 00100 Helsinki", street="Koivutie 1", city="Helsinki"),
)  # fmt: skip
PERSON = Party(id="7", name="Anna Esimerkki", email="anna@lumi.example")


def offer(*lines: DealLine, using: Rules | None = None, discounts: tuple = (), **more: object) -> Offer:
    """A deal in the form that plans work on."""
    treatment = more.pop("treatment", None)
    if isinstance(treatment, TaxTreatment):
        from msgspec.structs import replace

        lines = tuple(replace(one, treatment=treatment) for one in lines)
    worth = sum((one.quantity * one.unit_price * (1 - one.discount / 100) for one in lines), Decimal(0))
    more.setdefault("value", f"{worth:f}")
    contents = DealContents(lines=lines, discounts=discounts, instalments=more.pop("instalments", ()))
    return offer_of(deal(**more), contents, ORGANIZATION, PERSON, using or rules())
