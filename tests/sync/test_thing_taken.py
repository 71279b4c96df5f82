"""Which of several customers it is was said: from then on it is a customer like one that Bridge found itself."""

from __future__ import annotations

from bridge_gui.store.rows import THING
from tests.sync.test_things_anew import Naming, Refusing, keep_others, make
from tests.sync.test_things_changed import customer


class Both(Refusing, Naming):
    """Several fit, and whatever is done to the one that was chosen is refused."""


def test_a_customer_that_was_chosen_is_no_document_to_be_booked_by_hand(make_world):
    world = make(make_world, Both)
    keep_others(world)
    world.ok()
    world.answer("use:D1")
    assert customer(world).state == THING
    world.rest()
    (refused,) = world.attention()
    assert (refused.choices, refused.by_hand) == (("try_again", "leave_as_is"), False)
    world.answer("leave_as_is")
    world.rest()
    assert not world.attention()
    lines = sorted(part for draft in world.books.papers() for part in draft.parts)
    assert lines == ["S1/1", "S2/1"]
