"""Everything about Sharefox that is assumed and not documented, to be replaced when it is.

Documented are the host, the headers with the full domain, that an administrator signs in at /admin/login/,
that the token is long-lived, and what an address looks like (sharefox.md 1 to 3.1). INFERRED is the rest:

1. Sign-in takes `email` and `password` and answers with `token`, else `access_token`.
2. Invoice bases are listed at admin/invoices/, one is at admin/invoices/{id}; orders at admin/orders/ and
   admin/orders/{id}. `from` is a first day, of issue or of making: so it is asked for `EARLIER` days
   before, and the day of issue is compared here. `page` begins at 1.
3. A list is an array, or an object with it under data, items, results or its own name. A page that is
   empty, short, or the same again is the end; a `total` that was not reached is a change at the vendor.
4. Fields are named as in the worked objects of sharefox.md 4. Ids are numbers or texts; a discount is in
   per cent, "-" means none, and a `discountAmount` goes before it; amounts are in major units; `vatPercent`
   is per line; whether prices include VAT is the whole shop's, and a person says it.
5. Days without a time are as they stand, instants are days in Oslo, and so are instants without a zone.
6. Only the status "cancelled" says that something is not to be billed; any other word is let through.
7. A change order names the order it changes in `changeOf`. `paymentMethod` is the shop's own word.
8. PATCH admin/invoices/{id} takes `paid`, `paidAt`, `externalStatus` and `externalId`, and OPTIONS there
   names PATCH if a foreign program may do that at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from bridge_gui.accounting.money import ZERO
from bridge_gui.accounting.rentals import (
    RentalInvoice,
    RentalLine,
    RentalStanding,
    RentalState,
    RentalType,
    Renter,
)
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.sharefox.terms import VENDOR
from bridge_gui.web.decode import exact_json

LOGIN, INVOICES, ORDERS = "admin/login/", "admin/invoices/", "admin/orders/"
PAGE = 50
EARLIER = timedelta(days=62)
ON_INVOICE = "Faktura"
"""What orders to be paid by invoice say."""
_ZONE = "Europe/Oslo"
_WRAPPERS = ("data", "items", "results")
_TYPES: Mapping[str, RentalType] = {
    "dataforaccounting": RentalType.FOR_ACCOUNTING,
    "dataförredovisning": RentalType.FOR_ACCOUNTING,
    "dataforregnskap": RentalType.FOR_ACCOUNTING,
    "printed": RentalType.PRINTED,
    "utskriven": RentalType.PRINTED,
    "utskrevet": RentalType.PRINTED,
}
_STATES: Mapping[str, RentalState] = {
    "draft": RentalState.DRAFT,
    "sent": RentalState.SENT,
    "cancelled": RentalState.CANCELLED,
    "canceled": RentalState.CANCELLED,
}
Row = Mapping[str, Any]


class OrderFacts(Struct, frozen=True, kw_only=True):
    """What an order adds to its invoices."""

    id: str
    number: str = ""
    method: str = ""
    changes: str = ""


class Listed(Struct, frozen=True):
    """One page of a list; `total` counts the whole, where it is told."""

    rows: list[dict[str, Any]]
    total: int | None = None


def credentials(email: str, password: str) -> dict[str, str]:
    """What signs an administrator in."""
    return {"email": email, "password": password}


def token_of(body: bytes) -> str:
    """The administrator's token, out of the answer to the sign-in."""
    told = _whole(body)
    for place in (told, told.get("data") or {}) if isinstance(told, dict) else ():
        found = (place.get("token") or place.get("access_token")) if isinstance(place, dict) else None
        if isinstance(found, str) and found:
            return found
    raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.token")


def query(first: date, page: int, limit: int = PAGE) -> dict[str, str | int]:
    """What asks for one page since a day, and some time before it."""
    return {"from": (first - EARLIER).isoformat(), "page": page, "limit": limit}


def listed(body: bytes, name: str) -> Listed:
    """A page of a list, however it is wrapped."""
    told = _whole(body)
    total = None
    if isinstance(told, dict):
        total = told.get("total") if isinstance(told.get("total"), int) else None
        told = next((told[key] for key in (*_WRAPPERS, name) if isinstance(told.get(key), list)), None)
    if not isinstance(told, list) or not all(isinstance(row, dict) for row in told):
        raise VendorChanged("vendor.changed", vendor=VENDOR, path=f"$.{name}")
    return Listed(told, total)


def single(body: bytes, name: str) -> dict[str, Any]:
    """One thing, wrapped or not."""
    told = _whole(body)
    if isinstance(told, dict) and "id" not in told:
        told = next((told[key] for key in ("data", name) if isinstance(told.get(key), dict)), told)
    if not isinstance(told, dict) or "id" not in told:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.id")
    return told


def identity(row: Row) -> str:
    """The id of a row."""
    return _id(row, "id", "$[]")


