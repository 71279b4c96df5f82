"""How 24SevenOffice reads bodies and writes refusals and pages.

Facts: twentyfoursevenoffice.md sections 5 (errors) and 6 (paging). Inferred: the names of errors other
than the two of the document, and that a body of the wrong shape is a ValidationError with JSON Schema's
keywords.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Refusal, answer

Fault = dict[str, str]
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


class Field(NamedTuple):
    """What one property of a body may be."""

    kind: str = "string"
    longest: int = 0
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    nullable: bool = False
    inside: Mapping[str, Field] | None = None
    shape: str = ""
    shortest: int = 0


def faults(value: Doc, fields: Mapping[str, Field], path: str = "", *, closed: bool = False) -> list[Fault]:
    """What is wrong with the properties of an object; those that are not known pass unless `closed`."""
    found: list[Fault] = []
    for name, inner in value.items():
        where = f"{path}.{name}" if path else name
        if name not in fields:
            found += [fault(where, "additionalProperties")] if closed else []
        else:
            found += _property(inner, fields[name], where)
    return found


def fault(path: str, keyword: str) -> Fault:
    """One fault of a body."""
    return {"path": path, "keyword": keyword}


def missing(value: Doc, *names: str, path: str = "") -> list[Fault]:
    """The names that a body must have and has not."""
    prefix = f"{path}." if path else ""
    return [fault(f"{prefix}{name}", "required") for name in names if value.get(name) is None]


def refuse_if(found: list[Fault]) -> None:
    """Refuses a body with faults."""
    if found:
        raise invalid(*found)


def sent() -> Doc:
    """The request's body, which has to be one JSON object."""
    try:
        read = msgspec.json.decode(request.get_data())
    except msgspec.DecodeError as error:
        raise refusal(400, "SyntaxError", "Request body is not valid JSON") from error
    if not isinstance(read, dict):
        raise invalid(fault("", "type"))
    return read


def invalid(*found: Fault) -> Refusal:
    """A ValidationError."""
    return _error(400, {"name": "ValidationError", "payload": {"validationErrors": list(found)}})


def bad_request(kind: str, message: str) -> Refusal:
    """A BadRequestError: `NoLines`, `DepartmentMissing` or `ProjectMissing`."""
    error = {"type": kind, "message": message, "arguments": []}
    return _error(400, {"name": "BadRequestError", "payload": {"errors": [error]}})


def refusal(status: int, name: str, message: str, headers: Mapping[str, str] | None = None) -> Refusal:
    """Any other refusal."""
    return _error(status, {"name": name, "message": message}, headers)


def not_found(what: str) -> Refusal:
    """Nothing of that id."""
    return refusal(404, "NotFoundError", f"{what} was not found")


def conflict(message: str) -> Refusal:
    """What may not be deleted."""
    return refusal(409, "ConflictError", message)


def failed(status: int) -> Response:
    """The answer for an unknown path or a wrong method."""
    names = {404: "NotFoundError", 405: "MethodNotAllowedError"}
    error = {"name": names.get(status, "InternalServerError"), "message": "No such resource"}
    return answer({"error": error, "trackingId": tracking()}, status)


def tracking() -> str:
    """The id of this request, as `X-Trace-Id` and in refusals."""
    told = f"{request.method} {request.full_path}".encode() + request.get_data()
    return hashlib.sha256(told).hexdigest()[:12]


def whole(name: str, usual: int, most: int | None = None) -> int:
    """A query parameter that is a whole number. INFERRED: what is beyond its ends is refused."""
    text = request.args.get(name, "")
    if not text:
        return usual
    if not text.isdigit() or int(text) < 1:
        raise invalid(fault(name, "type"))
    if most is not None and int(text) > most:
        raise invalid(fault(name, "maximum"))
    return int(text)


def truth(name: str) -> bool | None:
    """A query parameter that says true or false."""
    text = request.args.get(name)
    if text is None:
        return None
    if text not in {"true", "false"}:
        raise invalid(fault(name, "type"))
    return text == "true"


def day(name: str, *, required: bool = False) -> str:
    """A query parameter that is a date; QUIRK: only ISO is one (twentyfoursevenoffice.md 7)."""
    text = request.args.get(name, "")
    if not text:
        refuse_if([fault(name, "required")] if required else [])
        return ""
    refuse_if([] if is_day(text) else [fault(name, "format")])
    return text


def moment(name: str) -> str:
    """A query parameter that is an instant or a date, in the form in which stamps compare."""
    text = request.args.get(name, "")
    if not text:
        return ""
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid(fault(name, "format")) from error
    return comparable(text)


def comparable(stamp: str) -> str:
    """Either form of a stamp as one that sorts."""
    return stamp.replace(" ", "T").rstrip("Z")


def is_day(text: Any) -> bool:
    """Whether it is `2026-11-20`."""
    if not isinstance(text, str) or len(text) != 10:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def page_of(rows: list[Doc], limit: int) -> tuple[list[Doc], dict[str, str]]:
    """The page that was asked for by number, and its Link header."""
    number = whole("page", 1)
    part = rows[(number - 1) * limit : number * limit]
    links = {"first": 1}
    if number > 1:
        links["prev"] = number - 1
    if len(part) == limit:  # QUIRK: so the last page can be an empty one (twentyfoursevenoffice.md 6, code)
        links["next"] = number + 1
    told = [f'<{_url(page=str(at))}>; rel="{name}"' for name, at in links.items()]
    return part, {"Link": ", ".join(told)}


def continued(rows: list[Doc], limit: int) -> tuple[list[Doc], dict[str, str]]:
    """The page behind `continuationToken`, and its Link header."""
    token = request.args.get("continuationToken", "")
    refuse_if(
        [] if not token or token.removeprefix("o").isdigit() else [fault("continuationToken", "format")]
    )
    begin = int(token.removeprefix("o") or 0)
    part = rows[begin : begin + limit]
    if len(part) < limit:
        return part, {}
    return part, {"Link": f'<{_url(continuationToken=f"o{begin + limit}")}>; rel="next"'}


def _property(value: Any, field: Field, where: str) -> list[Fault]:
    if value is None:
        return [] if field.nullable else [fault(where, "type")]
    wrong = isinstance(value, bool) and field.kind != "boolean"
    if wrong or not isinstance(value, _KINDS[field.kind]):
        return [fault(where, "type")]
    if isinstance(value, str):
        return _text(value, field, where)
    if isinstance(value, dict):
        return faults(value, field.inside or {}, where)
    return _figure(value, field, where) if isinstance(value, int | float) else []


def _text(value: str, field: Field, where: str) -> list[Fault]:
    found = []
    if field.longest and len(value) > field.longest:
        found.append(fault(where, "maxLength"))
    if len(value) < field.shortest:
        found.append(fault(where, "minLength"))
    if field.choices and value not in field.choices:
        found.append(fault(where, "enum"))
    if field.shape == "date" and not is_day(value):
        found.append(fault(where, "format"))
    if field.shape == "email" and "@" not in value:
        found.append(fault(where, "format"))
    return found


def _figure(value: float, field: Field, where: str) -> list[Fault]:
    if field.least is not None and value < field.least:
        return [fault(where, "minimum")]
    return [fault(where, "maximum")] if field.most is not None and value > field.most else []


def _url(**changes: str) -> str:
    return f"{request.base_url}?{urlencode({**request.args.to_dict(), **changes})}"


def _error(status: int, error: Doc, headers: Mapping[str, str] | None = None) -> Refusal:
    return Refusal(status, {"error": error, "trackingId": tracking()}, headers)
