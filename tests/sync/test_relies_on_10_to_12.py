"""What a write may rely on: watermarks, restores and new data folders, the start date."""

from datetime import date, timedelta

import pytest

from bridge_gui.store import bridges
from tests.longer import LONG
from tests.sync.world import START, utc

DAY = 86_400
WORLDS = [{"lag": 0.0}, {"lag": 40.0}]


def mark(world):
    """Where reading goes on."""

    def ask(run):
        with run.database.read() as connection:
            return bridges.watermark(connection, 1, "sales")

    return world.job(ask)


# 10. Watermarks


def test_10_the_watermark_moves_with_the_last_page_to_when_the_reading_began(world):
    world.shop.sell("S1", 1)
    begun = world.clock.now()
    world.adjust = lambda flow: setattr(flow, "settle_after", timedelta(0))
    world.ok()
    assert mark(world) == begun


def test_10_it_stays_when_a_page_raises_or_the_list_moved(world):
    for number in range(4):
        world.shop.sell(f"S{number}", 1)
    world.adjust = lambda flow: setattr(flow, "breaks_after", 1)
    world.run()
    world.bugs.clear()
    assert mark(world) is None
    world.adjust = lambda flow: setattr(flow, "complete", False)
    world.ok()
    assert mark(world) is None
    world.check()


def paged(world, beyond=timedelta(0)):
    """The vendor lists in order of change and says how far it is."""
    from msgspec.structs import replace

    def adjust(flow):
        read = flow.read

        def reading(since, cancel):
            for page in read(since, cancel):
                yield replace(page, watermark=world.clock.now() + beyond)
                if flow.breaks_after is not None:
                    raise ValueError(flow.key)

        flow.read = reading
        flow.breaks_after = 9 if beyond else None

    world.adjust = adjust


def test_10_per_page_where_the_vendor_lists_in_order_of_change(world):
    for number in range(4):
        world.shop.sell(f"S{number}", 1)
    paged(world, beyond=timedelta(hours=1))
    begun = world.clock.now()
    world.run()
    assert mark(world) == begun, "kept although the list broke off, and never ahead of the beginning"


def test_10_reading_goes_on_from_the_watermark_less_the_overlap(world):
    since = []
    changed = world.shop.changed
    world.shop.changed = lambda at: since.append(at) or changed(at)
    world.ok()
    begun = world.clock.now()
    world.wait(5 * DAY)
    world.ok()
    assert since[1] == begun - timedelta(days=1)
    assert since[0] == utc(1, 0) - timedelta(days=1)


def test_10_a_clock_that_ran_ahead_leaves_nothing_out(world):
    world.shop.sell("S1", 1)
    world.wait(DAY)
    world.ok()
    world.clock.at -= timedelta(days=1)
    world.shop.sell("S2", 2)
    world.wait(100)
    world.ok()
    world.check()


# 11. Restores and new data folders


def lived(make_world, **how):
    """Three sales in the books, a snapshot, then two more and a change."""
    world = make_world(**how)
    for number in (1, 2, 3):
        world.shop.sell(f"S{number}", 10 * number)
    world.ok()
    world.wait()
    snapshot = world.snapshot()
    world.shop.sell("S4", 40)
    world.shop.sell("S1", 11)
    world.rest()
    world.check(reversing=True)
    return world, snapshot


@pytest.mark.parametrize("how", WORLDS)
@pytest.mark.parametrize("style", ["amend", "reverse"])
def test_11_an_older_snapshot_put_back_makes_nothing_twice(make_world, how, style):
    world, snapshot = lived(make_world, style=style, **how)
    papers = sorted(world.books.papers(), key=str)
    world.restore(snapshot)
    world.ok(restored=True)
    world.rest()
    assert sorted(world.books.papers(), key=str) == papers
    world.check_links()


@pytest.mark.parametrize("how", WORLDS)
def test_11_what_the_snapshot_meant_to_send_is_looked_for_first(make_world, how):
    """Planned, or refused and tried again: it was made after the snapshot, a moment before the restore."""
    world = make_world(**how)
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 20)
    world.books.refusing.add("S2/1")
    world.books.accidents.coming = ["passing"]
    world.ok()
    world.wait()
    world.books.accidents.coming = ["passing"]
    world.ok()
    snapshot = world.snapshot()
    world.books.refusing.clear()
    world.wait()
    world.ok()
    for item in world.attention():
        world.answer_item(item.id, "try_again")
    world.ok()
    assert len(world.books.papers()) == 2
    world.restore(snapshot)
    world.ok(restored=True)
    world.rest()
    world.check()


@pytest.mark.parametrize("how", WORLDS)
def test_11_a_new_data_folder_takes_over_what_bears_our_mark(make_world, how):
    world, _ = lived(make_world, **how)
    papers = sorted(world.books.papers(), key=str)
    world.shop.sell("S5", 50)
    world.new_folder()
    world.ok()
    assert ("survey.taken_over", {"count": 4}) in world.log()
    assert world.states("S5") == ["unknown"], "until the first complete collect"
    world.rest()
    world.check()
    assert [paper for paper in world.books.papers() if paper.mark != "S5/1"] == papers


