"""What HighLevel's documents leave open, each guess in one place that can be replaced."""

from __future__ import annotations

INTERVAL = 10.0
"""Seconds in which calls are counted where a refusal does not tell them (highlevel.md 4)."""
LONGEST_DAY_PAUSE = 2 * 3600.0
_DISTURBED = ("dnd", "do not disturb", "unsubscribed", "opted out")
_UNREACHABLE = ("no email", "email is missing", "missing email", "no phone", "phone number", "valid email")


def day_pause(reset: str) -> float:
    """INFERRED: the undocumented header counts seconds until the day begins anew; two hours at the most."""
    told = reset.strip()
    plain = told.isascii() and told.replace(".", "", 1).isdigit()
    seconds = float(told) if plain else LONGEST_DAY_PAUSE
    return min(max(seconds, INTERVAL), LONGEST_DAY_PAUSE)


def wants_no_messages(text: str) -> bool:
    """INFERRED: how a message to somebody who wants none is refused is not documented."""
    return any(words in text.casefold() for words in _DISTURBED)


def has_no_address(text: str) -> bool:
    """INFERRED: nor how one to somebody without an address or number is."""
    return any(words in text.casefold() for words in _UNREACHABLE)


def is_gone(text: str) -> bool:
    """INFERRED: some look-ups of what is gone may be a 400 that says so, instead of a 404."""
    return "not found" in text.casefold()


def invoice_page(location: str, invoice: str) -> str:
    """INFERRED: the address at which a person opens an invoice, as the app shows it."""
    return f"https://app.gohighlevel.com/v2/location/{location}/payments/invoices/{invoice}"
