"""The log tells in a person's words what they decided, and where each document is."""

from __future__ import annotations

import pytest

from bridge_gui.wording.message import Message
from bridge_gui.wording.plain import bare
from bridge_gui.wording.render import Wording


@pytest.mark.parametrize(
    ("choice", "more", "sentence"),
    [
        ("skip", {}, "You decided on S1: Never send this."),
        ("skip", {"reason": "It was a test."}, "You decided on S1: Never send this. It was a test."),
        ("by_hand", {"document": "F-77"}, "You booked S1 by hand as F-77."),
        ("by_hand", {"document": "F-77", "reason": "Paper."}, "You booked S1 by hand as F-77. Paper."),
    ],
)
def test_an_answer_stands_in_the_log_with_number_and_reason(make_world, choice, more, sentence):
    world = make_world(held={"S1"})
    world.shop.sell("S1", 10)
    world.ok()
    world.answer(choice, **more)
    told = [
        Wording().say(code, params).sentence for code, params in world.log() if code.startswith("answer.")
    ]
    assert told == [sentence]


def test_one_of_several_is_told_by_its_name():
    params = {"number": "Tom", "decision": "use:customer-3", "name": "Tom (York)", "id": bare("customer-3")}
    assert Wording().say("answer.given_on", params).sentence == "You decided on Tom: It is Tom (York) (3)."
    assert bare("b70278a0-b64a-552a") == "b70278a0-b64a-552a"


def test_a_document_without_a_number_is_told_by_its_customer_and_a_customer_has_no_amount():
    params = {
        "number": "1001",
        "day": "2026-11-20",
        "target": "09cebd08-4b80",
        "total": "340",
        "party": "Anna",
    }
    say = Wording().say
    assert say("entry.done", {**params, "why": ""}).sentence.endswith("as 09cebd08-4b80 (340).")
    assert say("entry.done", {**params, "why": "whose"}).sentence.endswith("in the books for Anna (340).")
    assert say("entry.done", {**params, "number": "Anna", "why": "sent"}).sentence == "Anna was sent."
    taken_off = say("entry.done", {**params, "why": "unlinked"}).sentence
    assert taken_off == "1001 is followed no longer."
    debtor = {**params, "number": "20003", "party": "Muster GmbH"}
    assert say("entry.done", {**debtor, "why": "named"}).sentence == "20003 (Muster GmbH) was sent."


def test_a_word_of_the_programs_own_is_said_by_the_bridge_that_knows_it():
    said = Message(code="x.left_out", sentence="“{number}” is left out: {kind}.")
    wording = Wording([said, Message(code="kind.shop_elsewhere", sentence="Other shops")])
    assert wording.say("x.left_out", {"number": "Shop", "kind": "shop_elsewhere"}).sentence == (
        "“Shop” is left out: Other shops."
    )
    assert wording.say("x.left_out", {"number": "Shop", "kind": "own"}).sentence == "“Shop” is left out: own."


def test_a_kind_of_document_may_have_a_sentence_of_its_own():
    asked = Message(code="entry.done.named.review", sentence="{party} was asked after {number}.")
    params = {"number": "INV-1", "party": "Mara", "why": "named", "kind": "review"}
    assert Wording([asked]).say("entry.done", params).sentence == "Mara was asked after INV-1."
    assert Wording([asked]).say("entry.done", params | {"kind": "other"}).sentence == "INV-1 (Mara) was sent."


def test_a_count_of_calls_is_grouped_like_any_large_number():
    said = Wording().say("run.day_left", {"vendor": "Example", "left": 199967}).sentence
    assert said == "Left of what Example allows today: 199,967."


def test_an_email_nobody_can_look_up_is_called_an_email():
    from bridge_gui.bridges.pipedrive_xero.messages import MESSAGES

    params = {"number": "INV-5", "day": "2026-11-22", "why": "email"}
    said = Wording(MESSAGES).say("outcome.cannot_tell", params)
    assert said.sentence == "Nobody can look up whether the e-mail with INV-5 was sent."
    assert (
        Wording().say("outcome.cannot_tell", params).sentence.startswith("Nobody can look up whether INV-5")
    )
