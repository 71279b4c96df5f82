"""The calls of a Danish day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bridge_gui.errors import Passing
from bridge_gui.vendors.uniconta.budget import Budget


class Clock:
    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0


def test_a_day_begins_at_midnight_in_denmark():
    clock = Clock(datetime(2026, 11, 20, 22, 59, tzinfo=UTC))
    budget = Budget(2, clock)
    budget.count()
    budget.count()
    assert (budget.left, budget.until_midnight()) == (0, 60.0)
    with pytest.raises(Passing) as caught:
        budget.check()
    assert caught.value.retry_after == 60.0
    clock.at += timedelta(seconds=60)
    assert (budget.today, budget.left) == (date(2026, 11, 21), 2)
    budget.check()


def test_a_short_day_of_spring():
    assert Budget(1, Clock(datetime(2026, 3, 28, 23, tzinfo=UTC))).until_midnight() == 23 * 3600


def test_what_was_spent_before_counts_on_its_own_day():
    budget = Budget(5000, Clock(datetime(2026, 11, 20, 12, tzinfo=UTC)))
    budget.begin(date(2026, 11, 19), 4000)
    assert budget.spent == 0
    budget.begin(date(2026, 11, 20), 4000)
    budget.count()
    budget.begin(date(2026, 11, 20), 100)
    assert (budget.spent, budget.left) == (4001, 999)
