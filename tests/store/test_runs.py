"""Runs and the log: what was left running was interrupted; lines are read from the newest on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridge_gui.store import runs
from bridge_gui.store.rows import Outcome
from tests.store.conftest import NOW


@pytest.fixture
def begin(database):
    def start(bridge, minute=0):
        with database.write() as connection:
            return runs.begin(connection, bridge, NOW + timedelta(minutes=minute))

    return start


@pytest.fixture
def end(database):
    def stop(run, **values):
        with database.write() as connection:
            runs.end(connection, run, **values)

    return stop


def latest(database, name="toy", limit=10):
    with database.read() as connection:
        return runs.latest(connection, name, limit)


def lines(database, bridge="toy", *, before=None, limit=100, level=""):
    with database.read() as connection:
        return runs.lines(connection, bridge, before=before, limit=limit, level=level)


def test_a_run_that_was_left_running_was_interrupted(database, bridge, begin):
    begin(bridge)
    assert latest(database)[0].outcome is Outcome.RUNNING
    begin(bridge, 5)
    assert [(run.outcome, run.ended_at) for run in latest(database)] == [
        (Outcome.RUNNING, None), (Outcome.INTERRUPTED, NOW + timedelta(minutes=5)),
    ]  # fmt: skip


def test_a_run_that_ended_stays_as_it_was(database, bridge, begin, end):
    end(begin(bridge), outcome=Outcome.FAILED, ended_at=NOW)
    begin(bridge, 5)
    assert [run.outcome for run in latest(database)] == [Outcome.RUNNING, Outcome.FAILED]


def test_another_bridges_run_goes_on(database, add_bridge, bridge, begin):
    begin(bridge)
    begin(add_bridge("other"))
    assert {run.outcome for run in latest(database, "")} == {Outcome.RUNNING}


def test_a_run_comes_back_with_all_its_figures(database, bridge, begin, end):
    values = {
        "read": 12, "written": 9, "skipped": 1, "attention": 2, "failed": 3, "calls": {"payday": 31}, "seconds": 4.25,
        "code": "net.timeout", "params": {"host": "books.example"}, "until": NOW + timedelta(hours=1),
        "outcome": Outcome.PAUSED, "ended_at": NOW,
    }  # fmt: skip
    end(begin(bridge), **values)
    (run,) = latest(database)
    assert {name: getattr(run, name) for name in values} == values
    assert (run.bridge, run.started_at) == ("toy", NOW)


def test_the_newest_runs_come_first_and_no_more_than_asked_for(database, add_bridge, bridge, begin):
    other = add_bridge("other")
    made = [begin(one, minute) for minute, one in enumerate((bridge, other, bridge, other))]
    assert [run.id for run in latest(database, "", 3)] == made[:0:-1]
    assert [run.id for run in latest(database, "other")] == [made[3], made[1]]
    assert latest(database, "nobody") == []


@pytest.fixture
def noted(database, bridge, begin):
    """Ten lines, every third a warning."""
    run = begin(bridge)
    with database.write() as connection:
        for number in range(10):
            level = "warning" if number % 3 == 0 else "info"
            runs.note(connection, bridge, run, NOW, level, f"code.{number}", {"number": number})
    return run


def test_lines_page_from_the_newest_without_a_gap(database, noted):
    first = lines(database, limit=4)
    second = lines(database, limit=4, before=first[-1].id)
    third = lines(database, limit=4, before=second[-1].id)
    assert [line.params["number"] for line in first + second + third] == list(range(9, -1, -1))
    assert {(line.run_id, line.at, line.bridge) for line in first} == {(noted, NOW, "toy")}


def test_lines_of_one_level_or_one_bridge(database, add_bridge, noted):
    other = add_bridge("other")
    with database.write() as connection:
        runs.note(connection, other, None, NOW, "error", "code.other", {})
    assert [line.params["number"] for line in lines(database, level="warning")] == [9, 6, 3, 0]
    assert [line.code for line in lines(database, "other")] == ["code.other"]
    assert len(lines(database, "")) == 11
    assert lines(database, level="error") == []
