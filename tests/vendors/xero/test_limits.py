"""Xero's limits and what a sign-in may not do: waited for, parked, kept count of, and told apart."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bridge_gui.errors import Passing, SetupError, SignInError
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.waiting import never
from tests.vendors.standin import plain, said
from tests.vendors.xero.org import API, TENANT, adapter_on, invoice, page
from tests.web.toys import answer

GET = f"GET {API}/Invoices"
SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def too_many(problem="", wait="", **more):
    told = {"X-Rate-Limit-Problem": problem, "Retry-After": wait, **more}
    return answer(429, b"", {name: value for name, value in told.items() if value})


def unauthorised(detail, status=401):
    return said({"Type": None, "Title": "x", "Status": status, "Detail": detail, "Extensions": {}}, status)


def read(books):
    return [bill for part in books.bills_changed(SINCE, never()) for bill in part]


def test_a_full_minute_is_waited_for(org, books):
    org.on(GET, too_many("minute", "26"), page(invoice()))
    assert len(read(books)) == 1
    assert 26 in org.bench.hurry.waits


def test_a_full_day_is_parked_and_never_looped(org, books):
    org.on(GET, too_many("day", "7200"))
    with pytest.raises(Passing) as caught:
        read(books)
    assert caught.value.code == "xero.day_limit"
    assert caught.value.retry_after == 7200
    assert len(org.asked(GET)) == 1


def test_a_full_day_without_a_time_is_parked_for_an_hour(org, books):
    org.on(GET, too_many("daily"))
    with pytest.raises(Passing) as caught:
        read(books)
    assert caught.value.retry_after == 3600
    assert len(org.asked(GET)) == 1


def test_too_many_at_once_tells_no_time_and_is_tried_again_soon(org, books):
    org.on(GET, too_many(), page(invoice()))
    assert len(read(books)) == 1
    assert all(wait <= 10 for wait in org.bench.hurry.waits)


def test_what_is_left_is_kept_and_shown(org, books):
    told = {"X-DayLimit-Remaining": "947", "X-MinLimit-Remaining": "58"}
    org.on(GET, answer(200, json.dumps(page(invoice())).encode(), told))
    read(books)
    kept = {one.span: one.left for one in org.bench.meter.allowances()["toy"]}
    assert kept == {"day": 947, "minute": 58}


def test_the_last_calls_of_a_day_are_kept_for_a_person_by_all_jobs(org):
    access = Access()
    low = answer(200, b'{"Payments":[]}', {"X-DayLimit-Remaining": "99"})
    org.on(f"GET {API}/Payments", low)
    adapter_on(org, access=access).payments_of("x")
    with pytest.raises(Passing) as caught:
        read(adapter_on(org, access=access))
    assert caught.value.code == "xero.day_spared"
    assert caught.value.retry_after == 3600
    assert not org.asked(GET)
    adapter_on(org, access=access).payments_of("x")
    assert len(org.asked(f"GET {API}/Payments")) == 2


def test_an_hour_later_one_look_finds_out_whether_a_new_day_has_begun(org):
    access = Access()
    org.on(f"GET {API}/Payments", answer(200, b'{"Payments":[]}', {"X-DayLimit-Remaining": "99"}))
    adapter_on(org, access=access).payments_of("x")
    org.bench.clock.seconds += 3601
    org.on(GET, answer(200, json.dumps(page(invoice())).encode(), {"X-DayLimit-Remaining": "998"}))
    assert len(read(adapter_on(org, access=access))) == 1
    assert len(read(adapter_on(org, access=access))) == 1


def test_an_expired_sign_in_is_renewed_once_and_the_call_repeated(org, books):
    org.on(GET, unauthorised("TokenExpired: token expired at 11/20/2026 21:26:02"), page(invoice()))
    assert len(read(books)) == 1
    assert [one.headers["authorization"] for one in org.asked(GET)] == ["Bearer a1", "Bearer a2"]


def test_a_sign_in_that_stays_expired_is_said(org, books):
    org.on(GET, unauthorised("TokenExpired"))
    with pytest.raises(SignInError):
        read(books)
    assert len(org.asked(GET)) == 2


def test_a_missing_right_is_a_401_too_and_renewing_is_no_help(org, books):
    org.on(GET, unauthorised("AuthorizationUnsuccessful"))
    with pytest.raises(SetupError) as caught:
        read(books)
    assert caught.value.code == "xero.missing_right"
    assert len(org.asked(GET)) == 1


@pytest.mark.parametrize(
    ("detail", "code"), [("AuthenticationUnsuccessful", "xero.disconnected"), ("Forbidden", "xero.forbidden")]
)
def test_a_disconnected_organisation_is_told(org, books, detail, code):
    org.on(GET, unauthorised(detail, 403))
    with pytest.raises(SetupError) as caught:
        read(books)
    assert caught.value.code == code


def test_a_broken_filter_is_the_vendors_change(org, books):
    org.on(GET, said({"ErrorNumber": 16, "Type": "QueryParseException", "Message": "No property"}, 400))
    with pytest.raises(Exception) as caught:
        read(books)
    assert caught.value.code == "xero.question_refused"


def test_the_chosen_organisation_is_the_only_one_ever_asked(org, books):
    assert books.company().name == "Esimerkki Oy"
    assert books.company().id == TENANT
    assert {one.headers["xero-tenant-id"] for _, one in org.seen} == {TENANT}


def test_without_a_chosen_organisation_nothing_is_asked(org):
    with pytest.raises(SetupError) as caught:
        adapter_on(org, "").company()
    assert caught.value.code == "xero.no_organisation"
    assert not org.seen


def test_the_organisations_are_listed_without_naming_one(org, books):
    rows = [
        {"id": "c1", "tenantId": TENANT, "tenantType": "ORGANISATION", "tenantName": "Esimerkki Oy"},
        {"id": "c2", "tenantId": "t2", "tenantType": "PRACTICE", "tenantName": "Toimisto"},
    ]
    org.on("GET /connections", rows)
    org.on("DELETE /connections/c1", plain("", 204))
    assert [(one.id, one.name) for one in books.companies()] == [(TENANT, "Esimerkki Oy")]
    assert "xero-tenant-id" not in org.asked("GET /connections")[0].headers
    books.leave_company()
    assert len(org.asked("DELETE /connections/c1")) == 1
    assert not org.asked("DELETE /connections/c2")


def test_an_access_that_ended_already_is_left_quietly(org, books):
    org.on("GET /connections", [{"id": "c1", "tenantId": TENANT}])
    org.on("DELETE /connections/c1", plain("", 404))
    books.leave_company()
