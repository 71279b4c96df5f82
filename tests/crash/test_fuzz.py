"""Answers whose values are of the wrong kind: said as what a vendor changed, never a bug, and nothing is booked by them.

`BRIDGE_LONG_TESTS=100000` has so many answers twisted.
"""

from __future__ import annotations

from collections import Counter

import pytest

from bridge_gui.sandbox.kit import Fault
from bridge_gui.store.rows import Outcome
from tests.crash.conftest import BRIDGES
from tests.crash.here import Here, here
from tests.crash.tally import tally
from tests.longer import LONG

ANSWERS = LONG or 10
A_DAY = 10


def meets_one(world: Here, number: int) -> str:
    """A run with one twisted answer, at either vendor, the first or a later one; the code it ended with."""
    side = world.sides[number % 2]
    world.arm(())
    side.faults.arm(Fault(kind="fuzz", skip=number // 2 % 7, seed=number))
    world.later()
    row = world.sync()
    report = next(iter(world.data.glob("reports/*.txt")), None)
    assert row.code != "unexpected", report and report.read_text("utf-8")
    assert row.outcome is not Outcome.RUNNING
    return row.code


@pytest.mark.timeout(max(600, ANSWERS))
@pytest.mark.logs_errors
@pytest.mark.parametrize("key", BRIDGES)
def test_an_answer_half_understood_books_nothing(key: str, tmp_path):
    codes: Counter[str] = Counter()
    twisted = 0
    with here(tmp_path / "fair", key) as fair, here(tmp_path / "foul", key) as foul:
        while twisted < ANSWERS:
            for world in (fair, foul):
                world.trade()
            for _ in range(A_DAY):
                codes[meets_one(foul, twisted)] += 1
                twisted += 1
            foul.arm(())
            for world in (fair, foul):
                world.rest()
        found = tally(foul, fair)
    assert found.good, found
    assert sum(codes.values()) - codes[""] > ANSWERS // 10, codes
