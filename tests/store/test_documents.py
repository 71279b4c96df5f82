"""The Documents list: one order for all pages, held records among the documents, every filter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bridge_gui.store import documents, links, sources
from bridge_gui.store.rows import DocumentFilter, EntryState, Standing
from tests.store.conftest import NOW
from tests.store.filled import DAY, document, entry, held, link, many_documents, source


@pytest.fixture
def page(database) -> Callable:
    """A slice of the list under a filter."""

    def read(offset=0, limit=100, **which):
        with database.read() as connection:
            return documents.page(connection, DocumentFilter(**which), offset, limit)

    return read


@pytest.fixture
def found(database, page):
    """The source numbers a filter finds, the first row first; the count is checked on the way."""

    def find(**which):
        with database.read() as connection:
            count = documents.count(connection, DocumentFilter(**which))
            opened = documents.opening(connection, DocumentFilter(**which), 1, 2)
        rows = page(**which)
        assert count == len(rows)
        assert opened == (count, rows[1:3])
        return [row.source_number for row in rows]

    return find


def day(number):
    return DAY + timedelta(days=number)


def test_pages_joined_are_the_list_each_row_once(database, bridge, page):
    many_documents(database, bridge, 40)
    for number in range(17):
        held(database, bridge, f"H{number}", day=day(number % 3))
        document(database, bridge, f"D{number}", day=day(number % 4))
    whole = page()
    assert len({row.id for row in whole}) == len(whole) == 74
    for size in (1, 7, 30):
        assert [row for at in range(0, 74, size) for row in page(at, size)] == whole
    assert page(74, 10) == []


def test_the_newest_day_comes_first_and_of_a_day_the_last_document(database, bridge, found):
    for number, at in (("1", 0), ("2", 2), ("3", 1), ("4", 2)):
        document(database, bridge, f"S{number}", number=number, day=day(at))
    held(database, bridge, "S5", number="5", day=day(2))
    held(database, bridge, "S6", number="6", day=day(3))
    assert found() == ["6", "4", "2", "5", "3", "1"]


def test_a_document_is_shown_with_all_there_is_to_know(database, bridge, page):
    made = document(
        database, bridge, number="1001", party="Anna Þórsdóttir", target_number="V7", target_url="https://books.example/7",
        checked_at=NOW, total=Decimal("12.34"), sources=("S1",),
    )  # fmt: skip
    (row,) = page()
    assert (row.id, row.bridge, row.kind, row.number, row.source_number) == (
        made,
        "toy",
        "invoice",
        "V7",
        "1001",
    )
    assert (row.party, row.total, row.currency, row.day) == ("Anna Þórsdóttir", Decimal("12.34"), "EUR", DAY)
    assert (row.state, row.target_id, row.target_url) == ("posted", "t-S1", "https://books.example/7")
    assert (row.checked_at, row.code, row.params) == (NOW, "", {})


def test_a_held_record_is_shown_with_its_reason(database, bridge, page):
    row = held(
        database, bridge, number="1001", params={"method": "Aur", "count": 2, "sure": False, "why": None}
    )
    (shown,) = page()
    assert (shown.id, shown.state, shown.kind, shown.number) == (-row.id, "held", "sales", "")
    assert (shown.code, shown.params) == ("method.unmapped", row.params)
    assert (shown.target_id, shown.checked_at) == ("", None)


def test_records_that_are_planned_or_skipped_are_not_in_the_list(database, bridge, found):
    source(database, bridge, "S1", standing="planned")
    source(database, bridge, "S2", standing="skipped", code="sale.skipped")
    source(database, bridge, "S3", standing="member")
    assert found() == []


@pytest.mark.parametrize("state", [EntryState.STOPPED, EntryState.ASKED])
def test_a_document_that_is_not_made_says_why(database, bridge, page, state):
    for number in ("S1", "S2"):
        made = link(database, bridge, number, number=number)
        entry(database, bridge, number, EntryState.SUPERSEDED, link_id=made, code="books.old")
        code = {"code": "books.refused", "params": {"text": "no"}} if number == "S1" else {}
        entry(database, bridge, number, state, link_id=made, generation=2, **code)
    shown = {row.source_number: (row.code, row.params) for row in page()}
    assert shown == {"S1": ("books.refused", {"text": "no"}), "S2": ("", {})}


def test_what_became_of_an_old_entry_is_not_said_of_a_document_that_is_there(database, bridge, page):
    made = document(database, bridge)
    entry(database, bridge, state=EntryState.STOPPED, link_id=made, code="books.refused")
    assert page()[0].code == ""


def test_only_one_bridges_rows(database, add_bridge, bridge, found):
    other = add_bridge("other")
    document(database, bridge, "S1", number="mine")
    held(database, bridge, "S2", number="held mine")
    document(database, other, "S1", number="theirs")
    held(database, other, "S2", number="held theirs")
    assert sorted(found(bridge="toy")) == ["held mine", "mine"]
    assert len(found()) == 4
    assert found(bridge="nobody") == []


def test_by_state_documents_and_held_ones(database, bridge, found):
    document(database, bridge, "S1", number="1", state="posted")
    document(database, bridge, "S2", number="2", state="draft")
    held(database, bridge, "S3", number="3")
    assert found(states=("posted",)) == ["1"]
    assert found(states=("held",)) == ["3"]
    assert found(states=("draft", "held")) == ["2", "3"]
    assert found(states=("paid",)) == []


def test_by_kind_leaves_out_what_has_none_yet(database, bridge, found):
    document(database, bridge, "S1", number="1", kind="invoice")
    document(database, bridge, "S2", number="2", kind="journal_entry")
    held(database, bridge, "S3", number="3")
    assert found(kinds=("journal_entry",)) == ["2"]
    assert found(kinds=("journal_entry", "invoice")) == ["2", "1"]


def test_by_period_both_days_included(database, bridge, found):
    for number in range(5):
        document(database, bridge, f"S{number}", number=str(number), day=day(number))
    held(database, bridge, "S9", number="9", day=day(2))
    assert found(first=day(1), last=day(2)) == ["2", "9", "1"]
    assert found(first=day(4)) == ["4"]
    assert found(last=day(0)) == ["0"]
    assert found(first=day(9)) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("50%", ["1"]), ("%", ["1"]), ("a_b", ["2"]), ("_", ["2"]), ("anna", ["1", "3"]), ("ANNA", ["1", "3"]),
        ("v-7", ["4"]), ("/", ["5"]), ("\\", ["6"]), ("'", ["7"]), ("nothing", []),
    ],
)  # fmt: skip
def test_by_text_with_signs_that_mean_themselves(database, bridge, found, text, numbers):
    document(database, bridge, "S1", number="1", party="Anna 50% off")
    document(database, bridge, "S2", number="2", party="a_b")
    document(database, bridge, "S3", number="3", party="Anna axb 500")
    document(database, bridge, "S4", number="4", target_number="V-7")
    document(database, bridge, "S5", number="5", party="one/two")
    document(database, bridge, "S6", number="6", party="one\\two")
    held(database, bridge, "S7", number="7", party="O'Hara")
    assert sorted(found(text=text)) == numbers


@pytest.mark.parametrize("text", ["Þóra", "Æg", "íslenskra"])
def test_by_text_with_letters_beyond_ascii(database, bridge, found, text):
    document(database, bridge, "S1", number="1", party="Þóra Ægisdóttir, Félag íslenskra dæma")
    assert found(text=text) == ["1"]


def test_the_search_follows_a_change_of_the_texts(database, bridge, found):
    made = link(database, bridge, "S1", number="1", party="Anna")
    row = held(database, bridge, "S2", number="2", party="Ari")
    with database.write() as connection:
        links.change(connection, made, target_id="t", target_number="V7")
        sources.change(connection, row.id, party="STRAẞE Ægir")
    assert found(text="v7") == ["1"]
    assert found(text="anna") == ["1"]
    assert found(text="strasse æ") == ["2"]
    assert found(text="ari") == []
    link(database, bridge, "S3", number="3", party="Bára")
    link(database, bridge, "S3", number="3", party="Óli")
    assert found(text="ÓLI") == ["3"]
    assert found(text="bára") == []


def test_what_is_left_out_is_shown_when_asked_for(database, bridge, found, page):
    source(database, bridge, "S1", standing=Standing.SKIPPED, code="sale.skipped", number="1")
    held(database, bridge, "S2", number="2")
    document(database, bridge, "S3", number="3")
    assert found(states=("skipped",)) == ["1"]
    assert found(states=("skipped", "held")) == ["1", "2"]
    assert found(states=("skipped", "posted")) == ["3", "1"]
    shown = page(states=("skipped",))[0]
    assert (shown.state, shown.code) == ("skipped", "sale.skipped")


def test_more_hits_than_are_read_are_counted(database, bridge):
    many_documents(database, bridge, documents.FEW + 5, party="Anna")
    with database.read() as connection:
        count, rows = documents.opening(connection, DocumentFilter(text="ann"), 0, 3)
        none = documents.opening(connection, DocumentFilter(text="nobody"), 0, 3)
    assert (count, len(rows)) == (documents.FEW + 5, 3)
    assert none == (0, [])


def test_filters_narrow_each_other(database, bridge, found):
    document(database, bridge, "S1", number="1", party="Anna", day=day(1))
    document(database, bridge, "S2", number="2", party="Anna", day=day(2), state="draft")
    document(database, bridge, "S3", number="3", party="Ari", day=day(2))
    held(database, bridge, "S4", number="4", party="Anna", day=day(2))
    assert found(text="anna", first=day(2)) == ["2", "4"]
    assert found(text="anna", first=day(2), states=("draft",), kinds=("invoice",), bridge="toy") == ["2"]


def test_the_export_has_every_document_the_oldest_first(database, add_bridge, bridge):
    document(database, bridge, "S1", day=day(3))
    link(database, bridge, "S2", day=day(1))
    document(database, add_bridge("other"), "S1")
    with database.read() as connection:
        rows = documents.exported(connection, bridge)
    assert [(row.source_id, row.target_id) for row in rows] == [("S2", ""), ("S1", "t-S1")]


def test_a_place_for_a_document_is_taken_once(database, bridge):
    document(database, bridge)
    with pytest.raises(Exception, match=r"plan\.place_taken"):
        link(database, bridge)
    free = link(database, bridge, "S2")
    assert link(database, bridge, "S2") == free
    entry(database, bridge, "S2", link_id=free)
    with pytest.raises(Exception, match=r"plan\.place_taken"):
        link(database, bridge, "S2")
    with database.write() as connection:
        links.free(connection, free)
        assert links.get(connection, free) is None
