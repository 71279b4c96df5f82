"""The bridge with both its adapters at hand: its flow, what can be chosen, what can be proposed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from bridge_gui.accounting.documents import LedgerAccount
from bridge_gui.accounting.sales import MethodKind, PaymentMethod
from bridge_gui.bridges.salescloud_payday.draft_steps import AddToDraft, AmendDraft
from bridge_gui.bridges.salescloud_payday.orders import Orders
from bridge_gui.bridges.salescloud_payday.report import SEPARATE, ReportRules, proposed
from bridge_gui.bridges.salescloud_payday.report_days import ReportDays, RestingDays, RestingOrders
from bridge_gui.bridges.salescloud_payday.report_tying import ReportTies
from bridge_gui.bridges.salescloud_payday.rules import DRAFT, Chart, Rules, by_id, rules_of, setting
from bridge_gui.bridges.salescloud_payday.steps import PostJournal, ReverseJournal
from bridge_gui.bridges.salescloud_payday.tying import Ties
from bridge_gui.sync.files.door import FileDoor
from bridge_gui.sync.flow import Flow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.specs import Advice, Option
from bridge_gui.sync.step import Step
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.wording.message import mark

BUSY = 50
"""Orders a day from which one entry a day is recommended."""
_LOOKED_AT = 30
_CHECK_DIGIT = mark("The kennitala has no valid check digit; see that it is the right one.")


class SalesCloudPayday:
    """An opened bridge; nobody is called until something is asked for."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._files = context.sales if isinstance(context.sales, FileDoor) else None
        self.flows: Sequence[Flow] = self._flows()

    def describe(self, step: Step) -> PreviewDocument:
        """A step as a person reads it before it goes: lines, expected tax, warnings."""
        if not isinstance(step, (PostJournal, ReverseJournal)):
            return _described(step)
        return PreviewDocument(
            kind=step.link.kind,
            number=step.number,
            party=step.party,
            day=step.day.isoformat(),
            total=step.total,
            currency=step.currency,
            text=step.entry.text,
            lines=step.shown_lines,
            tax=step.shown_tax,
        )

    def options(self, name: str) -> Sequence[Option]:
        """The shop's payment methods, or the books' accounts."""
        if name == "report_labels":
            return [Option(key=label, title=label) for label in self._labels()]
        if name == "payment_methods":
            return [_method_option(method) for method in self._methods]
        return _account_options(self._payment_accounts if name == "payment_accounts" else self._accounts)

    def suggest(self, name: str) -> Mapping[str, str]:
        """For "payment_methods" the accounts of the same name, for a report's rows of the same number."""
        if name == "report_accounts":
            return proposed(self._labels(), self._accounts)
        return self._same_names() if name == "payment_methods" else {}

    def advise(self, name: str) -> Advice | None:
        """For "grouping" what fits the shop's volume, with the minutes that Payday needs each day."""
        if name != "grouping" or self._files is not None:
            return None
        orders = round(self._orders_a_day())
        minutes = math.ceil(orders / PAYDAY.pace.per_second / 60)
        params = {"orders": orders, "minutes": minutes, "days": _LOOKED_AT}
        if orders > BUSY:
            return Advice(answer="day", code="advice.day", params=params)
        return Advice(answer="order", code="advice.order" if orders else "advice.no_orders", params=params)

    def tie_reads(self) -> Ties:
        """Both sides of a tie-out."""
        if self._files is not None:
            return ReportTies(self._files, self._context.books, self._rules(), self._accounts, self._report())
        books = self._context.books
        return Ties(self._context.sales, books, self._rules(), self._accounts, self._methods)

    def _flows(self) -> Sequence[Flow]:
        """What the one source books; what the other booked is only followed."""
        context, after = self._context, PAYDAY.settle_after
        if self._files is not None:
            return (
                ReportDays(context, self._rules, self._report, self._files, after),
                RestingOrders(context, self._rules, after),
            )
        nowhere = FileDoor(Path(), context.name)
        return (
            Orders(context, self._rules, after),
            RestingDays(context, self._rules, self._report, nowhere, after),
        )

    def _report(self) -> ReportRules:
        context, chart = self._context, Chart(self._accounts)
        answers = context.mappings.get("report_accounts", {})
        output = set(context.books.sales_tax_accounts().values())
        return ReportRules(
            accounts={label: chart.find(answer) for label, answer in answers.items() if answer},
            taxes=dict(context.books.account_taxes()),
            vat_accounts=frozenset(account.id for account in self._accounts if account.code in output),
            vat=context.settings.get("report_vat") or SEPARATE,
            draft=setting(context.settings, "post_as") == DRAFT,
            names=chart.names,
            today=context.clock.now().astimezone(context.zone).date(),
        )

    def _labels(self) -> list[str]:
        """What the files call accounts, and what was paired before."""
        paired = self._context.mappings.get("report_accounts", {})
        return sorted({*(self._files.labels() if self._files is not None else ()), *paired})

    def _rules(self) -> Rules:
        context = self._context
        answers = context.mappings.get("payment_methods", {})
        methods = self._methods if any(not _is_id(key) for key in answers) else ()
        return rules_of(
            context.settings,
            by_id(answers, methods),
            accounts=self._accounts,
            taxes=context.books.tax_codes(),
            zone=context.zone,
            scope=context.sales.scope,
        )

    @cached_property
    def _methods(self) -> tuple[PaymentMethod, ...]:
        if self._files is not None:
            return ()
        found: tuple[PaymentMethod, ...] = self._context.sales.payment_methods()
        return found

    @cached_property
    def _accounts(self) -> tuple[LedgerAccount, ...]:
        found: tuple[LedgerAccount, ...] = self._context.books.accounts()
        return found

    @cached_property
    def _payment_accounts(self) -> tuple[LedgerAccount, ...]:
        found: tuple[LedgerAccount, ...] = self._context.books.payment_accounts()
        return found

    def _same_names(self) -> dict[str, str]:
        """Only where one method and one account bear the name."""
        methods = _unique({method.id: method.title for method in self._methods})
        accounts = _unique({account.id: account.name for account in self._payment_accounts})
        return {method: accounts[name] for name, method in methods.items() if name in accounts}

    def _orders_a_day(self) -> float:
        today = self._context.clock.now().astimezone(self._context.zone).date()
        first = today - timedelta(days=_LOOKED_AT)
        count: int = self._context.sales.count_closed(first, today - timedelta(days=1))
        return count / _LOOKED_AT


