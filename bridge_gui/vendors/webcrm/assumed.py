"""What webcrm's documents leave open, each guess in one place that can be replaced."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Context, Decimal
from typing import Any
from zoneinfo import ZoneInfo

TOKEN_LIFE = 3600.0
"""Seconds an access token lives where the answer does not say so; the manual says an hour (webcrm.md 2)."""
SHORT_PAGE = 100
"""INFERRED: a page of lines with fewer rows than this is the last; clients ask for 150 to 500."""
_PASSING = ("temporarily_unavailable", "server_error")
_ZONE = ZoneInfo("Europe/Copenhagen")
_DIGITS = Context(prec=15)


def is_error(body: Any) -> bool:
    """INFERRED: whether a 200 holds a refusal: the one form known, or the sign-in's (webcrm.md 2, 4)."""
    if not isinstance(body, dict):
        return False
    return body.get("IsError") is True or {"Message", "Type"} <= set(body)


def is_too_many(body: Any) -> bool:
    """Whether it is the documented refusal for too many calls, whatever the status says."""
    return isinstance(body, dict) and body.get("Type") == "TooManyRequestsException"


def is_gone(body: Any) -> bool:
    """INFERRED: a refusal for what is not there has a name of that form."""
    return isinstance(body, dict) and "notfound" in str(body.get("Type") or "").casefold()


def is_passing(body: Any) -> bool:
    """INFERRED: a refused sign-in that will be better later, by the names that OAuth 2 gives such errors."""
    return isinstance(body, dict) and str(body.get("Error") or "").strip().casefold() in _PASSING


def exact(number: Decimal) -> Decimal:
    """INFERRED: amounts are doubles, so what is beyond fifteen digits is noise of theirs (webcrm.md 5)."""
    return _DIGITS.plus(number)


def day_of(moment: datetime | None) -> date | None:
    """INFERRED: a day a person chose is midnight where it was written, else it is the day in Denmark then."""
    if moment is None:
        return None
    return moment.date() if moment.time() == time() else moment.astimezone(_ZONE).date()


def cost_of(price: Decimal | None) -> Decimal | None:
    """INFERRED: a line without a cost price says nought, because empty numbers do (webcrm.md 3.1)."""
    return price or None
