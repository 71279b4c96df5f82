"""Payday in Bridge's terms: the company, its chart of accounts, its journal and its ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

import msgspec

from bridge_gui.accounting.documents import JournalEntry, LedgerAccount
from bridge_gui.accounting.entries import PostedEntry
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.errors import Passing
from bridge_gui.sync.capabilities import Company, LedgerCheck, LedgerLine
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.payday.client import By, PaydayClient
from bridge_gui.vendors.payday.closing import PaydayClosing
from bridge_gui.vendors.payday.customers import PaydayContacts
from bridge_gui.vendors.payday.invoices import PaydayInvoices
from bridge_gui.vendors.payday.ledger import OUTPUT_VAT, compare, is_split, same_lines
from bridge_gui.vendors.payday.payloads import (
    TAX_CODES,
    AccountAnswer,
    StatementLine,
    journal_body,
    posted_entry,
)
from bridge_gui.vendors.payday.statement import RECEIVABLES, ledger_lines
from bridge_gui.web.waiting import Cancel, check

_DAY = timedelta(days=1)


class PaydayAdapter(PaydayContacts, PaydayInvoices, PaydayClosing):
    """One company's books at Payday; `today` gives the day by which new bookings are looked up."""

    def __init__(self, client: PaydayClient, today: Callable[[], date]) -> None:
        self._client = client
        self._today = today

    @classmethod
    def open(cls, context: ConnectionContext) -> PaydayAdapter:
        """The adapter of a connection; calls nobody yet."""
        pair = context.values["client_id"].strip(), context.secret("client_secret").strip()
        client = PaydayClient(context.endpoint, *pair, context.wire)
        return cls(client, lambda: context.clock.now().date())

    def company(self) -> Company:
        """Sign in and name the company."""
        answer = self._client.company()
        return Company(id=str(answer.id), name=answer.name, number=answer.ssn or "")

    def accounts(self) -> tuple[LedgerAccount, ...]:
        """The accounts in use, by code."""
        return self._chart

    def payment_accounts(self) -> tuple[LedgerAccount, ...]:
        """The accounts that accept payments.

        INFERRED: a payment type's id is not its account's id; the title is the account's name. Accounts
        that share such a name are all given, for a person to tell apart by their codes.
        """
        titles = {_folded(kind.title) for kind in self._client.payment_types()}
        return tuple(account for account in self._chart if _folded(account.name) in titles)

    def tax_codes(self) -> tuple[TaxCode, ...]:
        """The tax codes a gross line may bear."""
        return TAX_CODES

    def post_entry(self, entry: JournalEntry) -> PostedEntry:
        """Make one entry; its lines as the answer shows them."""
        body = journal_body(entry)
        self.accounts()  # before the write: after it nothing may fail that is not the write itself
        return posted_entry(self._client.post_journal(body))

    def entries(self, cancel: Cancel) -> tuple[PostedEntry, ...]:
        """All journal entries there are, their lines as Payday shows them."""
        check(cancel)
        answers = self._client.journal()
        if answers is None:
            raise Passing("payday.journal_moving")
        return tuple(posted_entry(answer) for answer in answers)

    def in_our_form(self, posted: PostedEntry, meant: JournalEntry | None) -> PostedEntry:
        """The entry with lines as Bridge sends them: those of `meant` if it is that; None if none compare.

        QUIRK: whether lines come back as sent or with the VAT split off is unknown (payday.md 3.5).
        """
        lines = posted.lines
        if lines is not None and meant is not None and same_lines(meant, lines, self._codes):
            lines = meant.lines
        elif lines is not None and is_split(lines, self._codes):
            lines = None
        return msgspec.structs.replace(posted, lines=lines)

    def check_ledger(self, entry: JournalEntry, posted: PostedEntry, cancel: Cancel) -> LedgerCheck:
        """Compare what the ledger shows of a booked entry with what it should show.

        Looked for among what was made about now, then, if it was made earlier, by its own day.
        """
        today = self._today()
        windows: tuple[tuple[By, date, date], ...] = (
            ("created", today - _DAY, today + _DAY),
            ("date", entry.day, entry.day),
        )
        for by, first, last in windows:
            check(cancel)
            lines = self._client.statement(by, first, last)
            if mine := [line for line in lines or () if _belongs(line, posted)]:
                return compare(entry, mine, self._codes)
        return LedgerCheck(visible=False)

    def ledger(self, first: date, last: date, cancel: Cancel) -> tuple[LedgerLine, ...]:
        """All lines dated from one day to another, both included; accounts by their code."""
        return ledger_lines(self._client, first, last, cancel)

    @property
    def receivables(self) -> str:
        """The code of the account of what customers owe."""
        return RECEIVABLES

    def account_taxes(self) -> Mapping[str, TaxCode]:
        """The tax code that an account has by itself, by the account's id; only those that take tax off."""
        codes = {code.key: code for code in TAX_CODES if code.rate}
        own = ((account.id, codes.get(account.default_vat_percent_type or "")) for account in self._all)
        return {account: code for account, code in own if code is not None}

    def sales_tax_accounts(self) -> Mapping[Decimal, str]:
        """The code of the account that the tax on sales goes to, by rate."""
        return {code.rate: OUTPUT_VAT[code.key] for code in TAX_CODES if code.key in OUTPUT_VAT}

    @cached_property
    def _all(self) -> tuple[AccountAnswer, ...]:
        return tuple(sorted(self._client.accounts(), key=lambda account: account.code))

    @cached_property
    def _chart(self) -> tuple[LedgerAccount, ...]:
        return tuple(account.plain() for account in self._all if not account.archived)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {account.id: account.code for account in self._all}


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _belongs(line: StatementLine, posted: PostedEntry) -> bool:
    """Whether a ledger line is of this entry.

    INFERRED: its entryId is the journal entry's id, or it shows the entry's voucher, or its text.
    """
    if str(line.entry_id) == posted.ref.id:
        return True
    if posted.ref.number and str(line.voucher) == posted.ref.number:
        return True
    return bool(posted.text) and (line.description or "").strip() == posted.text
