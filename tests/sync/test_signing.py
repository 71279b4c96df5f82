"""A vendor's own sign-in page while a bridge is set up: taken, renewed, kept, left alone, and ended."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bridge_gui.errors import Cancelled, SetupError, SignInError
from bridge_gui.sandbox.host import Host
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync import signing
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.connecting import connect
from bridge_gui.sync.form import Form
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.sync.specs import BridgeSpec, Page, Role, VendorSpec
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.vendors.xero import SPEC as XERO
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.oauth.grant import load
from bridge_gui.web.pace import Pace
from bridge_gui.web.waiting import SystemClock, never


class Till:
    def company(self) -> Company:
        return Company(id="t1", name="Till")


class Opened:
    flows = ()

    def options(self, name: str) -> tuple:
        return ()

    def suggest(self, name: str) -> dict:
        return {}


TILL = VendorSpec(
    key="till", title="Till", role=Role.SALES, login="none", fields=(), endpoints={"production": "https://till.example"},
    pace=Pace.off(), open=lambda _context: Till(), simulator=lambda: object,
)  # fmt: skip
BRIDGE = BridgeSpec(
    key="till_xero", title="Till to Xero", sales="till", books="xero", settings=(), pages=(),
    open=lambda _context: Opened(), steps=tuple,
)  # fmt: skip


class LaterClock(SystemClock):
    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self):
        return super().now() + self.ahead


@pytest.fixture
def host():
    with Host({"xero": XERO.simulator()}) as one:
        yield one


class World:
    def __init__(self, tmp_path, host) -> None:
        self.host, self.keychain, self.clock = host, MemoryKeychain(), LaterClock()
        registry = Registry([TILL, XERO], [BRIDGE])
        self.house = House(DataFolder(tmp_path / "data"), registry, lambda _folder: self.keychain, self.clock)

    @property
    def endpoint(self) -> str:
        return self.host.addresses["xero"]

    def form(self) -> Form:
        form = Form(self.house.registry, BRIDGE.key)
        form.answer("xero.endpoint", self.endpoint)
        form.answer("xero.client_id", self.host.simulators["xero"].credentials()["client_id"])
        return form

    def connect(self, sign_in=None, **more: Any):
        return connect(self.house, self.form(), "books", never(), sign_in or by_itself, **more)

    @property
    def kept(self) -> str:
        return self.keychain.get("books.xero", "sign_in") or ""

    def opened(self):
        row = self.house.bridge("books").books
        with self.house.job(never()) as job:
            return self.house.opener.connection(row, job).company()


def by_itself(setup: Setup, vendor: str, cancel: Any) -> None:
    with signing.begin(setup, vendor) as flow, setup.house.job(cancel) as job:
        flow.listen()
        signing.require_company(setup, vendor, signing.complete(setup, vendor, flow, job))


def nobody(setup: Setup, vendor: str, cancel: Any) -> None:
    raise AssertionError("nobody was to be asked")


@pytest.fixture
def world(tmp_path, host):
    one = World(tmp_path, host)
    yield one
    one.house.close()


def test_a_bridge_is_set_up_and_works_with_the_sign_in_that_was_kept(world):
    finished = world.connect()
    row = finished.row.books
    assert row.values["tenant"] == row.company_id == world.opened().id
    assert "sign_in" not in row.values
    assert load(world.kept).refresh not in json.dumps(row.values)
    world.house.opener.access("books.xero").forget()
    before = load(world.kept)
    assert world.opened().name == row.company
    assert load(world.kept).before == before.refresh


def test_what_was_renewed_while_setting_up_is_what_is_kept(world):
    setup = Setup(world.house, BRIDGE.key, "books", world.form())
    by_itself(setup, "xero", never())
    first = load(setup.secret("xero.sign_in"))
    setup.opener.access("books.xero").forget()
    setup.finish(never())
    assert load(world.kept).before == first.refresh


def test_leaving_keeps_nothing(world):
    setup = Setup(world.house, BRIDGE.key, "books", world.form())
    by_itself(setup, "xero", never())
    del setup
    assert world.kept == ""
    assert world.house.bridges() == []


def test_changing_a_bridge_uses_its_sign_in_and_renews_it_where_it_is_kept(world):
    world.connect()
    first = load(world.kept)
    world.house.opener.access("books.xero").forget()
    setup = Setup(world.house, BRIDGE.key, "books", world.form())
    setup.recall()
    setup.answer("xero.tenant", world.house.bridge("books").books.values["tenant"])
    with world.house.job(never()) as job:
        setup.check("xero", job)
    assert load(world.kept).before == first.refresh  # and the set-up is left without finishing
    world.house.opener.access("books.xero").forget()
    assert world.opened().name


def test_a_kept_sign_in_asks_nobody_and_sign_in_anew_does(world):
    world.connect()
    session = load(world.kept).session
    form = world.form()
    form.answer("xero.tenant", world.house.bridge("books").books.values["tenant"])
    connect(world.house, form, "books", never(), nobody)
    assert load(world.kept).session == session
    world.connect(anew=True)
    assert load(world.kept).session != session


def test_an_ended_sign_in_is_asked_for_once_more(world):
    world.connect()
    grant = load(world.kept)
    world.keychain.set("books.xero", "sign_in", replaced(grant, refresh="gone", before="").dump())
    world.house.opener.access("books.xero").forget()
    asked = []

    def sign_in(setup, vendor, cancel):
        asked.append(vendor)
        by_itself(setup, vendor, cancel)

    form = world.form()
    form.answer("xero.tenant", world.house.bridge("books").books.values["tenant"])
    connect(world.house, form, "books", never(), sign_in)
    assert asked == ["xero"]
    assert world.opened().name


def replaced(grant, **more):
    import msgspec

    return msgspec.structs.replace(grant, **more)


def test_without_a_sign_in_nothing_is_set_up(world):
    with pytest.raises(SetupError) as caught:
        Setup(world.house, BRIDGE.key, "books", world.form()).finish(never())
    assert caught.value.code == "answers.missing"
    assert "xero.sign_in" in str(caught.value.params["keys"])


def test_several_companies_have_to_be_told_apart(world):
    setup = Setup(world.house, BRIDGE.key, "books", world.form())
    found = (Company(id="1", name="Yksi"), Company(id="2", name="Kaksi"))
    with pytest.raises(SetupError) as caught:
        signing.require_company(setup, "xero", found)
    assert caught.value.params["names"] == "Yksi, Kaksi"


def test_a_company_that_this_sign_in_does_not_reach_is_not_used(world):
    form = world.form()
    form.answer("xero.tenant", "Some other company")
    with pytest.raises(SetupError) as caught:
        connect(world.house, form, "books", never(), by_itself)
    assert caught.value.code == "oauth.which_company"


def test_a_sandbox_is_signed_in_to_where_nothing_was_kept(world):
    world.connect()
    world.keychain.delete("books.xero", "sign_in")
    world.house.opener.access("books.xero").forget()
    assert world.opened().name
    assert world.kept == ""


def test_another_vendor_is_never_signed_in_to_by_itself(world):
    world.connect()
    row = replace_row(world.house.bridge("books").books, endpoint="production")
    world.keychain.delete("books.xero", "sign_in")
    world.house.opener.access("books.xero").forget()
    with pytest.raises(SignInError) as caught, world.house.job(never()) as job:
        world.house.opener.connection(row, job).company()
    assert caught.value.code == "signin.no_secret"


def replace_row(row, **more):
    import msgspec

    return msgspec.structs.replace(row, **more) if isinstance(row, msgspec.Struct) else replace(row, **more)


def test_the_end_for_lack_of_use_is_told_in_time(world):
    world.connect()
    assert world.house.endings() == ()
    world.clock.ahead = timedelta(days=44)
    assert world.house.endings() == ()
    world.clock.ahead = timedelta(days=46)
    (ending,) = world.house.endings()
    assert (ending.bridge, ending.vendor) == ("books", "Xero")
    assert 13 <= (ending.day - world.clock.now().date()).days <= 15
    world.house.opener.access("books.xero").forget()
    world.opened()
    assert world.house.endings() == ()


def test_disconnecting_leaves_no_sign_in_behind(world):
    world.connect()
    setup = Setup(world.house, BRIDGE.key, "other", world.form())
    by_itself(setup, "xero", never())
    world.house.disconnect("books")
    assert world.kept == ""
    with pytest.raises(SetupError) as caught, world.house.job(never()) as job:
        setup.check("xero", job)
    assert caught.value.code == "xero.disconnected"


def test_a_company_that_another_bridge_reaches_stays_connected(world):
    world.connect()
    connect(world.house, world.form(), "second", never(), by_itself)
    world.house.disconnect("books")
    row = world.house.bridge("second").books
    world.house.opener.access("second.xero").forget()
    with world.house.job(never()) as job:
        assert world.house.opener.connection(row, job).company().name


def test_a_vendor_out_of_reach_keeps_nobody_from_disconnecting(world, monkeypatch):
    monkeypatch.setattr("bridge_gui.sync.leaving.PATIENCE", 0.5)
    world.connect()
    world.host.stop()
    world.house.disconnect("books")
    assert world.house.bridges() == []


# The wizard, page by page.

PAGES = (
    Page(key="xero", title="Xero", text="Sign in.", fields=("xero.client_id", "xero.sign_in"), check="xero"),
)


@pytest.fixture
def wizard(world):
    registry = Registry([TILL, XERO], [replace(BRIDGE, pages=PAGES)])
    world.house.registry = registry
    flow = WizardFlow(world.house, BRIDGE.key)
    flow.answer("xero.endpoint", world.endpoint)
    return flow


def run(flow, work):
    assert work is not None
    return flow.take(work, work.run(never(), lambda _event: None))


def client_id(world) -> str:
    return world.host.simulators["xero"].credentials()["client_id"]


def test_the_wizard_signs_in_checks_and_goes_on(world, wizard):
    place = "xero.sign_in"
    assert not wizard.may_sign_in(place)
    assert wizard.sign_in(place) is None
    wizard.answer("xero.client_id", client_id(world))
    assert wizard.may_sign_in(place)
    assert place in wizard.problems()
    work = wizard.sign_in(place)
    assert wizard.signing.address.startswith(world.endpoint)
    assert wizard.host(place) == "127.0.0.1"
    assert wizard.redirects(place)[0].startswith("http://localhost:")
    run(wizard, work)
    assert wizard.error is None
    assert wizard.problems() == {}
    assert len(wizard.companies(place)) == 1
    run(wizard, wizard.next())
    assert wizard.company("xero") == wizard.companies(place)[0].name
    assert wizard.page.key == "preview"


def test_another_app_ends_a_sign_in_made_with_the_old_one(world, wizard):
    wizard.answer("xero.client_id", client_id(world))
    run(wizard, wizard.sign_in("xero.sign_in"))
    wizard.answer("xero.client_id", "ANOTHERAPPANOTHERAPPANOTHERAPP00")
    assert not wizard.is_signed_in("xero.sign_in")


def test_an_answer_changed_while_waiting_drops_what_comes(world, wizard):
    wizard.answer("xero.client_id", client_id(world))
    work = wizard.sign_in("xero.sign_in")
    result = work.run(never(), lambda _event: None)
    wizard.answer("xero.client_id", "ANOTHERAPPANOTHERAPPANOTHERAPP00")
    wizard.take(work, result)
    assert wizard.error.code == "oauth.other_page"
    assert not wizard.is_signed_in("xero.sign_in")


def test_a_stopped_sign_in_leaves_the_page_as_it_was(world, wizard):
    wizard.answer("xero.client_id", client_id(world))
    wizard.answer("xero.endpoint", "production")
    work = wizard.sign_in("xero.sign_in")
    assert wizard.host("xero.sign_in") == "login.xero.com"
    assert wizard.paste("nonsense").code == "oauth.paste"
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(Cancelled):
        work.run(stop, lambda _event: None)
    wizard.fail(work, "cancelled", {})
    assert wizard.error is None
    assert wizard.signing is None
    assert not wizard.is_signed_in("xero.sign_in")


def test_of_several_companies_one_has_to_be_chosen(world, wizard, monkeypatch):
    two = (Company(id="1", name="Yksi"), Company(id="2", name="Kaksi"))
    monkeypatch.setattr("bridge_gui.vendors.xero.adapter.XeroAdapter.companies", lambda _self: two)
    wizard.answer("xero.client_id", client_id(world))
    run(wizard, wizard.sign_in("xero.sign_in"))
    assert "xero.sign_in" in wizard.problems()
    wizard.answer(wizard.company_place("xero.sign_in"), "2")
    assert wizard.problems() == {}
    assert wizard.setup.connection("xero").values["tenant"] == "2"


def test_changing_a_bridge_shows_the_kept_sign_in(world, wizard):
    world.connect()
    changing = WizardFlow(world.house, BRIDGE.key, "books")
    assert changing.is_signed_in("xero.sign_in")
    assert changing.recalled("xero.sign_in")
    changing.answer("xero.client_id", "ANOTHERAPPANOTHERAPPANOTHERAPP00")
    assert not changing.is_signed_in("xero.sign_in")
