"""How the user signs in to Pipedrive is their own statement: with a new sign-in it is asked anew."""

from __future__ import annotations

import pytest

from bridge_gui.sync.change import ChangeFlow
from tests.bridges.pipedrive_xero.office import NAME, office

SAID = "settings.guard_confirmed_by"


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        one.set_up()
        yield one


def test_a_new_token_asks_for_the_statement_again(at_work):
    flow = ChangeFlow(at_work.house, NAME)
    assert (flow.value(SAID), flow.problems()) == ("Anna Esimerkki, today", {})
    flow.answer("pipedrive.api_token", "0123456789abcdef0123456789abcdef01234567")
    assert flow.value(SAID) == ""
    assert set(flow.problems()) == {SAID}
    assert not flow.valid
    flow.answer(SAID, "Bea Esimerkki, 22.11.2026")
    assert flow.problems() == {}


def test_what_was_said_with_the_new_token_holds(at_work):
    flow = ChangeFlow(at_work.house, NAME)
    flow.answer(SAID, "Bea Esimerkki, 22.11.2026")
    flow.answer("pipedrive.api_token", "0123456789abcdef0123456789abcdef01234567")
    assert (flow.value(SAID), flow.problems()) == ("Bea Esimerkki, 22.11.2026", {})


def test_another_setting_or_a_sign_in_at_xero_leaves_it_as_it_is(at_work):
    flow = ChangeFlow(at_work.house, NAME)
    flow.answer("settings.due_days", "30")
    flow.setup.answer("xero.sign_in", "{}")
    assert flow.value(SAID) == "Anna Esimerkki, today"
