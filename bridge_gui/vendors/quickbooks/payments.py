"""QuickBooks' payments of invoices: made, found by the invoice they pay, and taken off it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.selling import Applied, NewPayment, Payment
from bridge_gui.errors import BridgeError, CannotMap, Conflict, OutcomeUnknown, Refused, VendorChanged
from bridge_gui.vendors.quickbooks.bodies import LIMITS, REFERENCE_LIMIT
from bridge_gui.vendors.quickbooks.client import BatchItem, QuickBooksClient, stamp
from bridge_gui.vendors.quickbooks.forms import LineAnswer
from bridge_gui.vendors.quickbooks.payloads import (
    NOBODY,
    VENDOR,
    Linked,
    Reference,
    Row,
    Stamps,
    day_of,
    instant_of,
    tidy,
)
from bridge_gui.vendors.quickbooks.refusals import gone, is_missing
from bridge_gui.vendors.quickbooks.sales import REACH
from bridge_gui.web.decode import Id, decode
from bridge_gui.web.waiting import Cancel, Clock

_PAYMENT, _INVOICE = "Payment", "Invoice"


class PaymentAnswer(Struct, frozen=True, rename="pascal"):
    """A payment as answered."""

    id: Id
    sync_token: str
    total_amt: Decimal
    txn_date: str
    customer_ref: Reference = NOBODY
    currency_ref: Reference = NOBODY
    private_note: str = ""
    payment_method_ref: Reference = NOBODY
    deposit_to_account_ref: Reference = NOBODY
    payment_ref_num: str = ""
    line: list[LineAnswer] = []
    meta_data: Stamps = Stamps()

    def plain(self) -> Payment:
        """The payment in our form."""
        return Payment(
            id=self.id, version=self.sync_token, contact=self.customer_ref.value,
            contact_name=self.customer_ref.name, day=day_of(self.txn_date, "$.TxnDate"),
            amount=tidy(self.total_amt), currency=self.currency_ref.value, applied=self._applied(),
            memo=self.private_note, method=self.payment_method_ref.value,
            deposit=self.deposit_to_account_ref.value, reference=self.payment_ref_num,
            voided=self._is_voided(),
            made=instant_of(self.meta_data.create_time, "$.MetaData.CreateTime"),
            changed=instant_of(self.meta_data.last_updated_time, "$.MetaData.LastUpdatedTime"),
        )  # fmt: skip

    def _applied(self) -> tuple[Applied, ...]:
        return tuple(
            Applied(invoice=one.txn_id, amount=tidy(line.figure))
            for line in self.line
            for one in line.linked_txn
            if one.txn_type == _INVOICE
        )

    def _is_voided(self) -> bool:
        """QUIRK: no field says it; a payment of nothing that ties a credit has lines (quickbooks.md 3.6)."""
        worded = self.private_note.lstrip().casefold().startswith("void")
        return self.total_amt == 0 and (worded or not any(line.amount for line in self.line))


class InvoiceTies(Struct, frozen=True, rename="pascal"):
    """What an invoice is tied to."""

    linked_txn: list[Linked] = []


class QuickBooksPayments:
    """The payments of one company."""

    _client: QuickBooksClient
    _clock: Clock

    def payments_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Payment]]:
        """Pages of payments made or changed since an instant, anybody's; deleted ones for thirty days."""
        if self._clock.now() - since <= REACH:
            told = self._client.changes([_PAYMENT], since)
            if found := [_changed(raw) for raw in told.rows.get(_PAYMENT, [])]:
                yield found
            if not told.full:
                return
        where = f"MetaData.LastUpdatedTime >= '{stamp(since)}'"
        for page in self._client.pages(_PAYMENT, PaymentAnswer, where, cancel):
            yield [row.plain() for row in page]

    def payments_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[Payment, ...]:
        """Fresh copies; what is gone is left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Payment] = {}
        for page in self._client.by_ids(_PAYMENT, PaymentAnswer, wanted, cancel):
            found |= {row.id: row.plain() for row in page}
        return tuple(found[one] for one in wanted if one in found)

    def payments_of(self, invoice: str, cancel: Cancel) -> tuple[Payment, ...]:
        """The payments linked to an invoice that stand, oldest first."""
        raw = self._client.read(_INVOICE, invoice)
        if raw is None:
            return ()
        ties = decode(bytes(raw), InvoiceTies, vendor=VENDOR).linked_txn
        found = self.payments_by_id([one.txn_id for one in ties if one.txn_type == _PAYMENT], cancel)
        return tuple(sorted((one for one in found if not one.voided), key=_age))

    def make_payments(self, payments: Sequence[NewPayment], key: str) -> list[Payment | BridgeError]:
        """Several in one call, at most thirty; one answer each, in order."""
        made = [_item(payment) for payment in payments]
        items = [one for one in made if isinstance(one, BatchItem)]
        answers = iter(self._paid(items, key) if items else ())
        return [
            self._payment(payment, next(answers)) if isinstance(one, BatchItem) else one
            for payment, one in zip(payments, made, strict=True)
        ]

    def unlink_payment(self, now: Payment, invoice: str, key: str) -> Payment:
        """Take a payment off one invoice; the money stays with the customer as a credit.

        QUIRK: a list of lines that is empty may count as none given, and then nothing changes; so the whole
        payment is written as it was read, without that one line (quickbooks.md 3: what is left out goes).
        """
        raw = self._client.read(_PAYMENT, now.id)
        if raw is None:
            raise gone(now.id)
        body: dict[str, Any] = json.loads(bytes(raw), parse_float=Decimal)
        if str(body.get("SyncToken")) != now.version:
            raise Conflict("quickbooks.changed")
        body["Line"] = _without(body.get("Line") or [], invoice)
        for name in ("MetaData", "UnappliedAmt", "LinkedTxn", "domain", "sparse"):
            body.pop(name, None)
        self._client.write(_PAYMENT, body, key)
        return self._unlinked(now.id, invoice)

    def _unlinked(self, payment: str, invoice: str) -> Payment:
        try:
            raw = self._client.read(_PAYMENT, payment)
            found = None if raw is None else decode(bytes(raw), PaymentAnswer, vendor=VENDOR).plain()
        except BridgeError as error:
            raise OutcomeUnknown("quickbooks.not_unlinked") from error
        if found is None or any(one.invoice == invoice for one in found.applied):
            raise OutcomeUnknown("quickbooks.not_unlinked")
        return found

    def _paid(self, items: Sequence[BatchItem], key: str) -> Sequence[msgspec.Raw | BridgeError]:
        if len(items) > 1:
            return self._client.batch(items, key)
        try:
            return [self._client.write(_PAYMENT, items[0].body, key)]
        except Refused as error:
            return [error]

    def _payment(self, payment: NewPayment, told: msgspec.Raw | BridgeError) -> Payment | BridgeError:
        if isinstance(told, BridgeError):
            return self._why(told, payment.invoice)
        try:
            return decode(bytes(told), PaymentAnswer, vendor=VENDOR).plain()
        except VendorChanged as error:
            return OutcomeUnknown("outcome.left_out", detail=f"{error} {error.detail}")

    def _why(self, error: BridgeError, invoice: str) -> BridgeError:
        """A look tells whether the invoice is gone."""
        try:
            return (
                gone(invoice) if is_missing(error) and self._client.read(_INVOICE, invoice) is None else error
            )
        except BridgeError:
            return error


def _item(payment: NewPayment) -> BatchItem | CannotMap:
    if payment.amount <= 0:
        return CannotMap("quickbooks.negative")
    if len(payment.memo) > LIMITS["memo"]:
        return CannotMap("quickbooks.too_long", text=payment.memo[:40], limit=LIMITS["memo"])
    tie = {"TxnId": payment.invoice, "TxnType": _INVOICE}
    body: dict[str, Any] = {
        "CustomerRef": {"value": payment.contact}, "TotalAmt": payment.amount,
        "TxnDate": payment.day.isoformat(),
        "CurrencyRef": {"value": payment.currency}, "PrivateNote": payment.memo,
        "Line": [{"Amount": payment.amount, "LinkedTxn": [tie]}],
    }  # fmt: skip
    refs = {"PaymentMethodRef": payment.method, "DepositToAccountRef": payment.deposit}
    body |= {name: {"value": value} for name, value in refs.items() if value}
    if payment.reference:
        body["PaymentRefNum"] = payment.reference[:REFERENCE_LIMIT]
    return BatchItem(_PAYMENT, body)


def _changed(raw: msgspec.Raw) -> Payment:
    row = decode(bytes(raw), Row, vendor=VENDOR)
    if row.is_deleted:
        return Payment(id=row.id, version="", contact="", day=date.min, amount=ZERO, deleted=True)
    return decode(bytes(raw), PaymentAnswer, vendor=VENDOR).plain()


def _without(lines: Sequence[Mapping[str, Any]], invoice: str) -> list[Mapping[str, Any]]:
    return [line for line in lines if not any(_pays(tie, invoice) for tie in line.get("LinkedTxn") or ())]


def _pays(tie: Mapping[str, Any], invoice: str) -> bool:
    return tie.get("TxnType") == _INVOICE and str(tie.get("TxnId")) == invoice


def _age(payment: Payment) -> tuple[date, int]:
    return payment.day, int(payment.id) if payment.id.isdigit() else 0
