"""New customers go to Xero in one call: each once, whatever answer is lost, and two that are one are one."""

from __future__ import annotations

import pytest

from bridge_gui.sync.events import nobody
from bridge_gui.web.waiting import never
from tests.bridges.pipedrive_xero.office import NAME, office
from tests.bridges.pipedrive_xero.test_through_the_house import change

TRIES = 3
"""As often as one call is tried while its key lives."""
CONTACTS = "/api.xro/2.0/Contacts"
NAMES = [f"Yhteinen Asiakas {number} Oy" for number in range(1, 7)]


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        one.set_up(automatic="no", notes="no")
        yield one


def won(at_work, name, title="", email=""):
    """A won deal of a new organization."""
    who = at_work.person("pipedrive", "add_organization", organization={"name": name})
    person = at_work.person(
        "pipedrive", "add_person",
        person={"name": f"P {name}", "emails": [{"value": email, "primary": True, "label": "work"}] if email else []},
    )  # fmt: skip
    deal = {"title": title or name, "org_id": who["id"], "person_id": person["id"], "currency": "EUR"}
    made = at_work.person("pipedrive", "add_deal", deal=deal, lines=[{"product_id": 1}])
    at_work.person("pipedrive", "win_deal", id=made["id"])


def by_itself(at_work):
    change(at_work, automatic="won")


def requests(at_work, method, path):
    told = at_work.control("xero", "requests?last=500")["last"]
    return [one for one in told if one["method"] == method and one["path"].endswith(path)]


def billed(at_work):
    return {row.source_number: at_work.contact(row.target_id) for row in at_work.documents()}


def test_six_new_customers_and_their_invoices_are_two_calls(at_work):
    for name in NAMES:
        won(at_work, name)
    by_itself(at_work)
    at_work.sync()
    assert len(requests(at_work, "PUT", "/Contacts")) == 1
    assert set(NAMES) <= set(billed(at_work))
    assert len({billed(at_work)[name] for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
def test_a_lost_answer_makes_no_customer_twice_and_loses_no_invoice(at_work, cut):
    for name in NAMES:
        won(at_work, name)
    by_itself(at_work)
    at_work.control(
        "xero", "faults", {"kind": cut, "times": TRIES, "match": {"method": "PUT", "path_prefix": CONTACTS}}
    )
    at_work.sync("paused")
    for _ in range(3):
        at_work.pass_time(minutes=10)
        at_work.house.sync(NAME, never(), nobody)
    found = billed(at_work)
    assert set(NAMES) <= set(found)
    assert len({found[name] for name in NAMES}) == len(NAMES)
    assert at_work.sync().written == 0


def test_two_of_one_address_are_one_customer_and_not_made_in_one_call(at_work):
    won(at_work, NAMES[0], email="laskut@yhteinen.example")
    won(at_work, NAMES[1], email="laskut@yhteinen.example")
    by_itself(at_work)
    at_work.sync()
    found = billed(at_work)
    assert found[NAMES[0]] == found[NAMES[1]]
