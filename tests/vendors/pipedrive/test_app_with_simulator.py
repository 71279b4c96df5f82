"""The customer's own app, and the vendor's limits, against the simulator over HTTP."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bridge_gui.errors import Passing, SetupError, SignInError
from bridge_gui.sandbox.host import Host
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.pipedrive import SPEC
from bridge_gui.web.meter import Meter
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.oauth.flow import SignInFlow
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.web.wire import system_wire
from tests.control import control
from tests.web.toys import refusing_port

CLOCK = SystemClock()
EVER = datetime(2000, 1, 1, tzinfo=UTC)


class Served:
    """The simulator, our wire to it with real waits, and the values of a connection."""

    def __init__(self, host: Host, pace: Pace) -> None:
        self.address = host.addresses["pipedrive"]
        simulator = host.simulators["pipedrive"]
        self.values = {**simulator.credentials(), **simulator.own_app()}
        self.meter = Meter()
        self.wire = system_wire("pipedrive", Pacer(pace, CLOCK), self.meter, CLOCK, never())
        self.kept: dict[str, str] = {}
        self.access = Access()

    def adapter(self, **more: str):
        given = self.values | more
        return SPEC.open(
            ConnectionContext(
                name="pipedrive", endpoint=self.address, values=given,
                secret=lambda key: self.kept.get(key) or given[key], store_secret=self.kept.__setitem__,
                clock=CLOCK, wire=self.wire, access=self.access,
            )
        )  # fmt: skip

    def sign_in(self) -> None:
        """Go the browser's way, over loopback."""
        terms = SPEC.oauth(self.address, self.values)
        port = f"http://localhost:{refusing_port()}/callback"
        with SignInFlow(replace(terms, redirects=(port,)), secret=self.values["client_secret"]) as flow:
            flow.listen()
            flow.follow(self.wire)
            self.kept["sign_in"] = flow.wait(self.wire).grant.dump()

    def control(self, path: str, body: object):
        return control(self.address, path, body)


@pytest.fixture
def start():
    hosts = []

    def begin(pace=None, **settings):
        host = Host({"pipedrive": SPEC.simulator()}, settings={"pipedrive": settings}).start()
        hosts.append((host, one := Served(host, pace or Pace.off())))
        return one

    yield begin
    for host, one in hosts:
        one.wire.transport.close()
        host.stop()


def test_signed_in_with_an_app_everything_is_as_with_the_token(start):
    one = start(burst_token=10**6, burst_oauth=10**6)
    by_token = [deal for page in one.adapter().deals_since(EVER, never()) for deal in page]
    one.sign_in()
    crm = one.adapter(way="app")
    assert crm.company() == one.adapter().company()
    assert [deal for page in crm.deals_since(EVER, never()) for deal in page] == by_token
    assert crm.contents(by_token, never()) == one.adapter().contents(by_token, never())
    assert crm.add_note(by_token[0].id, "<p>x</p>").id


def test_an_expired_token_is_renewed_and_a_removed_app_is_said(start):
    one = start(burst_oauth=10**6)
    one.sign_in()
    crm = one.adapter(way="app")
    crm.company()
    one.control("faults", {"kind": "expire_token"})
    assert crm.company().name
    one.control("person", {"action": "uninstall_app"})
    with pytest.raises(SignInError):
        crm.company()


def test_a_regenerated_token_ends_the_old_one(start):
    one = start()
    crm = one.adapter()
    crm.company()
    one.control("person", {"action": "regenerate_token"})
    with pytest.raises(SignInError) as caught:
        crm.company()
    assert caught.value.code == "pipedrive.sign_in"


def test_the_spec_pace_never_meets_a_limit_and_a_burst_is_waited_out(start):
    steady = start(SPEC.pace)
    began = time.monotonic()
    for _ in range(25):
        steady.adapter().company()
    assert steady.meter.snapshot() == {"pipedrive": 25}
    assert time.monotonic() - began >= 24 / SPEC.pace.per_second
    hasty = start()
    for _ in range(25):
        hasty.adapter().company()
    assert 25 < hasty.meter.snapshot()["pipedrive"] < 32  # a few calls were told to wait, and none was lost


def test_when_the_days_budget_is_gone_it_waits_for_tomorrow(start):
    one = start(daily_tokens=3)
    crm = one.adapter()
    crm.company()  # costs two
    with pytest.raises(Passing) as caught:
        crm.company()
    assert caught.value.code == "pipedrive.daily_budget"
    assert caught.value.retry_after > 60


def test_an_account_whose_user_may_not_use_the_interface_is_a_matter_of_set_up(start):
    one = start(can_use_api=False)
    with pytest.raises((SetupError, SignInError)) as caught:
        one.adapter().company()
    assert caught.value.code.startswith("pipedrive.")
