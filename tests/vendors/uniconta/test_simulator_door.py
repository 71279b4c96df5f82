from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from bridge_gui.sandbox.kit import State
from tests.vendors.uniconta.uniconta_at import BASE, UnicontaAt, basic

PATH = f"{BASE}/PaymentTermClient"


@pytest.fixture
def books():
    made = UnicontaAt()
    yield made
    made.sim.state.close()


def status(books, name, password=None, path=PATH):
    password = books.sim.credentials()["password"] if password is None else password
    return books.call("GET", path, **basic(name, password))[0]


def test_the_company_stands_before_the_login_after_two_zeros(books):
    assert status(books, "0012345/bro") == 200
    for wrong in ("12345/bro", "000012345/bro", "0012346/bro", "0012345/else", "0012345bro", ""):
        assert status(books, wrong) == 401, wrong
    assert status(books, "0012345/bro", "wrong") == 401
    books.set(any_zeros=True)
    assert [status(books, name) for name in ("12345/bro", "0012345/bro", "012345/bro")] == [200, 200, 200]


def test_a_bare_login_opens_its_own_company_or_the_one_in_the_path(books):
    assert status(books, "bro") == 200
    books.set(default_company=False)
    assert status(books, "bro") == 401
    assert status(books, "bro", path="/odata/12345/PaymentTermClient") == 200
    assert status(books, "bro", path=f"{BASE}/12345/PaymentTermClient") == 200
    assert status(books, "bro", path="/odata/99999/PaymentTermClient") == 401


def test_a_refused_sign_in_says_nothing(books):
    answer = books.plain("GET", PATH, Authorization="Bearer x")
    assert (answer.status_code, answer.data) == (401, b"")
    assert books.plain("GET", PATH, Authorization="Basic ???").status_code == 401


def test_a_new_password_ends_the_old_one(books):
    fresh = books.person("new_password")["password"]
    assert books.call("GET", PATH)[0] == 401
    assert status(books, "0012345/bro", fresh) == 200


def test_calls_beyond_the_days_are_slow_and_stay_so_for_a_day(books):
    books.set(daily_calls=5, slow_seconds=0.05)
    for _ in range(5):
        books.call("GET", PATH)
    assert books.person("calls") == {"day": "2026-11-20", "count": 5, "delay": 0.0}
    began = time.monotonic()
    assert books.call("GET", PATH)[0] == 200  # slow, never a 429
    assert time.monotonic() - began >= 0.05
    assert books.person("calls")["delay"] == 0.05
    for _ in range(5):
        books.call("GET", PATH)
    assert books.person("calls")["delay"] == 0.1
    books.at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # past midnight in Denmark
    assert books.person("calls") == {"day": "2026-11-21", "count": 0, "delay": 0.1}
    books.at = datetime(2026, 11, 21, 12, 0, 1, tzinfo=UTC)
    assert books.person("calls")["delay"] == 0


def test_other_programs_of_the_company_use_calls_too(books):
    books.set(slow_seconds=0.05)
    assert books.person("use_calls", count=5000)["count"] == 5000
    began = time.monotonic()
    books.call("GET", PATH)
    assert time.monotonic() - began >= 0.05


def test_rights_are_a_403(books):
    books.set(rights={"Debtor": "read", "Employee": "none"})
    assert books.call("GET", f"{BASE}/DebtorClient")[0] == 200
    assert books.call("POST", f"{BASE}/Insert/DebtorClient", {"Account": "1"})[0] == 403
    assert books.call("GET", f"{BASE}/EmployeeClient")[0] == 403
    assert books.call("GET", "/odata/12345/EmployeeClient")[0] == 403


@pytest.mark.parametrize(
    ("form", "kind", "body"),
    [
        ("string", "application/json", '"KeyExists"'),
        (
            "object",
            "application/json",
            '{"Message":"The request could not be completed.","Error":"KeyExists"}',
        ),
        ("text", "text/plain", "Uniconta returned: KeyExists"),
    ],
)
@pytest.mark.parametrize("code", [400, 500, 200])
def test_three_styles_of_error_bodies_and_of_statuses(books, form, kind, body, code):
    books.set(error_body=form, error_status=code)
    before = books.rows("DebtorClient")
    answer = books.plain(
        "POST", f"{BASE}/Insert/DebtorClient", {"Account": "20001", "Name": "x", "Group": "INDL"}
    )
    assert (answer.status_code, answer.content_type.partition(";")[0], answer.data.decode()) == (
        code,
        kind,
        body,
    )
    assert books.rows("DebtorClient") == before


def test_nothing_of_a_refused_list_stays_even_when_the_refusal_is_a_200(books):
    books.set(error_status=200)
    number = books.order()
    rows = [
        {"OrderNumber": number, "Item": "1000", "Qty": 1},
        {"OrderNumber": number, "Item": "none", "Qty": 1},
    ]
    assert books.send("POST", "InsertList/DebtorOrderLineClient", rows) == "CouldNotFind"
    assert books.rows("DebtorOrderLineClient", "OrderNumber", number) == []
    assert books.one("DebtorOrderClient", "OrderNumber", number)["NoLines"] == 0


def test_unknown_entities_and_paths(books):
    assert books.call("GET", f"{BASE}/NothingClient")[0] == 404
    assert books.call("GET", "/odata/12345/NothingClient")[0] == 404
    assert books.call("POST", f"{BASE}/DebtorClient", {})[0] == 405
    assert books.call("GET", "/elsewhere")[0] == 404


def test_what_was_answered_outlives_a_restart(tmp_path):
    first = UnicontaAt(State(tmp_path / "uniconta.db"))
    number = first.order({"Item": "1000", "Qty": 2, "Price": 950})
    first.sim.state.close()
    second = UnicontaAt(State(tmp_path / "uniconta.db"))
    assert second.one("DebtorOrderClient", "OrderNumber", number)["TotalBeforeVAT"] == 1900
    assert second.person("calls")["count"] == 3
    second.sim.state.close()


def test_the_days_calls_do_not_count_the_control_surface(books):
    for _ in range(3):
        books.person("calls")
    assert json.dumps(books.person("calls")["count"]) == "0"