def invoice_of(row: Row) -> RentalInvoice:
    """An invoice basis in our form; its order is not looked at yet."""
    kind = _text(row.get("type"))
    return RentalInvoice(
        id=identity(row), number=_text(row.get("number")) or identity(row),
        order=_id(row, "orderId", "$.invoices[]"), kind=kind,
        type=_TYPES.get("".join(filter(str.isalnum, kind.casefold())), RentalType.OTHER),
        state=_STATES.get(_text(row.get("status")).casefold(), RentalState.OTHER),
        day=_needed_day(row, "issueDate"), due=_day(row.get("dueDate"), "dueDate"),
        first=_day(row.get("periodFrom"), "periodFrom"), last=_day(row.get("periodTo"), "periodTo"),
        currency=_needed_text(row, "currency").upper(), customer=_renter(_part(row, "customer")),
        lines=tuple(_line(line) for line in _list(row, "lines")), net=_told(row, "netAmount"),
        tax=_told(row, "vatAmount"), gross=_told(row, "grossAmount"), method=_text(row.get("paymentMethod")),
        paid=row.get("paid") if isinstance(row.get("paid"), bool) else None,
        changed=_instant(row.get("modifiedAt")),
    )  # fmt: skip


def has_lines(row: Row) -> bool:
    """Whether a row of the list is whole."""
    return isinstance(row.get("lines"), list)


def order_of(row: Row) -> OrderFacts:
    """What an order adds to its invoices."""
    changes = row.get("changeOf")
    return OrderFacts(
        id=identity(row), number=_text(row.get("reference")), method=_text(row.get("paymentMethod")),
        changes="" if changes in (None, 0) else _text(changes),
    )  # fmt: skip


def standing_body(standing: RentalStanding) -> dict[str, Any]:
    """What tells an invoice basis how it stands."""
    return {
        "paid": standing.paid,
        "paidAt": standing.paid_on.isoformat() if standing.paid_on else None,
        "externalStatus": standing.state or None,
        "externalId": standing.number or None,
    }


def _renter(row: Row) -> Renter:
    return Renter(
        id=_text(row.get("id") or row.get("userId")), first_name=_text(row.get("firstName")),
        last_name=_text(row.get("lastName")), is_company=_flag(row, "isCompany"),
        company=_text(row.get("companyName")), org_number=_text(row.get("companyOrgNo")),
        email=_text(row.get("email")), phone=_text(row.get("phone")), street=_text(row.get("address")),
        postal_code=_text(row.get("postcode")), city=_text(row.get("city")),
        country=_text(row.get("country")),
    )  # fmt: skip


def _line(row: Row) -> RentalLine:
    booking, product = row.get("bookingId"), row.get("productId")
    return RentalLine(
        id=_text(row.get("id")), text=_needed_text(row, "name"), quantity=_needed(row, "quantity"),
        unit_price=_needed(row, "unitPrice"), rate=_told(row, "vatPercent"),
        first=_day(row.get("startDate"), "startDate"), last=_day(row.get("endDate"), "endDate"),
        discount=_told(row, "discountPercent") or ZERO, discount_amount=_told(row, "discountAmount"),
        told=_told(row, "amount"), product=_text(product), booking=_text(booking),
    )  # fmt: skip


def _whole(body: bytes) -> Any:
    """JSON with exact amounts."""
    try:
        return exact_json(body)
    except ValueError:
        start = body.lstrip()[:1]
        code = "net.empty" if not start else "net.html" if start == b"<" else "net.not_json"
        raise VendorChanged(code, vendor=VENDOR) from None


def _changed(path: str) -> VendorChanged:
    return VendorChanged("vendor.changed", vendor=VENDOR, path=f"$.{path}")


def _flag(row: Row, name: str) -> bool:
    """Yes or no; nothing is no."""
    value = row.get(name)
    if value is None or isinstance(value, bool):
        return value is True
    raise _changed(name)


def _part(row: Row, name: str) -> Row:
    """An object within a row, empty where there is none."""
    found = row.get(name) or {}
    if not isinstance(found, dict):
        raise _changed(name)
    return found


def _list(row: Row, name: str) -> Sequence[Row]:
    found = row.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _changed(name)
    return found


def _id(row: Row, name: str, path: str) -> str:
    found = _text(row.get(name))
    if not found:
        raise _changed(f"{path}.{name}")
    return found


def _text(value: Any) -> str:
    """A text or a number as text; nothing for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    return " ".join(str(value).split())


def _needed_text(row: Row, name: str) -> str:
    text = _text(row.get(name))
    if not text:
        raise _changed(name)
    return text


def _told(row: Row, name: str) -> Decimal | None:
    """An amount as a number or a text; None where there is none.

    QUIRK: a discount may be the text "-" (sharefox.md 3.1, spec).
    """
    value = row.get(name)
    if value is None or value in ("", "-"):
        return None
    number = _number(value)
    if number is None or not number.is_finite():
        raise _changed(name)
    return number


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _needed(row: Row, name: str) -> Decimal:
    found = _told(row, name)
    if found is None:
        raise _changed(name)
    return found


def _day(value: Any, name: str) -> date | None:
    if value in (None, ""):
        return None
    if not isinstance(value, str):
        raise _changed(name)
    try:
        if len(value) == 10:
            return date.fromisoformat(value)
        at = datetime.fromisoformat(value)
        return at.date() if at.tzinfo is None else at.astimezone(ZoneInfo(_ZONE)).date()
    except (ValueError, OverflowError):
        raise _changed(name) from None


def _needed_day(row: Row, name: str) -> date:
    found = _day(row.get(name), name)
    if found is None:
        raise _changed(name)
    return found


def _instant(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(_ZONE))
