"""Changing a bridge that stands, without a window: what is asked, what it looks at again, what is kept."""

from __future__ import annotations

import shutil

import pytest

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.change import SCHEDULE, ChangeFlow, Effect
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.sandbox import CLOCK, sandbox
from tests.sync.test_wizard import FEW_DAYS, METHODS, Noted, forwards, worked


@pytest.fixture(scope="module")
def both():
    with sandbox() as one:
        yield one


def opened(folder, keychain):
    registry = Registry([PAYDAY, SALESCLOUD], [SPEC])
    return House(DataFolder(folder), registry, lambda folder: keychain, CLOCK)


@pytest.fixture(scope="module")
def stands(tmp_path_factory, both):
    """A data folder and what is in its keychain, made by the wizard once."""
    folder, keychain = tmp_path_factory.mktemp("stands") / "data", Noted()
    one = opened(folder, keychain)
    flow = WizardFlow(one, SPEC.key)
    flow.answer("settings.start_date", str(flow.setup.today() - FEW_DAYS))
    forwards(flow, both)
    for left in flow.pairs(METHODS):  # nothing is paired, so everything waits
        flow.pair(METHODS, left, "")
    worked(flow, flow.finish())
    assert flow.error is None
    one.close()
    return folder, keychain.kept


@pytest.fixture
def house(tmp_path, stands):
    keychain = Noted()
    for (connection, field), value in stands[1].items():
        keychain.set(connection, field, value)
    one = opened(shutil.copytree(stands[0], tmp_path / "data"), keychain)
    yield one
    one.close()


def change(house, *, mappings=False):
    return ChangeFlow(house, SPEC.key, mappings=mappings)


def row(house):
    return house.bridge(SPEC.key)


def test_asks_everything_the_wizard_asked_once_under_its_headings(house):
    flow = change(house)
    asked = [place for group in flow.groups for place in group.places]
    wizard = [place for page in SPEC.pages for place in page.fields if not place.startswith("mappings.")]
    assert len(asked) == len(set(asked))
    assert set(wizard) <= set(asked)
    assert {group.check for group in flow.groups} == {"", "payday", "salescloud"}
    assert change(house, mappings=True).places()[0].startswith("mappings.")


def test_begins_unchanged_and_shows_no_secret(house):
    flow = change(house)
    assert (flow.changed, flow.replans, flow.problems()) == (False, False, {})
    assert flow.value("payday.client_secret") == ""
    assert flow.recalled("payday.client_secret")
    worked(flow, flow.load_again())
    assert (flow.changed, flow.effect()()) == (False, Effect())


def test_another_schedule_alone_asks_nobody_and_replans_nothing(house, both):
    flow = change(house)
    flow.answer(SCHEDULE, "18:00")
    assert (flow.changed, flow.replans) == (True, False)
    before = both.control("payday", "requests")["total"]
    worked(flow, flow.finish())
    assert row(house).settings["schedule"] == "18:00"
    assert both.control("payday", "requests")["total"] == before


def test_a_new_pair_says_what_it_looks_at_again_and_the_next_sync_sends_it(house):
    house.sync(SPEC.key, never(), nobody)
    waiting = len(house.attention(SPEC.key))
    flow = change(house, mappings=True)
    worked(flow, flow.load_again())
    left, right = next(iter(flow.lists.suggested["payment_methods"].items()))
    assert flow.is_suggestion(METHODS, left)
    assert flow.changed, "a proposal is kept only by saving it, so saving is offered"
    flow.pair(METHODS, left, right)
    assert flow.replans
    assert flow.effect()().held == waiting > 0
    worked(flow, flow.finish())
    assert flow.error is None
    assert row(house).mappings["payment_methods"][left] == right
    house.sync(SPEC.key, never(), nobody)
    assert len(house.attention(SPEC.key)) < waiting


def test_what_has_no_counterpart_comes_first(house):
    flow = change(house, mappings=True)
    worked(flow, flow.load_again())
    lefts = [option.key for option in flow.options(flow.asked(METHODS).left) if option.offered]
    last, right = lefts[0], next(iter(flow.lists.suggested["payment_methods"].values()))
    flow.pair(METHODS, last, right)
    worked(flow, flow.finish())
    again = change(house, mappings=True)
    worked(again, again.load_again())
    paired = row(house).mappings["payment_methods"]
    lefts = again.options(again.asked(METHODS).left)
    order = [option.key in paired for option in lefts if option.offered]
    assert order == sorted(order)
    assert not lefts[-1].offered, "what is not to be mapped comes last"
    assert True in order


def test_settings_kept_beside_it_pair_nothing_unseen(house):
    flow = change(house)
    worked(flow, flow.load_again())
    flow.answer("settings.grouping", "day")
    assert flow.replans
    worked(flow, flow.finish())
    assert flow.error is None
    assert row(house).settings["grouping"] == "day"
    assert row(house).mappings["payment_methods"] == {}


def test_a_wrong_secret_is_refused_and_the_old_one_stays(house, both):
    flow, wrong = change(house), both.host.vendors()["payday"]["credentials"]["client_secret"][::-1]
    flow.answer("payday.client_secret", wrong)
    assert (flow.changed, flow.valid) == (True, True)
    worked(flow, flow.finish())
    assert flow.error.code == "payday.sign_in"
    assert house.keychain.get(f"{SPEC.key}.payday", "client_secret") not in ("", None, wrong)


def test_a_second_bridge_between_the_same_two_companies_is_warned_of(house, both):
    flow = WizardFlow(house, SPEC.key)
    assert flow.twins() == ()
    forwards(flow, both)
    assert flow.twins() == (SPEC.key,)
    worked(flow, flow.finish())
    assert flow.finished.twins == (SPEC.key,)
    assert change(house).twins() == (flow.finished.row.name,)
