"""Answers for callers that did not ask for JSON. Facts: xero.md section 1. Inferred: the elements' order."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape


def as_xml(value: Any) -> str:
    """A whole answer."""
    return f'<?xml version="1.0" encoding="utf-8"?><Response>{_inner(value)}</Response>'


def _inner(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(f"<{name}>{_inner(inner)}</{name}>" for name, inner in value.items())
    if isinstance(value, list):
        return "".join(f"<Row>{_inner(one)}</Row>" for one in value)
    return escape(str(value).lower() if isinstance(value, bool) else f"{value}")
