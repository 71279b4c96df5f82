"""From the bytes of an answer to a struct that names only the fields used.

Unknown fields are ignored, a missing or wrongly typed one is `VendorChanged` with its path. Decimals
are read from the digits of a JSON number, never through a float. Types are strict: a number in quotes
passes for a `Decimal` only, because msgspec's lax mode would also turn "null" and "1" into other things.
A number that no amount can be (1e999999999, "NaN") is `VendorChanged` too: written out, it fills the memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import isfinite
from typing import Annotated, Any, TypeVar

import msgspec

from bridge_gui.errors import OutcomeUnknown, VendorChanged
from bridge_gui.web.answer import Answer

Shape = TypeVar("Shape")
_PATH = re.compile(r" - at `(\$[^`]*)`$")
_MARK = b"\xef\xbb\xbf"
Id = Annotated[str, msgspec.Meta(pattern=r"\S")]
"""The name of a thing at the vendor, or of how it stands: never blank."""
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for a body that is not what was asked for; the last for one nested too deeply."""
_ODD_NUMBER = re.compile(
    rb'[\s:,\["](?:[+-]?[\d.]+e[+-]?\d{2,}|[+-]?\d{18,}[\d.]*|[+-]?(?:s?nan\d*|inf(?:inity)?)\s*")',
    re.IGNORECASE,
)
_MOST_DIGITS = 24
"""With four decimals that is all the digits that are reckoned with exactly."""
_MOST = 10**_MOST_DIGITS
_FINEST = -100


def decode(source: Answer | bytes, shape: type[Shape], *, vendor: str) -> Shape:
    """The answer to a read as `shape`; raises `VendorChanged`.

    Codes: net.empty, net.html, net.not_json (vendor), vendor.changed (vendor, path).
    """
    body = (source if isinstance(source, bytes) else source.body).removeprefix(_MARK)
    try:
        str(body, "utf-8")  # msgspec looks at the texts it was asked for only, not at names
        value = msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        changed = _changed(error, vendor)
    except UNREADABLE:
        changed = VendorChanged(_unreadable(body), vendor=vendor)
    else:
        if _ODD_NUMBER.search(body) is None or all(is_amount(one) for one in _numbers(value)):
            return value
        changed = VendorChanged("vendor.changed", vendor=vendor, path="$", detail="a number out of bounds")
    raise changed


def is_amount(number: Decimal | float) -> bool:
    """Whether it is a number that can be reckoned with: finite, and no longer than any amount is."""
    if isinstance(number, int):
        return bool(abs(number) < _MOST)
    if isinstance(number, float):
        return isfinite(number) and bool(abs(number) < _MOST)
    exponent = number.as_tuple().exponent  # a letter where it is no finite number
    return isinstance(exponent, int) and exponent >= _FINEST and number.adjusted() < _MOST_DIGITS


def exact_json(body: bytes) -> Any:
    """JSON without a shape, with exact and reckonable numbers; `ValueError` for anything else."""
    try:
        text = body.decode("utf-8-sig")
        if "\\ud" in text.lower():
            msgspec.json.decode(text)  # half a surrogate pair can be read, and never be written again
        return json.loads(text, parse_float=_exact, parse_int=_whole, parse_constant=_none)
    except (RecursionError, msgspec.DecodeError) as error:
        raise ValueError(str(error)) from None


def convert(value: object, shape: type[Shape], *, vendor: str) -> Shape:
    """A part that comes in several shapes, decoded without one, as `shape`; raises as `decode`."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        changed = _changed(error, vendor)
    raise changed


def decode_written(source: Answer | bytes, shape: type[Shape], *, vendor: str) -> Shape:
    """The answer to a write as `shape`: what cannot be read at all leaves the outcome unknown.

    JSON of another shape is `VendorChanged`, as in `decode`: the vendor acted, and has changed.
    """
    try:
        return decode(source, shape, vendor=vendor)
    except VendorChanged as error:
        if error.code == "vendor.changed":
            raise
        reason = error.code
    raise OutcomeUnknown("net.outcome_unknown", host=_host(source), why=reason)


def _exact(digits: str) -> Decimal:
    number = Decimal(digits)
    if not is_amount(number):
        raise ValueError("a number out of bounds")
    return number


def _whole(digits: str) -> int:
    number = int(digits)
    if not is_amount(number):
        raise ValueError("a number out of bounds")
    return number


def _none(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _numbers(value: Any) -> Iterator[Decimal | float]:
    """Every number with a fraction in a decoded value, in structs too."""
    if isinstance(value, (Decimal, float)):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _numbers(getattr(value, name))
    elif isinstance(value, (Mapping, list, tuple)):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _numbers(one)


def _changed(error: msgspec.ValidationError, vendor: str) -> VendorChanged:
    text = str(error)
    found = _PATH.search(text)
    path = found.group(1) if found else "$"
    return VendorChanged("vendor.changed", vendor=vendor, path=path, detail=_PATH.sub("", text)[:300])


def _unreadable(body: bytes) -> str:
    start = body.lstrip()[:1]
    if not start:
        return "net.empty"
    return "net.html" if start == b"<" else "net.not_json"


def _host(source: Answer | bytes) -> str:
    return "" if isinstance(source, bytes) else source.host
