"""What Pipedrive's documents leave open, each guess in one place that can be replaced."""

from __future__ import annotations

from datetime import datetime, time, timedelta

BLOCKED_FOR = 15 * 60.0
"""Seconds of quiet after a page in place of an answer."""
SHORTEST_REST = 2.0
"""Seconds to wait where a 429 tells nothing: the width of the window that is counted."""
DEAREST_CALL = 20
"""What the dearest of our calls costs (specs/pipedrive, x-token-cost).

INFERRED: a call that costs more than is left of the day's budget is refused with what is left, not with 0.
"""
_LONGEST_PAUSE = 2 * 3600.0


def until_new_budget(now: datetime) -> float:
    """Seconds until it is worth asking again when the day's budget is gone.

    INFERRED: the budget begins anew at midnight in UTC; the documents say "midnight server time", so
    after two hours at the most it is looked again.
    """
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    return min(_LONGEST_PAUSE, (midnight - now).total_seconds() + 60)


def deal_page(domain: str, deal: int) -> str:
    """INFERRED: the address at which a person opens a deal, as the app shows it."""
    return f"https://{domain}.pipedrive.com/deal/{deal}"
