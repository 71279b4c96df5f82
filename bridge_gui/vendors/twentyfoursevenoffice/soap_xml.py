"""From the bytes of a classic answer to structs that name only the fields used; nothing in it is believed.

No document type and no entity is read, nothing is fetched or opened, and broken XML is not mended. A field
that is there and cannot be read is `VendorChanged`: zeep's own reader would take it for missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from lxml import etree
from msgspec import Struct

from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.twentyfoursevenoffice.terms import VENDOR
from bridge_gui.web.answer import Answer

Shape = TypeVar("Shape")
_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_READABLE = frozenset({b"utf-8", b"us-ascii", b""})
_MARK = b"\xef\xbb\xbf"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d|\Z)")
_YEARS = range(1900, 2500)
_HOME = ZoneInfo("Europe/Oslo")
# QUIRK: "no value" is the smallest one of its kind (twentyfoursevenoffice.md 4, spec).
NO_NUMBER = -(2**31)
_MOST = Decimal(10) ** 15
NO_AMOUNT = Decimal(-79228162514264337593543950335)


class IdentityClient(Struct, frozen=True, rename="pascal"):
    """A company."""

    id: int
    name: str = ""


class Identity(Struct, frozen=True, rename="pascal"):
    """The right of a user to one company."""

    id: str
    is_current: bool
    client: IdentityClient | None = None
    is_disabled: bool = False


class Failure(Struct, frozen=True, rename="pascal"):
    """Why there is nothing to tell of a record."""

    type: str = ""
    message: str = ""


class OrderPaid(Struct, frozen=True, rename="pascal"):
    """Of an order, that it was paid and when."""

    order_id: int = NO_NUMBER
    customer_id: int = NO_NUMBER
    invoice_id: int = NO_NUMBER
    order_total_inc_vat: Decimal = NO_AMOUNT
    paid: str = ""
    failure: Failure | None = msgspec.field(default=None, name="APIException")

    @property
    def paid_on(self) -> date | None:
        """The day on which it was paid, None if it is not."""
        return day_of(self.paid, "InvoiceOrder.Paid")


class Entry(Struct, frozen=True, kw_only=True, rename="pascal"):
    """An entry of the ledger; debit is positive."""

    booked: str = msgspec.field(name="Date")
    account_no: int
    amount: Decimal
    open: bool
    link_id: int = NO_NUMBER
    invoice_no: str = ""
    system_type: str = "Miscellaneous"
    due_date: str = ""
    ocr: str = msgspec.field(default="", name="OCR")

    @property
    def day(self) -> date:
        """The day on which it is booked."""
        found = day_of(self.booked, "Transaction.Date")
        if found is None:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="Transaction.Date")
        return found

    @property
    def due(self) -> date | None:
        """When it should be paid, None if it does not say."""
        return day_of(self.due_date, "Transaction.DueDate")


class Fault(Struct, frozen=True):
    """A refusal: whether the service says that it is our fault, its words, and whether of one record only."""

    ours: bool
    text: str
    record: bool = False


def day_of(told: str, path: str) -> date | None:
    """The day in Norway; None for no value, which is the first day of the first year.

    INFERRED: times come as UTC (twentyfoursevenoffice.md 6, the vendor's FAQ), a plain day as midnight
    there or in Norway.
    """
    if not told:
        return None
    try:
        at = datetime.fromisoformat(told if _MOMENT.match(told) else "")
    except ValueError:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=path) from None
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return aware.astimezone(_HOME).date() if at.year in _YEARS else None


def parsed(answer: Answer) -> Any:
    """The body of the envelope; raises `VendorChanged` for what is not one."""
    text = answer.body.removeprefix(_MARK)
    if not text.strip():
        raise VendorChanged("net.empty", vendor=VENDOR)
    declared = _DECLARED.match(text)
    coding = declared[1].lower() if declared else b""
    if _FORBIDDEN.search(text) or b"\0" in text or coding not in _READABLE:
        raise VendorChanged("twentyfoursevenoffice.soap_unreadable")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, recover=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        html = b"<html" in text[:2000].lower()
        code = "net.html" if html else "twentyfoursevenoffice.soap_unreadable"
        raise VendorChanged(code, **({"vendor": VENDOR} if html else {})) from None
    body = root.find(f"{{{_ENVELOPE}}}Body") if root.tag == f"{{{_ENVELOPE}}}Envelope" else None
    if body is None:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path="Envelope.Body")
    return body


def fault_of(body: Any) -> Fault | None:
    """The refusal in an answer: of the whole call, or of one record inside a good answer."""
    told = body.find(f"{{{_ENVELOPE}}}Fault")
    if told is not None:
        code = (told.findtext("faultcode") or "").rpartition(":")[2]
        return Fault(ours=code == "Client", text=told.findtext("faultstring") or code)
    for one in body.iter("{*}APIException"):
        text = one.findtext("{*}Message") or one.findtext("{*}Type") or ""
        if text.strip():
            return Fault(ours=True, text=text, record=True)
    return None


def text_in(body: Any, operation: str, namespace: str) -> str:
    """The result of an operation that gives one text."""
    result = _result(body, operation, namespace)
    if result is not None and len(result):
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=f"{operation}Result")
    return "" if result is None else (result.text or "").strip()


def rows_in(body: Any, operation: str, namespace: str, name: str, shape: type[Shape]) -> list[Shape]:
    """The result of an operation that gives a list."""
    result = _result(body, operation, namespace)
    rows: Iterable[Any] = () if result is None else result
    found = []
    for number, row in enumerate(rows):
        path = f"{operation}Result[{number}]"
        if row.tag != f"{{{namespace}}}{name}":
            raise VendorChanged("vendor.changed", vendor=VENDOR, path=path)
        if row.get(_NIL) not in ("true", "1"):
            found.append(_read(row, shape, path))
    return found


def one_in(body: Any, operation: str, namespace: str, shape: type[Shape]) -> list[Shape]:
    """The result of an operation that gives one record or none."""
    result = _result(body, operation, namespace)
    if result is None or not len(result):
        return []
    return [_read(result, shape, f"{operation}Result")]


def _result(body: Any, operation: str, namespace: str) -> Any | None:
    answer = body.find(f"{{{namespace}}}{operation}Response")
    if answer is None:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=f"{operation}Response")
    return answer.find(f"{{{namespace}}}{operation}Result")


def _read(row: Any, shape: type[Shape], path: str) -> Shape:
    try:
        made = msgspec.convert(_plain(row, path), shape, strict=False)
    except msgspec.ValidationError as error:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=path, detail=str(error)[:300]) from None
    for value in (getattr(made, name) for name in getattr(made, "__struct_fields__", ())):
        if isinstance(value, Decimal) and not (
            value.is_finite() and (value == NO_AMOUNT or abs(value) < _MOST)
        ):
            raise VendorChanged("vendor.changed", vendor=VENDOR, path=path)
    return made


def _plain(row: Any, path: str) -> dict[str, Any]:
    """Texts and inner records by name, what is nil or empty left out; a text that comes twice is wrong."""
    found: dict[str, Any] = {}
    for child in row:
        name = etree.QName(child).localname
        told: Any = _plain(child, f"{path}.{name}") if len(child) else (child.text or "").strip()
        if not told or child.get(_NIL) in ("true", "1"):
            continue
        if isinstance(found.get(name), str):
            raise VendorChanged("vendor.changed", vendor=VENDOR, path=f"{path}.{name}")
        found[name] = told
    return found
