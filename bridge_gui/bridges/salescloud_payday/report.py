"""SalesCloud's report "Debit vs Credit by days" as entries: everything assumed about it stands here.

Nobody has shown us such a report (salescloud.md section 6: its columns are unknown). INFERRED:
- a row is one account on one day, debited or credited; all rows of a day come to zero;
- what a row is called (an account number, a name, a payment method) means the same account every day, and a
  person pairs it with Payday's account once; numbers and names that agree are proposed;
- amounts are whole krónur;
- VAT. A report that balances has it either on rows of its own beside sales without VAT, or within the sales.
  Setting "separate" (the default): the day is booked as it stands, every line `NotSet`, so that Payday
  splits nothing off a second time. Setting "included": lines on accounts that Payday gives a VAT type go
  gross with that type, and Payday splits the VAT off. A day that contradicts the setting (sales on such an
  account and no row on an output-VAT account; or both) is held and never guessed at;
- on-account sales are rows like any other: with a file nothing is put on drafts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.documents import JournalLine, LedgerAccount
from bridge_gui.accounting.entries import merged
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.sync.files.days import FileDay, Posting
from bridge_gui.sync.flow import Held

SEPARATE, INCLUDED = "separate", "included"
AS_IT_STANDS = "as_it_stands"


class ReportRules(Struct, frozen=True, kw_only=True):
    """How a report becomes entries; `accounts` by the report's label, None when no longer in the chart.

    `taxes` are the VAT types that accounts have by themselves, `vat_accounts` the ids of output VAT.
    """

    accounts: dict[str, LedgerAccount | None]
    taxes: dict[str, TaxCode]
    vat_accounts: frozenset[str]
    vat: str = SEPARATE
    draft: bool = False
    names: dict[str, str] = {}
    today: date = date.max


def lines_of(day: FileDay, rules: ReportRules, answer: str = "") -> tuple[JournalLine, ...] | Held:
    """What a day does to the books, or why it has to wait."""
    for held in _checks(day, rules, answer):
        return held
    return merged(_line(posting, rules) for posting in day.postings)


def _checks(day: FileDay, rules: ReportRules, answer: str) -> Iterator[Held]:
    if day.wrong:
        yield Held(code="report.unreadable", params={"row": day.wrong})
    if day.difference:
        yield Held(code="report.unbalanced", params={"difference": plain(day.difference)})
    for posting in day.postings:
        if posting.amount % 1 != 0:
            yield Held(
                code="report.fractions", params={"label": posting.label, "amount": plain(posting.amount)}
            )
        if posting.label not in rules.accounts:
            yield Held(code="report.unmapped", params={"label": posting.label})
        elif rules.accounts[posting.label] is None:
            yield Held(code="report.account_gone", params={"label": posting.label})
    yield from _vat(day, rules, answer)


def _vat(day: FileDay, rules: ReportRules, answer: str) -> Iterator[Held]:
    """A day whose VAT is not where the setting says it is."""
    ids = [account.id for posting in day.postings if (account := rules.accounts.get(posting.label))]
    taxed = [account for account in ids if _rate(account, rules)]
    own_rows = any(account in rules.vat_accounts for account in ids)
    if answer == AS_IT_STANDS or not taxed or own_rows == (rules.vat == SEPARATE):
        return
    code = "report.vat_missing" if rules.vat == SEPARATE else "report.vat_twice"
    choices = (AS_IT_STANDS,) if rules.vat == SEPARATE else ()
    yield Held(code=code, params={"account": rules.names.get(taxed[0], taxed[0])}, choices=choices)


def _rate(account: str, rules: ReportRules) -> Decimal:
    tax = rules.taxes.get(account)
    return tax.rate if tax is not None else Decimal(0)


def _line(posting: Posting, rules: ReportRules) -> JournalLine:
    account = rules.accounts[posting.label]
    assert account is not None, "the checks come first"
    if rules.vat == INCLUDED and _rate(account.id, rules):
        return JournalLine(account=account.id, amount=posting.amount, tax=rules.taxes[account.id], gross=True)
    return JournalLine(account=account.id, amount=posting.amount)


def proposed(labels: Iterable[str], accounts: tuple[LedgerAccount, ...]) -> dict[str, str]:
    """Which account a label means where there is no doubt: its number, or a name only one bears."""
    by_code = {account.code: account.id for account in accounts}
    by_name: dict[str, set[str]] = {}
    for account in accounts:
        by_name.setdefault(_folded(account.name), set()).add(account.id)
    found: dict[str, str] = {}
    for label in labels:
        number = label.split()[0] if label.split() else ""
        named = by_name.get(_folded(label), set())
        if number in by_code:
            found[label] = by_code[number]
        elif len(named) == 1:
            found[label] = next(iter(named))
    return found


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
