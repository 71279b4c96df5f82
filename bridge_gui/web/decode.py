"""From the bytes of an answer to a struct that names only the fields used.

Unknown fields are ignored, a missing or wrongly typed one is `VendorChanged` with its path. Decimals
are read from the digits of a JSON number, never through a float. Types are strict: a number in quotes
passes for a `Decimal` only, because msgspec's lax mode would also turn "null" and "1" into other things.
"""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from bridge_gui.errors import OutcomeUnknown, VendorChanged
from bridge_gui.web.answer import Answer

Shape = TypeVar("Shape")
_PATH = re.compile(r" - at `(\$[^`]*)`$")
_MARK = b"\xef\xbb\xbf"


def decode(source: Answer | bytes, shape: type[Shape], *, vendor: str) -> Shape:
    """The answer to a read as `shape`; raises `VendorChanged`.

    Codes: net.empty, net.html, net.not_json (vendor), vendor.changed (vendor, path).
    """
    body = (source if isinstance(source, bytes) else source.body).removeprefix(_MARK)
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        changed = _changed(error, vendor)
    except (msgspec.DecodeError, UnicodeDecodeError):
        changed = VendorChanged(_unreadable(body), vendor=vendor)
    raise changed


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
