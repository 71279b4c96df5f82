"""An order from nothing, broken off, gone on with, amended, and left alone where it is not ours any more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.errors import (
    CannotMap,
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    PartlyAccepted,
    Passing,
    Refused,
)
from bridge_gui.vendors.uniconta.terms import INVOICES, ORDER_LINES, ORDERS
from bridge_gui.web.waiting import never
from tests.vendors.standin import said
from tests.vendors.uniconta.books import table, writes
from tests.vendors.uniconta.shop import A, B, C, Shop, line, order
from tests.web.toys import answer, hang_up

NUMBER = "101"


@pytest.fixture
def shop(standin):
    return Shop(standin)


@pytest.fixture
def made(shop, books):
    """An order of two lines; what was written for it is forgotten."""
    return books.make_order(order())


def marks(shop) -> list[str]:
    return [row["xWebcrmLine"] for row in shop.lines(101)]


def test_an_order_from_nothing(standin, shop, books):
    made = books.make_order(
        order(delivery=date(2026, 12, 1), employee="KH", payment_terms="14D", discount=Decimal(5))
    )
    assert writes(standin) == [
        (f"Insert/{ORDERS}", {
            "Account": "20001", "Currency": "DKK", "YourRef": "Ordre 7", "OurRef": "2", "Employee": "KH",
            "Payment": "14D", "DeliveryDate": "2026-12-01T00:00:00", "EndDiscountPct": 5,
            "xWebcrmId": "delivery-2/1", "PricesInclVat": False,
        }),
        (f"InsertList/{ORDER_LINES}", [
            {"OrderNumber": 101, "LineNumber": 1, "Item": "1000", "Text": "Rådgivning", "Qty": 1,
             "Price": Decimal("100.00"), "DiscountPct": 0, "xWebcrmLine": "line-1"},
            {"OrderNumber": 101, "LineNumber": 2, "Item": "1001", "Text": "Rådgivning", "Qty": 2,
             "Price": Decimal("2499.50"), "DiscountPct": 10, "xWebcrmLine": "line-2"},
        ]),
    ]  # fmt: skip
    assert (made.ref.id, made.debtor, made.own, made.delivery) == (NUMBER, "20001", "2", date(2026, 12, 1))
    assert [one.fields["xWebcrmLine"] for one in made.lines] == ["line-1", "line-2"]
    # 100.00 + 2 x 2499.50 less 10 % = 4599.10, less 5 %
    assert made.net == Decimal("4369.15")
    assert made.net == order(discount=Decimal(5)).net


def test_prices_of_six_decimals_go_as_they_are(standin, shop, books):
    books.make_order(order(line("line-1", price="0.333333")))
    assert b'"Price":0.333333' in standin.seen[1][1].body


def test_nothing_is_sent_for_an_order_without_lines_or_debtor(standin, shop, books):
    for wrong in (replace(order(), lines=()), order(debtor="")):
        with pytest.raises(CannotMap):
            books.make_order(wrong)
    assert standin.seen == []


def test_an_order_is_not_begun_that_the_days_calls_will_not_finish(standin, shop, books):
    day, _ = books.calls_spent
    books.spent_before(day, books.calls_a_day - 5)
    with pytest.raises(Passing) as caught:
        books.make_order(order())
    assert caught.value.code == "uniconta.daily_budget"
    assert standin.seen == []


def test_a_header_that_is_refused_leaves_nothing(shop, books):
    shop.acts = [said("AccountIsMissing", 400)]
    with pytest.raises(Refused) as caught:
        books.make_order(order())
    assert not isinstance(caught.value, PartlyAccepted)
    assert shop.rows[ORDERS] == []


def test_lines_that_are_refused_leave_the_order_named(shop, books):
    shop.acts = [None, said("ItemIsOnHold", 400)]
    with pytest.raises(PartlyAccepted) as caught:
        books.make_order(order())
    assert (caught.value.code, caught.value.target_id) == ("uniconta.item_on_hold", NUMBER)
    done = books.complete_order(NUMBER, order())
    assert (marks(shop), done.net) == (["line-1", "line-2"], order().net)


@pytest.mark.parametrize(
    "acts", [[hang_up], [None, hang_up], [None, answer(500, b"?")], [None, said("NoSucces")]]
)
def test_a_lost_answer_is_settled_by_looking(shop, books, acts):
    shop.acts = list(acts)
    with pytest.raises(OutcomeUnknown):
        books.make_order(order())
    found = books.orders_with("xWebcrmId", "delivery-2/1", never())
    assert [one.lines for one in found] == ([()] if len(acts) > 1 else [])


@pytest.mark.parametrize("drops", [set(), {"xWebcrmId"}])
def test_an_insert_without_an_answer(standin, shop, books, drops):
    def silently(sock, received):
        import json

        shop.put("Insert", ORDERS, json.loads(received.body))
        return answer(204, b"")(sock, received)

    shop.acts, shop.drops = [silently], drops
    if not drops:
        assert books.make_order(order()).ref.id == NUMBER
        return
    with pytest.raises(PartlyAccepted) as caught:
        books.make_order(order())
    assert (caught.value.code, caught.value.target_id) == ("uniconta.field_missing", NUMBER)


@pytest.mark.parametrize(("field", "where"), [("xWebcrmId", ORDERS), ("xWebcrmLine", ORDER_LINES)])
def test_a_field_that_is_not_there_is_told_with_the_order(shop, books, field, where):
    shop.drops = {field}
    with pytest.raises(PartlyAccepted) as caught:
        books.make_order(order())
    assert caught.value.params == {"field": field, "table": where}


def test_lines_that_were_swallowed_are_noticed(shop, books):
    shop.acts = [None, answer(200, b"")]
    with pytest.raises(PartlyAccepted) as caught:
        books.make_order(order())
    assert (caught.value.code, caught.value.params["count"]) == ("uniconta.lines_missing", 2)


def test_only_missing_lines_are_sent(standin, shop, books):
    books.make_order(order(A))
    standin.seen.clear()
    done = books.complete_order(NUMBER, order(A, B, C))
    ((call, sent),) = writes(standin)
    assert (call, [(one["LineNumber"], one["xWebcrmLine"]) for one in sent]) == (
        f"InsertList/{ORDER_LINES}", [(2, "line-2"), (3, "line-3")],
    )  # fmt: skip
    assert done.net == order(A, B, C).net
    standin.seen.clear()
    assert books.complete_order(NUMBER, order(A, B, C)) == done
    assert writes(standin) == []


@pytest.mark.parametrize("same_number", [True, False])
def test_doubled_lines_become_one(shop, made, books, same_number):
    again = [row | {} for row in shop.lines(101)]
    for row in again:
        shop.put("Insert", ORDER_LINES, row | ({} if same_number else {"LineNumber": row["LineNumber"] + 2}))
    done = books.complete_order(NUMBER, order())
    assert (marks(shop), done.net) == (["line-1", "line-2"], order().net)


@pytest.mark.parametrize("change", [{"xWebcrmLine": ""}, {"xWebcrmLine": "line-9"}])
def test_a_line_that_is_not_ours_is_left_alone(standin, shop, made, books, change):
    shop.lines(101)[0].update(change)
    standin.seen.clear()
    with pytest.raises(Conflict) as caught:
        books.complete_order(NUMBER, order(A, B, C))
    assert caught.value.code == "uniconta.changed"
    assert writes(standin) == []


@pytest.mark.parametrize("change", [{"Price": 7}, {"Item": "1003"}, {"Text": "Rådgiv"}])
def test_a_line_of_ours_that_says_something_else_is_there_all_the_same(standin, shop, made, books, change):
    shop.lines(101)[0].update(change)
    standin.seen.clear()
    done = books.complete_order(NUMBER, order())
    assert writes(standin) == []
    assert done.lines[0] != made.lines[0]


@pytest.mark.parametrize("touched", [0, 1, 2])
def test_of_doubled_lines_the_one_that_was_touched_stays(shop, made, books, touched):
    shop.put("Insert", ORDER_LINES, shop.lines(101)[0] | {"LineNumber": 3})
    for row in [row for row in shop.lines(101) if row["xWebcrmLine"] == "line-1"][:touched]:
        row["Price"] = 7
    if touched == 2:
        with pytest.raises(Conflict):
            books.complete_order(NUMBER, order())
        return
    done = books.complete_order(NUMBER, order())
    assert [one.price for one in done.lines if one.item == "1000"] == [7 if touched else 100]


def test_an_order_of_another_mark_is_left_alone(shop, made, books):
    with pytest.raises(Conflict):
        books.complete_order(NUMBER, order(fields={"xWebcrmId": "delivery-2/2"}))


def test_orders_without_marks_on_lines_are_told_by_what_they_say(standin, shop, books):
    bare = [replace(one, fields={}) for one in (A, A, B)]
    books.make_order(order(*bare[:2]))
    standin.seen.clear()
    books.complete_order(NUMBER, order(*bare))
    assert [(call, len(sent)) for call, sent in writes(standin)] == [(f"InsertList/{ORDER_LINES}", 1)]
    with pytest.raises(Conflict):
        books.complete_order(NUMBER, order(bare[2]))


def amended(books, made, *lines, **more):
    return books.amend_order(NUMBER, order(*lines, **more), made)


def test_only_what_differs_is_amended(standin, shop, made, books):
    standin.seen.clear()
    dearer = replace(B, price=Decimal("2600.00"), note="Haster")
    done = amended(books, made, A, dearer, C)
    calls = writes(standin)
    assert [call for call, _ in calls] == [f"Update/{ORDER_LINES}", f"InsertList/{ORDER_LINES}"]
    assert (calls[0][1]["Price"], calls[0][1]["Note"], calls[0][1]["LineNumber"]) == (2600, "Haster", 2)
    assert [one["LineNumber"] for one in calls[1][1]] == [3]
    assert done.net == order(A, dearer, C).net


def test_lines_keep_the_order_that_is_wanted(standin, shop, made, books):
    standin.seen.clear()
    done = amended(books, made, C, A, B)
    assert marks(shop) == [one.fields["xWebcrmLine"] for one in done.lines] == ["line-3", "line-1", "line-2"]
    assert [call.partition("/")[0] for call, _ in writes(standin)] == ["Update", "Update", "InsertList"]


def test_a_line_is_taken_off_and_one_gets_another_item(standin, shop, made, books):
    standin.seen.clear()
    done = amended(books, made, replace(B, item="1003"))
    assert [call.partition("/")[0] for call, _ in writes(standin)] == ["Delete", "Delete", "InsertList"]
    assert [(row["Item"], row["LineNumber"]) for row in shop.lines(101)] == [("1003", 1)]
    assert done.net == order(B).net


def test_the_header_is_amended_whole_where_it_differs(standin, shop, made, books):
    standin.seen.clear()
    done = amended(books, made, A, B, reference="", remark="Ring først", discount=Decimal(10))
    ((call, sent),) = writes(standin)
    assert (call, sent["YourRef"], sent["Remark"], sent["OurRef"]) == (
        f"Update/{ORDERS}",
        "",
        "Ring først",
        "2",
    )
    assert (sent["PrimaryKeyId"], sent["EndDiscountPct"]) == (1, 10)
    assert (done.reference, done.remark, done.net) == (
        "",
        "Ring først",
        order(A, B, discount=Decimal(10)).net,
    )
    standin.seen.clear()
    assert amended(books, done, A, B, reference="", remark="Ring først", discount=Decimal(10)) == done
    assert writes(standin) == []


def test_what_the_books_fill_in_is_no_difference(standin, shop, made, books):
    shop.rows[ORDERS][0].update(
        Payment="14D", Employee="KH", UpdatedAt="2026-11-20T13:00:00", TotalBeforeVAT=4599.1
    )
    for row in shop.lines(101):
        row.update(Unit="stk", Vat="U25", CostPrice=40.5, ItemName="x", UpdatedAt="2026-11-20T13:00:00")
    standin.seen.clear()
    (there,) = books.orders_by_number([NUMBER], never())
    assert there.net == Decimal("4599.1")
    amended(books, there, A, B)
    assert writes(standin) == []


@pytest.mark.parametrize(
    ("where", "change"),
    [(ORDERS, {"YourRef": "rettet"}), (ORDERS, {"EndDiscountPct": 50}), (ORDER_LINES, {"Qty": 9}),
     (ORDER_LINES, {"Text": "rettet"}), (ORDER_LINES, {"xWebcrmLine": ""})],
)  # fmt: skip
def test_what_a_person_changed_is_not_written_over(standin, shop, made, books, where, change):
    shop.rows[where][0].update(change)
    standin.seen.clear()
    with pytest.raises(Conflict) as caught:
        amended(books, made, A, B, C)
    assert caught.value.code == "uniconta.changed"
    assert writes(standin) == []


def test_a_line_of_a_person_is_not_written_over(shop, made, books):
    shop.put(
        "Insert", ORDER_LINES, {"OrderNumber": 101, "LineNumber": 3, "Item": "1003", "Qty": 1, "Price": 5}
    )
    with pytest.raises(Conflict):
        amended(books, made, A, B, C)


@pytest.mark.parametrize(
    ("prepare", "kind", "code"),
    [
        (lambda shop: shop.rows[ORDERS][0].update(Blocked=True), Refused, "uniconta.locked"),
        (lambda shop: shop.rows[ORDERS][0].update(LastInvoice=501), Refused, "uniconta.invoiced"),
        (lambda shop: shop.rows[INVOICES].append({"InvoiceNumber": 501, "OrderNumber": 101}), Refused, "uniconta.invoiced"),
        (lambda shop: (shop.rows[ORDERS].clear(), shop.rows[INVOICES].append({"InvoiceNumber": 5, "OrderNumber": 101})),
         Refused, "uniconta.invoiced"),
        (lambda shop: shop.rows[ORDERS].clear(), NoSuchTarget, "uniconta.gone"),
    ],
)  # fmt: skip
def test_an_order_that_may_not_change(standin, shop, made, books, prepare, kind, code):
    prepare(shop)
    standin.seen.clear()
    for way in (lambda: amended(books, made, A), lambda: books.complete_order(NUMBER, order())):
        with pytest.raises(kind) as caught:
            way()
        assert caught.value.code == code
    assert writes(standin) == []


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_amendment_broken_off_is_gone_on_with(shop, made, books, at):
    wanted = (line("line-1", price="90.00"), C)
    shop.acts = [None] * at + [hang_up]
    with pytest.raises(OutcomeUnknown):
        amended(books, made, *wanted)
    (there,) = books.orders_by_number([NUMBER], never())
    done = books.amend_order(NUMBER, order(*wanted), there)
    assert (marks(shop), done.net) == (["line-1", "line-3"], order(*wanted).net)


def test_a_refusal_amid_an_amendment_names_the_order(shop, made, books):
    shop.acts = [said("ItemIsOnHold", 400)]
    with pytest.raises(PartlyAccepted) as caught:
        amended(books, made, A, B, C)
    assert caught.value.target_id == NUMBER


def test_orders_are_read_with_and_without_lines(standin, shop, made, books):
    shop.put(
        "Insert",
        ORDERS,
        {"Account": "10001", "Currency": "DKK", "Created": "2026-11-19T09:00:00", "OrderNumber": 7},
    )
    bare = books.debtor_orders(never())
    assert [(one.ref.id, one.whole, one.lines, one.day) for one in bare] == [
        ("101", False, (), None), ("7", False, (), date(2026, 11, 19)),
    ]  # fmt: skip
    (whole,) = books.orders_by_number(["101", "999"], never())
    assert (whole.whole, len(whole.lines)) == (True, 2)
    assert books.orders_by_number(["7"], never(), lines=False)[0].whole is False


def test_an_ignored_filter_brings_in_no_strangers_lines(shop, made, books):
    shop.put("Insert", ORDER_LINES, {"OrderNumber": 7, "LineNumber": 1, "Item": "1003", "Qty": 1, "Price": 5})
    shop.filters = False
    assert len(books.orders_with("xWebcrmId", "delivery-2/1", never())[0].lines) == 2
    assert books.orders_with("xWebcrmId", "delivery-2/2", never()) == ()


def test_a_filter_by_order_that_finds_nothing_is_looked_into(standin, shop, made):
    """A door that knows no filter by order number, and answers with nothing, must not make lines twice."""
    from tests.vendors.uniconta.books import adapter_on

    lines = shop.rows[ORDER_LINES]
    import json

    def nothing(sock, received):
        told = [] if "Name=" in received.target else lines
        return answer(200, json.dumps(told).encode())(sock, received)

    standin.on(table(ORDER_LINES), nothing)
    adapter_on(standin).complete_order(NUMBER, order())
    assert marks(shop) == ["line-1", "line-2"]
