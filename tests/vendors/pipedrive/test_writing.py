"""Notes, files and fields: written once, looked for when the answer is lost, refused with the reason."""

from __future__ import annotations

import email
import email.policy
from urllib.parse import urlsplit

import pytest

from bridge_gui.accounting.deals import Attachment, Note
from bridge_gui.errors import (
    NoSuchTarget,
    OutcomeUnknown,
    Passing,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.vendors.pipedrive.multipart import form_of
from bridge_gui.web.meter import Allowance
from bridge_gui.web.waiting import never
from tests.vendors.pipedrive.crm import TOKEN, V1, V2, VAT, deal, file, listed, note, old
from tests.vendors.standin import plain, said
from tests.web.toys import answer, half, hang_up

NOTES, PUT_NOTE, FILES = f"POST {V1}/notes", f"PUT {V1}/notes/77", f"POST {V1}/files"
HTML = '<p>Lasku <a href="https://go.xero.com/x">INV-1</a> pd-1/42/1</p>'
BLOCKED = answer(403, b"<!DOCTYPE html><title>Attention required</title>", {"Content-Type": "text/html"})


def of(number, value):
    return {"success": True, "data": value | {"id": number}}


def test_a_note_on_a_deal(standin, crm):
    standin.on(NOTES, of(77, note(77, HTML)))
    assert crm.add_note("42", HTML) == Note(id="77", content=HTML)
    assert standin.bodies(NOTES) == [{"deal_id": 42, "content": HTML}]


def test_a_note_is_written_anew(standin, crm):
    standin.on(PUT_NOTE, of(77, note(77, "uusi")))
    assert crm.change_note("77", "uusi").content == "uusi"
    assert standin.bodies(PUT_NOTE) == [{"content": "uusi"}]


@pytest.mark.parametrize("status", [404, 410])
def test_a_note_that_is_gone(standin, crm, status):
    standin.on(PUT_NOTE, said({"success": False, "error": "Note not found"}, status))
    with pytest.raises(NoSuchTarget):
        crm.change_note("77", "x")


def test_notes_are_found_over_all_pages_of_either_kind(standin, crm):
    flat = {"success": True, "data": [note(3, "c"), note(4, "d", active_flag=False)]}
    flat["additional_data"] = {"start": 102, "limit": 100, "more_items_in_collection": True}
    standin.on(
        f"GET {V1}/notes", old(note(1, "a"), note(2, "b"), more=True, following=102), flat, old(note(5, "e"))
    )
    assert [one.content for one in crm.notes_on("42", never())] == ["a", "b", "c", "e"]
    assert [query["start"] for query in standin.queries(f"GET {V1}/notes")] == ["0", "102", "104"]
    assert {query["deal_id"] for query in standin.queries(f"GET {V1}/notes")} == {"42"}


def test_no_notes_at_all(standin, crm):
    standin.on(f"GET {V1}/notes", old())
    assert crm.notes_on("42", never()) == ()


def test_notes_that_repeat_for_ever_are_noticed(standin, crm):
    standin.on(f"GET {V1}/notes", old(note(1, "a"), more=True))
    with pytest.raises(VendorChanged) as caught:
        crm.notes_on("42", never())
    assert caught.value.code == "vendor.page_repeats"


def test_a_file_on_a_deal(standin, crm):
    standin.on(FILES, of(123, file(123, "INV-1.pdf")))
    content = b"%PDF-1.7\r\n--boundary\r\n\x00\xff"
    assert crm.attach("42", 'INV "1"\r\nä.pdf', content, "application/pdf") == Attachment(
        id="123", name="INV-1.pdf"
    )
    (sent,) = standin.asked(FILES)
    parts = parsed(sent.headers["content-type"], sent.body)
    assert parts["deal_id"][1] == b"42"
    assert parts["file"] == ("INV _1___ä.pdf", content)


def parsed(media_type, body):
    """The form as another library reads it."""
    whole = b"Content-Type: " + media_type.encode() + b"\r\n\r\n" + body
    policy = email.policy.HTTP
    return {
        part.get_param("name", header="content-disposition"): (
            (part.get_filename() or "").encode("utf-8", "surrogateescape").decode(), part.get_payload(decode=True),
        )
        for part in email.message_from_bytes(whole, policy=policy).iter_parts()
    }  # fmt: skip


def test_the_boundary_is_never_in_the_file():
    inside = form_of({}, "x", b"abc", "a/b").media_type.partition("boundary=")[2].encode()
    assert (
        form_of({}, "x", inside, "a/b").body.count(form_of({}, "x", inside, "a/b").media_type[-64:].encode())
        == 2
    )


def test_files_are_found_by_name(standin, crm):
    files = f"GET {V1}/deals/42/files"
    standin.on(
        files,
        old(file(1, "a.pdf"), file(2, "b.pdf", active_flag=False), more=True, following=100),
        old(file(3, "c.pdf")),
    )
    assert [one.name for one in crm.files_on("42", never())] == ["a.pdf", "c.pdf"]
    assert [query["limit"] for query in standin.queries(files)] == ["100", "100"]


def test_one_custom_field_and_nothing_else(standin, crm):
    patch = f"PATCH {V2}/deals/42"
    standin.on(patch, {"success": True, "data": deal(42)})
    crm.set_field("42", VAT, "INV-1 / maksettu")
    crm.set_field("42", VAT, "")
    assert standin.bodies(patch) == [
        {"custom_fields": {VAT: "INV-1 / maksettu"}},
        {"custom_fields": {VAT: None}},
    ]


@pytest.mark.parametrize("act", [hang_up, half, answer(500, b"{}"), answer(200, b"<html>")])
def test_a_write_without_an_answer_is_never_sent_again(standin, crm, act):
    standin.on(NOTES, act).on(FILES, act)
    with pytest.raises(OutcomeUnknown):
        crm.add_note("42", "x")
    with pytest.raises(OutcomeUnknown):
        crm.attach("42", "x.pdf", b"x", "application/pdf")
    assert len(standin.asked(NOTES)) == len(standin.asked(FILES)) == 1


def test_a_write_told_to_wait_is_sent_again(standin, crm):
    busy = answer(
        429, b'{"success":false,"error":"request over limit","errorCode":429}', {"x-ratelimit-reset": "3"}
    )
    standin.on(NOTES, busy, of(77, note(77, "x")))
    assert crm.add_note("42", "x").id == "77"
    assert 3.0 in standin.bench.hurry.waits


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (400, {"success": False, "error": "Validation failed: x", "code": "ERR_SCHEMA_VALIDATION_FAILED"}, Refused, "pipedrive.refused"),
        (401, {"success": False, "error": "unauthorized access", "errorCode": 401}, SignInError, "pipedrive.sign_in"),
        (402, {"success": False, "error": "closed"}, SetupError, "pipedrive.closed"),
        (403, {"success": False, "error": "You may not"}, Refused, "pipedrive.not_allowed"),
        (403, {"success": False, "error": "Full", "code": "feature_capping_notes_limit"}, Refused, "pipedrive.limit"),
        (404, {"success": False, "error": "Deal not found", "code": "ERR_NOT_FOUND"}, NoSuchTarget, "pipedrive.gone"),
        (422, {"success": False, "error": None}, Refused, "pipedrive.refused"),
        (200, {"success": False, "error": "Not today"}, Refused, "pipedrive.refused"),
    ],
)  # fmt: skip
def test_refused_writes(standin, crm, status, body, kind, code):
    standin.on(NOTES, said(body, status))
    with pytest.raises(kind) as caught:
        crm.add_note("42", "x")
    assert caught.value.code == code
    assert len(standin.asked(NOTES)) == 1


