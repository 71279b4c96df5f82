"""The user's decisions, resolved against what 24SevenOffice lists: all that a plan may depend on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from bridge_gui.accounting.money import plain
from bridge_gui.accounting.ordering import OrderStage, OrderTax
from bridge_gui.accounting.rentals import RentalType

INCLUSIVE, EXCLUSIVE = "inclusive", "exclusive"
ON_INVOICE, LEAVE_OUT = "on_invoice", "leave_out"
"""What a way to pay may be besides one of 24SevenOffice's: billed as ever, or never sent."""
NOT_TOLD = "not_told"
"""How an order is paid whose way to pay Sharefox does not tell."""
PRODUCT_NAME = "SharefoxRental"
WINDOW = 180


class Rules(Struct, frozen=True, kw_only=True):
    """Everything a plan asks for besides the invoice basis itself."""

    scope: str
    today: date
    currency: str
    home: str
    inclusive: bool
    taken: RentalType | None
    taxes: dict[str, OrderTax]
    methods: dict[str, str]
    product: str
    category: str
    stage: OrderStage
    invoices: bool
    language: str
    refresh: bool
    ask_foreign: bool
    ask_number: bool

    def tax_of(self, rate: Decimal) -> OrderTax | None:
        """The tax code that stands for a percentage of the shop's, None where the user chose none."""
        return self.taxes.get(plain(rate))

    def method_of(self, told: str) -> str:
        """What a way to pay becomes: ON_INVOICE, LEAVE_OUT, a method of 24SevenOffice's, or empty."""
        return self.methods.get(told or NOT_TOLD, "")


def rules_of(
    settings: Mapping[str, str],
    mappings: Mapping[str, Mapping[str, str]],
    *,
    scope: str,
    today: date,
    currency: str,
    taxes: Iterable[OrderTax],
    files: bool = False,
) -> Rules:
    """The rules of a run, from the user's answers and 24SevenOffice's lists."""
    by_key = {tax.key: tax for tax in taxes}
    rates = mappings.get("tax_rates", {})
    product = settings.get("product", "").strip() or PRODUCT_NAME
    return Rules(
        scope=scope,
        today=today,
        currency=currency,
        home=settings.get("home", "NO"),
        inclusive=settings.get("prices", "") == INCLUSIVE,
        taken=None if files else RentalType(settings.get("types", RentalType.FOR_ACCOUNTING.value)),
        taxes={_rate(rate): by_key[key] for rate, key in rates.items() if key in by_key},
        methods={told: key for told, key in mappings.get("methods", {}).items() if key},
        product=product,
        category=settings.get("category", "").strip() or product,
        stage=OrderStage(settings.get("stage", OrderStage.CONFIRMED.value)),
        invoices=settings.get("invoice_by_itself") == "yes",
        language=settings.get("language", "no"),
        refresh=settings.get("refresh", "yes") == "yes",
        ask_foreign=settings.get("foreign", "ask") == "ask",
        ask_number=settings.get("numberless", "ask") == "ask",
    )


def window_of(settings: Mapping[str, str]) -> int:
    """For how many days what the shop lists is read again."""
    told = settings.get("window", "")
    return int(told) if told.isdecimal() and int(told) else WINDOW


def _rate(text: str) -> str:
    """A rate as `plain` writes it, so that 25.00 and 25 are one."""
    try:
        return plain(Decimal(text))
    except InvalidOperation:
        return text
