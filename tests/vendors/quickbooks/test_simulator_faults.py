from __future__ import annotations

from datetime import date

import pytest

from bridge_gui.sandbox.host import Host
from bridge_gui.vendors.highlevel.simulator import HighLevelSimulator
from bridge_gui.vendors.quickbooks.simulator import QuickBooksSimulator
from tests.vendors.quickbooks.quickbooks_at import QuickBooksAt


@pytest.fixture
def books():
    made = QuickBooksAt()
    yield made
    made.sim.state.close()


def test_an_answer_lost_after_the_write_is_given_again(books):
    count = books.query("select count(*) from Invoice")["totalCount"]
    books.control("faults", {"kind": "cut_after", "match": {"method": "POST", "contains": "DocNumber"}})
    with pytest.raises(ConnectionResetError):
        books.call("POST", "/invoice?requestid=k1", books.sale(DocNumber="L-1"))
    assert books.query("select count(*) from Invoice")["totalCount"] == count + 1
    again = books.post("/invoice?requestid=k1", books.sale(DocNumber="L-1"))["Invoice"]
    assert books.query("select * from Invoice where DocNumber = 'L-1'")["Invoice"] == [again]
    assert books.refused("POST", "/invoice?requestid=k2", books.sale(DocNumber="L-1"))[0] == "6140"


def test_a_request_lost_before_the_write_did_nothing(books):
    books.control("faults", {"kind": "cut_before", "match": {"method": "POST"}})
    with pytest.raises(ConnectionResetError):
        books.call("POST", "/invoice?requestid=k1", books.sale(DocNumber="L-2"))
    assert books.query("select * from Invoice where DocNumber = 'L-2'") == {}


def test_a_refused_write_leaves_nothing(books):
    held = list(books.sim.documents())
    invoice = books.make("Invoice")
    held_now = list(books.sim.documents())
    assert len(held_now) == len(held) + 1
    books.refused("POST", "/payment", books.pay(invoice, 500))
    books.refused("POST", "/invoice", books.sale(DocNumber="x" * 22))
    assert list(books.sim.documents()) == held_now


def test_an_expired_token_in_the_middle(books):
    books.control("faults", {"kind": "expire_token", "match": {"path_prefix": "/v3"}})
    assert books.call("GET", "/preferences")[0] == 401
    status, tokens = books.refresh(books.tokens["refresh_token"])
    assert status == 200
    books.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    assert books.call("GET", "/preferences")[0] == 200


@pytest.mark.parametrize("country", ["GB", "US"])
def test_the_two_demo_companies_match(country):
    both = {"quickbooks": QuickBooksSimulator, "highlevel": HighLevelSimulator}
    with Host(both, settings={key: {"country": country} for key in both}) as host:
        host.advance(until=date(2026, 12, 31))
        books = list(host.simulators["quickbooks"].documents())
        sales = list(host.simulators["highlevel"].documents())
        assert set(host.vendors()["highlevel"]["credentials"]) == {"token", "location"}
        assert set(host.vendors()["quickbooks"]["credentials"]) == {"client_id", "client_secret"}
    money = {one.currency for one in (*books, *sales) if one.currency}
    assert money == {"USD" if country == "US" else "GBP"}
    emails = [{text for text in one.texts if "@" in text} for one in books if one.kind == "contact"]
    asked = {text for one in sales if one.kind == "contact" for text in one.texts if "@" in text}
    assert sum(bool(one & asked) for one in emails) == 5
