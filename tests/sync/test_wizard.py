"""The wizard without a window: page by page against imitated vendors, and what it leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.events import nobody
from bridge_gui.sync.files.questions import FROM_FILE
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.sync.wizard_pages import free_name
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.sandbox import CLOCK, sandbox
from tests.sync.wizarding import worked

METHODS = "mappings.payment_methods"
FEW_DAYS = timedelta(days=2)
"""Of trade are enough to see what a set-up does with it."""
PAGES = [*(page.key for page in SPEC.pages if page.only != FROM_FILE), "preview"]


class Noted(MemoryKeychain):
    """A keychain that knows how often it was written to."""

    def __init__(self):
        super().__init__()
        self.kept = {}

    def set(self, connection, field, value):
        super().set(connection, field, value)
        self.kept[connection, field] = value


@pytest.fixture(scope="module")
def both():
    with sandbox() as one:
        yield one


@pytest.fixture
def keychain():
    return Noted()


@pytest.fixture
def house(tmp_path, keychain):
    registry = Registry([PAYDAY, SALESCLOUD], [SPEC])
    one = House(DataFolder(tmp_path / "data"), registry, lambda folder: keychain, CLOCK)
    yield one
    one.close()


def forwards(flow, both, until="preview", **wrong):
    """Fill in pages and go on until one is in front."""
    while flow.page.key != until:
        before = flow.at
        fill(flow, both, **wrong)
        worked(flow, flow.next())
        if flow.at == before:
            return


def fill(flow, both, **wrong):
    vendor = flow.page.check
    if vendor:
        place = both.host.vendors()[vendor]
        flow.answer(f"{vendor}.endpoint", place["endpoint"])
        for key, value in place["credentials"].items():
            flow.answer(f"{vendor}.{key}", wrong.get(key, value))


def is_empty(house, keychain):
    return not house.bridges() and not keychain.kept and not [*house.folder.path.glob("preview-*")]


def test_page_by_page_to_a_bridge_that_syncs(house, keychain, both):
    flow = WizardFlow(house, SPEC.key)
    assert [page.key for page in flow.pages] == PAGES
    forwards(flow, both)
    assert (flow.error, flow.is_last) == (None, True)
    assert flow.company("payday") == flow.company("salescloud") == "Kaffihús Example ehf."
    assert flow.preview is not None
    assert is_empty(house, keychain)
    worked(flow, flow.finish())
    assert flow.error is None
    assert flow.finished.row.name == SPEC.key
    assert {field for _connection, field in keychain.kept} >= {"client_secret", "secret_key"}
    assert house.sync(SPEC.key, never(), nobody).outcome.value == "finished"


def test_the_preview_is_what_the_first_sync_sends_and_leaves_nothing(house, keychain, both):
    flow = WizardFlow(house, SPEC.key)
    fill(flow, both)
    flow.answer("settings.start_date", str(flow.setup.today() - FEW_DAYS))
    forwards(flow, both)
    assert flow.preview.documents
    assert is_empty(house, keychain)
    shown = len(flow.preview.documents)
    worked(flow, flow.finish())
    assert len(house.preview(SPEC.key, never(), nobody).documents) == shown


def test_a_page_is_valid_only_when_it_is_answered(house, both):
    flow = WizardFlow(house, SPEC.key)
    assert flow.valid
    worked(flow, flow.next())
    assert not flow.valid
    assert {place: trouble.code for place, trouble in flow.problems().items()} == {
        "payday.client_id": "answers.empty",
        "payday.client_secret": "answers.empty",
    }
    assert flow.next() is None
    flow.answer("payday.client_id", "short")
    assert flow.problems()["payday.client_id"].code == "answers.pattern"
    flow.answer("payday.endpoint", "http://payday.is")
    assert flow.problems()["payday.endpoint"].code == "address.not_https"
    flow.answer("payday.endpoint", "production")
    fill(flow, both)
    assert flow.valid
    work = flow.next()
    assert (flow.busy, flow.valid) == (work, False)
    worked(flow, work)
    assert (flow.busy, flow.page.key) == (None, "start")


def test_a_wrong_secret_is_said_on_its_page_and_can_be_mended(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, client_secret="0" * 32)
    assert flow.page.key == "payday"
    assert flow.error.code.startswith(("payday.", "signin."))
    forwards(flow, both, until="start")
    assert (flow.page.key, flow.error) == ("start", None)


def test_back_and_forth_loses_nothing_and_asks_nobody_twice(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, until="methods")
    calls = both.control("payday", "requests")["total"]
    typed = {place: flow.value(place) for place in flow.setup.fields()}
    flow.pair(METHODS, next(iter(flow.pairs(METHODS))), "")
    pairs = flow.pairs(METHODS)
    while flow.at:
        assert flow.back() is None
    while flow.page.key != "methods":
        assert flow.next() is None
    assert {place: flow.value(place) for place in flow.setup.fields()} == typed
    assert flow.pairs(METHODS) == pairs
    assert both.control("payday", "requests")["total"] == calls


def test_what_is_typed_wrongly_stays_too(house):
    flow = WizardFlow(house, SPEC.key)
    flow.next()
    flow.answer("payday.client_id", "sh rt")
    flow.back()
    flow.next()
    assert flow.value("payday.client_id") == "sh rt"
    assert flow.problems()["payday.client_id"].code == "answers.pattern"


def test_other_answers_are_checked_anew(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, until="start")
    flow.back()
    assert flow.company("payday")
    flow.answer("payday.client_secret", "f" * 32)
    assert not flow.company("payday")
    worked(flow, flow.next())
    assert (flow.page.key, flow.error is None) == ("payday", False)


def test_suggestions_are_marked_until_somebody_chooses(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, until="methods")
    pairs = flow.pairs(METHODS)
    assert pairs
    assert all(flow.is_suggestion(METHODS, left) for left in pairs)
    left, right = next(iter(pairs.items()))
    flow.pair(METHODS, left, right)
    assert not flow.is_suggestion(METHODS, left)
    flow.pair(METHODS, left, "")
    assert len(flow.unpaired(METHODS)) >= 1
    worked(flow, flow.load_again())
    assert flow.pairs(METHODS)[left] == ""


def test_two_methods_on_one_account_are_named(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, until="methods")
    assert flow.shared(METHODS) == {}
    (first, account), (second, _other) = [*flow.pairs(METHODS).items()][:2]
    flow.pair(METHODS, second, account)
    ((shown, titles),) = flow.shared(METHODS).items()
    assert shown
    assert len(titles) == 2
    assert first != second


def test_lists_that_do_not_come_can_be_loaded_again(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, until="salescloud")
    fill(flow, both)
    both.control("payday", "faults", {"kind": "status", "times": None, "status": 403})
    try:
        worked(flow, flow.next())
        assert flow.page.key == "methods"
        assert flow.error is not None
        assert not flow.valid
    finally:
        both.host.simulators["payday"].faults.clear()
    worked(flow, flow.load_again())
    assert (flow.error, flow.valid) == (None, True)
    assert flow.options("payment_methods")


def test_the_volume_of_the_shop_recommends_how_to_book(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, until="booking")
    assert flow.error is None
    advice = flow.lists.advice["grouping"]
    assert flow.value("settings.grouping") == advice.answer
    assert {"orders", "minutes"} <= set(advice.params)
    assert flow.chosen("settings.sales_24").hint == "1100"


def test_stopped_work_is_no_error_and_its_result_is_dropped(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, until="payday")
    fill(flow, both)
    work = flow.next()
    flow.back()
    assert flow.take(work, object()) is None
    assert flow.page.key == "needed"
    flow.next()
    work = flow.next()
    flow.fail(work, "cancelled", {})
    assert (flow.error, flow.busy, flow.valid) == (None, None, True)


def test_a_second_bridge_gets_a_name_and_the_first_stays(house, both):
    first = WizardFlow(house, SPEC.key)
    forwards(first, both)
    worked(first, first.finish())
    flow = WizardFlow(house, SPEC.key)
    assert [page.key for page in flow.pages] == [*PAGES[:-1], "name", "preview"]
    forwards(flow, both, until="name")
    assert flow.value("name") == "Kaffihús Example ehf."
    flow.answer("name", SPEC.key)
    assert flow.problems()["name"].code == "bridge.name_taken"
    flow.answer("name", "-x")
    assert not flow.valid
    flow.answer("name", "Kaffi 2")
    forwards(flow, both)
    worked(flow, flow.finish())
    assert [bridge.row.name for bridge in house.bridges()] == ["Kaffi 2", SPEC.key]


def test_changing_a_bridge_begins_with_its_answers_and_keeps_its_secrets(house, keychain, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both)
    worked(flow, flow.finish())
    before = dict(keychain.kept)
    change = WizardFlow(house, SPEC.key, SPEC.key)
    assert [page.key for page in change.pages] == PAGES
    assert change.recalled("payday.client_secret")
    assert change.value("payday.client_secret") == ""
    assert change.value("payday.client_id") == both.host.vendors()["payday"]["credentials"]["client_id"]
    while change.page.key != "booking":
        worked(change, change.next())
    assert change.error is None
    assert not change.dirty
    change.answer("settings.grouping", "day")
    worked(change, change.next())
    worked(change, change.finish())
    assert change.error is None
    (bridge,) = house.bridges()
    assert bridge.row.settings["grouping"] == "day"
    assert bridge.row.mappings == flow.finished.row.mappings
    assert keychain.kept == before


def test_another_address_asks_for_the_secret_again(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both)
    worked(flow, flow.finish())
    change = WizardFlow(house, SPEC.key, SPEC.key)
    change.go(1)
    change.answer("payday.endpoint", "https://elsewhere.example")
    assert not change.recalled("payday.client_secret")
    assert change.problems()["payday.client_secret"].code == "answers.empty"


def test_the_flow_shows_no_secret(house, both):
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both, until="start")
    secret = both.host.vendors()["payday"]["credentials"]["client_secret"]
    assert secret not in repr(flow) + repr(flow.setup) + repr(flow.setup.answers)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("Kaffi", "Kaffi"), ("a/b: c", "a b c"), ("taken", "taken 2"), ("…", "bridge"), ("x" * 99, "x" * 56)],
)
def test_a_free_name(wanted, name):
    assert free_name(wanted, {"taken"}) == name


def test_a_bridge_is_not_turned_to_another_company(house, keychain, both, monkeypatch):
    """What it has booked for the one would be looked for in the other's books, and booked there again."""
    flow = WizardFlow(house, SPEC.key)
    forwards(flow, both)
    worked(flow, flow.finish())
    before, row = dict(keychain.kept), house.bridge(SPEC.key)
    monkeypatch.setattr(Setup, "signed_in", lambda _self, _row, _job: Company(id="2", name="Annað ehf."))
    change = WizardFlow(house, SPEC.key, SPEC.key)
    while not change.is_last:
        worked(change, change.next())
    assert (flow.page.title, change.page.title) == ("The first sync", "The next sync")
    change.answer("settings.grouping", "day")
    worked(change, change.finish())
    assert change.finished is None
    assert change.error.code == "bridge.other_company"
    said = {
        "name": SPEC.key,
        "vendor": "SalesCloud",
        "company": "Kaffihús Example ehf.",
        "found": "Annað ehf.",
    }
    assert change.error.params == said
    assert (house.bridge(SPEC.key), keychain.kept) == (row, before)
