"""A document in full: what it is made of, both sides, what was done and when; addresses only of the vendor."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest
from msgspec.structs import asdict
from msgspec.structs import replace as with_values

from bridge_gui import app
from bridge_gui.errors import SetupError
from bridge_gui.store import journal, links
from bridge_gui.store.database import Database
from bridge_gui.sync import record
from bridge_gui.sync.sides import sides_of

DAY = 86_400


class Registry:
    """The toy bridge between two vendors with a site of their own."""

    def __init__(self):
        self._sides = tuple(
            replace(app.registry().vendors["payday"], title=title, site="https://books.example/")
            for title in ("Shop", "Books")
        )

    def bridge(self, kind):
        from tests.sync.toy_flow import STEPS

        return SimpleNamespace(steps=lambda: STEPS)

    def sides(self, spec):
        return self._sides


def read(world, row_id):
    with closing(Database(world.path)) as database, database.read() as connection:
        return record.detail(connection, Registry(), world.bridge, row_id)


def test_a_document_with_its_record_and_when_it_was_sent(make_world):
    world = make_world()
    world.shop.sell("S1", 10)
    world.rest()
    found = read(world, world.link("S1").id)
    assert (found.sales, found.books) == ("Shop", "Books")
    assert [(one.id, one.total) for one in found.sold] == [("S1", 10)]
    (sent,) = found.history
    assert (sent.state, sent.total) == ("done", 10)
    assert sent.at is not None
    assert not any(side.differs for side in found.sides)


def test_a_change_keeps_what_was_before_in_the_history(make_world):
    world = make_world()
    world.shop.sell("S1", 10)
    world.rest()
    world.shop.sell("S1", 12)
    world.rest()
    found = read(world, world.link("S1").id)
    assert [(one.state, one.total) for one in found.history] == [("done", 10), ("done", 12)]
    assert found.history[0].at < found.history[1].at


def test_a_reversed_document_names_what_took_it_back(make_world):
    world = make_world(style="reverse")
    world.shop.sell("S1", 10)
    world.rest()
    world.shop.sell("S1", 12)
    world.rest()
    first = world.links()[0]
    assert sorted(one.total for one in read(world, first.id).others) == [-10, 12]


def test_a_day_lists_its_records(make_world):
    world = make_world(by_day=True)
    world.shop.sell("S1", 10)
    world.shop.sell("S2", 20)
    world.wait(DAY)
    world.rest()
    (link,) = world.links()
    found = read(world, link.id)
    assert sorted((one.id, one.total) for one in found.sold) == [("S1", 10), ("S2", 20)]


def test_a_decision_is_in_the_history_and_can_be_taken_back(make_world):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 10)
    world.ok()
    held = read(world, -world.source("S1").id)
    assert (held.row.code, held.item, held.history) == ("sale.held", "", ())
    world.answer("by_hand", document="F-7", reason="On paper")
    world.rest()
    found = read(world, -world.source("S1").id)
    assert found.item == f"source:{world.source('S1').id}"
    assert [(one.choice, one.reason, one.target) for one in found.history] == [("by_hand", "On paper", "F-7")]
    assert [other.number for other in found.others] == ["F-7"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://books.example/i/7", True), ("http://books.example/i/7", False),
        ("https://books.example.evil.test/7", False), ("https://books.example@evil.test/", False),
        ("https://[books.example/7", False), ("file:///etc/passwd", False), ("", False),
    ],
)  # fmt: skip
def test_only_the_vendors_own_pages_are_opened(make_world, url, shown):
    world = make_world()
    world.shop.sell("S1", 10)
    world.rest()
    link = world.link("S1")
    with closing(Database(world.path)) as database, database.write() as connection:
        links.change(connection, link.id, target_url=url)
    assert read(world, link.id).url == (url if shown else "")


def test_a_row_that_is_gone_is_said(make_world):
    world = make_world()
    for row in (99, -99):
        with pytest.raises(SetupError, match=r"document\.gone"):
            read(world, row)


def test_both_sides_field_by_field(make_world):
    world = make_world()
    world.shop.sell("S1", 10)
    world.rest()
    link = with_values(
        world.link("S1"),
        source_content=b'{"day":"2026-03-02","lines":[{"account":"a1","amount":"10.00"}],"note":""}',
        target_content=b'{"day":"2026-03-02","lines":[{"account":"a1","amount":"12"}],"paid":true}',
    )
    fields = {
        side.field: (side.sales, side.books, side.differs) for side in sides_of(link, {"a1": "1110 Sales"})
    }
    assert fields == {
        "day": ("2026-03-02", "2026-03-02", False),
        "line 1": ("1110 Sales · 10", "1110 Sales · 12", True),
        "paid": (None, "True", False),
    }
    assert sides_of(with_values(link, source_content=b"\xff", target_content=None), {}) == ()


def test_what_was_done_to_a_document_on_a_persons_order_is_in_its_history(make_world):
    """An order has a source of its own, the request; the document is told by the link."""
    world = make_world()
    world.shop.sell("S1", 10)
    world.rest()
    (entry,) = world.entries("S1")
    values = {key: one for key, one in asdict(entry).items() if key != "id"} | {
        "bridge_id": 1,
        "source_id": "request-1",
    }
    with closing(Database(world.path)) as database, database.write() as connection:
        journal.add(connection, **values)
    assert [one.state for one in read(world, world.link("S1").id).history] == ["done", "done"]
