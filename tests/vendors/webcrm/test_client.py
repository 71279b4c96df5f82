"""webcrm's calls: signed in once an hour, every row once, writes sent once, refusals told wherever they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.errors import (
    NoSuchTarget,
    OutcomeUnknown,
    Passing,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.vendors.webcrm.query import equal
from bridge_gui.vendors.webcrm.terms import DELIVERY, ORGANISATION
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.waiting import never
from tests.vendors.standin import plain, said
from tests.vendors.webcrm.crm import CODE, LOGIN, QUERIES, client_on, organisation, token
from tests.web.toys import answer, hang_up

USERS, PERSONS = "GET /Users", "POST /Persons"


def orgs(*numbers):
    return [organisation(number) for number in numbers]


def asked(client, condition="OrganisationId >= 1", table=ORGANISATION):
    return [row.id(table.id) for page in client.query(table, condition, never()) for row in page]


def test_signs_in_by_form_and_keeps_the_token_for_the_hour(standin, client):
    standin.on(USERS, [])
    for _ in range(3):
        list(client.listed("Users", "UserId", never()))
    (login,) = standin.asked(LOGIN)
    assert f'name="authCode"\r\n\r\n{CODE}\r\n' in login.body.decode()
    assert {one.headers["authorization"] for one in standin.asked(USERS)} == {"Bearer 67b9aa01"}
    standin.bench.clock.seconds += 3010
    list(client.listed("Users", "UserId", never()))
    assert len(standin.asked(LOGIN)) == 2


def test_jobs_of_a_connection_share_the_token_but_never_with_another_application_token(standin):
    access = Access()
    standin.on(USERS, [])
    for _ in range(2):
        list(client_on(standin, access).listed("Users", "UserId", never()))
    assert len(standin.asked(LOGIN)) == 1
    other = type(client_on(standin))(standin.toy.base, "another-code", standin.bench.wire, access)
    list(other.listed("Users", "UserId", never()))
    assert b"another-code" in standin.asked(LOGIN)[1].body


def test_a_401_is_renewed_once_and_a_second_one_names_the_right(standin, client):
    standin.on(LOGIN, token("old"), token("new")).on(USERS, plain("", 401), [])
    assert list(client.listed("Users", "UserId", never())) == []
    assert [one.headers["authorization"] for one in standin.asked(USERS)] == ["Bearer old", "Bearer new"]
    standin.on("GET /QuotationLines/LinkedData", plain("", 401))
    with pytest.raises(SetupError) as caught:
        client.whole("QuotationLines/LinkedData")
    assert caught.value.code == "webcrm.right"
    assert caught.value.params["area"] == "QuotationLines/LinkedData"
    assert len(standin.asked(LOGIN)) == 3


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        (
            said(token("", IsError=True, Error="invalid_grant", ErrorDescription="Unknown code")),
            SignInError,
            "webcrm.token",
        ),
        (plain("Bad authCode", 401), SignInError, "webcrm.token"),
        (said({"Message": "Unknown token", "Type": "ArgumentException"}, 400), SignInError, "webcrm.token"),
        (said(token("", IsError=True, Error="temporarily_unavailable")), Passing, "webcrm.busy"),
        (said(token("")), VendorChanged, "vendor.changed"),
        (answer(200, b"<html>"), VendorChanged, "net.html"),
    ],
)
def test_a_sign_in_that_fails_says_why_also_inside_a_200(standin, client, login, kind, code):
    standin.on(LOGIN, login)
    with pytest.raises(kind) as caught:
        client.probe()
    assert caught.value.code == code
    assert standin.asked("GET /Auth") == []


def test_no_secret_stands_in_an_error(standin, client):
    standin.on(LOGIN, plain(f"authCode {CODE} is not known", 400))
    with pytest.raises(SignInError) as caught:
        client.probe()
    assert CODE not in f"{caught.value} {caught.value.params} {caught.value.detail} {client!r}"


def test_a_question_is_read_to_its_end_in_order_of_ids(standin, client):
    standin.on(QUERIES, orgs(3, 5), orgs(9), [])
    assert asked(client, equal("OrganisationType", "O'Kunde")) == ["3", "5", "9"]
    scripts = [one["script"] for one in standin.queries(QUERIES)]
    head = "SELECT * FROM Organisation WHERE OrganisationType = 'O''Kunde' AND OrganisationId >= "
    assert scripts == [f"{head}{first} ORDER BY OrganisationId ASC" for first in (1, 6, 10)]
    assert {(one["Page"], one["Size"]) for one in standin.queries(QUERIES)} == {("1", "1000")}


@pytest.mark.parametrize("second", [orgs(3, 5), orgs(5, 9), orgs(9, 8), orgs(9, 9)])
def test_pages_that_repeat_or_are_out_of_order_are_a_change(standin, client, second):
    standin.on(QUERIES, orgs(3, 5), second, [])
    with pytest.raises(VendorChanged):
        asked(client)


def test_rows_by_id_are_asked_for_by_the_dozen(standin, client):
    standin.on(QUERIES, [])
    assert list(client.by_ids(DELIVERY, [*map(str, range(1, 60)), "", "x", "7"], never())) == [[], []]
    first, second = (one["script"] for one in standin.queries(QUERIES))
    assert first.count("DeliveryId = ") == 40
    assert second.count("DeliveryId = ") == 19


def test_one_row_by_its_id_is_read_singly_and_others_rows_are_a_change(standin, client):
    standin.on("GET /Organisations/42", organisation(42)).on(QUERIES, orgs(1, 9))
    assert [len(page) for page in client.by_ids(ORGANISATION, ["42"], never())] == [1]
    with pytest.raises(VendorChanged):
        list(client.by_ids(ORGANISATION, ["1", "2"], never()))


def test_a_list_by_pages_gives_each_row_once(standin, client):
    def users(*ids):
        return [{"UserId": one} for one in ids]

    standin.on(USERS, users(4, 2), users(2, 7), [])
    pages = [[row.id("UserId") for row in page] for page in client.listed("Users", "UserId", never())]
    assert pages == [["4", "2"], ["7"]]
    standin.on(USERS, users(4, 2))
    with pytest.raises(VendorChanged, match=r"page_repeats"):
        list(client.listed("Users", "UserId", never()))


def test_a_short_list_may_end_at_once(standin, client):
    standin.on("GET /Deliveries/2/QuotationLines", [{"QuotationLineId": 1}])
    (page,) = client.listed("Deliveries/2/QuotationLines", "QuotationLineId", never(), least=100)
    assert len(page) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (said({"Message": "No such field", "Type": "QueryException"}), VendorChanged),
        (said({"Message": "No such field", "Type": "QueryException"}, 400), VendorChanged),
        (said({"rows": []}), VendorChanged),
        (answer(200, b"<html>Down for maintenance</html>"), VendorChanged),
        (answer(200, b""), VendorChanged),
        (answer(404, b""), VendorChanged),
        (answer(503, b"<html>"), Passing),
        (answer(403, b""), SetupError),
    ],
)
def test_a_question_that_is_not_answered_says_so(standin, client, body, kind):
    standin.on(QUERIES, body)
    with pytest.raises(kind):
        asked(client)


def test_too_many_calls_wait_as_long_as_told(standin, client):
    over = {"RetryAfterSeconds": 14, "Message": "Slow down", "Type": "TooManyRequestsException"}
    standin.on(QUERIES, said(over, 429), answer(429, b"", {"Retry-After": "3"}), [])
    assert asked(client) == []
    assert standin.bench.hurry.waits == [14.0, 3.0]


def test_what_is_left_of_the_minute_is_counted(standin, client):
    standin.on(QUERIES, [])
    asked(client)
    asked(client)
    (left,) = standin.bench.meter.allowances()["toy"]
    assert (left.span, left.left, left.limit) == ("minute", 247, 250)
    standin.bench.clock.seconds += 61
    asked(client)
    assert standin.bench.meter.allowances()["toy"][0].left == 249


@pytest.mark.parametrize("gone", [answer(404, b""), answer(200, b""), answer(200, b"null"), answer(204, b"")])
def test_a_thing_that_is_gone(standin, client, gone):
    standin.on("GET /Organisations/42", gone)
    assert client.found("Organisations/42") is None


@pytest.mark.parametrize("told", [b"311", b'"311"', b'{"PersonId":311,"PersonFirstName":"A"}'])
def test_what_is_made_answers_its_id_in_three_forms(standin, client, told):
    standin.on(PERSONS, answer(200, told))
    assert client.make("Persons", {"PersonId": 0, "PersonFirstName": "A"}) == "311"


@pytest.mark.parametrize("broken", [b"", b"null"])
def test_an_answer_that_was_lost_on_the_way_does_not_make_a_thing_gone(standin, client, broken):
    standin.on("GET /Organisations/5", answer(200, broken), answer(200, b'{"OrganisationId":5}'))
    found = client.found("Organisations/5")
    assert found is not None
    assert found.id("OrganisationId") == "5"


@pytest.mark.parametrize("told", [b"", b"null"])
def test_what_is_made_may_not_answer_its_id(standin, client, told):
    standin.on("POST /Organisations", answer(200, told))
    assert client.make("Organisations", {"OrganisationId": 0}) == ""


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (answer(200, b'"Last name is missing"'), Refused),
        (said({"Message": "Last name is missing", "Type": "ValidationException"}), Refused),
        (said({"Message": "Last name is missing", "Type": "ValidationException"}, 400), Refused),
        (answer(200, b"0"), OutcomeUnknown),
        (answer(200, b"true"), OutcomeUnknown),
        (answer(200, b"<html>"), OutcomeUnknown),
        (answer(500, b"oops"), OutcomeUnknown),
        (hang_up, OutcomeUnknown),
    ],
)
def test_a_write_goes_once_and_tells_what_came_of_it(standin, client, told, kind):
    standin.on(PERSONS, told)
    with pytest.raises(kind) as caught:
        client.make("Persons", {"PersonId": 0})
    assert len(standin.asked(PERSONS)) == 1
    if kind is Refused:
        assert caught.value.params["text"] == "Last name is missing"


def test_a_change_tells_when_its_target_is_gone(standin, client):
    standin.on("PUT /Persons/311", answer(404, b""))
    with pytest.raises(NoSuchTarget) as caught:
        client.change("Persons/311", {"PersonId": 311, "PersonTitle": "CEO"})
    assert caught.value.params["target"] == "311"


def test_a_change_with_a_complaint_inside_a_200_is_refused(standin, client):
    standin.on("PUT /Persons/311", answer(200, b'"Too long"'), answer(200, b""), answer(204, b""))
    with pytest.raises(Refused, match="Too long"):
        client.change("Persons/311", {"PersonId": 311})
    client.change("Persons/311", {"PersonId": 311})
    client.change("Persons/311", {"PersonId": 311})


def test_a_whole_list_is_never_deleted(standin, client):
    for path in ("QuotationLines/LinkedData", "QuotationLines/LinkedData/"):
        with pytest.raises(ValueError, match="with an id"):
            client.delete(path)
    standin.on("DELETE /QuotationLines/LinkedData/17", answer(200, b""))
    client.delete("QuotationLines/LinkedData/17")
    assert [place for place, _ in standin.seen if place.startswith("DELETE")] == [
        "DELETE /QuotationLines/LinkedData/17"
    ]


def test_a_row_is_read_by_name_and_kind(standin, client):
    odd = organisation(
        OrganisationXInt1=5, OrganisationXDate1="0001-01-01T00:00:00+00:00", OrganisationCustom1=True,
        OrganisationCustom2=None, OrganisationCustom3="49,30", UserPassword="hidden",
    )  # fmt: skip
    standin.on("GET /Organisations/42", odd)
    row = client.found("Organisations/42")
    assert row.text("OrganisationAddress") == "Example Street 1\n2nd floor"
    assert (
        row.text("OrganisationXInt1"),
        row.text("OrganisationCustom1"),
        row.text("OrganisationCustom2"),
    ) == ("5", "Yes", "")
    assert row.instant("OrganisationXDate1") is None
    assert str(row.instant("OrganisationUpdatedAt")) == "2026-11-20 09:00:00+00:00"
    assert (row.id("OrganisationOwner"), row.id("OrganisationOwner2")) == ("7", "")
    for read, name in ((row.number, "OrganisationCustom3"), (row.text, "OrganisationGone"), (row.id, "OrganisationName"), (row.instant, "OrganisationName")):  # fmt: skip
        with pytest.raises(VendorChanged) as caught:
            read(name)
        assert caught.value.params["path"] == f"$.{name}"


def test_amounts_keep_their_digits_and_lose_a_doubles_noise(standin, client):
    standin.on(
        "GET /Deliveries/2", answer(200, b'{"a":49.30,"b":49.300000000000004,"c":"12.5","d":1e3,"e":0.1250}')
    )
    row = client.found("Deliveries/2")
    assert [row.number(name) for name in "abcde"] == [
        Decimal(one) for one in ("49.3", "49.3", "12.5", "1000", "0.125")
    ]
