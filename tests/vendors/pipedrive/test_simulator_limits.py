from __future__ import annotations

import pytest

from tests.vendors.pipedrive.sales_at import SalesAt


@pytest.fixture
def sales():
    made = SalesAt(burst_token=20)
    yield made
    made.sim.state.close()


def test_each_call_costs_its_tokens(sales):
    paths = ("/api/v2/deals", "/api/v2/deals/1", "/api/v2/deals/archived", "/api/v1/users/me")
    answers = [sales.plain("GET", path) for path in paths]
    left = [int(one.headers["x-daily-ratelimit-token-remaining"]) for one in answers]
    assert left == [29_990, 29_989, 29_969, 29_967]
    assert "x-daily-requests-left" not in sales.plain("GET", "/api/v2/deals/1").headers
    assert "x-daily-requests-left" in sales.plain("PATCH", "/api/v2/deals/1", {"title": "x"}).headers


def test_a_burst_ends_in_a_429_with_what_to_wait(sales):
    answers = [sales.plain("GET", "/api/v2/deals/1") for _ in range(21)]
    assert {one.status_code for one in answers[:20]} == {200}
    last = answers[-1]
    assert (last.status_code, last.headers["x-ratelimit-limit"]) == (429, "20")
    assert (last.headers["x-ratelimit-reset"], last.headers["x-ratelimit-remaining"]) == ("2", "0")
    assert last.get_json() == {"success": False, "error": "request over limit", "errorCode": 429}
    sales.later(seconds=2)
    assert sales.call("GET", "/api/v2/deals/1")[0] == 200


def test_searches_have_a_burst_of_their_own(sales):
    said = [sales.call("GET", "/api/v2/persons/search?term=minna")[0] for _ in range(11)]
    assert said == [200] * 10 + [429]
    assert sales.call("GET", "/api/v2/deals/1")[0] == 200


def test_the_days_budget(sales):
    sales.sim.settings.change({"daily_tokens": 25})
    assert [sales.call("GET", "/api/v2/deals")[0] for _ in range(3)] == [200, 200, 429]
    answer = sales.plain("GET", "/api/v2/deals")
    assert answer.headers["x-daily-ratelimit-token-remaining"] == "5"
    sales.later(hours=12)
    assert sales.call("GET", "/api/v2/deals")[0] == 200


def test_the_daily_headers_may_be_missing(sales):
    sales.sim.settings.change({"daily_headers": False})
    assert "x-daily-ratelimit-token-limit" not in sales.plain("GET", "/api/v2/deals").headers


def test_who_goes_on_after_429_meets_cloudflare(sales):
    for _ in range(30):
        sales.call("GET", "/api/v2/deals/1")
    answer = sales.plain("GET", "/api/v2/deals/1")
    assert (answer.status_code, answer.mimetype) == (403, "text/html")
    assert b"Cloudflare" in answer.data
    sales.later(minutes=14)
    assert sales.call("GET", "/api/v2/deals/1")[0] == 403
    sales.later(minutes=1)
    assert sales.call("GET", "/api/v2/deals/1")[0] == 200


def test_unknown_paths_and_methods(sales):
    status, said = sales.call("GET", "/api/v1/deals")
    assert (status, said["success"]) == (404, False)
    assert sales.call("GET", "/deals")[0] == 404
    assert sales.call("DELETE", "/api/v2/products")[0] == 405
