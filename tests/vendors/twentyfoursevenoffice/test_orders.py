"""An order in several calls: whole, cut short anywhere, gone on with, amended, deleted; never twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.ordering import OrderStage
from bridge_gui.errors import CannotMap, Conflict, NoSuchTarget, OutcomeUnknown, PartlyAccepted, Refused
from bridge_gui.vendors.twentyfoursevenoffice.contents import compared
from bridge_gui.web.waiting import never
from tests.vendors.standin import said
from tests.vendors.twentyfoursevenoffice.org import DELIVERY, MARK, TRACTOR, line, order, row, wanted
from tests.web.toys import answer, half, hang_up

MAKE, ONE, LINES = "POST /v1/salesorders", "/v1/salesorders/1234", "/v1/salesorders/1234/lines"
DONE = order(status="Confirmed")


def writes(standin):
    return [where for where, _ in standin.seen if not where.startswith("GET") and "oauth" not in where]


def refused(kind, text):
    said_so = {"type": kind, "message": text, "arguments": []}
    return said(
        {"error": {"name": "BadRequestError", "payload": {"errors": [said_so]}}, "trackingId": "x"}, 400
    )


def taking(standin):
    return (
        standin.on(MAKE, order()).on(f"POST {LINES}", TRACTOR, DELIVERY).on(f"PATCH {ONE}", DONE)
        .on(f"GET {ONE}", DONE).on(f"GET {LINES}", [TRACTOR, DELIVERY])
    )  # fmt: skip


def test_header_lines_stage_and_read_back(standin, books):
    taking(standin)
    made = books.make_order(wanted())
    assert writes(standin) == [MAKE, f"POST {LINES}", f"POST {LINES}", f"PATCH {ONE}"]
    (header,) = standin.bodies(MAKE)
    assert header["status"] == "Draft"
    assert header["referenceNumber"] == MARK
    assert header["customer"] == {
        "id": 501, "name": "Example AS", "organizationNumber": "123456785", "street": "Eksempelveien 1",
        "postalCode": "0598", "postalArea": "Oslo", "countryCode": "NO",
        "invoiceEmailAddresses": ["faktura@example.no"],
    }  # fmt: skip
    assert header["invoice"] == {"paymentTerms": {"type": "NumberOfDays", "value": 14}}
    assert "paymentMethod" not in header
    assert standin.bodies(f"POST {LINES}")[0] == {
        "type": "product", "product": {"id": 101}, "description": "Traktor (2026-02-03 - 2026-02-05)",
        "quantity": 1, "price": 2000.0, "discountRate": 10, "tax": {"id": 3},
    }  # fmt: skip
    assert standin.bodies(f"PATCH {ONE}") == [{"status": "Confirmed"}]
    assert (made.ref.id, made.state, made.stage) == ("1234", DocumentState.ORDERED, OrderStage.CONFIRMED)
    assert made.totals == wanted().totals
    assert compared(made.lines, wanted().lines) == ([], [])


def test_amounts_go_out_to_the_last_figure(standin, books):
    taking(standin)
    books.make_order(
        wanted(lines=(line("Sag", "86.9565", quantity=Decimal("2.5"), discount=Decimal("12.5")),))
    )
    (sent,) = standin.asked(f"POST {LINES}")
    assert b'"price":86.9565' in sent.body
    assert b'"quantity":2.5' in sent.body
    assert b'"discountRate":12.5' in sent.body


def test_a_draft_that_is_to_stay_one_is_not_confirmed(standin, books):
    taking(standin).on(f"GET {ONE}", order())
    assert books.make_order(wanted(stage=OrderStage.DRAFT)).state is DocumentState.DRAFT
    assert f"PATCH {ONE}" not in writes(standin)


def test_a_paid_order_names_its_method_and_a_line_of_text_is_only_text(standin, books):
    taking(standin)
    books.make_order(wanted(method="7", lines=(line("Traktor", "1"), line("Hentes", "0", item="", tax=""))))
    assert standin.bodies(MAKE)[0]["paymentMethod"] == {"id": 7}
    assert standin.bodies(f"POST {LINES}")[1] == {"type": "text", "description": "Hentes"}


def test_a_refused_header_leaves_nothing(standin, books):
    standin.on(MAKE, refused("", "customer is blocked"))
    with pytest.raises(Refused) as caught:
        books.make_order(wanted())
    assert not isinstance(caught.value, PartlyAccepted)
    assert caught.value.params["text"] == "customer is blocked"


def test_a_lost_header_is_unknown_and_not_sent_again(standin, books):
    standin.on(MAKE, half)
    with pytest.raises(OutcomeUnknown):
        books.make_order(wanted())
    assert writes(standin) == [MAKE]


def test_a_refused_line_names_the_order_that_is_there(standin, books):
    taking(standin).on(f"POST {LINES}", TRACTOR, refused("DepartmentMissing", "Avdeling mangler"))
    with pytest.raises(PartlyAccepted) as caught:
        books.make_order(wanted())
    assert (caught.value.target_id, caught.value.code) == ("1234", "twentyfoursevenoffice.dimension")


@pytest.mark.parametrize(
    "act",
    [hang_up, half, answer(500), answer(429), answer(401), answer(404, b"")],
    ids=["hung up", "half an answer", "500", "429", "401", "404"],
)
@pytest.mark.parametrize("place", [f"POST {LINES}", f"PATCH {ONE}", f"GET {ONE}"])
def test_whatever_happens_after_the_header_it_is_never_begun_again(standin, books, act, place):
    taking(standin).on(place, act)
    with pytest.raises((OutcomeUnknown, PartlyAccepted)):
        books.make_order(wanted())
    assert writes(standin).count(MAKE) == 1


def test_only_the_missing_lines_are_sent_when_it_goes_on(standin, books):
    taking(standin).on(f"GET {ONE}", order(), DONE).on(f"GET {LINES}", [TRACTOR], [TRACTOR, DELIVERY])
    done = books.complete_order("1234", wanted())
    assert [body["description"] for body in standin.bodies(f"POST {LINES}")] == ["Levering"]
    assert writes(standin)[-1] == f"PATCH {ONE}"
    assert len(done.lines) == 2


def test_two_equal_lines_are_two(standin, books):
    twice = (line("Levering", "300"), line("Levering", "300"))
    taking(standin).on(f"GET {ONE}", order()).on(f"GET {LINES}", [DELIVERY])
    books.complete_order("1234", wanted(lines=twice))
    assert len(standin.bodies(f"POST {LINES}")) == 1


def test_a_whole_order_is_left_alone(standin, books):
    taking(standin)
    assert books.complete_order("1234", wanted()).ref.id == "1234"
    assert writes(standin) == []


@pytest.mark.parametrize(
    ("now", "lines", "code"),
    [
        (order(), [TRACTOR, row(9, "Skrevet for hånd", 10)], "order_changed"),
        (order(), [TRACTOR | {"price": 1999}], "order_changed"),
        (order(referenceNumber="PO-1"), [TRACTOR], "order_changed"),
        (order(status="Invoice"), [TRACTOR], "order_closed"),
        (order(invoice={"number": 9001}), [TRACTOR], "order_closed"),
        (order(status="Inactive"), [TRACTOR], "order_closed"),
    ],
)
def test_what_a_person_did_is_left_alone(standin, books, now, lines, code):
    standin.on(f"GET {ONE}", now).on(f"GET {LINES}", lines)
    with pytest.raises(Conflict) as caught:
        books.complete_order("1234", wanted())
    assert caught.value.code == f"twentyfoursevenoffice.{code}"
    assert writes(standin) == []


def test_an_order_is_amended_by_what_differs(standin, books):
    taking(standin).on(f"DELETE {LINES}/2", answer(204, b""))
    (before,) = books.orders_by_id(["1234"], never())
    new = wanted(lines=(wanted().lines[0], line("Levering og henting", "500")))
    books.amend_order("1234", new, before)
    assert writes(standin) == [f"PATCH {ONE}", f"POST {LINES}", f"DELETE {LINES}/2"]
    assert "status" not in standin.bodies(f"PATCH {ONE}")[0]


def test_an_order_that_is_not_as_it_was_read_is_not_amended(standin, books):
    taking(standin)
    (before,) = books.orders_by_id(["1234"], never())
    standin.on(f"GET {LINES}", [TRACTOR])
    with pytest.raises(Conflict):
        books.amend_order("1234", wanted(), before)
    assert writes(standin) == []


def test_the_reference_is_compared_whole_even_if_the_filter_is_ignored(standin, books):
    others = [order(1, referenceNumber=MARK + "1"), order(2, referenceNumber=None), order(3)]
    standin.on("GET /v1/salesorders", others).on("GET /v1/salesorders/3/lines", [TRACTOR])
    found = books.orders_marked([MARK, "sf1/9/1"], date(2026, 2, 1), never())
    assert [one.ref.id for one in found[MARK]] == ["3"]
    assert found["sf1/9/1"] == ()
    asked = standin.queries("GET /v1/salesorders")
    assert [one["referenceNumber"] for one in asked] == [MARK, "sf1/9/1"]
    assert {one["dateFrom"] for one in asked} == {"2026-02-01"}


def test_many_marks_are_looked_for_in_one_list(standin, books):
    standin.on("GET /v1/salesorders", [order()]).on(f"GET {LINES}", [])
    found = books.orders_marked([MARK, *(f"sf1/{n}/1" for n in range(9))], date(2026, 2, 1), never())
    assert len(standin.asked("GET /v1/salesorders")) == 1
    assert len(found[MARK]) == 1


def test_an_order_is_deleted_only_while_it_is_ours_and_open(standin, books):
    taking(standin).on(f"DELETE {ONE}", answer(204, b""))
    books.remove_order("1234", MARK)
    standin.on(f"DELETE {ONE}", answer(409, b""))
    with pytest.raises(Conflict):
        books.remove_order("1234", MARK)
    with pytest.raises(Conflict):
        books.remove_order("1234", "sf1/other/1")
    standin.on(f"GET {ONE}", answer(404, b""))
    books.remove_order("1234", MARK)
    assert len(standin.asked(f"DELETE {ONE}")) == 2


def test_an_order_becomes_an_invoice_whose_number_may_come_later(standin, books):
    queued = order(status="Invoice", invoice={"dueDate": "2026-02-19"})
    taking(standin).on(f"PATCH {ONE}", queued).on(f"GET {ONE}", queued)
    made = books.invoice_order("1234")
    assert (made.state, made.invoice, made.due) == (DocumentState.INVOICED, "", date(2026, 2, 19))


def test_an_invoice_that_cannot_be_read_back_is_unknown_never_to_be_made_later(standin, books):
    taking(standin).on(f"GET {ONE}", answer(503, b""))
    with pytest.raises(OutcomeUnknown):
        books.invoice_order("1234")


def test_what_cannot_be_right_is_never_sent(standin, books):
    with pytest.raises(CannotMap):
        books.make_order(wanted(currency="SEK"))
    with pytest.raises(CannotMap):
        books.make_order(wanted(lines=()))
    with pytest.raises(ValueError):
        books.make_order(wanted(reference="x" * 51))
    assert writes(standin) == []


def test_an_order_that_is_gone(standin, books):
    standin.on(f"GET {ONE}", answer(404, b""))
    assert books.orders_by_id(["1234"], never()) == ()
    with pytest.raises(NoSuchTarget):
        books.complete_order("1234", wanted())
