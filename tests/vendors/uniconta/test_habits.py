"""The simulator in other styles and habits than its usual ones, and whatever can go wrong once."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState as State
from bridge_gui.accounting.trade import BookContact, Holder
from bridge_gui.errors import (
    BridgeError,
    PartlyAccepted,
    Refused,
    SetupError,
)
from bridge_gui.vendors.uniconta.terms import DEBTORS, ORDER_LINES, ORDERS
from bridge_gui.web.waiting import never
from tests.vendors.uniconta.served import MARK, NEW, SINCE, A, B, C, line, live, order


@pytest.fixture
def served():
    with live() as one:
        yield one


@pytest.fixture
def books(served):
    return served.opened()


@pytest.mark.parametrize("status", [400, 500, 200])
@pytest.mark.parametrize("body", ["string", "object", "text"])
def test_any_style_of_refusal_is_understood(status, body):
    with live(error_status=status, error_body=body) as one:
        books = one.opened()
        books.add_debtor(NEW)
        for write, code in (
            (lambda: books.add_debtor(NEW), "uniconta.key_exists"),
            (lambda: books.add_debtor(replace(NEW, number="10043", group="")), "uniconta.field_blank"),
            (lambda: books.make_order(order(A, line("line-9", "1002", "1", "499"))), "uniconta.item_on_hold"),
        ):
            with pytest.raises(Refused) as caught:
                write()
            assert (caught.value.code, one.credentials["password"] in str(caught.value.params)) == (
                code,
                False,
            )
        assert books.has_field(Holder.DEBTOR, "xAndet") is False


HABITS = [
    {"insert_answers": "empty"}, {"update_answers": "empty"}, {"list_answers": "object"}, {"bulk_lists": True},
    {"unknown_filter": "ignored"}, {"lax_filters": True}, {"nulls_left_out": False}, {"country_form": "number"},
    {"country_form": "number_name"}, {"language": "da"}, {"delete_order": True}, {"settled_entries": "zero"},
    {"odata_page": 2}, {"odata_page": 2, "next_link": "@odata.nextLink"}, {"any_zeros": True}, {"debtor_series": True},
]  # fmt: skip


@pytest.mark.parametrize("settings", HABITS, ids=str)
def test_other_habits(settings):
    with live(**settings) as one:
        books = one.opened()
        made = books.add_debtor(NEW)
        if not str(settings.get("country_form", "")).startswith("number"):
            assert made.country == "DK"
        (again,) = one.opened().debtors_with("xWebcrmId", "org-1")
        assert again.tax_number == "10000009"
        assert books.change_debtor("10042", {"city": "Odense"}, {"city": "Aarhus C"}).city == "Odense"
        assert books.debtors_by_number(["10042"], never())[0].city == "Odense"
        done = books.make_order(order())
        number = done.ref.id
        done = books.amend_order(number, order(A, B, C), done)
        (found,) = one.opened().orders_with("xWebcrmId", MARK, never())
        assert (found.net, found.lines) == (order(A, B, C).net, done.lines)
        person = books.add_contact(
            BookContact(debtor="20001", name="Mette", email="m@x.example", reference="person-1")
        )
        assert person.id in {each.id for each in one.opened().contacts(never())}
        invoice = one.person("invoice_order", number=int(number))["invoice"]
        (stands,) = books.standings([number], SINCE, never())[number]
        assert (stands.state, stands.sure) == (State.AWAITING_PAYMENT, True)
        one.person("pay_invoice", number=int(invoice))
        (stands,) = books.standings([number], SINCE, never())[number]
        assert (stands.state, stands.open) == (State.PAID, 0)


@pytest.mark.parametrize(
    ("kind", "field", "table"),
    [
        ("Debtor", "xWebcrmId", DEBTORS),
        ("DebtorOrder", "xWebcrmId", ORDERS),
        ("DebtorOrderLine", "xWebcrmLine", ORDER_LINES),
    ],
)
@pytest.mark.parametrize("unknown", ["refuse", "drop"])
def test_a_field_that_was_taken_away_is_noticed(kind, field, table, unknown):
    fields = {
        "Debtor": ["xWebcrmId"],
        "DebtorOrder": ["xWebcrmId"],
        "DebtorOrderLine": ["xWebcrmLine"],
        "Employee": [],
    }
    with live(user_fields=fields | {kind: []}, unknown_fields=unknown) as one:
        books = one.opened()
        with pytest.raises((PartlyAccepted, Refused, SetupError)) as caught:
            books.add_debtor(NEW) if kind == "Debtor" else books.make_order(order())
        if unknown == "drop":
            assert (caught.value.code, caught.value.params["field"], caught.value.params["table"]) == (
                "uniconta.field_missing",
                field,
                table,
            )


def test_calls_are_counted_as_the_vendor_counts_them(served, books):
    books.debtors(never())
    books.make_order(order())
    books.standings(["101"], SINCE, never())
    assert books.calls_spent[1] == served.person("calls")["count"]


def test_a_look_at_everything_is_one_call_each(served, books):
    for look in (books.debtors, books.stock_items, books.contacts, books.employees, books.debtor_orders):
        spent = books.calls_spent[1]
        look(never())
        assert books.calls_spent[1] == spent + 1


def test_nothing_that_goes_wrong_is_a_bug_of_ours(served):
    for seed in range(40):
        served.fault("fuzz", "GET", "/", seed=seed)
        books = served.opened()
        with suppress(BridgeError):
            books.debtors(never())
            books.debtor_orders(never())
            books.contacts(never())
            books.standings(["100"], SINCE, never())
        served.control("faults", method="DELETE")


@pytest.mark.parametrize("kind", ["fuzz", "html_200", "bad_json", "cut_middle", "status"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_an_order_is_never_there_twice(served, kind, method):
    """Whatever goes wrong once, at any request: after looking and going on there is one order, and it is right."""
    for at in range(5):
        mark, step = f"delivery-{at}/1", order(fields={"xWebcrmId": f"delivery-{at}/1"})
        wanted = order(C, B, fields=step.fields)
        served.fault(kind, method, "/", skip=at, seed=at)
        done = None
        with suppress(BridgeError):
            done = served.opened().make_order(step)
            served.opened().amend_order(done.ref.id, wanted, done)
        served.control("faults", method="DELETE")
        books = served.opened()
        found = books.orders_with("xWebcrmId", mark, never())
        if not found:
            books.make_order(wanted)
        elif done is None and len(found[0].lines) < 2:
            books.complete_order(found[0].ref.id, step)
        (there,) = books.orders_with("xWebcrmId", mark, never())
        (last,) = {books.amend_order(there.ref.id, wanted, there).net}
        assert last == wanted.net
        (held,) = [one for one in served.documents("order") if mark in one["texts"]]
        assert Decimal(str(held["total"])) == wanted.net
