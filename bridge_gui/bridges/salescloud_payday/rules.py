"""What the user decided, resolved against the chart of accounts: all that planning needs to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.accounting.documents import LedgerAccount
from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.sales import PaymentMethod
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.bridges.salescloud_payday.questions import SETTINGS

BY_DAY = "day"
ASK, PRO_RATA, WHOLE = "ask", "pro_rata", "whole_on_draft"
POST_AGAIN, LEAVE = "post_again", "leave"
DRAFT = "draft"
_YES = "yes"
_DEFAULTS = {field.key: field.default or "" for field in SETTINGS}
_SALES = {Decimal(24): "sales_24", Decimal(11): "sales_11", Decimal(0): "sales_0"}


class SalesAccount(Struct, frozen=True, kw_only=True):
    """Where sales of one rate go; `account` None when the one that was chosen is not in the chart."""

    chosen: str
    account: LedgerAccount | None
    tax: TaxCode


class Rules(Struct, frozen=True, kw_only=True):
    """How orders become journal entries.

    `methods` gives the ledger account by method id or title, None when it is no longer in the chart.
    `learnt` is until when a refusal said that the books are closed, `tried` whether that was in this run.
    """

    zone: ZoneInfo
    scope: str
    by_day: bool
    draft: bool
    sales: dict[Decimal, SalesAccount]
    methods: dict[str, LedgerAccount | None]
    gift_cards: LedgerAccount | None = None
    rounding: LedgerAccount | None = None
    limit: Decimal = ZERO
    names: dict[str, str] = {}
    currency: str = "ISK"
    split: str = ASK
    ask_changes: bool = False
    deleted_draft: str = ASK
    refresh_contacts: bool = False
    any_draft: bool = False
    claim: bool = False
    closed: date | None = None
    first_open: date | None = None
    learnt: date | None = None
    tried: bool = False

    def day(self, at: datetime) -> date:
        """The shop's calendar day of an instant."""
        return at.astimezone(self.zone).date()


class Chart:
    """Finds a ledger account by what an answer may be: its id, its code, or a name no other bears."""

    def __init__(self, accounts: Iterable[LedgerAccount]) -> None:
        accounts = tuple(accounts)
        self.names = {account.id: shown(account) for account in accounts}
        self._found = {account.name: account for account in accounts if _alone(account, accounts)}
        self._found.update({account.code: account for account in accounts})
        self._found.update({account.id: account for account in accounts})

    def find(self, answer: str) -> LedgerAccount | None:
        """The account, or None."""
        return self._found.get(answer.strip())


def shown(account: LedgerAccount) -> str:
    """An account as a bookkeeper reads it: code and name."""
    return f"{account.code} {account.name}"


def setting(settings: Mapping[str, str], key: str) -> str:
    """The answer to a question, or its default."""
    return settings.get(key) or _DEFAULTS[key]


def look_back_days(settings: Mapping[str, str]) -> int:
    """How many days back each sync reads again."""
    return int(setting(settings, "look_back_days"))


def rules_of(
    settings: Mapping[str, str],
    methods: Mapping[str, str],
    *,
    accounts: Iterable[LedgerAccount],
    taxes: Iterable[TaxCode],
    zone: ZoneInfo,
    scope: str,
) -> Rules:
    """The rules that these answers make."""
    chart = Chart(accounts)
    codes = {tax.rate: tax for tax in taxes}
    return Rules(
        zone=zone,
        scope=scope,
        by_day=setting(settings, "grouping") == BY_DAY,
        draft=setting(settings, "post_as") == DRAFT,
        sales={rate: _sales(chart, setting(settings, key), codes[rate]) for rate, key in _SALES.items()},
        methods={key: chart.find(answer) for key, answer in methods.items() if answer},
        gift_cards=chart.find(setting(settings, "gift_card_account")),
        rounding=chart.find(setting(settings, "rounding_account")),
        limit=Decimal(setting(settings, "rounding_limit")),
        names=chart.names,
        **_invoicing(settings),
    )


def _invoicing(settings: Mapping[str, str]) -> dict[str, Any]:
    """The answers about invoices, later changes and closed periods."""
    told = setting(settings, "closed_until")
    closed = date.fromisoformat(told) if told else None
    return {
        "split": setting(settings, "split_orders"),
        "ask_changes": setting(settings, "on_change") == ASK,
        "deleted_draft": setting(settings, "deleted_draft"),
        "refresh_contacts": setting(settings, "update_customers") == _YES,
        "any_draft": setting(settings, "which_draft") == "any",
        "claim": setting(settings, "create_claim") == _YES,
        "closed": closed,
        "first_open": closed + timedelta(days=1) if closed else None,
    }


def closed_also(rules: Rules, until: date | None, first_open: date | None = None) -> Rules:
    """The rules once it is known that the books are closed until a day, and where they open again."""
    if until is None or (rules.closed is not None and until <= rules.closed):
        return rules
    return replace(rules, closed=until, first_open=first_open or until + timedelta(days=1))


def by_id(mapping: Mapping[str, str], methods: Iterable[PaymentMethod]) -> dict[str, str]:
    """The mapping keyed by method id: a key may also be a title that only one method bears."""
    titles: dict[str, list[str]] = {}
    for method in methods:
        titles.setdefault(method.title, []).append(method.id)
    unique = {title: ids[0] for title, ids in titles.items() if len(ids) == 1}
    named = {unique[key]: answer for key, answer in mapping.items() if key in unique}
    return named | {key: answer for key, answer in mapping.items() if key not in unique}


def _alone(account: LedgerAccount, accounts: Iterable[LedgerAccount]) -> bool:
    return sum(other.name == account.name for other in accounts) == 1


def _sales(chart: Chart, answer: str, tax: TaxCode) -> SalesAccount:
    return SalesAccount(chosen=answer, account=chart.find(answer), tax=tax)
