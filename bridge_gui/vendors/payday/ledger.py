"""What Payday's ledger should show of a journal entry, and how that compares with what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from bridge_gui.accounting.documents import JournalEntry, JournalLine
from bridge_gui.accounting.entries import balances
from bridge_gui.accounting.money import ZERO, total
from bridge_gui.accounting.tax import split_gross
from bridge_gui.sync.capabilities import LedgerCheck, LedgerDifference
from bridge_gui.vendors.payday.payloads import StatementLine

# INFERRED: output VAT goes to the accounts of a default company's chart (codes seen in one company).
OUTPUT_VAT = {"StandardVAT": "4300", "ReducedVAT": "4310"}
# INFERRED: whether Payday rounds per line or per document is unknown; one króna per rate is allowed.
TOLERANCE = Decimal(1)


def expected(entry: JournalEntry, codes: Mapping[str, str]) -> dict[str, Decimal]:
    """The amount per account code after Payday has split the VAT off; `codes` by account id."""
    sums: dict[str, Decimal] = {}
    for line in entry.lines:
        for code, amount in _booked(line, codes, entry.currency):
            sums[code] = sums.get(code, ZERO) + amount
    return sums


def compare(entry: JournalEntry, seen: Iterable[StatementLine], codes: Mapping[str, str]) -> LedgerCheck:
    """What differs by more than the rounding of VAT; not visible while it is seen only in part."""
    seen = tuple(seen)
    shown, wanted = _per_account(seen), expected(entry, codes)
    whole = total(line.amount for line in seen) == 0 or set(wanted) <= set(shown)
    if not seen or not whole:
        return LedgerCheck(visible=False)
    slack = _slack(entry, codes)
    differing = (
        LedgerDifference(account=code, expected=wanted.get(code, ZERO), seen=shown.get(code, ZERO))
        for code in sorted({*wanted, *shown})
    )
    return LedgerCheck(
        visible=True,
        differences=tuple(d for d in differing if abs(d.expected - d.seen) > slack.get(d.account, ZERO)),
    )


def same_lines(entry: JournalEntry, seen: Iterable[JournalLine], codes: Mapping[str, str]) -> bool:
    """Whether lines read back mean the entry: as sent, or as the ledger splits them."""
    seen = tuple(seen)
    if balances(seen) == balances(entry.lines):
        return True
    as_ledger = (
        StatementLine(amount=line.amount, account_code=codes.get(line.account, line.account)) for line in seen
    )
    plain = all(line.tax is None or line.tax.rate == 0 for line in seen)
    return plain and not compare(entry, as_ledger, codes).differences


def is_split(lines: Iterable[JournalLine], codes: Mapping[str, str]) -> bool:
    """Whether lines show the VAT split off, which nothing that Bridge sends ever does."""
    return any(codes.get(line.account) in OUTPUT_VAT.values() for line in lines)


def _booked(line: JournalLine, codes: Mapping[str, str], currency: str) -> Iterable[tuple[str, Decimal]]:
    code = codes.get(line.account, line.account)
    if line.tax is None or line.tax.key not in OUTPUT_VAT:
        return ((code, line.amount),)
    split = split_gross(line.amount, line.tax.rate, currency)
    return (code, split.net), (OUTPUT_VAT[line.tax.key], split.tax)


def _per_account(lines: Iterable[StatementLine]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.account_code] = sums.get(line.account_code, ZERO) + line.amount
    return sums


def _slack(entry: JournalEntry, codes: Mapping[str, str]) -> dict[str, Decimal]:
    """How much each account may differ: one unit per rate that touches it."""
    rates: dict[str, set[str]] = {}
    for line in entry.lines:
        if line.tax is not None and line.tax.key in OUTPUT_VAT:
            for code in (codes.get(line.account, line.account), OUTPUT_VAT[line.tax.key]):
                rates.setdefault(code, set()).add(line.tax.key)
    return {code: TOLERANCE * len(keys) for code, keys in rates.items()}
