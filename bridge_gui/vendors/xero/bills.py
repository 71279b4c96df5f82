"""Xero's sales invoices through all their states."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

import msgspec

from bridge_gui.accounting.billing import Bill, BillPayment, NewBill
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.errors import BridgeError, CannotMap, OutcomeUnknown, Refused, VendorChanged
from bridge_gui.vendors.xero.client import XeroClient
from bridge_gui.vendors.xero.invoices import (
    STATES,
    InvoiceAnswer,
    InvoiceBody,
    StatusBody,
    WrittenInvoice,
    invoice_body,
)
from bridge_gui.vendors.xero.payloads import (
    VENDOR,
    HistoryRecord,
    Payment,
    day_of,
    instant_of,
    texts,
)
from bridge_gui.vendors.xero.refusals import refused
from bridge_gui.web.decode import decode
from bridge_gui.web.waiting import Cancel, check

MOST = 50
"""Documents in one call (xero.md 4)."""
_IDS = 40
_FOUR_PLACES: dict[str, str | int] = {"unitdp": 4}
_SALES = 'Type=="ACCREC"'
_TURNS = frozenset(STATES) - {DocumentState.DRAFT}
_RAW = msgspec.Raw


class XeroBills(ABC):
    """The invoices of one organisation; `spare` refuses a look for changes when few calls are left."""

    _client: XeroClient
    _spare: Callable[[], None]

    @abstractmethod
    def rates(self) -> Mapping[str, Decimal]:
        """The rates of all tax types there ever were."""

    def bills_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Bill]]:
        """Pages of all invoices changed since an instant, voided and deleted ones too."""
        self._spare()
        return self._listed({"where": _SALES}, cancel, since)

    def bills_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[Bill, ...]:
        """Fresh copies; what is gone is left out."""
        wanted, found = list(dict.fromkeys(ids)), dict[str, Bill]()
        for start in range(0, len(wanted), _IDS):
            some = ",".join(wanted[start : start + _IDS])
            for page in self._listed({"IDs": some}, cancel):
                found |= {bill.ref.id: bill for bill in page}
        return tuple(found[one] for one in wanted if one in found)

    def bills_marked(
        self, marks: Collection[str], since: date, cancel: Cancel
    ) -> Mapping[str, tuple[Bill, ...]]:
        """For each mark the invoices made or changed since a day whose reference ends with it, in any state.

        The whole list is read and compared here: a filter for the end of a text is none that Xero indexes,
        and one for the invoice's date would miss what a person has dated back.
        """
        found: dict[str, dict[str, Bill]] = {mark: {} for mark in marks}
        if not found:
            return {}
        begin = datetime.combine(since, time(), UTC)
        for page in self._listed({"where": _SALES}, cancel, begin):
            for bill in page:
                mark = bill.reference.split()[-1] if bill.reference.strip() else ""
                if mark in found:
                    found[mark][bill.ref.id] = bill
        return {mark: tuple(bills.values()) for mark, bills in found.items()}

    def bills_dated(self, first: date, last: date, contact: str, cancel: Cancel) -> Iterator[Sequence[Bill]]:
        """Pages of the invoices of a period, of one customer or of all."""
        where = f"{_SALES} AND Date>={_day(first)} AND Date<={_day(last)}"
        params = {"where": where} | ({"ContactIDs": contact} if contact else {})
        return self._listed(params, cancel)

    def make_bills(self, bills: Sequence[NewBill], key: str) -> list[Bill | BridgeError]:
        """Make several in one call; one answer per invoice, told by its reference."""
        if not 0 < len(bills) <= MOST:
            raise ValueError("between one and fifty invoices")
        bodies = [_body(bill) for bill in bills]
        going = [bill for bill, body in zip(bills, bodies, strict=True) if isinstance(body, InvoiceBody)]
        results = iter(self._sent_bills(going, key) if going else ())
        return [body if isinstance(body, BridgeError) else next(results) for body in bodies]

    def _sent_bills(self, bills: Sequence[NewBill], key: str) -> list[Bill | BridgeError]:
        body = {"Invoices": [invoice_body(bill) for bill in bills]}
        rates = self.rates()  # before the write: after it nothing may fail that is not the write itself
        params = {**_FOUR_PLACES, "summarizeErrors": "false"}
        rows = self._client.sent("PUT", "Invoices", body, _RAW, key=key, params=params)
        told = [(decode(bytes(row), WrittenInvoice, vendor=VENDOR), bytes(row)) for row in rows]
        return [_result(said, raw, rates) for said, raw in _in_order(bills, told)]

    def turn(self, bill: str, state: DocumentState, key: str) -> Bill:
        """Submit, approve, void or delete; nothing but the state is sent."""
        if state not in _TURNS:
            raise Refused("xero.wrong_state", text=state.value)
        rates = self.rates()
        body = {"Invoices": [StatusBody(invoice_id=bill, status=STATES[state])]}
        rows = self._client.sent("POST", f"Invoices/{bill}", body, _RAW, key=key, params=_FOUR_PLACES)
        if len(rows) != 1:
            raise OutcomeUnknown("outcome.left_out")
        raw = bytes(rows[0])
        result = _result(decode(raw, WrittenInvoice, vendor=VENDOR), raw, rates)
        if isinstance(result, BridgeError):
            raise result
        return result

    def send_by_email(self, bill: str, key: str) -> None:
        """Let Xero e-mail it. Sent once and without a key: nobody can look up whether it went."""
        del key
        self._client.done(f"Invoices/{bill}/Email", {})

    def pdf(self, bill: str) -> bytes:
        """The invoice as the customer sees it."""
        return self._client.pdf(f"Invoices/{bill}")

    def payments_of(self, bill: str) -> tuple[BillPayment, ...]:
        """The payments that stand; removed ones stay in Xero's list."""
        asked: dict[str, str | int] = {"where": f'Invoice.InvoiceID==guid("{bill}")', "page": 1}
        rows = self._client.listed("Payments", Payment, asked)
        return tuple(_payment(row) for row in rows if row.status != "DELETED")

    def remove_payment(self, payment: str, key: str) -> None:
        """Take a payment off; the invoice is to be paid again."""
        rows = self._client.sent("POST", f"Payments/{payment}", {"Status": "DELETED"}, Payment, key=key)
        bad = [row for row in rows if row.has_validation_errors or row.validation_errors]
        if bad:
            raise refused(texts(bad[0].validation_errors))
        if not rows or any(row.status != "DELETED" for row in rows):
            raise OutcomeUnknown("outcome.left_out")

    def happenings(self, bill: str) -> tuple[tuple[datetime, str], ...]:
        """The invoice's history, newest first."""
        rows = self._client.listed(f"Invoices/{bill}/History", HistoryRecord)
        told = [(_when(row), _said(row)) for row in rows]
        return tuple(sorted(told, key=lambda one: one[0], reverse=True))

    def bill_url(self, bill: str) -> str:
        """Where a person opens it, in this organisation whatever other one is open in the browser."""
        code = self.short_code()
        return f"https://go.xero.com/app/{code}/invoicing/view/{bill}" if code else ""

    @abstractmethod
    def short_code(self) -> str:
        """The organisation's name in addresses."""

    def _listed(
        self, params: Mapping[str, str | int], cancel: Cancel, since: datetime | None = None
    ) -> Iterator[Sequence[Bill]]:
        asked = {**_FOUR_PLACES, "includeArchived": "true", **params}
        pages = self._client.pages(
            "Invoices", InvoiceAnswer, asked, identity=lambda row: row.invoice_id,
            changed=lambda row: instant_of(row.updated_date_utc, "$.Invoices[].UpdatedDateUTC"), since=since,
        )  # fmt: skip
        for page in pages:
            check(cancel)
            sales = [row for row in page if row.type == "ACCREC"]
            lined = any(row.line_items for row in sales)
            rates = self.rates() if lined else {}
            yield [row.plain(rates, whole=row.line_items is not None) for row in sales]


