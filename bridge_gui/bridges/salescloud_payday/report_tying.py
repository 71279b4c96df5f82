"""Tie-out with a report as the source: its days against Payday's ledger, account by account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from bridge_gui.accounting.documents import LedgerAccount
from bridge_gui.accounting.money import ZERO
from bridge_gui.bridges.salescloud_payday.report import INCLUDED, ReportRules
from bridge_gui.bridges.salescloud_payday.report_days import record_of
from bridge_gui.bridges.salescloud_payday.rules import Rules, shown
from bridge_gui.bridges.salescloud_payday.tying import Ties
from bridge_gui.bridges.salescloud_payday.tying_keys import ON_ACCOUNT, TieKeys
from bridge_gui.sync.capabilities import ShowsLedger
from bridge_gui.sync.files.door import FileDoor
from bridge_gui.sync.tieout import Amounts, Key, Sold
from bridge_gui.web.waiting import Cancel


class ReportTies(Ties):
    """The two reads; every amount is debit positive, as the report has it."""

    def __init__(
        self, door: FileDoor, books: ShowsLedger, rules: Rules, accounts: Iterable[LedgerAccount],
        report: ReportRules,
    ) -> None:  # fmt: skip
        self._door = door
        self._books = books
        self._rules = replace(rules, scope=door.scope)
        self._report = report
        self._keys = ReportKeys(accounts, report, books.sales_tax_accounts())
        self.keys = self._keys.all

    def sold(self, first: date, last: date, cancel: Cancel) -> Iterator[Sold]:
        """The report's days within the period."""
        for day in self._door.read(cancel).days:
            if first <= day.day <= last:
                amounts: Amounts = {}
                for posting in day.postings:
                    account = self._report.accounts.get(posting.label)
                    key = self._keys.of_code(account.code) if account is not None else posting.label
                    amounts[key] = amounts.get(key, ZERO) + posting.amount
                yield Sold(flow="report_days", record=record_of(day, self._door.scope), amounts=amounts)


class ReportKeys(TieKeys):
    """A key for each account the report is booked to; where Payday takes VAT off, with its VAT account."""

    def __init__(
        self, accounts: Iterable[LedgerAccount], report: ReportRules, vat: Mapping[Decimal, str]
    ) -> None:
        accounts = tuple(accounts)
        self.on_account, self.receivables = ON_ACCOUNT, ""
        self._names = {account.code: shown(account) for account in accounts}
        self._codes = {account.id: account.code for account in accounts}
        used = {account.code: account.id for account in report.accounts.values() if account is not None}
        self._by_code = {code: self._names.get(code, code) for code in used}
        if report.vat == INCLUDED:
            self._join(used, report, vat)
        self.all = tuple(Key(name=name) for name in dict.fromkeys(self._by_code.values()))

    def _join(self, used: dict[str, str], report: ReportRules, vat: Mapping[Decimal, str]) -> None:
        """All accounts of one rate and its VAT account are one key: a gross amount is split between them."""
        for rate, code in vat.items():
            taxed = [one for one, account in used.items() if _rate(report, account) == rate]
            if taxed:
                joined = [*dict.fromkeys([*taxed, code])]
                name = " + ".join(self._names.get(one, one) for one in joined)
                self._by_code |= dict.fromkeys(joined, name)


def _rate(report: ReportRules, account: str) -> Decimal | None:
    tax = report.taxes.get(account)
    return None if tax is None else tax.rate
