"""Each call of an order cut short before or after the vendor acted: found again, gone on with, never twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bridge_gui.accounting.ordering import OrderStage
from bridge_gui.errors import BridgeError, OutcomeUnknown, PartlyAccepted, SetupError
from bridge_gui.vendors.twentyfoursevenoffice.contents import compared
from bridge_gui.web.waiting import never
from tests.vendors.twentyfoursevenoffice.served import MARK, TODAY, live, order_for

ORDERS = "/v1/salesorders"
SINCE = TODAY - timedelta(days=3)
# What is hit: the header (0), one of three lines (1 to 3), the stage, the read-back.
PLACES = [("POST", 0), ("POST", 1), ("POST", 2), ("POST", 3), ("PATCH", 0), ("GET", 0), ("GET", 1)]
KINDS = [
    ("cut_before", {}), ("cut_after", {}), ("cut_middle", {}), ("bad_json", {}), ("html_200", {}),
    ("status", {"status": 500}), ("status", {"status": 500, "when": "after"}),
    ("status", {"status": 429, "retry_after": 0, "times": 4}),
]  # fmt: skip


def settled(served, wanted):
    """What the engine does with an order whose outcome is unknown: look for the mark, then plan from there."""
    books = served.opened()
    found = books.orders_marked([wanted.reference], SINCE, never())[wanted.reference]
    assert len(found) <= 1
    return books.complete_order(found[0].ref.id, wanted) if found else books.make_order(wanted)


@pytest.mark.parametrize(("method", "skip"), PLACES, ids=str)
def test_however_it_is_cut_short_there_is_one_whole_order_in_the_end(method, skip):
    with live() as served:
        books = served.opened()
        wanted = order_for(books, ("Traktor", "2000.00", 10), ("Levering", "300", 0), ("Levering", "300", 0))
        before = served.count("orders"), served.count("order_lines")
        for number, (kind, more) in enumerate(KINDS, 1):
            one = wanted.__class__(**{
                name: getattr(wanted, name) for name in wanted.__struct_fields__
            } | {"reference": f"{MARK}{number}"})  # fmt: skip
            served.fault(kind, method, ORDERS, skip=skip, **more)
            ended: object = None
            try:
                books.make_order(one)
            except BridgeError as error:
                ended = error
            served.control("faults", method="DELETE")
            if method != "GET":  # a read is only asked again
                begun = skip + (method != "POST")
                assert isinstance(ended, OutcomeUnknown) or (more.get("status") == 429 and not begun), kind
            done = settled(served, one)
            assert compared(done.lines, one.lines) == ([], []), kind
            assert (done.stage, done.totals) == (OrderStage.CONFIRMED, one.totals), kind
            assert served.count("orders") == before[0] + number, kind
            assert served.count("order_lines") == before[1] + 3 * number, kind


def test_gone_on_with_and_cut_short_again_and_again():
    with live() as served:
        books = served.opened()
        wanted = order_for(books, *[(f"Traktor {number}", "100", 0) for number in range(6)])
        before = served.count("orders")
        for _ in range(12):
            served.fault("cut_after", "POST", ORDERS, skip=1)
            try:
                done = settled(served, wanted)
            except OutcomeUnknown:
                served.control("faults", method="DELETE")
                continue
            break
        served.control("faults", method="DELETE")
        done = settled(served, wanted)
        assert compared(done.lines, wanted.lines) == ([], [])
        assert served.count("orders") == before + 1


def test_a_department_that_is_demanded_is_a_matter_of_set_up():
    with live() as served:
        books = served.opened()
        wanted = order_for(books, ("Traktor", "2000", 0))
        served.control("settings", {"department_required": True}, method="POST")
        with pytest.raises((PartlyAccepted, SetupError)) as caught:
            books.make_order(wanted)
        assert caught.value.code == "twentyfoursevenoffice.dimension"
        found = books.orders_marked([wanted.reference], SINCE, never())[wanted.reference]
        assert [one.ref.id for one in found] == [getattr(caught.value, "target_id", "")] * len(found)
