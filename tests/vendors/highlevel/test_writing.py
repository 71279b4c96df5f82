"""What is written to HighLevel: never over tags or addresses, and nothing said twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bridge_gui.accounting.crm import Person
from bridge_gui.errors import CannotMap, NoSuchTarget, OutcomeUnknown, Refused, SetupError
from tests.vendors.highlevel.studio import CONTACT, LOCATION, contact
from tests.vendors.standin import plain, said
from tests.web.toys import half, hang_up

CREATE, MESSAGES = "POST /contacts/", "POST /conversations/messages"
NEW = Person(
    name="Example ehf.", company="Example ehf.", email="accounts@example.is", country="IS", tags=("never",)
)


def no(message, status=400, **more):
    return said({"statusCode": status, "message": message, **more}, status)


def test_a_contact_goes_out_without_tags(studio, crm):
    studio.on(CREATE, said({"contact": contact()}, 201))
    assert crm.add_person(NEW, "QuickBooks").id == CONTACT
    assert studio.bodies(CREATE) == [
        {
            "locationId": LOCATION, "name": "Example ehf.", "companyName": "Example ehf.", "country": "IS",
            "email": "accounts@example.is", "source": "QuickBooks",
        }
    ]  # fmt: skip


def test_one_that_is_there_already_comes_back_unchanged(studio, crm):
    meta = {"contactId": CONTACT, "contactName": "x", "matchingField": "email"}
    studio.on(CREATE, no("This location does not allow duplicated contacts.", meta=meta))
    studio.on(f"GET /contacts/{CONTACT}", {"contact": contact()})
    assert crm.add_person(NEW, "QuickBooks").tags == ("vip",)


def test_one_that_was_refused_and_made_all_the_same(studio, crm):
    studio.on(CREATE, no(["something odd"], 422))
    studio.on("GET /contacts/search/duplicate", {"contact": contact()})
    studio.on("POST /contacts/search", {"contacts": [], "total": 0})
    assert crm.add_person(NEW, "QuickBooks").id == CONTACT
    studio.on("GET /contacts/search/duplicate", {"contact": None})
    with pytest.raises(Refused) as caught:
        crm.add_person(NEW, "QuickBooks")
    assert (caught.value.code, caught.value.params["text"]) == ("highlevel.refused", "something odd")


def test_a_lost_answer_is_unknown_and_sent_once(studio, crm):
    for lost in (hang_up, half, plain("busy", 503)):
        studio.on(CREATE, lost)
        before = len(studio.asked(CREATE))
        with pytest.raises(OutcomeUnknown):
            crm.add_person(NEW, "QuickBooks")
        assert len(studio.asked(CREATE)) == before + 1
    studio.on(CREATE, said({"traceId": "t"}, 201))
    with pytest.raises(OutcomeUnknown):
        crm.add_person(NEW, "QuickBooks")


def test_nobody_without_address_or_number(studio, crm):
    with pytest.raises(CannotMap):
        crm.add_person(Person(name="Nameless"), "QuickBooks")
    assert not studio.seen


def test_only_empty_fields_are_written(studio, crm):
    studio.on(f"GET /contacts/{CONTACT}", {"contact": contact(city="Reykjavik")})
    studio.on(f"PUT /contacts/{CONTACT}", {"succeded": True, "contact": contact()})
    crm.fill_person(CONTACT, {"city": "Oslo", "street": "1 Example St", "phone": " "})
    assert studio.bodies(f"PUT /contacts/{CONTACT}") == [{"address1": "1 Example St"}]
    crm.fill_person(CONTACT, {"city": "Oslo"})
    assert len(studio.asked(f"PUT /contacts/{CONTACT}")) == 1
    for field in ("email", "tags"):
        with pytest.raises(CannotMap):
            crm.fill_person(CONTACT, {field: "x"})


def test_words_go_once(studio, crm):
    studio.on(
        MESSAGES, said({"conversationId": "c", "messageId": "m1", "msg": "Message queued successfully."}, 201)
    )
    assert crm.send_text(CONTACT, "How did we do?") == "m1"
    assert studio.asked(MESSAGES)[0].headers["version"] == "2021-04-15"
    for lost in (hang_up, half, plain("busy", 503)):
        studio.on(MESSAGES, lost)
        before = len(studio.asked(MESSAGES))
        with pytest.raises(OutcomeUnknown):
            crm.send_text(CONTACT, "How did we do?")
        assert len(studio.asked(MESSAGES)) == before + 1


@pytest.mark.parametrize(
    ("act", "kind", "code"),
    [
        (no("Cannot send message as DND is active for SMS."), Refused, "highlevel.no_messages"),
        (no("Contact is unsubscribed"), Refused, "highlevel.no_messages"),
        (no("Missing phone number"), Refused, "highlevel.no_address"),
        (no(["message must be text"], 422), Refused, "highlevel.refused"),
        (no("Contact not found", 404), NoSuchTarget, "highlevel.not_found"),
        (no("The token is not authorized for this scope.", 401), SetupError, "highlevel.scope"),
    ],
)
def test_why_nothing_was_said(studio, crm, act, kind, code):
    studio.on(MESSAGES, act)
    with pytest.raises(kind) as caught:
        crm.send_text(CONTACT, "How did we do?")
    assert caught.value.code == code
    if kind is NoSuchTarget:
        assert caught.value.params["target"] == CONTACT


def test_a_workflow_and_a_tag(studio, crm):
    workflow, tags = f"POST /contacts/{CONTACT}/workflow/w1", f"POST /contacts/{CONTACT}/tags"
    studio.on(workflow, {"succeded": True}, {"succeded": False})
    studio.on(tags, said({"tags": ["vip", "asked"]}, 201))
    crm.begin_workflow(CONTACT, "w1", datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert studio.bodies(workflow) == [{"eventStartTime": "2026-11-20T10:00:00+00:00"}]
    with pytest.raises(Refused):
        crm.begin_workflow(CONTACT, "w1", datetime(2026, 11, 20, 10, tzinfo=UTC))
    crm.tag_person(CONTACT, "asked")
    assert studio.bodies(tags) == [{"tags": ["asked"]}]


def test_secrets_are_in_no_repr(crm):
    assert "pit-secret" not in repr(crm._client) + repr(vars(crm._client))
