"""The user's decisions, resolved against what QuickBooks lists: all that a plan may depend on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.accounting.billing import BillItem
from bridge_gui.accounting.crm import SourceKind
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.selling import SellingRules
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.errors import CannotMap

FOLD, CODES = "fold", "codes"
REFUND_SEEN, REFUND_SALE = "seen", "sale"
MADE_ITEM = "HighLevel sales"
WINDOW = 180
BOOKED_KINDS = (SourceKind.ORDER_FORM, SourceKind.SUBSCRIPTION, SourceKind.MEMBERSHIP, SourceKind.CALENDAR)
OTHER_KINDS = (
    SourceKind.PAYMENT_LINK,
    SourceKind.POINT_OF_SALE,
    SourceKind.BY_HAND,
    SourceKind.SHOP_ELSEWHERE,
    SourceKind.OTHER,
)
INVOICES = SourceKind.INVOICE.value
NEEDED_ITEM = "item:"
"""Before a name, in a line's item: an item of this name that Bridge makes first."""


class Rules(Struct, frozen=True, kw_only=True):
    """Everything a plan asks for besides the sale itself."""

    scope: str
    today: date
    zone: ZoneInfo
    books: SellingRules
    kinds: frozenset[SourceKind]
    items: dict[str, str]
    lost_items: frozenset[str]
    income_account: str
    deposits: dict[str, str]
    methods: dict[str, str]
    default_deposit: str
    taxes: dict[str, TaxCode]
    tax_way: str
    american_code: str
    untold: TaxCode | None
    refund_day: str
    tolerance: Decimal
    window: int

    def day(self, instant: datetime) -> date:
        """The company's day of an instant."""
        return instant.astimezone(self.zone).date()

    def item(self, kind: str) -> str:
        """What a kind of sale is sold as; one that Bridge makes where none was chosen."""
        if kind in self.lost_items:
            raise CannotMap("sale.item_inactive", kind=kind)
        return self.items.get(kind) or NEEDED_ITEM + MADE_ITEM

    def tax_of(self, rate: Decimal) -> TaxCode | None:
        """The tax code that stands for a rate of the CRM, None where the user chose none."""
        found = self.taxes.get(plain(rate))
        return replace(found, rate=rate) if found is not None else None

    def american_tax(self, rate: Decimal) -> TaxCode | None:
        """The one tax code of an American document; the rate is the sale's own."""
        return TaxCode(key=self.american_code, rate=rate) if self.american_code else None

    def deposit(self, provider: str) -> str:
        """The account that money taken by a provider goes to, empty for the books' own choice."""
        return self.deposits.get(provider) or self.default_deposit

    def method(self, provider: str) -> str:
        """The books' way to pay that stands for a provider, empty for none."""
        return self.methods.get(provider, "")


def rules_of(
    settings: Mapping[str, str],
    mappings: Mapping[str, Mapping[str, str]],
    *,
    scope: str,
    today: date,
    zone: ZoneInfo,
    books: SellingRules,
    items: Iterable[BillItem],
    taxes: Iterable[TaxCode],
) -> Rules:
    """The rules of a run, from the user's answers and the lists of both vendors."""
    by_key = {tax.key: tax for tax in taxes}
    known = {item.code for item in items}
    chosen = mappings.get("items", {})
    rates = mappings.get("tax_rates", {})
    return Rules(
        scope=scope,
        today=today,
        zone=zone,
        books=books,
        kinds=frozenset(_kinds(settings)),
        items={kind: code for kind, code in chosen.items() if code in known},
        lost_items=frozenset(kind for kind, code in chosen.items() if code and code not in known),
        income_account=settings.get("income_account", ""),
        deposits=dict(mappings.get("deposits", {})),
        methods=dict(mappings.get("methods", {})),
        default_deposit=settings.get("deposit_account", ""),
        taxes={_rate(rate): by_key[key] for rate, key in rates.items() if key in by_key},
        tax_way=settings.get("us_tax", FOLD),
        american_code=settings.get("us_tax_code", ""),
        untold=by_key.get(settings.get("untold_tax", "")),
        refund_day=settings.get("refund_day", REFUND_SEEN),
        tolerance=_decimal(settings.get("tolerance", ""), Decimal("0.05")),
        window=window_of(settings),
    )


def window_of(settings: Mapping[str, str]) -> int:
    """For how many days what the CRM lists is read again."""
    return _number(settings.get("window", ""), WINDOW)


def _kinds(settings: Mapping[str, str]) -> Iterable[SourceKind]:
    """The kinds of payments that become receipts."""
    for kind in BOOKED_KINDS:
        if settings.get(f"take_{kind.value}", "yes") == "yes":
            yield kind
    for kind in OTHER_KINDS:
        if settings.get(f"take_{kind.value}") == "yes":
            yield kind


def _decimal(text: str, otherwise: Decimal) -> Decimal:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return otherwise


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


def _rate(text: str) -> str:
    """A rate as `plain` writes it, so that 20.00 and 20 are one."""
    try:
        return plain(Decimal(text))
    except InvalidOperation:
        return text