def _body(bill: NewBill) -> InvoiceBody | CannotMap:
    """One document as sent; one that Xero would not take holds up none of the others."""
    try:
        return invoice_body(bill)
    except CannotMap as error:
        return error


def _in_order(
    bills: Sequence[NewBill], told: Sequence[tuple[WrittenInvoice, bytes]]
) -> list[tuple[WrittenInvoice, bytes] | tuple[None, bytes]]:
    """The answers in the order asked: by reference, each of which is one document's own."""
    by_reference: dict[str, list[tuple[WrittenInvoice, bytes]]] = {}
    for said, raw in told:
        by_reference.setdefault(_flat(said.reference), []).append((said, raw))
    alike = [_flat(bill.reference) for bill in bills]
    result: list[tuple[WrittenInvoice, bytes] | tuple[None, bytes]] = []
    for bill in bills:
        found = by_reference.get(_flat(bill.reference), [])
        one = len(found) == 1 and alike.count(_flat(bill.reference)) == 1
        result.append(found[0] if one else (None, b""))
    return result


def _flat(reference: str) -> str:
    """A reference as it may come back: Xero is free to tidy its spaces."""
    return " ".join(reference.split())


def _result(said: WrittenInvoice | None, raw: bytes, rates: Mapping[str, Decimal]) -> Bill | BridgeError:
    """One document's own answer; what the answer leaves out is unknown."""
    if said is None:
        return OutcomeUnknown("outcome.left_out")
    if said.is_refused:
        return refused(texts(said.validation_errors))
    try:
        return decode(raw, InvoiceAnswer, vendor=VENDOR).plain(rates)
    except VendorChanged as error:  # it was made: a look, not this answer, tells what is there
        return OutcomeUnknown("outcome.left_out", detail=f"{error} {error.detail}")


def _payment(row: Payment) -> BillPayment:
    day = day_of(row.date)
    if day is None:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.Payments[].Date")
    account = row.account.code or row.account.name if row.account else ""
    return BillPayment(
        id=row.payment_id, day=day, amount=row.amount, account=account, reconciled=row.is_reconciled
    )


def _when(row: HistoryRecord) -> datetime:
    text = row.date_utc_string or row.date_utc
    return instant_of(text, "$.HistoryRecords[].DateUTC") if text else datetime.fromtimestamp(0, UTC)


def _said(row: HistoryRecord) -> str:
    parts = [part for part in (row.changes, row.details) if part.strip()]
    by = f" ({row.user})" if row.user.strip() else ""
    return ": ".join(parts) + by


def _day(day: date) -> str:
    return f"DateTime({day.year},{day.month:02},{day.day:02})"
