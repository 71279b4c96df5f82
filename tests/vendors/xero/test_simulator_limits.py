from __future__ import annotations

import threading

import pytest

from bridge_gui.sandbox.faults import Fault, Match
from bridge_gui.sandbox.gate import Cut
from bridge_gui.sandbox.kit import State
from tests.vendors.xero.xero_at import XeroAt


@pytest.fixture
def xero():
    made = XeroAt()
    yield made
    made.sim.state.close()


def test_what_is_left_is_told_in_every_answer(xero):
    first = xero.plain("GET", "/api.xro/2.0/Organisation").headers
    second = xero.plain("GET", "/api.xro/2.0/Nothing").headers
    third = xero.plain("GET", "/api.xro/2.0/Organisation").headers
    left = [int(one["X-DayLimit-Remaining"]) for one in (first, second, third)]
    assert left == [999, 998, 997]
    assert {"X-MinLimit-Remaining", "X-AppMinLimit-Remaining"} <= set(first.keys())


def test_one_too_many_in_a_minute(xero):
    xero.sim.settings.change({"minute_limit": 3})
    for _ in range(3):
        assert xero.call("GET", "/Organisation")[0] == 200
        xero.later(seconds=10)
    answer = xero.plain("GET", "/api.xro/2.0/Organisation")
    assert (answer.status_code, answer.data) == (429, b"")
    assert (answer.headers["X-Rate-Limit-Problem"], answer.headers["Retry-After"]) == ("minute", "30")
    xero.later(seconds=30)
    assert xero.call("GET", "/Organisation")[0] == 200


def test_one_too_many_in_a_day(xero):
    xero.sim.settings.change({"day_limit": 2})
    for _ in range(2):
        assert xero.call("GET", "/Organisation")[0] == 200
    answer = xero.plain("GET", "/api.xro/2.0/Organisation")
    assert (answer.status_code, answer.headers["X-Rate-Limit-Problem"]) == (429, "day")
    assert (answer.headers["Retry-After"], answer.headers["X-DayLimit-Remaining"]) == (str(12 * 3600), "0")
    xero.later(hours=12)
    xero.sign_in()
    assert xero.call("GET", "/Organisation")[0] == 200


def test_the_days_count_and_a_key_outlive_a_restart(tmp_path):
    first = XeroAt(State(tmp_path / "xero.db"))
    body, key = {"Invoices": [first.row(Reference="once")]}, {"Idempotency-Key": "k"}
    made = first.put("/Invoices", body, **key)
    headers, before = dict(first.headers), first.plain("GET", "/api.xro/2.0/Users").headers
    first.sim.state.close()
    second = XeroAt(State(tmp_path / "xero.db"))
    second.headers = headers
    assert second.put("/Invoices", body, **key) == made
    after = second.plain("GET", "/api.xro/2.0/Users").headers
    assert int(before["X-DayLimit-Remaining"]) - int(after["X-DayLimit-Remaining"]) == 2
    second.sim.state.close()


def test_too_many_at_once_brings_no_retry_after(xero):
    xero.sim.settings.change({"concurrent_limit": 1})
    xero.sim.faults.arm(Fault(kind="delay", match=Match(path_prefix="/api.xro/2.0/Users"), seconds=20))
    app = xero._client.application
    slow = threading.Thread(target=lambda: app.test_client().get("/api.xro/2.0/Users", headers=xero.headers))
    slow.start()
    try:
        while not xero.sim.faults.listed()[0]["struck"]:
            pass
        answer = xero.plain("GET", "/api.xro/2.0/Organisation")
        assert (answer.status_code, answer.headers["X-Rate-Limit-Problem"]) == (429, "concurrent")
        assert "Retry-After" not in answer.headers
    finally:
        xero.sim.stopping.set()
        slow.join()
    assert xero.call("GET", "/Organisation")[0] == 200


