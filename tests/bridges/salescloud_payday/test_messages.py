"""Every code that the two vendors and this bridge raise has its sentence with its owner."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.bridges.salescloud_payday.questions import MAPPINGS, PAGES, SETTINGS
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD

ROOM = Path(__file__).parents[3] / "bridge_gui"
CODE = re.compile(
    r"\"((?:payday|salescloud|order|day|method|sales|gift_card|entry|draft|period|refund|report)\.[a-z_]+)\""
)
FOLDERS = ("vendors/payday", "vendors/salescloud", "bridges/salescloud_payday")
NOT_CODES = {"payday.client_id", "payday.client_secret", "payday.post_journal", "payday.reverse_journal",
    "payday.ensure_contact", "payday.refresh_contact", "payday.add_to_draft", "payday.amend_draft",
}  # fmt: skip
OWNED = {message.code: message for spec in (PAYDAY, SALESCLOUD, SPEC) for message in spec.messages}


def raised():
    files = (
        path for folder in FOLDERS for path in (ROOM / folder).glob("*.py") if path.name != "messages.py"
    )
    found = {code for path in files for code in CODE.findall(path.read_text("utf-8"))}
    fields = {f"salescloud.{field.key}" for field in SALESCLOUD.fields}
    return found - NOT_CODES - (fields - {"salescloud.signature"})


def test_every_code_has_a_sentence():
    assert raised() - set(OWNED) == set()
    assert len(raised()) > 20


def test_every_sentence_is_needed():
    choices = {code for code in OWNED if code.startswith(("choice.", "advice."))}
    assert set(OWNED) - raised() - choices == set()


@pytest.mark.parametrize("message", OWNED.values(), ids=lambda message: message.code)
def test_sentences_end_and_buttons_do_not(message):
    assert (
        message.sentence[-1] in ".)"
        or message.code.startswith("choice.")
        or message.sentence.endswith("{text}")
    )
    assert not message.button.endswith(".")


def test_every_field_of_a_page_is_a_question():
    asked = {f"settings.{field.key}" for field in SETTINGS} | {f"mappings.{field.key}" for field in MAPPINGS}
    asked |= {f"{spec.key}.{field.key}" for spec in (PAYDAY, SALESCLOUD) for field in spec.fields}
    shown = [place for page in PAGES for place in page.fields]
    assert set(shown) == asked
    assert len(shown) == len(set(shown))
    assert {page.check for page in PAGES} == {"", "payday", "salescloud"}
