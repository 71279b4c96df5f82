"""Payday's own forms, with only the fields Bridge uses; unknown fields are ignored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.documents import CUSTOMER, JournalEntry, JournalLine, LedgerAccount, Ref
from bridge_gui.accounting.entries import PostedEntry
from bridge_gui.accounting.tax import TaxCode
from bridge_gui.errors import CannotMap
from bridge_gui.web.decode import Id

DESCRIPTION_LIMIT = 100
NOT_SET = "NotSet"
# INFERRED: the rates behind the three names (named so by two clients, the rates by GET /general/vat).
TAX_CODES = (
    TaxCode(key="StandardVAT", rate=Decimal(24)),
    TaxCode(key="ReducedVAT", rate=Decimal(11)),
    TaxCode(key="NoVAT", rate=Decimal(0)),
)
_BY_KEY = {code.key: code for code in TAX_CODES}
_DRAFT = "DRAFT"
_POST = "POST"


class TokenAnswer(Struct, frozen=True, rename="camel"):
    """The answer of POST /auth/token; `expires_in` in seconds."""

    access_token: str
    expires_in: int = 86400


class CompanyAnswer(Struct, frozen=True, rename="camel"):
    """The answer of GET /companies/me."""

    id: str | int
    name: str
    ssn: str | None = None


class PaymentTypeAnswer(Struct, frozen=True):
    """One payment type; its id is not the ledger account's."""

    id: Id
    title: str


class AccountAnswer(Struct, frozen=True, rename="camel"):
    """One ledger account."""

    id: Id
    code: str
    name: str
    archived: bool = False
    default_vat_percent_type: str | None = None

    def plain(self) -> LedgerAccount:
        """The account in our form."""
        return LedgerAccount(id=self.id, code=self.code, name=self.name)


class JournalLineBody(Struct, frozen=True, rename="camel", omit_defaults=True):
    """One line as sent: exactly one account, the amount including VAT where a rate is set."""

    amount: Decimal
    vat_percent_type: str
    ledger_account_id: str | None = None
    customer_id: str | None = None


class JournalBody(Struct, frozen=True, rename="camel"):
    """A journal entry as sent."""

    date: date
    description: str
    status: str
    lines: tuple[JournalLineBody, ...]


class JournalLineAnswer(Struct, frozen=True, rename="camel"):
    """One line as answered; every field but the amount may be missing."""

    amount: Decimal
    ledger_account_id: str | None = None
    vat_percent_type: str | None = None
    customer_id: str | None = None


class JournalAnswer(Struct, frozen=True, rename="camel"):
    """A journal entry as answered. INFERRED: all field names but the id."""

    id: str | int
    date: str | None = None
    description: str | None = None
    status: str | None = None
    voucher: str | int | None = None
    lines: tuple[JournalLineAnswer, ...] | None = None


class StatementLine(Struct, frozen=True, rename="camel"):
    """One line of the ledger: positive is debit."""

    amount: Decimal
    account_code: str
    entry_id: str | int | None = None
    description: str | None = None
    voucher: str | int | None = None
    id: str | int | None = None
    date: str | None = None


class Paging(Struct, frozen=True, rename="camel"):
    """Where a page stands in its list."""

    page: int = 1
    pages: int = 1
    total: int | None = None


def journal_body(entry: JournalEntry) -> JournalBody:
    """The entry as Payday wants it, strictly checked: Payday drops silently what it does not know."""
    _check(entry)
    lines = tuple(_line_body(line) for line in entry.balanced().lines)
    status = _DRAFT if entry.draft else _POST
    return JournalBody(date=entry.day, description=entry.text, status=status, lines=lines)


def posted_entry(answer: JournalAnswer) -> PostedEntry:
    """A journal entry in our form; its lines only if each of them is shown with its account."""
    number = "" if answer.voucher is None else str(answer.voucher)
    return PostedEntry(
        ref=Ref(id=str(answer.id), number=number),
        day=day_of(answer.date),
        text=answer.description or "",
        draft=answer.status.upper() == _DRAFT if answer.status else None,
        lines=_lines(answer.lines),
    )


def day_of(text: str | None) -> date | None:
    """The day of an ISO instant or day, never shifted by a time zone; None where there is none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def first_array(body: bytes) -> bytes:
    """The list in an answer: the body itself, or the first list in its envelope; raises `DecodeError`.

    INFERRED: no client shows what the journal's envelope calls its list.
    """
    if body.lstrip()[:1] == b"[":
        return body
    for value in msgspec.json.decode(body, type=dict[str, msgspec.Raw]).values():
        if bytes(value).lstrip()[:1] == b"[":
            return bytes(value)
    raise msgspec.ValidationError("no list - at `$`")


def _check(entry: JournalEntry) -> None:
    odd = [line.tax.key for line in entry.lines if line.tax is not None and line.tax not in TAX_CODES]
    net = [line.tax.key for line in entry.lines if line.tax is not None and not line.gross]
    wrong = [*odd, *net, "" if entry.lines else "no lines", "" if entry.currency == "ISK" else entry.currency]
    wrong.append("" if 0 < len(entry.text) <= DESCRIPTION_LIMIT else "description")
    if any(wrong):
        raise CannotMap("payday.entry_invalid", text=", ".join(filter(None, wrong)))


def _vat_percent_type(line: JournalLine) -> str:
    return line.tax.key if line.tax is not None else NOT_SET


def _line_body(line: JournalLine) -> JournalLineBody:
    """A line on a ledger account, or on a customer's own."""
    kind = _vat_percent_type(line)
    if line.account.startswith(CUSTOMER):
        customer = line.account.removeprefix(CUSTOMER)
        return JournalLineBody(amount=line.amount, customer_id=customer, vat_percent_type=kind)
    return JournalLineBody(amount=line.amount, ledger_account_id=line.account, vat_percent_type=kind)


def _lines(lines: tuple[JournalLineAnswer, ...] | None) -> tuple[JournalLine, ...] | None:
    if not lines or any(line.ledger_account_id is None and line.customer_id is None for line in lines):
        return None
    return tuple(_line(line) for line in lines)


def _line(line: JournalLineAnswer) -> JournalLine:
    tax = _BY_KEY.get(line.vat_percent_type or "")
    account = line.ledger_account_id or f"{CUSTOMER}{line.customer_id}"
    return JournalLine(account=account, amount=line.amount, tax=tax, gross=tax is not None)
