"""What needs a person: which rows, in which order, with which choices, and how many."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bridge_gui.store import attention, bridges
from bridge_gui.store.rows import EntryState
from tests.store.conftest import NOW
from tests.store.filled import DAY, document, entry, held, link, source

QUIET = [state for state in EntryState if state not in (EntryState.STOPPED, EntryState.ASKED)]


@pytest.fixture
def rows(database):
    """The rows of a bridge, of all for no name; the count is checked on the way."""

    def read(name=""):
        with database.read() as connection:
            found = attention.rows(connection, name)
            counted = {
                row.name: attention.count(connection, row.id) for row in bridges.all_bridges(connection)
            }
        assert sum(counted.values() if not name else [counted.get(name, 0)]) == len(found)
        return found

    return read


def stop(database, bridge, code="signin.refused", **params):
    with database.write() as connection:
        bridges.stop_bridge(connection, bridge, code, params)


def test_what_is_well_needs_nobody(database, bridge, rows):
    document(database, bridge)
    source(database, bridge, "S2", standing="skipped", code="sale.skipped")
    for number, state in enumerate(QUIET):
        entry(database, bridge, f"Q{number}", state)
    assert rows() == []


def test_the_bridge_that_stands_still_comes_first_then_documents_then_records(database, bridge, rows):
    held(database, bridge, "S3", day=DAY + timedelta(days=1))
    held(database, bridge, "S2", day=DAY)
    asked = entry(
        database, bridge, "S1", EntryState.ASKED, link_id=link(database, bridge), code="outcome.cannot_tell"
    )
    stop(database, bridge, vendor="Payday")
    found = rows()
    assert [(row.what, row.code) for row in found] == [
        ("bridge", "signin.refused"), ("asked", "outcome.cannot_tell"),
        ("held", "method.unmapped"), ("held", "method.unmapped"),
    ]  # fmt: skip
    assert [row.id for row in found[:2]] == ["bridge:toy", f"entry:{asked}"]
    assert [row.source_id for row in found[1:]] == ["S1", "S2", "S3"]
    assert found[0].params == {"vendor": "Payday"}


def test_a_bridge_let_go_again_is_no_longer_shown(database, bridge, rows):
    stop(database, bridge)
    stop(database, bridge, "")
    assert rows() == []


def test_a_stopped_entry_shows_its_document(database, bridge, rows):
    made = link(database, bridge, number="1001", total=Decimal("12.34"))
    at = NOW + timedelta(minutes=1)
    values = {"code": "books.refused", "params": {"text": "no"}, "claimed_at": NOW, "unknown_since": at}
    entry(database, bridge, state=EntryState.STOPPED, link_id=made, **values)
    (row,) = rows()
    assert (row.number, row.day, row.total, row.currency) == ("1001", DAY, Decimal("12.34"), "EUR")
    assert (row.code, row.params, row.choices, row.since) == (
        "books.refused", {"text": "no"}, attention.STOPPED_CHOICES, at,
    )  # fmt: skip


def test_an_entry_whose_link_is_gone_is_still_shown(database, bridge, rows):
    entry(database, bridge, state=EntryState.STOPPED, link_id=None, claimed_at=NOW)
    (row,) = rows()
    assert (row.number, row.day, row.total, row.currency, row.since) == ("", None, Decimal(0), "", NOW)


def test_a_question_whether_it_arrived(database, bridge, rows):
    entry(database, bridge, state=EntryState.ASKED, code="outcome.cannot_tell")
    assert rows()[0].choices == ("arrived", "send_again", "skip")


def test_a_question_which_of_several_it_is(database, bridge, rows):
    entry(database, bridge, state=EntryState.ASKED, code="outcome.several", params={"ids": "D1, D2"})
    assert rows()[0].choices == ("use:D1", "use:D2", "send_again", "skip")


def test_a_held_record_can_always_be_left_out(database, bridge, rows):
    row = held(database, bridge, number="7", standing_since=NOW)
    (shown,) = rows()
    assert (shown.id, shown.choices, shown.since) == (f"source:{row.id}", ("skip",), NOW)


def test_an_answer_binds_to_the_contents_that_were_shown(database, bridge, rows):
    row = held(database, bridge, choices=("overwrite", "leave"), shown="0123456789abcdef")
    (shown,) = rows()
    assert shown.id == f"source:{row.id}:456789abcdef"
    assert shown.choices == ("overwrite", "leave", "skip")


def test_only_one_bridges_rows(database, add_bridge, bridge, rows):
    other = add_bridge("other")
    for one in (bridge, other):
        held(database, one)
        entry(database, one, state=EntryState.STOPPED)
        stop(database, one)
    assert len(rows()) == 6
    assert {row.bridge for row in rows("other")} == {"other"}
    assert len(rows("other")) == 3
    assert rows("nobody") == []
