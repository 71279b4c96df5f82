"""Following by what changed: closed documents too, one look however many there are, silence is unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bridge_gui.accounting.documents import DocumentView, Ref
from bridge_gui.store import links
from bridge_gui.web.waiting import Cancel
from tests.sync.toy_flow import STATES, Sales, content
from tests.sync.world import World


class Telling(Sales):
    """Books that tell what changed since an instant."""

    looks: list[datetime]

    def changed(self, since: datetime, cancel: Cancel) -> Sequence[DocumentView]:
        self.looks.append(since)
        return [
            DocumentView(
                ref=Ref(id=paper.id), state=STATES[paper.state], content=content(paper.amount, paper.day)
            )
            for paper in self.books.list()
        ]


@pytest.fixture
def telling(tmp_path):
    world = World(tmp_path)
    looks: list[datetime] = []

    def flows():
        flow = Telling(world.shop, world.books, world.rules)
        flow.looks = looks
        return (flow,)

    world.make_flows = flows
    world.looks = looks
    return world


def test_a_document_that_was_closed_is_followed_too(telling):
    telling.shop.sell("S1", 100)
    telling.rest()
    assert telling.link("S1").state == "posted"
    telling.books.edit("D1", state="voided")
    telling.rest()
    assert telling.link("S1").state == "voided"


def test_nothing_is_asked_while_there_is_no_document(telling):
    telling.ok()
    assert telling.looks == []


def test_each_look_begins_before_the_last_one_and_what_we_wrote_since(telling):
    telling.shop.sell("S1", 100)
    telling.rest()
    last = telling.clock.now()
    telling.wait(3600)
    telling.ok()
    assert last - timedelta(hours=25) < telling.looks[-1] <= last - timedelta(hours=24)


def test_a_look_right_after_our_own_write_says_nothing(telling):
    telling.adjust = lambda flow: setattr(flow, "settle_after", timedelta(minutes=5))
    telling.shop.sell("S1", 100)
    telling.ok()
    telling.books.edit("D1", state="voided")
    telling.ok()
    assert telling.link("S1").state == "posted"
    telling.rest()
    assert telling.link("S1").state == "voided"


def test_what_is_open_counts_as_looked_at(telling):
    telling.shop.sell("S1", 100)
    telling.books.accidents.coming = []
    telling.rest()
    telling.books.edit("D1", state="draft")
    telling.rest()
    telling.wait(3600)
    looked = telling.clock.now()
    telling.ok()
    assert telling.link("S1").checked_at >= looked


def test_a_number_used_again_does_not_bring_back_what_was_gone(telling):
    """Else the first sale would be taken for posted, and its next change written over the second one's."""
    telling.shop.sell("S1", 100)
    telling.rest()
    telling.books.delete("D1")
    telling.job(lambda run: _mark_gone(run, "S1"))
    telling.books.made = 0  # the vendor gives the number to the next one
    telling.shop.sell("S2", 200)
    telling.rest()
    assert (telling.link("S1").state, telling.link("S2").state) == ("deleted", "posted")
    telling.shop.sell("S1", 130)
    telling.rest()
    assert [item.code for item in telling.attention()] == ["paper.vanished"]
    assert [paper.amount for paper in telling.books.papers()] == [200]


def _mark_gone(run, source):
    with run.database.write() as connection:
        link = links.at(connection, run.bridge.id, "paper", source, 1)
        links.change(connection, link.id, state="deleted")
