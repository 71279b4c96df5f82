"""A document that is there only in part, or as it was: nobody is mailed about it before it is what it should be."""

from __future__ import annotations

import pytest


def before(world, first, second):
    """Whether the first such call at the books came before the other one."""
    calls = [call.split(maxsplit=1)[0] for call in world.books.calls]
    return calls.index(first) < calls.index(second)


@pytest.mark.parametrize("lag", [0.0, 40.0])
def test_no_mail_goes_for_what_was_taken_in_part(make_world, lag):
    world = make_world(mail=True, lag=lag)
    world.shop.sell("S1", 100)
    world.books.accidents.coming = ["partly"]
    world.ok()
    assert not world.books.mails
    world.rest()
    world.check()
    assert world.books.mails == ["D1"]
    assert before(world, "amend", "mail")
    assert not world.attention()


def test_no_mail_goes_for_an_older_content_found(make_world):
    world = make_world(mail=True, lag=40.0)
    world.shop.sell("S1", 100)
    world.books.accidents.coming = ["lost_after"]
    world.ok()
    world.books.edit("D1", amount=60)
    world.rest()
    world.check()
    assert before(world, "amend", "mail")


def test_a_mail_leaves_what_is_known_of_its_document_alone(make_world):
    """It told nothing of the content: the next change is planned on what was read back before."""
    world = make_world(mail=True)
    world.shop.sell("S1", 100)
    world.rest()
    assert world.books.mails
    assert world.link("S1").target_content == b'{"amount": 100, "day": "2026-03-02"}'
    world.wait()
    world.shop.sell("S1", 130)
    world.rest()
    assert [entry.code for entry in world.entries("S1")] == ["", "", ""], "no conflict with ourselves"
