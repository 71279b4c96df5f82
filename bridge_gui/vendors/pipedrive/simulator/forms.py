"""How Pipedrive answers and refuses, in both versions, and how it reads parameters and bodies.

Facts: pipedrive.md sections 1, 4, 5. Inferred: v2's ERR_NOT_FOUND form; that unknown query parameters are
refused as unknown body keys are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec
from flask import request

from bridge_gui.sandbox.kit import Doc, Refusal, instant

INFO = "Please check developers.pipedrive.com for more information about Pipedrive API."
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")
Check = Callable[[Any], bool]


def stamped(moment: datetime) -> str:
    """An instant as v2 writes it: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def older(kept: str | None) -> str | None:
    """The same instant as v1 writes it (pipedrive.md 5)."""
    return kept.replace("T", " ").rstrip("Z") if kept else kept


def rounded(amount: Decimal, places: int = 2) -> Decimal:
    """Half up; INFERRED: Pipedrive publishes no rule."""
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def exact(value: Any) -> Decimal:
    """A JSON number exactly; nothing is zero."""
    return Decimal(str(value or 0))


def plain(value: Decimal) -> int | float:
    """A JSON number without a needless point: money may come as `150` or `150.6`."""
    return int(value) if value == value.to_integral_value() else float(value)


def found(data: Any, **additional: Any) -> Doc:
    """A success."""
    told: Doc = {"success": True, "data": data}
    return {**told, "additional_data": additional} if additional else told


def invalid(key: str, why: str) -> Refusal:
    """v2's validation refusal."""
    body = {"success": False, "error": f"Validation failed: {key}: {why}"}
    return Refusal(400, {**body, "code": "ERR_SCHEMA_VALIDATION_FAILED"})


def missing(what: str) -> Refusal:
    """v2's 404."""
    return Refusal(404, {"success": False, "error": f"{what} not found", "code": "ERR_NOT_FOUND"})


def refused(status: int, text: str) -> Refusal:
    """v1's general refusal."""
    body = {"success": False, "error": text, "error_info": INFO, "data": None, "additional_data": None}
    return Refusal(status, body)


def allowed(names: Iterable[str]) -> None:
    """Refuses a query parameter that the call does not have."""
    known = set(names)
    for name in request.args:
        if name not in known:
            raise invalid(name, f"Parameter '{name}' is not allowed for this request")


def moment(name: str) -> str | None:
    """QUIRK: RFC 3339 without fractions of a second, else a 400 (pipedrive.md 4)."""
    text = request.args.get(name)
    if text is None:
        return None
    text = text.replace(" ", "+")  # an unescaped plus sign of a zone
    if not _MOMENT.match(text):
        raise invalid(name, f"{name} is not a valid datetime")
    return stamped(instant(text))


def whole(name: str, usual: int | None = None) -> int | None:
    """A parameter that is a whole number."""
    text = request.args.get(name)
    if text is None:
        return usual
    if not re.fullmatch(r"\d{1,12}", text):
        raise invalid(name, f"{name} must be a number")
    return int(text)


def numbers(name: str, most: int = 100) -> list[int] | None:
    """A comma list of ids; no more than a hundred."""
    text = request.args.get(name)
    if text is None:
        return None
    parts = [part for part in text.split(",") if part]
    if len(parts) > most or not all(part.isdigit() for part in parts):
        raise invalid(name, f"{name} must be at most {most} whole numbers")
    return [int(part) for part in parts]


def choices(name: str, known: Iterable[str]) -> list[str]:
    """A comma list of words of which each must be known."""
    parts = [part.strip() for part in request.args.get(name, "").split(",") if part.strip()]
    for part in parts:
        if part not in set(known):
            raise invalid(name, f"{name} must be one of [{', '.join(sorted(known))}]")
    return parts


def truth(name: str) -> bool:
    """A parameter that is `true` or `false`."""
    text = request.args.get(name, "false")
    if text not in {"true", "false"}:
        raise invalid(name, f"{name} must be a boolean")
    return text == "true"


def body(shape: Mapping[str, Check]) -> Doc:
    """QUIRK: v2 refuses unknown keys, numbers as texts, and 0 or 1 for truth (pipedrive.md 4)."""
    sent = json_body()
    for key, value in sent.items():
        if key not in shape:
            raise invalid(key, f"Parameter '{key}' is not allowed for this request")
        if not shape[key](value):
            raise invalid(key, f"{key} has a wrong type")
    return sent


def json_body() -> Doc:
    """A JSON object, of either version."""
    try:
        read = msgspec.json.decode(request.get_data())
    except msgspec.DecodeError as error:
        raise refused(400, "Bad request: the body is not JSON") from error
    if not isinstance(read, dict):
        raise refused(400, "Bad request: the body is not an object")
    return read


def is_text(value: Any) -> bool:
    """A JSON string."""
    return isinstance(value, str)


def is_id(value: Any) -> bool:
    """A whole number, not a truth value."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    """Any number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_truth(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def or_null(check: Check) -> Check:
    """What may be empty too."""
    return lambda value: value is None or check(value)


def is_list(value: Any) -> bool:
    """An array."""
    return isinstance(value, list)


def is_object(value: Any) -> bool:
    """An object."""
    return isinstance(value, dict)