def test_the_same_key_and_call_give_the_same_answer_for_six_minutes(xero):
    body = {"Invoices": [xero.row(Reference="once")]}
    key = {"Idempotency-Key": "k-1"}
    first = xero.put("/Invoices", body, **key)
    xero.later(minutes=5)
    assert xero.put("/Invoices", body, **key) == first
    assert xero.get("/Invoices?page=1")["pagination"]["itemCount"] == 3
    xero.later(minutes=1)
    again = xero.put("/Invoices", body, **key)["Invoices"][0]
    assert again["InvoiceID"] != first["Invoices"][0]["InvoiceID"]  # the key is forgotten: booked twice


def test_a_key_outlives_a_lost_answer(xero):
    body = {"Invoices": [xero.row(Reference="lost")]}
    xero.sim.faults.arm(Fault(kind="cut_after", match=Match(method="PUT")))
    with pytest.raises(Cut):
        xero.put("/Invoices", body, **{"Idempotency-Key": "k-2"})
    made = xero.put("/Invoices", body, **{"Idempotency-Key": "k-2"})["Invoices"][0]
    found = xero.get('/Invoices?page=1&where=Reference=="lost"')["Invoices"]
    assert [one["InvoiceID"] for one in found] == [made["InvoiceID"]]


def test_errors_are_remembered_too_and_other_calls_refused(xero):
    bad, key = {"Invoices": [xero.row(Type="X")]}, {"Idempotency-Key": "k-3"}
    first = xero.call("PUT", "/Invoices", bad, **key)
    assert first[0] == 400
    assert xero.call("PUT", "/Invoices", bad, **key) == first
    status, said = xero.call("PUT", "/Invoices", {"Invoices": [xero.row()]}, **key)
    assert (status, said["Message"].endswith("is used with a different request.")) == (400, True)
    assert xero.call("PUT", "/Invoices", bad, **{"Idempotency-Key": "k" * 129})[0] == 400
    assert xero.get("/Invoices?page=1")["pagination"]["itemCount"] == 2


def test_an_email_with_one_key_is_sent_once(xero):
    key = xero.invoice(Status="AUTHORISED")["InvoiceID"]
    for _ in range(2):
        assert xero.call("POST", f"/Invoices/{key}/Email", {}, **{"Idempotency-Key": "mail"}) == (204, "")
    assert xero.sim.books.emails.count() == 1


def test_replays_count_against_the_limits(xero):
    body = {"Invoices": [xero.row()]}
    xero.put("/Invoices", body, **{"Idempotency-Key": "k"})
    before = int(xero.plain("GET", "/api.xro/2.0/Organisation").headers["X-DayLimit-Remaining"])
    xero.put("/Invoices", body, **{"Idempotency-Key": "k"})
    after = int(xero.plain("GET", "/api.xro/2.0/Organisation").headers["X-DayLimit-Remaining"])
    assert before - after == 2


def test_without_accept_json_the_answer_is_xml(xero):
    answer = xero.plain("GET", "/api.xro/2.0/Currencies", Accept="*/*")
    assert answer.content_type.startswith("application/xml")
    assert b"<Code>EUR</Code>" in answer.data
    wrong = xero.plain("PUT", "/api.xro/2.0/Invoices", {"Invoices": [{"Type": "X"}]}, Accept="")
    assert (wrong.status_code, b"<Type>ValidationException</Type>" in wrong.data) == (400, True)


def test_an_unknown_path_or_invoice_is_html_without_a_body(xero):
    for path in ("/Nothing", "/Invoices/00000000-0000-4000-8000-000000000000", "/Invoices/INV-0001/pdf"):
        answer = xero.plain("GET", f"/api.xro/2.0{path}")
        assert (answer.status_code, answer.data, answer.mimetype) == (404, b"", "text/html")


def test_an_api_call_without_a_token(xero):
    xero.headers.pop("Authorization")
    assert xero.call("GET", "/Organisation")[0] == 401
    assert xero.plain("GET", "/connections").status_code == 401
