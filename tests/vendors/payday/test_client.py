"""Payday's calls against a stand-in: sign-in, paging, every shape of refusal, and no second write."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import JournalEntry, JournalLine
from bridge_gui.errors import (
    CannotMap,
    OutcomeUnknown,
    Passing,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.vendors.payday.client import PER_PAGE, PaydayClient
from bridge_gui.vendors.payday.payloads import TAX_CODES, journal_body
from tests.vendors.standin import Standin, plain, said
from tests.web.toys import answer, half, hang_up

ID, SECRET = "0123456789abcdef" * 2, "fedcba9876543210" * 2
TOKEN = {"accessToken": "eyJhbGciOi.one", "tokenType": "bearer", "expiresIn": 86400, "createdAt": 1795305600}
COMPANY = {"id": "c-1", "name": "Example ehf.", "ssn": "7112992110", "hasClaimCollection": True}
JOURNAL = "/accounting/journal"


@pytest.fixture
def standin():
    one = Standin().on("POST /auth/token", TOKEN).on("GET /companies/me", COMPANY)
    yield one
    one.close()


@pytest.fixture
def client(standin):
    return PaydayClient(standin.toy.base, ID, SECRET, standin.bench.wire)


def entry(*lines, text="SalesCloud 10443 x/1", **more):
    lines = lines or (
        JournalLine(account="a-card", amount=Decimal(620)),
        JournalLine(account="a-1110", amount=Decimal(-620), tax=TAX_CODES[1], gross=True),
    )
    return JournalEntry(day=date(2026, 11, 20), text=text, currency="ISK", lines=lines, **more)


def row(number, **more):
    return {"id": f"j{number}", "date": "2026-11-20T00:00:00Z", "description": f"d{number}"} | more


def test_it_signs_in_once_and_sends_what_payday_wants(standin, client):
    assert client.company().name == "Example ehf."
    client.company()
    (sign_in,) = standin.asked("POST /auth/token")
    assert json.loads(sign_in.body) == {"clientId": ID, "clientSecret": SECRET}
    assert "authorization" not in sign_in.headers
    first = standin.asked("GET /companies/me")[0]
    assert first.headers["authorization"] == "Bearer eyJhbGciOi.one"
    assert first.headers["api-version"] == "alpha"
    assert first.headers["content-type"] == "application/json"


def test_a_wrong_pair_is_a_matter_of_signing_in(standin, client):
    standin.on("POST /auth/token", said({"error": "invalid_client", "error_description": "failed"}, 401))
    with pytest.raises(SignInError) as caught:
        client.company()
    assert caught.value.code == "payday.sign_in"
    assert len(standin.asked("POST /auth/token")) == 1


def test_a_stale_token_is_renewed_once(standin, client):
    standin.on("GET /companies/me", answer(401, b""), COMPANY)
    assert client.company().name == "Example ehf."
    assert len(standin.asked("POST /auth/token")) == 2


def test_a_401_for_ever_ends_after_one_renewal(standin, client):
    standin.on("GET /companies/me", answer(401, b""))
    with pytest.raises(SignInError):
        client.company()
    assert len(standin.asked("GET /companies/me")) == 2


def test_an_unfinished_set_up_is_no_sign_in_failure(standin, client):
    text = "Unable to create journal. Please complete the required system setup before creating an invoice"
    standin.on(f"POST {JOURNAL}", plain(text, 401))
    with pytest.raises(SetupError) as caught:
        client.post_journal(journal_body(entry()))
    assert (caught.value.code, caught.value.params) == ("payday.setup_unfinished", {"text": text})
    assert len(standin.asked("POST /auth/token")) == 1
    assert len(standin.asked(f"POST {JOURNAL}")) == 1


@pytest.mark.parametrize(
    ("act", "code", "text"),
    [
        (plain("Unable to Create the product. Exists: ABC", 400), "payday.refused", "Unable to Create the product. Exists: ABC"),
        (said({"message": "Invalid data. Date is required."}, 400), "payday.refused", "Invalid data. Date is required."),
        (said({"errorCode": 21001, "errorMessage": "Not allowed."}, 400), "payday.refused", "Not allowed. (21001)"),
        (said({"error": "invalid", "error_description": "Why"}, 400), "payday.refused", "Why"),
        (said("Invalid JSON data", 400), "payday.refused", "Invalid JSON data"),
        (plain("Cannot book into a closed fiscal year", 400), "payday.period_closed", "Cannot book into a closed fiscal year"),
        (said({"message": "Tímabilið er lokað"}, 400), "payday.period_closed", "Tímabilið er lokað"),
    ],
)  # fmt: skip
def test_every_shape_of_refusal_keeps_paydays_words(standin, client, act, code, text):
    standin.on(f"POST {JOURNAL}", act)
    with pytest.raises(Refused) as caught:
        client.post_journal(journal_body(entry()))
    assert (caught.value.code, caught.value.params["text"]) == (code, text)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (answer(400, b""), "payday.refused_silently"),
        (answer(404, b"<html>no</html>"), "payday.not_found"),
        (answer(422, b""), "payday.refused_silently"),
    ],
)
def test_a_silent_refusal_keeps_the_status(standin, client, act, code):
    standin.on(f"POST {JOURNAL}", act)
    with pytest.raises(Refused) as caught:
        client.post_journal(journal_body(entry()))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (plain("Unable to add VAT to line. Company is not VAT obligated or does not have a VAT number.", 400), "payday.no_vat_number"),
        (plain("Your plan does not include integrations", 403), "payday.no_access"),
    ],
)  # fmt: skip
def test_what_stops_the_whole_bridge(standin, client, act, code):
    standin.on(f"POST {JOURNAL}", act)
    with pytest.raises(SetupError) as caught:
        client.post_journal(journal_body(entry()))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "act", [hang_up, half, answer(500, b"oops"), answer(200, b""), answer(200, b"<html>")]
)
def test_a_write_without_a_clear_answer_is_in_doubt_and_never_sent_again(standin, client, act):
    standin.on(f"POST {JOURNAL}", act)
    with pytest.raises(OutcomeUnknown):
        client.post_journal(journal_body(entry()))
    assert len(standin.asked(f"POST {JOURNAL}")) == 1


def test_an_answer_of_another_shape_is_the_vendors_change(standin, client):
    standin.on(f"POST {JOURNAL}", {"ok": True})
    with pytest.raises(VendorChanged):
        client.post_journal(journal_body(entry()))


def test_the_entry_goes_out_as_the_file_shows_it(standin, client):
    standin.on(f"POST {JOURNAL}", row(1, status="POST", voucher=1234567890))
    made = client.post_journal(journal_body(entry(text="SalesCloud Þórður x/1")))
    assert (made.id, made.voucher, made.lines) == ("j1", 1234567890, None)
    assert standin.bodies(f"POST {JOURNAL}") == [
        {
            "date": "2026-11-20",
            "description": "SalesCloud Þórður x/1",
            "status": "POST",
            "lines": [
                {"amount": 620, "ledgerAccountId": "a-card", "vatPercentType": "NotSet"},
                {"amount": -620, "ledgerAccountId": "a-1110", "vatPercentType": "ReducedVAT"},
            ],
        }
    ]
    assert "Þórður".encode() in standin.asked(f"POST {JOURNAL}")[0].body


def test_a_draft_bears_the_exact_word():
    assert journal_body(entry(draft=True)).status == "DRAFT"


@pytest.mark.parametrize(
    "wrong",
    [
        entry(text="x" * 101),
        entry(text=""),
        entry(JournalLine(account="a", amount=Decimal(1))),
        entry(JournalLine(account="a", amount=Decimal(0), tax=TAX_CODES[0])),
    ],
)
def test_what_payday_would_drop_silently_never_leaves(wrong):
    with pytest.raises(CannotMap):
        journal_body(wrong)


def test_the_journal_is_read_page_by_page_as_the_answer_tells(standin, client):
    pages = [
        {
            "summary": {"n": 1},
            "journalEntries": [row(1), row(2)],
            "perPage": 2,
            "total": 3,
            "page": 1,
            "pages": 2,
        },
        {"summary": {"n": 1}, "journalEntries": [row(3)], "perPage": 2, "total": 3, "page": 2, "pages": 2},
    ]
    standin.on(f"GET {JOURNAL}", *pages)
    assert [one.id for one in client.journal()] == ["j1", "j2", "j3"]
    asked = standin.queries(f"GET {JOURNAL}")
    assert [query["page"] for query in asked] == ["1", "2"]
    assert asked[0]["perpage"] == str(PER_PAGE)


def test_a_bare_list_is_a_list_too(standin, client):
    standin.on(f"GET {JOURNAL}", [row(1)])
    assert [one.id for one in client.journal()] == ["j1"]


def test_a_list_that_moves_is_read_again(standin, client):
    def page(number, total, *rows):
        return {"journal": list(rows), "total": total, "page": number, "pages": 2}

    moved = [page(1, 2, row(1)), page(2, 3, row(1)), page(1, 3, row(3), row(2)), page(2, 3, row(1))]
    standin.on(f"GET {JOURNAL}", *moved)
    assert sorted(one.id for one in client.journal()) == ["j1", "j2", "j3"]


def test_a_list_that_never_rests_is_given_up(standin, client):
    pages = [{"journal": [row(n)], "total": n, "page": n % 2 + 1, "pages": 2} for n in range(20)]
    standin.on(f"GET {JOURNAL}", *pages)
    assert client.journal() is None


def test_a_page_repeated_for_ever_ends(standin, client):
    standin.on(f"GET {JOURNAL}", {"journal": [row(1)], "total": 9, "page": 1, "pages": 9})
    with pytest.raises(VendorChanged) as caught:
        client.journal()
    assert caught.value.code == "vendor.page_repeats"


def test_a_missing_field_is_named(standin, client):
    standin.on("GET /companies/me", {"id": "c-1"})
    with pytest.raises(VendorChanged) as caught:
        client.company()
    assert "name" in caught.value.detail


def test_a_refused_read_is_no_refused_document(standin, client):
    standin.on("GET /companies/me", plain("Invalid company", 400))
    with pytest.raises(VendorChanged) as caught:
        client.company()
    assert (caught.value.code, caught.value.params["text"]) == ("payday.read_refused", "Invalid company")


def test_too_many_calls_are_waited_out(standin, client):
    standin.on("GET /companies/me", answer(429, b"", {"Retry-After": "3"}), COMPANY)
    assert client.company().id == "c-1"
    assert 3.0 in standin.bench.hurry.waits


def test_out_of_reach_is_for_later(standin, client):
    standin.on("GET /companies/me", answer(503, b""))
    with pytest.raises(Passing):
        client.company()


def test_no_secret_shows(standin, client):
    assert SECRET not in repr(client)
    standin.on("POST /auth/token", said({"error": SECRET}, 500))
    with pytest.raises(Passing) as caught:
        client.company()
    assert SECRET not in f"{caught.value}{caught.value.params}{caught.value.detail}"
