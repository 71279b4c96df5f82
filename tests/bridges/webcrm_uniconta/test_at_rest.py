"""What a day at rest costs in calls, with a look each minute: well below both vendors' budgets."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.bridges.webcrm_uniconta.office import Office, office
from tests.longer import LONG

DAY, HALF_HOUR = 24 * 60, 30
UNICONTA_A_DAY, WEBCRM_A_MINUTE = 5000, 250
MINUTES = DAY if LONG else HALF_HOUR


def calls(one: Office) -> tuple[Counter[str], int]:
    """The calls of so many minutes, and the most that any of them cost at webcrm."""
    spent: Counter[str] = Counter()
    most = 0
    for _ in range(MINUTES):
        one.pass_time(minutes=1)
        run = one.sync()
        spent.update(run.calls)
        most = max(most, run.calls.get("webcrm", 0))
    return spent, most


@pytest.mark.timeout(3600 if MINUTES == DAY else 300)
def test_a_day_at_rest_keeps_within_both_budgets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with office(tmp_path) as one:
        one.set_up(schedule="1 min")
        one.rest(4)
        one.pass_time(minutes=40)
        one.sync()
        spent, most = calls(one)
        a_day = {vendor: count * DAY // MINUTES for vendor, count in spent.items()}
        with capsys.disabled():
            told = f"{a_day['uniconta']} of {UNICONTA_A_DAY} calls to Uniconta, {a_day['webcrm']} to webcrm"
            sys.stdout.write(f"\na day at rest: {told}, at most {most} a minute of {WEBCRM_A_MINUTE}\n")
        assert a_day["uniconta"] < UNICONTA_A_DAY * 0.6
        assert most < WEBCRM_A_MINUTE / 4