def test_11_what_the_survey_could_not_see_yet_is_found_later(make_world):
    world = make_world(lag=40.0)
    world.shop.sell("S1", 10)
    world.ok()
    world.wait()
    world.shop.sell("S2", 20)
    world.ok()  # a moment before the computer is changed
    world.new_folder()
    world.rest()
    world.check()


@pytest.mark.parametrize("cut", ["complete", "breaks_after"])
def test_11_until_the_first_complete_collect(make_world, cut):
    world, _ = lived(make_world, lag=40.0)
    world.shop.sell("S5", 50)
    world.new_folder()
    world.adjust = lambda flow: setattr(flow, cut, False if cut == "complete" else 1)
    world.run()
    world.bugs.clear()
    assert world.bridge.recovering
    world.adjust = lambda flow: None
    world.wait()
    world.shop.sell("S6", 60)
    world.ok()
    assert not world.bridge.recovering
    assert world.states("S6") == ["unknown"]
    world.rest()
    world.check()


def test_11_killed_anywhere_in_the_first_run_of_a_new_folder(make_world):
    def prepared():
        world = make_world(lag=40.0)
        world.shop.sell("S1", 10)
        world.ok()
        world.wait()
        world.shop.sell("S2", 20)
        world.ok()
        world.new_folder()
        return world

    whole = prepared()
    whole.fate.points = 0
    whole.ok()
    for point in range(1, whole.fate.points + 1, 1 if LONG else 4):
        world = prepared()
        world.die_at(point)
        world.rest()
        world.check()


@pytest.mark.parametrize("how", WORLDS)
def test_11_a_days_takings_in_a_new_folder_or_restored(make_world, how):
    world = make_world(by_day=True, **how)
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 20)
    world.wait(DAY)
    world.ok()
    world.wait()
    snapshot = world.snapshot()
    world.wait(3 * DAY)
    world.shop.sell("S1", 15, day=date(2026, 3, 2))
    world.shop.sell("S3", 1, day=date(2026, 3, 2))
    world.rest()
    world.wait(3 * DAY)
    world.ok()
    papers = sorted(world.books.papers(), key=str)
    assert [paper.amount for paper in papers] == [30, 6]
    for back in (lambda: world.restore(snapshot), world.new_folder):
        back()
        world.ok(restored=True)
        world.rest()
        assert sorted(world.books.papers(), key=str) == papers
        world.check_links()


def test_11_a_group_is_not_planned_on_a_list_cut_short(make_world):
    world = make_world(by_day=True)
    for number in range(6):
        world.shop.sell(f"S{number}", 10)
    world.wait(DAY)
    world.ok()
    world.wait()
    world.new_folder()
    world.adjust = lambda flow: (setattr(flow, "complete", False), setattr(flow, "page", 2))
    changed = world.shop.changed
    world.shop.changed = lambda since: changed(since)[:3]
    world.ok()
    world.wait()
    world.ok()
    world.shop.changed = changed
    world.adjust = lambda flow: None
    world.rest()
    assert [paper.amount for paper in world.books.papers()] == [60]


def test_11_effects_nobody_can_look_up_are_asked_about(make_world):
    world = make_world(mail=True)
    world.shop.sell("S1", 10)
    world.ok()
    world.wait()
    snapshot = world.snapshot()
    world.shop.sell("S2", 20)
    world.ok()
    assert world.books.mails == ["D1", "D2"]
    world.restore(snapshot)
    world.ok(restored=True)
    world.rest()
    assert world.books.mails == ["D1", "D2"]


# 12. The start date guards creating only


def test_12_a_document_already_made_is_followed_wherever_its_date_goes(world):
    world.shop.sell("S1", 10)
    world.ok()
    world.wait()
    world.shop.sell("S1", 15, day=START - timedelta(days=20))
    world.ok()
    assert [(paper.amount, paper.day) for paper in world.books.papers()] == [(15, START - timedelta(days=20))]


def test_12_a_member_already_counted_is_followed_wherever_its_date_goes(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 20)
    world.wait(DAY)
    world.ok()
    world.wait()
    world.shop.sell("S1", 10, day=START - timedelta(days=20))
    world.ok()
    assert [(paper.mark, paper.amount) for paper in world.books.papers()] == [
        ("2026-03-02/1", 30), ("2026-02-09/1", 10), ("2026-03-02/2", -10),
    ]  # fmt: skip


def test_12_what_is_older_than_the_start_and_taken_over_is_not_called_gone(make_world):
    """A draft that is open holds older sales too; the sales side is not asked for those days."""
    world = make_world()
    world.shop.sell("S1", 10, day=START)
    world.ok()
    world.wait()
    papers = world.books.papers()
    world.start = START + timedelta(days=3)
    world.new_folder()

    def adjust(flow):
        survey, fetch = flow.survey, flow.fetch
        flow.survey = lambda since, cancel: survey(START, cancel)
        flow.fetch = lambda ids, cancel: [one for one in fetch(ids, cancel) if one.day >= world.start]
        flow.read = lambda since, cancel: iter(())

    world.adjust = adjust
    world.preview()
    world.ok()
    assert world.attention() == []
    assert (world.source("S1").standing.value, world.source("S1").code) == ("skipped", "source.before_start")
    assert world.link("S1").target_id == papers[0].id
    world.rest()
    assert world.books.papers() == papers
