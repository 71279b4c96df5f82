"""How the user signs in to Pipedrive is their own statement: with a new sign-in it is asked anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridge_gui.errors import SetupError, SignInError
from bridge_gui.sync.change import ChangeFlow
from bridge_gui.sync.connecting import connect
from bridge_gui.sync.form import Form
from bridge_gui.web.waiting import never
from tests.bridges.pipedrive_xero.office import DEFAULTS, NAME, office

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


OTHER = "fedcba9876543210fedcba9876543210fedcba98"


def connected(at_work, said, token=""):
    """The answers of a file once more, as `connect` takes them."""
    form = Form(at_work.house.registry, "pipedrive_xero")
    for key, value in (DEFAULTS | {"guard_confirmed_by": said}).items():
        form.answer(f"settings.{key}", value)
    for vendor, place in at_work.host.vendors().items():
        for key, value in place["credentials"].items():
            form.answer(f"{vendor}.{key}", value)
        form.answer(f"{vendor}.endpoint", place["endpoint"])
    for key, value in at_work.house.bridge(NAME).books.values.items():
        form.answer(f"xero.{key}", value)
    if token:
        form.answer("pipedrive.api_token", token)
    return connect(at_work.house, form, NAME, never())


def test_from_a_file_too_the_old_words_do_not_pass_for_a_new_sign_in(at_work):
    assert connected(at_work, DEFAULTS["guard_confirmed_by"]).row.name == NAME, "no new sign-in"
    with pytest.raises(SetupError) as refused:
        connected(at_work, DEFAULTS["guard_confirmed_by"], OTHER)
    assert refused.value.code == "answers.say_anew"
    with pytest.raises(SignInError):  # as far as Pipedrive itself, which does not know this token
        connected(at_work, "Bea Esimerkki, just now", OTHER)


@pytest.mark.parametrize("form", ["{0.day}.{0.month}.{0.year}", "{0:%Y-%m-%d}", "{0:%m/%d/%Y}"])
def test_the_same_words_of_the_same_day_hold(at_work, form):
    now = at_work.house.clock.now().date()  # the company may be a day ahead of it, or behind
    days = (now + timedelta(days=by) for by in (-1, 0, 1))
    said = "Anna Esimerkki, " + ", ".join(form.format(day) for day in days)
    connected(at_work, said)
    with pytest.raises(SignInError):
        connected(at_work, said, OTHER)
