"""What an answer looks like to those who do not ask for JSON."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape


def as_xml(value: Any) -> str:
    """QUIRK: without `Accept: application/json` the answer is XML (quickbooks.md 1)."""
    inside = _element("", value)
    return f'<?xml version="1.0" encoding="UTF-8"?><IntuitResponse xmlns="http://schema.intuit.com/finance/v3">{inside}</IntuitResponse>'


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    if isinstance(value, dict):
        inside = "".join(_element(field, inner) for field, inner in value.items())
    else:
        inside = escape(
            str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
        )
    return f"<{name}>{inside}</{name}>" if name else inside
