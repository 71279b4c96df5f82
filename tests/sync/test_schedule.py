"""When a bridge runs by itself: the company's clock, summer time, missed runs, pauses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bridge_gui.store.rows import BridgeRow, ConnectionRow, Outcome, RunRow
from bridge_gui.sync.schedule import next_run, understood

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SIDE = ConnectionRow(id=1, name="side", vendor="shop", endpoint="", values={})


def local(*parts, fold=0):
    return datetime(*parts, tzinfo=COPENHAGEN, fold=fold)


def bridge(schedule=None, **values):
    own = {"settings": {} if schedule is None else {"schedule": schedule}, "created_at": local(2026, 3, 2, 9)}
    return BridgeRow(
        id=1,
        name="toy",
        kind="toy",
        sales=SIDE,
        books=SIDE,
        mappings={},
        start=date(2026, 3, 1),
        **own | values,
    )


def run(began, outcome=Outcome.FINISHED):
    return RunRow(id=1, bridge="toy", started_at=began.astimezone(UTC), ended_at=None, outcome=outcome)


def following(schedule, began, **values):
    """When the next run is due after one that began then, on the company's clock."""
    due = next_run(bridge(schedule, **values), run(began), COPENHAGEN)
    return None if due is None else due.astimezone(UTC).astimezone(COPENHAGEN)


@pytest.mark.parametrize("schedule", ["manual", "", None, "sometimes", "25:00", "18:60", "8:00", "x min"])
def test_by_hand_only(schedule):
    assert next_run(bridge(schedule), None, COPENHAGEN) is None
    assert next_run(bridge(schedule), run(local(2026, 3, 2, 10)), COPENHAGEN) is None


@pytest.mark.parametrize(
    ("schedule", "known"),
    [("manual", True), ("", True), ("18:00", True), ("00:00", True), ("15 min", True), ("15min", True),
     ("24:00", False), ("18.00", False), ("min", False), ("-5 min", False), ("15 min ", False)],
)  # fmt: skip
def test_what_is_understood(schedule, known):
    assert understood(schedule) is known


def test_every_day_at_a_time():
    assert following("18:00", local(2026, 3, 2, 9)) == local(2026, 3, 2, 18)
    assert following("18:00", local(2026, 3, 2, 18)) == local(2026, 3, 3, 18)
    assert following("18:00", local(2026, 3, 2, 18, 5)) == local(2026, 3, 3, 18)
    assert following("00:00", local(2026, 12, 31, 23)) == local(2027, 1, 1)


def test_the_first_run_counts_from_when_the_bridge_was_made():
    assert next_run(bridge("18:00"), None, COPENHAGEN) == local(2026, 3, 2, 18)
    assert next_run(bridge("08:00"), None, COPENHAGEN) == local(2026, 3, 3, 8)
    assert next_run(bridge("15 min"), None, COPENHAGEN) == local(2026, 3, 2, 9, 15)


def test_a_run_by_hand_just_before_the_time_does_not_take_its_place():
    assert following("18:00", local(2026, 3, 2, 17, 59)) == local(2026, 3, 2, 18)


def test_the_companys_day_counts_not_that_of_utc():
    began = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # half past midnight, the day after, in Copenhagen
    assert following("00:15", began) == local(2026, 3, 4, 0, 15)


@pytest.mark.parametrize("day", [28, 29, 30])
def test_in_spring_the_clock_shows_the_same_time_before_and_after(day):
    due = following("18:00", local(2026, 3, day, 9))
    assert due == local(2026, 3, day, 18)
    assert due.astimezone(UTC).hour == (17 if day == 28 else 16)


def test_an_hour_that_spring_leaves_out_comes_an_hour_late_and_once():
    due = following("02:30", local(2026, 3, 28, 12))
    assert due.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert due.strftime("%H:%M") == "03:30"
    assert following("02:30", due) == local(2026, 3, 30, 2, 30)


def test_an_hour_that_autumn_shows_twice_runs_the_first_time():
    due = following("02:30", local(2026, 10, 24, 12))
    assert due.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("month", "day"), [(3, 29), (10, 25)])
@pytest.mark.parametrize("schedule", ["00:30", "01:59", "02:00", "02:30", "03:00", "23:45"])
def test_over_a_change_of_the_clock_every_day_has_one_run(month, day, schedule):
    """Each run begins a second after it is due; the days it was due on follow each other."""
    began = local(2026, month, day, 12) - timedelta(days=3)
    days = []
    for _ in range(5):
        due = following(schedule, began)
        assert due > began
        days.append(due.date())
        began = due + timedelta(seconds=1)
    assert days == [days[0] + timedelta(days=number) for number in range(5)]


def test_a_run_that_was_missed_is_due_at_once():
    """The computer was off for three days: one run, not three."""
    due = following("18:00", local(2026, 3, 2, 18))
    back = local(2026, 3, 6, 8)
    assert due < back
    assert following("18:00", back) == local(2026, 3, 6, 18)


@pytest.mark.parametrize(
    ("schedule", "minutes"), [("1 min", 1), ("15 min", 15), ("90min", 90), ("9999 min", 9999), ("0 min", 1)]
)
def test_every_so_many_minutes_from_the_beginning_of_the_last(schedule, minutes):
    began = local(2026, 3, 2, 9, 7)
    assert following(schedule, began) == began + timedelta(minutes=minutes)


def test_minutes_do_not_mind_the_clock_being_changed():
    began = datetime(2026, 3, 29, 0, 50, tzinfo=UTC)
    assert next_run(bridge("15 min"), run(began), COPENHAGEN) == began + timedelta(minutes=15)


def test_a_paused_run_goes_on_before_the_next_one():
    pause = local(2026, 3, 2, 9, 30)
    assert following("18:00", local(2026, 3, 2, 9), paused_until=pause) == pause
    assert following("15 min", local(2026, 3, 2, 9), paused_until=pause) == local(2026, 3, 2, 9, 15)


def test_a_pause_does_not_start_what_is_run_by_hand():
    assert following("manual", local(2026, 3, 2, 9), paused_until=local(2026, 3, 2, 10)) is None


@pytest.mark.parametrize("outcome", Outcome)
def test_how_the_last_run_ended_changes_nothing(outcome):
    last = run(local(2026, 3, 2, 9), outcome)
    assert next_run(bridge("18:00"), last, COPENHAGEN) == local(2026, 3, 2, 18)
