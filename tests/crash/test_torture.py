"""Nothing twice, nothing lost: every bridge there is, killed 25 times; and that the counting can count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.sandbox.documents import Held
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow, SourceRow, Standing
from tests.crash import tally
from tests.crash.conftest import BRIDGES
from tests.crash.tally import Told
from tests.crash.torture import PLACES, Order, torture
from tests.longer import LONG

DAY = date(2026, 11, 20)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("key", BRIDGES)
def test_killed_everywhere_each_document_is_there_once(key, capsys):
    """25 kills over all bridges, or so many as are asked for at each."""
    wanted = LONG or max(len(PLACES), -(-25 // len(BRIDGES)))
    found, kills = torture(BRIDGES[key], Order(kills=wanted, lag=45))
    assert found.good, found
    assert kills.total() == wanted
    assert set(kills) | {"moment"} == set(PLACES), "a moment may come when the run is over"
    assert capsys.readouterr().out.splitlines()[-1].endswith(found.line(wanted))


def document(key: str, total: int = 100, text: str = "a/1") -> Held:
    return Held(
        kind="entry", id=key, total=Decimal(total), currency="EUR", day=str(DAY), texts=(f"Sale {text}",)
    )


def link(target: str, total: int = 100) -> LinkRow:
    return LinkRow(
        id=1, flow="sales", kind="entry", source_id="a", ordinal=1, target_id=target, state="posted", day=DAY,
        total=Decimal(total),
    )  # fmt: skip


def entry(state: EntryState = EntryState.DONE) -> EntryRow:
    return EntryRow(
        id=1, flow="sales", source_id="a", revision=1, step_name="post", generation=1, lane="a", link_id=1,
        state=state, step=b"", key="k", mark="a/1",
    )  # fmt: skip


def source() -> SourceRow:
    return SourceRow(
        id=1, flow="sales", source_id="b", digest="", revision=1, planned_revision=1, standing=Standing.PLANNED,
        day=DAY,
    )  # fmt: skip


def told(books: list[Held], links: list[LinkRow], sources: tuple[SourceRow, ...] = ()) -> Told:
    return Told([entry()], links, list(sources), books, [])


def test_what_is_well_is_counted_as_well():
    well = told([document("1")], [link("1")])
    assert not any(
        check(well)
        for check in (tally._marked_twice, tally._strays, tally._linked_twice, tally._gone, tally._unequal)
    )


def test_a_second_document_is_seen_by_its_mark_and_by_its_lack_of_a_link():
    twice = told([document("1"), document("2")], [link("1")])
    assert tally._marked_twice(twice) == ["a/1 in 2 documents"]
    assert len(tally._strays(twice)) == 1
    assert not tally._marked_twice(told([document("1"), document("2", text="a/10")], [link("1")]))


def test_a_document_that_is_gone_and_a_record_without_a_reason_are_losses():
    assert len(tally._gone(told([], [link("1")]))) == 1
    assert tally._gone(told([document("1")], [link("1")], (source(),))) == ["b"]


def test_a_cent_is_seen():
    assert tally._unequal(told([document("1", 101)], [link("1", 100)]))


def test_the_undisturbed_world_tells_what_is_missing_too_much_or_different():
    one = told([document("1")], [link("1")])
    other = told([document("9"), document("8", text="b/1")], [])
    assert tally._against(one, one, []) == ([], [])
    lost, wrong = tally._against(one, other, [])
    assert (len(lost), wrong) == (1, [])
    assert tally._against(one, other, ["b/1"]) == ([], [])
    assert len(tally._against(other, one, [])[1]) == 1
    assert len(tally._against(one, told([document("9", 99)], []), [])[1]) == 1
