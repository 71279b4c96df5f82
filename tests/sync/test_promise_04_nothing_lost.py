"""Promise 4: every source ends in a document, or stands under Needs attention or skipped with its reason."""

from datetime import date

from tests.sync.fate import VirtualCancel


def test_every_source_ends_somewhere(make_world):
    world = make_world(held={"S2"}, skipped={"S3"})
    for number in range(1, 6):
        world.shop.sell(f"S{number}", number)
    world.books.refusing.add("S4/1")
    world.books.accidents.coming = ["", "", "lost_before"]
    world.ok()
    world.wait()
    world.rest()
    assert {paper.mark for paper in world.books.papers()} == {"S1/1", "S5/1"}
    assert {(item.code, item.number) for item in world.attention()} == {
        ("sale.held", "S2"),
        ("books.refused", "S4"),
    }
    assert (world.source("S3").standing.value, world.source("S3").code) == ("skipped", "sale.skipped")
    assert ("sale.skipped", {"number": "S3", "day": "2026-03-02"}) in world.log()


def test_a_reason_is_said_once_in_the_log_not_at_every_look(make_world):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 1)
    for _ in range(3):
        world.ok()
        world.wait()
    assert [code for code, _ in world.log() if code == "sale.held"] == ["sale.held"]


def test_held_and_skipped_are_looked_at_again_at_each_run_from_a_fresh_copy(make_world):
    world = make_world(held={"S1"}, skipped={"S2"})
    world.shop.sell("S1", 1)
    world.shop.sell("S2", 2)
    world.ok()
    world.wait(5 * 86_400)  # long out of every overlap: the watermark has gone on
    world.ok()
    world.wait(5 * 86_400)
    world.rules.held.clear()
    world.rules.skipped.clear()
    world.ok()
    world.check()


def test_held_are_asked_for_once_in_a_run(make_world):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 1)
    world.ok()
    assert world.shop.calls == ["list"]


def test_a_changed_setting_looks_again_even_at_what_was_skipped_long_ago(make_world):
    world = make_world(skipped={"S1"})
    world.shop.sell("S1", 1)
    world.ok()
    world.wait(100 * 86_400)
    world.ok()
    world.wait(2 * 86_400)
    world.rules.skipped.clear()
    world.ok()
    assert not world.books.papers()
    world.settings = "s2"
    world.ok()
    world.check()


def test_a_changed_mapping_plans_anew_what_was_not_sent_yet(make_world):
    world = make_world()
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 10)
    world.books.refusing.add("S1/1")
    world.books.accidents.coming = ["", "passing"]
    world.ok()
    world.books.refusing.clear()
    world.rules.factor, world.settings = 3, "s2"
    world.rest()
    world.check()


def test_never_send_this(make_world):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 1)
    world.ok()
    world.answer("skip")
    world.rules.held.clear()
    world.ok()
    world.shop.sell("S1", 2)
    world.ok()
    assert not world.books.papers()
    assert not world.attention()
    assert (world.source("S1").standing.value, world.source("S1").code) == ("skipped", "source.never")


def test_never_send_a_refused_document(make_world):
    world = make_world(style="reverse")
    world.shop.sell("S1", 1)
    world.books.refusing.add("S1/1")
    world.ok()
    world.answer("skip")
    world.books.refusing.clear()
    world.wait()
    world.shop.sell("S1", 2)
    world.rest()
    assert not world.books.papers()


def test_never_send_a_days_takings(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 1)
    world.wait(86_400)
    world.books.refusing.add("2026-03-02/1")
    world.ok()
    world.answer("skip")
    world.books.refusing.clear()
    world.rest()
    world.shop.sell("S2", 5, day=world.start.replace(day=2))
    world.rest()
    assert not world.books.papers()
    assert world.source("2026-03-02").code == "source.never"


def test_an_earlier_start_date_reads_what_was_left_out(make_world):
    world = make_world(start=date(2026, 3, 2))
    world.shop.sell("S1", 1)
    world.clock.at = world.clock.at.replace(day=1)
    world.shop.sell("S0", 7)
    world.clock.at = world.clock.at.replace(day=20)
    world.ok()
    assert [paper.mark for paper in world.books.papers()] == ["S1/1"]
    world.wait(10 * 86_400)
    world.change_bridge(start=world.start.replace(day=1))
    world.settings = "s2"
    world.ok()
    world.check()


def test_a_page_that_raises_in_the_middle_loses_nothing(make_world):
    world = make_world()
    for number in range(6):
        world.shop.sell(f"S{number}", 1 + number)
    world.adjust = lambda flow: setattr(flow, "breaks_after", 2)
    done = world.run()
    assert (done.outcome.value, done.code, len(world.bugs)) == ("failed", "unexpected", 1)
    assert len(world.entries()) == 4
    world.bugs.clear()
    world.adjust = lambda flow: None
    world.ok()
    world.check()
    assert len(world.entries()) == 6


def test_a_cancelled_run_loses_nothing_wherever_it_is_stopped(make_world):
    looks = 0
    while True:
        world = make_world()
        for number in range(3):
            world.shop.sell(f"S{number}", 1 + number)
        done = world.run(cancel=VirtualCancel(world.clock, after=looks))
        cancelled = done.outcome.value == "cancelled"
        world.rest()
        world.check()
        if not cancelled:
            break
        looks += 1
    assert looks > 3
