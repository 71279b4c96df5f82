"""What Intuit's documents leave open, each guess in one place that can be replaced."""

from __future__ import annotations

import re

SPENT_PAUSE = 6 * 3600.0
TOO_MANY_PAUSE = 60.0
"""Seconds of quiet where a refused call names none (quickbooks.md 4)."""
_SPENT = re.compile(r"core\s?plus|monthly|quota", re.IGNORECASE)
_PASSWORD = re.compile(r"password", re.IGNORECASE)
_KINDS = {"invoice": "invoice", "salesreceipt": "salesreceipt", "refundreceipt": "refundreceipt"}


def reads_are_spent(text: str) -> bool:
    """INFERRED: what is said when a month's free reads are used up is not documented."""
    return bool(_SPENT.search(text))


def wants_password(text: str) -> bool:
    """INFERRED: no code tells books closed with a password from those closed without."""
    return bool(_PASSWORD.search(text))


def page(kind: str, document: str) -> str:
    """INFERRED: the address at which a person opens a document, as the app shows it."""
    return f"https://qbo.intuit.com/app/{_KINDS[kind.lower()]}?txnId={document}"
