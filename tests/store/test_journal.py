"""The sync journal: one claim per entry, the first of a lane only, what a crash or a restore leaves."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bridge_gui.store import journal
from bridge_gui.store.rows import EntryState
from tests.store.conftest import NOW
from tests.store.filled import document, entry, link

ENTRIES = 60
OPEN = [state for state in EntryState if state.value in ("planned", "sending", "unknown", "stopped", "asked")]
FINISHED = [state for state in EntryState if state not in OPEN]


@pytest.fixture
def due(database, bridge):
    def read(at=NOW, after=0, limit=100, *, urgent=False):
        with database.read() as connection:
            return [
                row.id for row in journal.due(connection, bridge, at, after=after, limit=limit, urgent=urgent)
            ]

    return read


def got(database, entry_id):
    with database.read() as connection:
        return journal.get(connection, entry_id)


def claim(database, entry_id, target_id="", batch=""):
    with database.write() as connection:
        return journal.claim(connection, entry_id, NOW, target_id=target_id, batch=batch)


def test_of_two_threads_one_gets_the_entry(database, bridge):
    made = [entry(database, bridge, f"S{number}") for number in range(ENTRIES)]
    begin = threading.Barrier(2)

    def take(name):
        begin.wait()
        return {one for one in made if claim(database, one, batch=name)}

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(take, ["one", "two"])
    assert one | two == set(made)
    assert not one & two
    assert {got(database, mine).batch for mine in one} <= {"one"}


def test_a_claim_keeps_the_target_chosen_and_when(database, bridge):
    made = entry(database, bridge, code="later")
    assert claim(database, made, target_id="draft 7", batch="b1")
    row = got(database, made)
    assert (row.state, row.claimed_at, row.target_id, row.batch, row.code) == (
        EntryState.SENDING, NOW, "draft 7", "b1", "",
    )  # fmt: skip
    assert not claim(database, made, target_id="draft 8")
    assert got(database, made) == row


@pytest.mark.parametrize("state", [state for state in EntryState if state is not EntryState.PLANNED])
def test_only_a_planned_entry_can_be_claimed(database, bridge, state):
    made = entry(database, bridge, state=state)
    assert not claim(database, made)
    assert got(database, made).state is state


@pytest.mark.parametrize("state", OPEN)
def test_an_entry_waits_for_the_one_before_it_in_its_lane(database, bridge, due, state):
    first = entry(database, bridge, "S1", state, lane="draft")
    entry(database, bridge, "S2", lane="draft")
    free = entry(database, bridge, "S3", lane="other")
    assert due() == [*([first] if state is EntryState.PLANNED else []), free]


@pytest.mark.parametrize("state", FINISHED)
def test_a_finished_entry_lets_the_next_one_go(database, bridge, due, state):
    entry(database, bridge, "S1", state, lane="draft")
    second = entry(database, bridge, "S2", lane="draft")
    assert due() == [second]


def test_what_was_put_off_is_due_at_its_time_and_holds_up_its_lane_until_then(database, bridge, due):
    at = NOW + timedelta(minutes=5)
    late = entry(database, bridge, "S1", lane="draft", due_at=at)
    entry(database, bridge, "S2", lane="draft")
    assert due() == []
    assert due(at - timedelta(microseconds=1)) == []
    assert due(at) == [late]
    with database.read() as connection:
        assert journal.next_due(connection, bridge, NOW) == at
        assert journal.next_due(connection, bridge, at) is None


def test_lots_of_due_entries_follow_each_other(database, bridge, due):
    made = [entry(database, bridge, f"S{number}") for number in range(5)]
    assert due(limit=2) == made[:2]
    assert due(limit=2, after=made[1]) == made[2:4]
    assert due(after=made[4]) == []


def test_what_the_user_ordered_can_be_asked_for_alone(database, bridge, due):
    entry(database, bridge, "S1")
    assert due(urgent=True) == []
    ordered = entry(database, bridge, "R1", action="approve")
    assert due(urgent=True) == [ordered]


def test_another_bridges_entries_are_not_due_here_nor_in_the_way(database, add_bridge, bridge, due):
    entry(database, add_bridge("other"), "S1", lane="draft")
    own = entry(database, bridge, "S1", lane="draft")
    assert due() == [own]


def test_a_step_of_a_revision_is_written_down_once_a_generation(database, bridge):
    entry(database, bridge)
    with pytest.raises(IntegrityError):
        entry(database, bridge)
    with database.read() as connection:
        assert journal.next_generation(connection, bridge, "sales", "S1", 1, "make:1") == 2
        assert journal.next_generation(connection, bridge, "sales", "S1", 2, "make:1") == 1
    entry(database, bridge, generation=2)
    entry(database, bridge, revision=2)


def test_what_a_crash_left_in_sending_is_unknown_from_now_on(database, bridge):
    sending = entry(database, bridge, "S1", EntryState.SENDING, claimed_at=NOW - timedelta(hours=3))
    planned = entry(database, bridge, "S2")
    before = entry(database, bridge, "S3", EntryState.UNKNOWN, unknown_since=NOW - timedelta(hours=2))
    with database.write() as connection:
        assert journal.abandon_sending(connection, bridge, NOW) == 1
        assert journal.abandon_sending(connection, bridge, NOW + timedelta(hours=1)) == 0
    assert (got(database, sending).state, got(database, sending).unknown_since) == (EntryState.UNKNOWN, NOW)
    assert got(database, planned).state is EntryState.PLANNED
    assert got(database, before).unknown_since == NOW - timedelta(hours=2)


def test_after_a_restore_what_would_make_something_is_unknown_and_plain_updates_stay(database, bridge):
    there, not_there = document(database, bridge, "S1"), link(database, bridge, "S2")
    update = entry(database, bridge, "S1", link_id=there)
    creation = entry(database, bridge, "S2", link_id=not_there)
    mail = entry(database, bridge, "S3", link_id=there, findable=False)
    stopped = entry(database, bridge, "S4", EntryState.STOPPED, link_id=not_there)
    asked = entry(database, bridge, "S5", EntryState.ASKED, link_id=not_there)
    done = entry(database, bridge, "S6", EntryState.DONE)
    with database.write() as connection:
        assert journal.doubt_unsent(connection, bridge, NOW) == 3
    states = [got(database, one).state.value for one in (update, creation, mail, stopped, asked, done)]
    assert states == ["planned", "unknown", "unknown", "unknown", "asked", "done"]


def test_the_latest_entry_of_each_document(database, bridge):
    links_made = [document(database, bridge, "S1"), document(database, bridge, "S2")]
    entry(database, bridge, "S1", EntryState.DONE, link_id=links_made[0])
    latest = entry(database, bridge, "S1", link_id=links_made[0], generation=2)
    with database.read() as connection:
        found = journal.on_links(connection, links_made)
        assert [(key, row.id) for key, row in found.items()] == [(links_made[0], latest)]
        assert [row.generation for row in journal.history(connection, bridge, "sales", "S1")] == [1, 2]


@pytest.mark.parametrize("ask", ["due", "in_states", "open_of"])
def test_open_entries_are_found_by_their_partial_index(database, bridge, ask):
    """However many entries are finished, a look at the open ones does not read them."""
    calls = {
        "due": lambda connection: journal.due(connection, bridge, NOW, after=0, limit=10),
        "in_states": lambda connection: journal.in_states(connection, bridge, EntryState.UNKNOWN),
        "open_of": lambda connection: journal.open_of(connection, bridge, "sales", "S1"),
    }
    said = []
    with database.read() as connection:
        raw = connection.connection.driver_connection
        raw.set_trace_callback(said.append)
        calls[ask](connection)
        raw.set_trace_callback(None)
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + said[-1].replace("%", "%%")).all()
    assert not [row for row in plan if row[3].startswith("SCAN")], plan
