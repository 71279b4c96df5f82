"""The user's decisions, resolved against what Xero lists: all that a plan may depend on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from msgspec import Struct

from bridge_gui.accounting.billing import BillingRules, BillItem
from bridge_gui.accounting.deals import Deal, DealState, Stage
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.tax import TaxCode

NEVER, WON, STAGE = "no", "won", "stage"
ASK, ONE_PERIOD = "ask", "one_period"
SAVE_AS = {
    "draft": DocumentState.DRAFT,
    "submit": DocumentState.AWAITING_APPROVAL,
    "approve": DocumentState.AWAITING_PAYMENT,
}


class Fields(Struct, frozen=True, kw_only=True):
    """Which field fills what of the customer, each as "holder:key"; empty is left out."""

    recipient: str
    address: str
    email: str
    tax_number: str


class Rules(Struct, frozen=True, kw_only=True):
    """Everything a plan asks for besides the deal itself.

    `contacts` are those a person chose for a customer of the CRM; `discount` names one that has no name.
    """

    scope: str
    today: date
    zone: ZoneInfo
    fields: Fields
    due_days: int
    account: str
    items: dict[str, BillItem]
    taxes: dict[str, TaxCode]
    template: str
    state: DocumentState
    trigger: str
    stages: frozenset[str]
    update_contacts: bool
    repeating: str
    books: BillingRules
    contacts: dict[str, str] = {}
    discount: str = "Discount"

    def day(self, instant: datetime) -> date:
        """The company's day of an instant."""
        return instant.astimezone(self.zone).date()

    def due(self, day: date) -> date:
        """When an invoice of this day is due."""
        return day + timedelta(days=self.due_days)

    def triggered(self, deal: Deal) -> bool:
        """Whether a deal becomes an invoice by itself now."""
        if deal.state is DealState.DELETED or self.trigger == NEVER:
            return False
        if self.trigger == WON:
            return deal.state is DealState.WON
        return deal.state is not DealState.LOST and deal.stage in self.stages

    def tax_of(self, rate: Decimal) -> TaxCode | None:
        """The tax code that stands for a rate of the CRM, None where the user chose none."""
        return self.taxes.get(plain(rate))


def rules_of(
    settings: Mapping[str, str],
    mappings: Mapping[str, Mapping[str, str]],
    *,
    scope: str,
    today: date,
    zone: ZoneInfo,
    books: BillingRules,
    items: Iterable[BillItem],
    taxes: Iterable[TaxCode],
    stages: Iterable[Stage],
    contacts: Mapping[str, str],
    discount: str = "Discount",
) -> Rules:
    """The rules of a run, from the user's answers and the lists of both vendors."""
    by_code = {item.code: item for item in items}
    by_key = {tax.key: tax for tax in taxes}
    chosen = mappings.get("items", {})
    rates = mappings.get("tax_rates", {})
    return Rules(
        scope=scope,
        today=today,
        zone=zone,
        fields=Fields(**{name: settings.get(name, "") for name in Fields.__struct_fields__}),
        due_days=_number(settings.get("due_days", ""), 14),
        account=settings.get("account", ""),
        items={product: by_code[code] for product, code in chosen.items() if code in by_code},
        taxes={_rate(rate): by_key[key] for rate, key in rates.items() if key in by_key},
        template=settings.get("template", ""),
        state=SAVE_AS.get(settings.get("save_as", ""), DocumentState.DRAFT),
        trigger=settings.get("automatic", NEVER),
        stages=_from(settings.get("stage", ""), list(stages)),
        update_contacts=settings.get("update_contacts") == "yes",
        repeating=settings.get("repeating", ASK),
        books=books,
        contacts=dict(contacts),
        discount=discount,
    )


def _from(stage: str, stages: list[Stage]) -> frozenset[str]:
    """A stage and all that come after it in its pipeline: a deal may pass one between two looks."""
    pipeline = next((one.pipeline for one in stages if one.id == stage), None)
    line = [one.id for one in stages if one.pipeline == pipeline]
    return frozenset(line[line.index(stage) :]) if pipeline is not None else frozenset()


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() else otherwise


def _rate(text: str) -> str:
    """A rate as `plain` writes it, so that 25.50 and 25.5 are one."""
    try:
        return plain(Decimal(text))
    except InvalidOperation:
        return text
