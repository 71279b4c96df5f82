"""From codes to sentences: filled, translated, never raising."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bridge_gui.wording.catalogue import Catalogue, fill
from bridge_gui.wording.message import Message
from bridge_gui.wording.render import Said, Wording

TOY = Message(code="toy.a", sentence="Order {number} of {day}.", advice="See {place}.", button="Go")


def test_fills_sentence_and_advice():
    said = Wording([TOY]).say("toy.a", {"number": "7", "day": "2026-11-22", "place": None})
    assert said == Said("Order 7 of 2026-11-22.", "See .", "Go")


def test_a_missing_parameter_shows_as_an_ellipsis():
    assert Wording([TOY]).say("toy.a", {"number": 7}).sentence == "Order 7 of …."


def test_a_code_nobody_knows_is_said_honestly():
    said = Wording().say("who.knows", {"x": 1})
    assert "(who.knows)" in said.sentence
    assert said.advice
    assert said.button == ""


def test_a_vendors_own_sentence_goes_before_the_common_one():
    own = Message(code="net.timeout", sentence="Toy is slow.")
    assert Wording([own]).say("net.timeout").sentence == "Toy is slow."


def test_a_reason_can_have_its_own_sentence():
    wording = Wording()
    assert (
        wording.say("net.tls", {"host": "x", "why": "expired"}).sentence
        == "The certificate of x has expired."
    )
    assert "show" in wording.say("net.tls", {"host": "x", "why": "unheard_of"}).sentence


def test_translates_before_it_fills():
    class Icelandic(Catalogue):
        def text(self, message, /, **params):
            return {"Order {number} of {day}.": "Pöntun {number}, {day}."}.get(message, message)

    assert Wording([TOY], Icelandic()).say("toy.a", {"number": "7", "day": "x"}).sentence == "Pöntun 7, x."


@given(st.text(), st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.booleans(), st.none())))
def test_nothing_raises(code, params):
    assert Wording([TOY]).say(code, params).sentence
    assert Wording([TOY]).say("toy.a", params).sentence


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_what_was_filled_in_is_not_filled_again(value, params):
    assert fill("{a}", {"a": value, **{k: v for k, v in params.items() if k != "a"}}) == value