def test_a_reader_without_the_right_is_a_matter_of_set_up(standin, crm):
    standin.on(f"GET {V2}/stages", listed()).on(
        f"GET {V2}/pipelines", said({"success": False, "error": "No"}, 403)
    )
    with pytest.raises(SetupError) as caught:
        crm.stages()
    assert caught.value.params == {"text": "No"}


def test_a_question_that_is_refused_is_their_change(standin, crm):
    standin.on(
        f"GET {V2}/pipelines", said({"success": False, "error": "Parameter 'limit' is not allowed"}, 400)
    )
    with pytest.raises(VendorChanged) as caught:
        crm.stages()
    assert caught.value.params == {"text": "Parameter 'limit' is not allowed", "path": "api/v2/pipelines"}


def test_the_page_of_a_block_is_a_rest_of_a_quarter_of_an_hour(standin, crm):
    standin.on(f"GET {V1}/users/me", BLOCKED).on(NOTES, BLOCKED)
    with pytest.raises(Passing) as caught:
        crm.company()
    assert (caught.value.code, caught.value.retry_after) == ("pipedrive.blocked", 900.0)
    with pytest.raises(Passing):  # nobody else passes meanwhile, and nothing is sent
        crm.add_note("42", "x")
    assert len(standin.seen) == 1


def test_a_block_met_by_a_write_did_nothing(standin, crm):
    standin.on(NOTES, BLOCKED)
    with pytest.raises(Passing) as caught:
        crm.add_note("42", "x")
    assert caught.value.code == "pipedrive.blocked"
    assert len(standin.asked(NOTES)) == 1


def test_the_days_budget_is_kept_and_its_end_waited_for(standin, crm):
    budget = {"x-daily-ratelimit-token-limit": "30000", "x-daily-ratelimit-token-remaining": "29980"}
    standin.on(
        NOTES,
        answer(200, b'{"data":{"id":1,"content":"x"}}', budget),
        answer(429, b"", budget | {"x-daily-ratelimit-token-remaining": "0"}),
    )
    crm.add_note("42", "x")
    assert standin.bench.meter.allowances() == {"toy": (Allowance(span="day", left=29980, limit=30000),)}
    with pytest.raises(Passing) as caught:
        crm.add_note("42", "x")
    assert caught.value.code == "pipedrive.daily_budget"
    assert caught.value.retry_after == 7200
    assert standin.bench.meter.allowances()["toy"][0].left == 0


@pytest.mark.parametrize(
    ("headers", "waited"), [({}, 2.0), ({"x-ratelimit-reset": "soon"}, 2.0), ({"Retry-After": "5"}, 5.0), ({"x-ratelimit-reset": "0"}, 0.5)]
)  # fmt: skip
def test_how_long_a_burst_is_waited_out(standin, crm, headers, waited):
    standin.on(f"GET {V1}/notes", answer(429, b"", headers), old())
    assert crm.notes_on("42", never()) == ()
    assert waited in standin.bench.hurry.waits


def test_no_secret_in_an_address_or_an_error(standin, crm):
    standin.on(f"GET {V1}/users/me", plain(f"you sent {TOKEN}", 503))
    with pytest.raises(Passing) as caught:
        crm.company()
    assert TOKEN not in caught.value.detail
    assert all(TOKEN not in urlsplit(received.target).query for _, received in standin.seen)
    assert TOKEN not in repr(vars(crm))
