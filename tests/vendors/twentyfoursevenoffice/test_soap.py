"""The second sign-in: what is sent, how it lasts, what is believed of the answers, and what a refusal means."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.errors import BridgeError, Cancelled, Passing, SetupError, SignInError, VendorChanged
from bridge_gui.vendors.twentyfoursevenoffice.soap import LEDGER, WEB
from bridge_gui.vendors.twentyfoursevenoffice.terms import soap_base
from bridge_gui.web.oauth.access import Access
from tests.vendors.standin import Standin
from tests.vendors.twentyfoursevenoffice.services import (
    APPLICATION,
    COMPANY,
    PASSWORD,
    Services,
    client_on,
    entry,
    enveloped,
    fault,
    identity,
    paid_order,
    result,
    xml,
)
from tests.web.toys import answer, hang_up

DAYS = (date(2026, 1, 1), date(2026, 12, 31))
ENDED = "Client is not authenticated on this identity"


@pytest.fixture
def standin():
    one = Standin()
    yield one
    one.close()


@pytest.fixture
def services(standin):
    one = Services(standin)
    yield one
    one.held()


def texts(node):
    return {
        child.tag.rpartition("}")[2]: child.text for child in node.iter() if child.text and child.text.strip()
    }


def refused(client, kind=BridgeError):
    with pytest.raises(kind) as caught:
        client.orders([1234])
    shown = f"{caught.value!r} {caught.value} {caught.value.detail} {caught.value.__dict__}"
    assert PASSWORD not in shown
    assert "a&lt;pass" not in shown
    return caught.value


def test_one_session_in_the_company_meant(standin, services):
    client = client_on(standin)
    assert [one.order_id for one in client.orders([1234])] == [1234]
    client.entries(*DAYS, CustomerId=501)
    assert services.names() == ["Login", "GetIdentities", "GetInvoices", "GetTransactions"]
    (login,) = services.said("Login")
    assert texts(login) == {
        "ApplicationId": APPLICATION,
        "Username": "api-user@example.no",
        "Password": PASSWORD,
    }
    cookies = [one.headers.get("cookie", "") for _, one in services.asked]
    assert cookies == ["", *["ASP.NET_SessionId=session-1"] * 3]
    assert {one.headers["content-type"] for _, one in services.asked} == {"text/xml; charset=utf-8"}
    assert PASSWORD not in "".join(one.target for _, one in services.asked)


def test_what_is_asked(standin, services):
    client = client_on(standin)
    client.orders([1, 2])
    client.entries(*DAYS, CustomerId=501)
    (orders,), (ledger,) = services.said("GetInvoices"), services.said("GetTransactions")
    assert [one.text for one in orders.iter(f"{{{WEB}}}int")] == ["1", "2"]
    named = [one.text for one in orders.iter(f"{{{WEB}}}string")]
    assert named == ["OrderId", "CustomerId", "InvoiceId", "OrderTotalIncVat", "Paid"]
    assert texts(ledger) == {
        "DateSearchParameters": "EntryDate", "DateStart": "2026-01-01T00:00:00",
        "DateEnd": "2027-01-01T00:00:00", "CustomerId": "501", "AccountNoStart": "1500", "AccountNoEnd": "1529",
    }  # fmt: skip
    nil = "{http://www.w3.org/2001/XMLSchema-instance}nil"
    assert [one.tag.rpartition("}")[2] for one in ledger.iter() if one.get(nil)] == [
        "SystemType",
        "HasInvoiceId",
    ]


def test_many_orders_are_asked_about_in_parts(standin, services):
    assert len(client_on(standin).orders(list(range(501)))) == 2
    asked = [len(list(one.iter(f"{{{WEB}}}int"))) for one in services.said("GetInvoices")]
    assert asked == [500, 1]


def test_another_company_is_entered_by_its_name(standin, services):
    both = identity(6, "Annet AS", current=True) + identity(7, COMPANY) + identity(8, COMPANY, disabled=True)
    services.on("GetIdentities", result("GetIdentities", both))
    client_on(standin).check()
    (chosen,) = services.said("SetIdentityById")
    assert chosen[0].text == "00000000-0000-0000-0000-000000000007"


def test_a_user_of_one_company_is_asked_where_it_is(standin, services):
    services.on("GetIdentities", result("GetIdentities", ""))
    services.on("GetIdentity", result("GetIdentity", identity(7, COMPANY, current=True)[10:-11]))
    client_on(standin).check()
    services.on("GetIdentity", result("GetIdentity", identity(6, "Annet AS", current=True)[10:-11]))
    assert refused(client_on(standin), SetupError).code == "twentyfoursevenoffice.soap_company"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (identity(6, "Annet AS", current=True), "soap_company"),
        (identity(7, COMPANY, disabled=True), "soap_company"),
        (identity(7, COMPANY) + identity(8, COMPANY), "soap_several"),
    ],
)
def test_no_company_is_entered_in_doubt(standin, services, found, code):
    services.on("GetIdentities", result("GetIdentities", found))
    assert refused(client_on(standin), SetupError).code == f"twentyfoursevenoffice.{code}"
    assert "SetIdentityById" not in services.names()
    assert "GetInvoices" not in services.names()


def test_a_company_that_does_not_let_in(standin, services):
    services.on("GetIdentities", result("GetIdentities", identity(7, COMPANY)))
    services.on("SetIdentityById", result("SetIdentityById", "false"))
    assert refused(client_on(standin), SetupError).code == "twentyfoursevenoffice.soap_company"


def test_a_blocked_default_company_is_passed_by(standin, services):
    blocked = fault("Server was unable to process request. ---&gt; Provided IdentityId is blocked.")
    services.on("Login", blocked, result("Login", "session-2"))
    both = identity(6, "Annet AS") + identity(7, COMPANY)
    services.on("GetIdentitiesWithCredential", result("GetIdentitiesWithCredential", both))
    client_on(standin).orders([1234])
    again = services.said("Login")[1]
    assert texts(again)["IdentityId"] == "00000000-0000-0000-0000-000000000007"
    assert services.asked[-1][1].headers["cookie"] == "ASP.NET_SessionId=session-2"


def test_a_wrong_password_is_an_empty_answer(standin, services):
    for empty in (result("Login", ""), xml(enveloped(f'<LoginResponse xmlns="{WEB}" />'))):
        services.on("Login", empty)
        assert refused(client_on(standin), SignInError).code == "twentyfoursevenoffice.soap_sign_in"
    assert services.names() == ["Login", "Login"]


def test_a_session_that_ended_is_renewed_once(standin, services):
    client = client_on(standin)
    client.check()
    services.on("GetInvoices", fault(ENDED), result("GetInvoices", paid_order()))
    assert client.orders([1234])
    assert services.names().count("Login") == 2
    assert services.asked[-1][1].headers["cookie"] == "ASP.NET_SessionId=session-2"


def test_a_session_that_ends_again_and_again_is_for_a_person(standin, services):
    services.on("GetInvoices", fault(ENDED))
    assert refused(client_on(standin), SignInError).code == "twentyfoursevenoffice.soap_ended"
    assert services.names().count("Login") == 2


def test_all_jobs_of_a_connection_share_a_session(standin, services):
    access = Access()
    client_on(standin, access).orders([1234])
    client_on(standin, access).orders([1234])
    assert services.names().count("Login") == 1
    assert services.asked[-1][1].headers["cookie"] == "ASP.NET_SessionId=session-1"
    assert "session-1" not in repr(access)
    client_on(standin, access).check()
    assert services.names().count("Login") == 2


@pytest.mark.parametrize(
    "other", [{"password": "another one"}, {"name": "b@example.no"}, {"company": "Annet AS"}]
)
def test_another_users_session_is_not_used(standin, services, other):
    access = Access()
    client_on(standin, access).check()
    services.on("GetIdentities", result("GetIdentities", identity(6, "Annet AS") + identity(7, COMPANY)))
    client_on(standin, access, **other).orders([1234])
    assert services.asked[-1][1].headers["cookie"] == "ASP.NET_SessionId=session-2"


def test_a_refusal_inside_a_good_answer_renews_too(standin, services):
    inside = (
        f"<InvoiceOrder><APIException><Type>X</Type><Message>{ENDED}</Message></APIException></InvoiceOrder>"
    )
    services.on("GetInvoices", result("GetInvoices", inside), result("GetInvoices", paid_order()))
    assert [one.order_id for one in client_on(standin).orders([1234])] == [1234]


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        (fault("Limit exceeded by 3. Request is blocked."), Passing, "net.too_many"),
        (fault("Access is denied for this service"), SetupError, "twentyfoursevenoffice.soap_forbidden"),
        (fault("Something else", "Client"), VendorChanged, "twentyfoursevenoffice.read_refused"),
        (fault("Server was unable to process request."), Passing, "net.server_error"),
        (answer(503, b"busy"), Passing, "net.server_error"),
        (answer(403, b"no"), SetupError, "signin.forbidden"),
        (hang_up, Passing, "net.cut"),
    ],
)
def test_what_a_refusal_means(standin, services, said, kind, code):
    services.on("GetInvoices", said)
    assert refused(client_on(standin), kind).code == code


def test_the_quarantine_is_kept(standin, services):
    until = standin.bench.clock.now().replace(microsecond=0).isoformat()
    services.on("GetInvoices", fault("Limit exceeded", APILimitReset=until))
    assert refused(client_on(standin), Passing).retry_after == 1.0
    services.on("GetInvoices", fault("Limit exceeded"))
    assert refused(client_on(standin), Passing).retry_after == 900.0


def test_a_refusal_that_repeats_the_password_is_not_shown(standin, services):
    services.on("GetInvoices", fault("Not known: a&lt;pass&gt;&amp;word of its own", "Client"))
    assert "[hidden]" in str(refused(client_on(standin), VendorChanged))


BOMB = (
    b'<!DOCTYPE e [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    + enveloped("&b;&c;").partition(b"?>")[2]
)
UNREADABLE = {
    "entities": BOMB,
    "a document type": b'<!DOCTYPE e SYSTEM "http://127.0.0.1:9/x">' + enveloped("").partition(b"?>")[2],
    "another coding": enveloped("").replace(b"utf-8", b"utf-7"),
    "two bytes a sign": enveloped("").decode().replace("utf-8", "utf-16").encode("utf-16"),
    "broken": enveloped("<x>"),
    "half": enveloped("<x/>")[:-10],
    "too deep": enveloped("<x>" * 400 + "</x>" * 400),
    "empty": b"",
    "a page": b"<!doctype html><html>Sign in</html>",
    "no envelope": b"<x/>",
    "no body": enveloped("").replace(b"Body", b"Head"),
    "another operation": enveloped('<LoginResponse xmlns="x"/>'),
    "no bytes of text": b"\xff\xfe\xfa",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_an_answer_that_is_none(standin, services, body):
    services.on("GetInvoices", xml(body))
    assert refused(client_on(standin), VendorChanged).code in (
        "twentyfoursevenoffice.soap_unreadable", "net.empty", "net.html", "vendor.changed"
    )  # fmt: skip


GOOD = enveloped(
    f'<GetInvoicesResponse xmlns="{WEB}"><GetInvoicesResult>{paid_order()}</GetInvoicesResult></GetInvoicesResponse>'
)
HEAD, _, REST = GOOD.partition(b"?>")


@pytest.mark.parametrize(
    "body",
    [
        HEAD + b"?><!DOCTYPE e>" + REST,
        HEAD + b'?><!DOCTYPE e [<!ENTITY a "2026-02-20T00:00:00">]>' + REST.replace(b"9001", b"9001&a;"),
        GOOD.replace(b"utf-8", b"utf-7"),
        GOOD.replace(b"utf-8", b"iso-8859-1"),
        GOOD + b"\0",
    ],
    ids=["a document type", "an entity", "a coding that hides signs", "another coding", "a byte of nothing"],
)
def test_a_good_answer_with_something_else_about_it_is_not_read(standin, services, body):
    services.on("GetInvoices", xml(GOOD))
    assert client_on(standin).orders([1234])
    services.on("GetInvoices", xml(body))
    assert refused(client_on(standin), VendorChanged).code == "twentyfoursevenoffice.soap_unreadable"


@pytest.mark.parametrize(
    "more",
    [
        {"Amount": "much"}, {"Amount": "NaN"}, {"Amount": "1E+99"}, {"Amount": None}, {"Date": "yesterday"},
        {"Date": "20260220"}, {"Date": None}, {"Date": "0001-01-01T00:00:00"}, {"Open": "perhaps"},
        {"Open": None}, {"AccountNo": "bank"}, {"LinkId": "1.5"}, {"Amount": "1</Amount><Amount>2"},
    ],
)  # fmt: skip
def test_a_field_that_is_there_and_wrong_is_not_taken_for_missing(standin, services, more):
    given = {"amount": "2625.00"} | ({"Amount": more["Amount"]} if "Amount" in more else {})
    row = entry(1, given.pop("amount"), **more)
    services.on("GetTransactions", result("GetTransactions", row, LEDGER))
    client = client_on(standin)
    with pytest.raises(VendorChanged):
        _ = [one.day for one in client.entries(*DAYS)]


@pytest.mark.parametrize("paid", ["soon", "2026-13-01T00:00:00", "1767225600"])
def test_a_day_of_payment_that_cannot_be_read(standin, services, paid):
    services.on("GetInvoices", result("GetInvoices", paid_order(Paid=paid)))
    with pytest.raises(VendorChanged) as caught:
        _ = client_on(standin).orders([1234])[0].paid_on
    assert caught.value.params["path"] == "InvoiceOrder.Paid"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("0001-01-01T00:00:00", None),
        ("", None),
        (None, None),
        ("2026-02-20T00:00:00", date(2026, 2, 20)),
        ("2026-02-19T23:00:00", date(2026, 2, 20)),
        ("2026-07-19T22:00:00Z", date(2026, 7, 20)),
        ("2026-02-20T00:30:00.123+01:00", date(2026, 2, 20)),
        ("9999-12-31T23:59:59", None),
    ],
)
def test_the_day_of_payment_in_norway(standin, services, told, day):
    services.on("GetInvoices", result("GetInvoices", paid_order(Paid=told)))
    assert client_on(standin).orders([1234])[0].paid_on == day


def test_rows_that_are_nil_fields_that_are_new_and_a_kind_that_is_new(standin, services):
    nil = '<Transaction xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true" />'
    new = entry(1, "-5", "InvoiceLoss", Novelty="<Inner>1</Inner>", LinkId="-2147483648")
    other = entry(2, "7", AccountNo=1920)
    services.on("GetTransactions", result("GetTransactions", nil + new + other, LEDGER))
    (found,) = client_on(standin).entries(*DAYS)
    assert (found.system_type, found.amount) == ("InvoiceLoss", Decimal(-5))


@pytest.mark.parametrize("session", ["a b", "x;y", "ø", "x" * 300])
def test_a_session_that_is_none_goes_into_no_header(standin, services, session):
    services.on("Login", result("Login", session))
    assert refused(client_on(standin), VendorChanged).params["path"] == "LoginResult"


def test_a_password_that_cannot_be_written(standin, services):
    error = refused(client_on(standin, password="bell\x07"), SetupError)
    assert error.code == "signin.unprintable"
    assert services.asked == []


def test_the_stop_button(standin, services):
    stopped = threading.Event()
    stopped.set()
    standin.bench.wire = replace(standin.bench.wire, cancel=stopped)
    client = client_on(standin)
    with pytest.raises(Cancelled):
        client.orders([1])
    assert services.asked == []


def test_all_calls_keep_the_pace(standin, services):
    turns = []
    pacer = standin.bench.wire.pacer
    taken = pacer.turn
    pacer.turn = lambda cancel: (turns.append(1), taken(cancel))[1]
    client_on(standin).orders([1234])
    assert len(turns) == len(services.asked) == standin.bench.calls == 3


def test_the_classic_services_have_a_host_of_their_own():
    assert soap_base("https://rest.api.24sevenoffice.com/") == "https://api.24sevenoffice.com"
    assert soap_base("http://localhost:8000") == "http://localhost:8000"


def test_nothing_of_it_shows_a_secret(standin, services):
    client = client_on(standin)
    client.check()
    shown = f"{client!r} {client.session!r} {client._user!r} {vars(client)!r}"
    assert PASSWORD not in shown
    assert "session-1" not in shown
    assert standin.bench.wire.redactor.text(f"x {PASSWORD} session-1") == "x [hidden] [hidden]"
