from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bridge_gui.sandbox.kit import Clock, Replica, State, StateInUse


@pytest.fixture
def state():
    made = State()
    yield made
    made.close()


def test_documents_keep_their_place_when_changed(state):
    table = state.table("things")
    for key in ("b", "a", "c"):
        table.put({"id": key, "n": 1})
    table.put({"id": "b", "n": 2})
    assert [(doc["id"], doc["n"]) for doc in table.find()] == [("b", 2), ("a", 1), ("c", 1)]
    table.drop("a")
    assert table.get("a") is None
    assert table.count(("n", "=", 1)) == 1


def test_finding_filters_sorts_and_pages(state):
    table = state.table("things", indices=("day,id",))
    for n in range(10):
        table.put({"id": f"{9 - n}", "day": f"2026-11-{n // 2:02}", "n": n})
    found = table.find(
        ("day", ">=", "2026-11-01"), ("day", "<", "2026-11-04"), order="day,id", limit=3, offset=1
    )
    assert [doc["id"] for doc in found] == ["7", "4", "5"]
    assert table.find(order="day", down=True, limit=1)[0]["day"] == "2026-11-04"
    assert table.count(("n", "in", [1, 2, 3]), ("n", "not in", [2])) == 2
    assert table.total("n", ("day", "=", "2026-11-01")) == 5


def test_names_are_no_way_into_sql(state):
    with pytest.raises(ValueError):
        state.table("things; drop")
    with pytest.raises(ValueError):
        state.table("things").find(("n') --", "=", 1))
    with pytest.raises(ValueError):
        state.table("things").find(("n", "or", 1))


def test_a_transaction_is_all_or_nothing(state):
    table = state.table("things")

    def half() -> None:
        with state.transaction():
            table.put({"id": "1"})
            assert state.next_number("n") == 1
            with state.transaction():
                table.put({"id": "2"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert table.count() == 0
    assert state.next_number("n") == 1


def test_a_state_file_is_served_once_only(tmp_path):
    first = State(tmp_path / "a.db")
    with pytest.raises(StateInUse):
        State(tmp_path / "a.db")
    first.table("things").put({"id": "kept", "name": "Ægir"})
    first.close()
    again = State(tmp_path / "a.db")
    assert again.table("things").get("kept") == {"id": "kept", "name": "Ægir"}
    again.close()


class _Time:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 20, 12, tzinfo=UTC)
        self.lag = 10.0

    def now(self) -> datetime:
        return self.at

    def later(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def test_a_replica_shows_writes_after_the_lag_and_in_order(state):
    time = _Time()
    replica = Replica(state, "things", now=time.now, lag=lambda: time.lag)
    replica.put({"id": "1", "n": 1})
    assert replica.fresh.get("1") == {"id": "1", "n": 1}
    assert replica.shown().find() == []
    time.later(6)
    replica.put({"id": "1", "n": 2})
    replica.put({"id": "2", "n": 1})
    time.later(4)
    assert replica.shown().find() == [{"id": "1", "n": 1}]
    replica.drop("1")
    time.later(6)
    assert [doc["n"] for doc in replica.shown().find()] == [2, 1]
    time.later(4)
    assert [doc["id"] for doc in replica.shown().find()] == ["2"]


def test_a_shorter_lag_does_not_let_an_old_write_win(state):
    time = _Time()
    replica = Replica(state, "things", now=time.now, lag=lambda: time.lag)
    replica.put({"id": "1", "n": 1})
    time.lag = 0
    replica.put({"id": "1", "n": 2})
    assert replica.shown().find() == [{"id": "1", "n": 2}]
    replica.put({"id": "1", "n": 3})
    assert replica.shown().find() == [{"id": "1", "n": 3}]


def test_a_clock_can_be_moved_and_stopped_and_remembers(state):
    time = _Time()
    clock = Clock(state, time.now)
    clock.set(time.at + timedelta(days=3))
    time.later(60)
    assert clock.now() == datetime(2026, 11, 23, 12, 1, tzinfo=UTC)
    assert Clock(state, time.now).now() == clock.now()
    clock.set(time.at, frozen=True)
    time.later(60)
    assert Clock(state, time.now).now() == time.at - timedelta(seconds=60)