def _described(step: Step) -> PreviewDocument:
    """A customer to be made, or lines on a customer's draft."""
    on_draft = step if isinstance(step, (AddToDraft, AmendDraft)) else None
    return PreviewDocument(
        kind=step.link.kind,
        number=step.number,
        party=step.party,
        day=step.day.isoformat(),
        total=step.total,
        currency=step.currency,
        text=on_draft.kennitala if on_draft is not None else step.mark,
        lines=on_draft.shown_lines if on_draft is not None else (),
        tax=on_draft.shown_tax if on_draft is not None else (),
        warning=_CHECK_DIGIT if on_draft is not None and on_draft.warning else "",
    )


def _account_options(accounts: Sequence[LedgerAccount]) -> Sequence[Option]:
    """Accounts by name, with the code that tells two of one name apart."""
    return [Option(key=account.id, title=account.name, hint=account.code) for account in accounts]


def _method_option(method: PaymentMethod) -> Option:
    """A payment method; sales on account never enter the journal and need no ledger account."""
    on_account = method.kind is MethodKind.ON_ACCOUNT
    hint = mark("Not booked in the journal") if on_account else ""
    if not method.active:
        hint = mark("No longer in use")
    return Option(key=method.id, title=method.title, hint=hint, offered=not on_account)


def _unique(names: Mapping[str, str]) -> dict[str, str]:
    """Key by folded name, names that occur more than once left out."""
    counts = Counter(_folded(name) for name in names.values())
    return {_folded(name): key for key, name in names.items() if counts[_folded(name)] == 1}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_id(key: str) -> bool:
    """Whether a mapping's key is a method's uuid and not its title."""
    return len(key) == 36 and key.count("-") == 4
