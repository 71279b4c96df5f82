"""SalesCloud in Bridge's terms: whose shop, closed orders page by page, lists that move."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bridge_gui.accounting.sales import MethodKind, PaymentMethod, SaleOrder
from bridge_gui.errors import SetupError
from bridge_gui.sync.capabilities import NamesCompany, SellsOrders
from bridge_gui.vendors.salescloud import SPEC
from bridge_gui.vendors.salescloud.adapter import SalesCloudAdapter
from bridge_gui.vendors.salescloud.payloads import MethodAnswer, OrderAnswer, OrderList, Organization
from bridge_gui.web.waiting import never

FROM, TO = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)


def sold(number: int, status: str = "CLOSED", total: int = 0) -> OrderAnswer:
    return OrderAnswer(
        uuid=f"o{number}", number=number, status=status, closed=FROM, currency_code="ISK", total_amount=total,
        line_items=(), payments=(),
    )  # fmt: skip


class Till:
    """Plays the client: gives the scripted answers, in order."""

    def __init__(self, *pages: OrderList, size: int = 100) -> None:
        self.pages = list(pages)
        self.asked: list[tuple[int, int]] = []

    def orders(self, first, last, offset, limit=100):
        self.asked.append((offset, limit))
        return self.pages[min(len(self.asked), len(self.pages)) - 1]

    def organizations(self):
        return (Organization(uuid="ORG-1", label="Kaffihús ehf."),)

    def payment_methods(self):
        return (
            MethodAnswer(uuid="m1", title="Kort", type="card"),
            MethodAnswer(uuid="m2", title="X", type="Zz", active=False),
        )


def page(total: int, *orders: OrderAnswer) -> OrderList:
    return OrderList(total=total, items=orders)


def read(*pages: OrderList) -> tuple[list[str], bool, Till]:
    till = Till(*pages)
    adapter = SalesCloudAdapter(till, "org-1")
    given = list(adapter.closed_orders(FROM, TO, never()))
    orders: list[SaleOrder] = [one for some in given for one in some.orders]
    return [one.id for one in orders], all(some.settled for some in given), till


def test_it_can_what_the_spec_says():
    adapter = SalesCloudAdapter(Till(), "org-1")
    assert set(SPEC.capabilities) == {NamesCompany, SellsOrders}
    assert all(isinstance(adapter, capability) for capability in SPEC.capabilities)


def test_the_shop_is_named_whatever_the_case_of_its_uuid():
    assert SalesCloudAdapter(Till(), "org-1").company().name == "Kaffihús ehf."


def test_without_the_app_installed_nothing_goes():
    with pytest.raises(SetupError) as caught:
        SalesCloudAdapter(Till(), "other").company()
    assert caught.value.code == "salescloud.not_installed"


def test_two_shops_have_different_scopes():
    one, other = (SalesCloudAdapter(Till(), name).scope for name in ("org-1", "org-2"))
    assert one != other
    assert len(one) == 6
    assert SalesCloudAdapter(Till(), "ORG-1").scope == one


def test_payment_methods():
    assert SalesCloudAdapter(Till(), "x").payment_methods() == (
        PaymentMethod(id="m1", title="Kort", kind=MethodKind.CARD),
        PaymentMethod(id="m2", title="X", kind=MethodKind.OTHER, active=False),
    )


def test_pages_go_on_by_what_was_given_until_the_total():
    ids, settled, till = read(page(3, sold(1), sold(2)), page(3, sold(3)))
    assert (ids, settled) == (["o1", "o2", "o3"], True)
    assert [offset for offset, _ in till.asked] == [0, 2]


def test_open_orders_are_no_sales_and_cancelled_ones_are_news():
    ids, _, _ = read(page(3, sold(1, "OPEN"), sold(2, "CANCELLED"), sold(3)))
    assert ids == ["o2", "o3"]


def test_a_list_that_moves_is_read_once_more_and_only_news_is_given():
    ids, settled, _ = read(
        page(3, sold(1), sold(2)), page(4, sold(3)), page(4, sold(4)),
        page(4, sold(1), sold(2)), page(4, sold(3), sold(4)),
    )  # fmt: skip
    assert (ids, settled) == (["o1", "o2", "o3", "o4"], True)


def test_an_order_given_twice_is_a_list_that_moves():
    ids, settled, till = read(
        page(3, sold(1), sold(2)), page(3, sold(2)), page(3, sold(1), sold(2)), page(3, sold(3))
    )
    assert (ids, settled) == (["o1", "o2", "o3"], True)
    assert len(till.asked) == 4


def test_what_changes_between_the_readings_is_given_again():
    ids, _, _ = read(
        page(2, sold(1)), page(3, sold(2)), page(3, sold(3)), page(3, sold(1, total=5), sold(2), sold(3))
    )
    assert ids == ["o1", "o2", "o3", "o1"]


def test_a_list_that_never_rests_says_so():
    ids, settled, _ = read(*(page(total, sold(total)) for total in range(2, 30)))
    assert ids
    assert not settled


def test_a_list_that_ends_before_its_total_says_so():
    ids, settled, _ = read(page(3, sold(1)), page(3), page(3, sold(1)), page(3))
    assert (ids, settled) == (["o1"], False)


def test_orders_by_id_stop_when_all_are_found():
    till = Till(page(9, sold(1), sold(2)), page(9, sold(3)))
    found = SalesCloudAdapter(till, "x").orders_by_id({"o2"}, FROM, TO, never())
    assert [one.id for one in found] == ["o2"]
    assert len(till.asked) == 1


def test_counting_costs_one_small_page():
    till = Till(page(4711, sold(1)))
    assert SalesCloudAdapter(till, "x").count_closed(date(2026, 11, 1), date(2026, 11, 30)) == 4711
    assert till.asked == [(0, 1)]
