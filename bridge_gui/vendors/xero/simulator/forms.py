"""How Xero writes: dates, money, the envelope, and its several forms of refusal.

Facts: xero.md sections 3 (envelope), 4 (errors), 5 (dates, money).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Refusal, instant

CENT = Decimal("0.01")
DAYS = ("Date", "DueDate", "FullyPaidOnDate", "PeriodLockDate", "EndOfYearLockDate", "ExpectedPaymentDate")
INSTANTS = ("UpdatedDateUTC", "CreatedDateUTC", "DateUTC")
WITH_STRING = ("Date", "DueDate")
PROVIDER = "Bridge sandbox"


def number(value: Any) -> Decimal | None:
    """An exact number of a JSON number or of a text that reads as one; anything else is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        read = Decimal(str(value))
    except InvalidOperation:
        return None
    return read if read.is_finite() else None


def rounded(amount: Decimal, places: int = 2) -> Decimal:
    """Half up, away from zero."""
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def money(amount: Decimal) -> float:
    """As JSON carries it."""
    return float(amount)


def same_id(value: Any) -> str:
    """A GUID in the one way in which it is kept; nothing where it is none."""
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        return ""


def day(value: Any) -> str | None:
    """`2026-11-20` of a date as requests write it, of `/Date(…)/` too."""
    if not isinstance(value, str):
        return None
    try:
        if value.startswith("/Date("):
            milliseconds = int(value[6:].split(")")[0].split("+")[0])
            return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return None


def since() -> str | None:
    """`If-Modified-Since` in the form in which changes are kept; ISO and RFC 1123 are both read."""
    told = request.headers.get("If-Modified-Since")
    if not told:
        return None
    try:
        read = instant(told)
    except ValueError:
        try:
            read = parsedate_to_datetime(told)
        except ValueError:
            return None
    return stamped(read.astimezone(UTC))


def stamped(moment: datetime) -> str:
    """An instant as it is kept: UTC, to the millisecond, so that it sorts."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}"


def ticks(kept: str, zone: str = "+0000") -> str:
    """QUIRK: `/Date(1789344000000+0000)/` for a day or an instant (xero.md 5)."""
    moment = datetime.fromisoformat(kept).replace(tzinfo=UTC)
    return f"/Date({round(moment.timestamp() * 1000)}{zone})/"


def shown(value: Any) -> Any:
    """A kept document as answers carry it: no nulls, nothing of the simulator's own, dates in ticks."""
    if isinstance(value, list):
        return [shown(one) for one in value]
    if not isinstance(value, dict):
        return value
    made: Doc = {}
    for name, inner in value.items():
        if inner is None or name.startswith("_") or name == "id":
            continue
        if name in DAYS:
            made |= {f"{name}String": f"{inner}T00:00:00"} if name in WITH_STRING else {}
            made[name] = ticks(inner)
        elif name in INSTANTS:
            made |= {f"{name}String": f"{inner[:19]}Z"} if "InvoiceID" in value else {}
            made[name] = ticks(inner)
        else:
            made[name] = shown(inner)
    return made


def envelope(now: datetime, name: str, rows: list[Doc], pagination: Doc | None = None) -> Doc:
    """The wrapper of every answer; `pagination` stands before the collection."""
    told: Doc = {
        "Id": str(uuid.uuid4()),
        "Status": "OK",
        "ProviderName": PROVIDER,
        "DateTimeUTC": ticks(stamped(now), ""),
    }
    return {**told, **({"pagination": pagination} if pagination else {}), name: rows}


def sent(name: str) -> list[Doc]:
    """The documents of a request: a wrapped list, a bare list, or one bare object."""
    if "json" not in request.headers.get("Content-Type", ""):
        raise broken("The request's content type is not JSON.")
    try:
        read = msgspec.json.decode(request.get_data())
    except msgspec.DecodeError as error:
        raise broken("The request could not be parsed.") from error
    if isinstance(read, dict):
        wrapped = next((inner for key, inner in read.items() if key.lower() == name.lower()), None)
        read = [read] if wrapped is None else wrapped
    rows = [read] if isinstance(read, dict) else read
    if not isinstance(rows, list) or not rows or not all(isinstance(one, dict) for one in rows):
        raise broken("No data processed.")
    return rows


def broken(text: str) -> Refusal:
    """A request that is no request. INFERRED: number, type and text."""
    return Refusal(400, {"ErrorNumber": 14, "Type": "PostDataInvalidException", "Message": text})


def invalid(elements: list[Doc]) -> Refusal:
    """A validation exception with each element as it was sent and what is wrong with it."""
    body = {"ErrorNumber": 10, "Type": "ValidationException"}
    return Refusal(400, {**body, "Message": "A validation exception occurred", "Elements": elements})


def wrong(text: str) -> Refusal:
    """A validation exception about one thing without an element to echo."""
    return invalid([{"ValidationErrors": [{"Message": text}]}])


def unparsed(text: str) -> Refusal:
    """A filter that cannot be read."""
    return Refusal(400, {"ErrorNumber": 16, "Type": "QueryParseException", "Message": text})


class NotHere(Exception):
    """Ends a request with Xero's 404: `text/html` and no body (xero.md 4)."""


def nothing() -> Response:
    """That answer."""
    return Response("", 404, content_type="text/html")


def problem(status: int, title: str, detail: str) -> Refusal:
    """A 401 or a 403 in the form of an RFC 7807 problem, with capitals."""
    body: Mapping[str, Any] = {
        "Type": None,
        "Title": title,
        "Status": status,
        "Detail": detail,
        "Instance": str(uuid.uuid4()),
        "Extensions": {},
    }
    return Refusal(status, dict(body))
