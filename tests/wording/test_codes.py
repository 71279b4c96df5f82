"""Every code has a sentence, and every sentence reads well."""

from __future__ import annotations

import re

import pytest

from bridge_gui.cli.messages import MESSAGES as CLI
from bridge_gui.sync.registry import Registry
from bridge_gui.web.codes import CODES
from bridge_gui.wording.common import COMMON
from bridge_gui.wording.render import Wording
from tests.wording.codes import all_codes

REGISTRY = Registry.discover(["bridge_gui.vendors"], ["bridge_gui.bridges"])
MESSAGES = [*COMMON, *REGISTRY.messages()]
WORDING = Wording([*REGISTRY.messages(), *CLI])


def test_the_walk_finds_codes_in_every_room():
    found = all_codes()
    for code in ("net.unreachable", "store.disk_full", "folder.busy", "outcome.absent", "run.finished"):
        assert code in found
    assert len(found) > 80


def test_every_code_has_a_sentence():
    silent = {code: place for code, place in all_codes().items() if not WORDING.knows(code)}
    assert silent == {}


def test_every_code_of_the_web_has_a_sentence_that_uses_no_other_parameters():
    for code, told in CODES.items():
        assert WORDING.knows(code), code
        message = next(one for one in COMMON if one.code == code)
        asked = set(re.findall(r"\{(\w+)\}", message.sentence + message.advice))
        extra = {"number", "day"} if code.startswith("net.outcome") else set()
        assert asked <= {*told.params} | extra, code


def test_every_answer_has_a_button():
    from bridge_gui.store.attention import ASKED_CHOICES, STOPPED_CHOICES

    assert all(WORDING.knows(f"choice.{choice}") for choice in (*ASKED_CHOICES, *STOPPED_CHOICES))


def test_no_two_vendors_or_bridges_say_one_code_differently():
    """One of them would be heard with the other's words, and with the name of a vendor it does not know."""
    said: dict[str, set[object]] = {}
    for message in REGISTRY.messages():
        said.setdefault(message.code, set()).add((message.sentence, message.advice, message.button))
    assert {code: words for code, words in said.items() if len(words) > 1} == {}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.code)
def test_a_sentence_reads_well(message):
    text = message.sentence
    assert text == text.strip()
    assert text
    assert "  " not in text + message.advice
    if not message.code.startswith(("choice.", "kind.")):
        assert text[-1] in ".!?}", text
        assert text[0].isupper() or text[0] in "{“"
    assert not message.advice or message.advice[-1] in ".!?"
    assert len(text) <= 160
    assert len(message.advice) <= 200
    assert len(message.button) <= 20
    assert not re.search(r"\b(API|HTTP|JSON|token|payload|null|exception)\b", text + message.advice)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.code)
def test_says_something_even_without_parameters(message):
    said = WORDING.say(message.code)
    assert "{" not in said.sentence + said.advice
    assert said.sentence
