"""The adapter on the simulator, which was written apart from it: a customer and an order from nothing to paid."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState as State
from bridge_gui.accounting.trade import BookContact, Debtor, Employee, Holder, NewDebtorOrder, OrderLine
from bridge_gui.errors import (
    BridgeError,
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    PartlyAccepted,
    Refused,
    SetupError,
    SignInError,
)
from bridge_gui.vendors.uniconta.terms import DEBTORS, ORDER_LINES, ORDERS
from bridge_gui.web.waiting import never
from tests.vendors.uniconta.served import TODAY, live

SINCE = TODAY - timedelta(days=30)
NEW = Debtor(
    number="10042", name="Eksempel Byg ApS", street="Byggevej 1\n2. th.", postcode="8000", city="Aarhus C", country="DK",
    phone="+45 00 00 00 01", tax_number="10000009", currency="DKK", vat_group="U25", payment_terms="14D",
    invoice_email="faktura@byg.example", ean="5790000000012", group="INDL", fields={"xWebcrmId": "org-1"},
)  # fmt: skip
MARK = "delivery-2/1"


def line(mark: str, item: str, quantity: str, price: str, **more) -> OrderLine:
    own = {"xWebcrmLine": mark} if mark else {}
    return OrderLine(
        item=item, quantity=Decimal(quantity), price=Decimal(price), text="Vare", fields=own, **more
    )


A, B = line("line-1", "1000", "10", "950.00"), line("line-2", "1001", "2", "2499.50", discount=Decimal(10))
C = line("line-3", "1003", "1", "375.00", note="Haster")


def order(*lines: OrderLine, **more) -> NewDebtorOrder:
    given = {
        "debtor": "20001",
        "day": TODAY,
        "currency": "DKK",
        "reference": "Ordre 7",
        "fields": {"xWebcrmId": MARK},
    }
    return NewDebtorOrder(**given | {"lines": lines or (A, B)} | more)


@pytest.fixture
def served():
    with live() as one:
        yield one


@pytest.fixture
def books(served):
    return served.opened()


def same_debtor(one: Debtor, other: Debtor) -> bool:
    return (
        replace(one, fields={}) == replace(other, fields={})
        and one.fields["xWebcrmId"] == other.fields["xWebcrmId"]
    )


def test_a_wrong_password_is_a_matter_of_signing_in(served):
    for wrong in ({"password": "forkert"}, {"login": "nogen"}):
        with pytest.raises(SignInError):
            served.opened(**wrong).company()


def test_another_company_is_not_reached(served):
    with pytest.raises((SignInError, SetupError)):
        served.opened(company_id="999").debtors(never())


def test_lists_and_fields(books):
    assert (books.company().name, books.own_currency()) == ("Eksempel Regnskab ApS", "DKK")
    assert [one.title for one in books.debtor_groups()] == ["INDL - Indland", "UDL - Udland"]
    assert {one.key for one in books.payment_terms()} == {"8D", "14D", "30D"}
    assert {one.key for one in books.vat_groups()} == {"U25", "UEU"}
    assert {one.key for one in books.item_groups()} == {"VARE", "YDE"}
    there = {Holder.DEBTOR: "xWebcrmId", Holder.ORDER: "xWebcrmId", Holder.ORDER_LINE: "xWebcrmLine", Holder.EMPLOYEE: "xWebcrmId"}  # fmt: skip
    assert [books.has_field(holder, name) for holder, name in there.items()] == [True] * 4
    assert [books.has_field(holder, "xAndet") for holder in there] == [False] * 4


def test_a_debtor_is_made_found_and_changed(served, books):
    made = books.add_debtor(NEW)
    assert same_debtor(made, NEW)
    for found in (books.debtors_with("xWebcrmId", "org-1"), books.debtors_with("tax_number", "10000009")):
        assert [one.number for one in found] == ["10042"]
    changes = {"street": "Ny vej 2", "ean": "", "country": "DE", "vat_group": "UEU"}
    before = {"street": "Byggevej 1\n2. th.", "ean": "5790000000012", "country": "DK"}
    changed = books.change_debtor("10042", changes, before)
    (read,) = served.opened().debtors_by_number(["10042"], never())
    assert changed == read
    assert (read.street, read.ean, read.country, read.vat_group, read.phone) == (
        "Ny vej 2",
        "",
        "DE",
        "UEU",
        NEW.phone,
    )
    with pytest.raises(Conflict):
        books.change_debtor("10042", {"street": "Endnu en vej"}, {"street": "Byggevej 1"})
    with pytest.raises(Refused) as caught:
        books.add_debtor(NEW)
    assert caught.value.code == "uniconta.key_exists"
    with pytest.raises(NoSuchTarget):
        books.change_debtor("99999", {"city": "Odense"}, {})


def test_two_readings_of_what_did_not_change_are_equal(served, books):
    assert books.debtors(never()) == served.opened().debtors(never())
    assert books.stock_items(never()) == served.opened().stock_items(never())
    assert [one.blocked for one in books.stock_items(never())] == [False, False, True, False]


def test_people_and_employees(served, books):
    new = BookContact(debtor="20001", name="Mette Byg", email="mette@byg.example", reference="person-1")
    made = books.add_contact(new)
    assert [one.id for one in books.contacts(never()) if one.reference == "person-1"] == [made.id]
    assert (
        books.change_contact(made.id, {"mobile": "+45 00 00 00 09"}, {"mobile": ""}).mobile
        == "+45 00 00 00 09"
    )
    employee = books.add_employee(
        Employee(
            number="JS",
            name="Jens Skov",
            title="Sælger",
            email="jens@eksempel.example",
            fields={"xWebcrmId": "user-2"},
        )
    )
    assert (employee.title, employee.fields["xWebcrmId"]) == ("Sælger", "user-2")
    assert (
        books.change_employee("JS", {"mobile": "1", "title": "Konsulent"}, {"title": "Sælger"}).title
        == "Konsulent"
    )
    assert {one.number for one in books.employees(never())} == {"KH", "JS"}


def test_an_order_from_nothing_to_paid(served, books):
    made = books.make_order(
        order(employee="KH", payment_terms="14D", own="2", delivery=TODAY, remark="Ring først")
    )
    assert made.net == order().net == Decimal("13999.10")
    assert (made.employee, made.payment_terms, made.delivery, made.own, made.remark) == (
        "KH",
        "14D",
        TODAY,
        "2",
        "Ring først",
    )
    (found,) = served.opened().orders_with("xWebcrmId", MARK, never())
    assert (found.ref.id, found.lines) == (made.ref.id, made.lines)
    number = made.ref.id
    assert books.standings([number], SINCE, never())[number][0].state is State.ORDERED
    invoice = str(served.person("invoice_order", number=int(number))["invoice"])
    (one,) = books.standings([number], SINCE, never())[number]
    assert (one.state, one.invoice, one.total) == (State.AWAITING_PAYMENT, invoice, Decimal("17498.88"))
    served.person("pay_invoice", number=int(invoice), amount="7498.88")
    (one,) = books.standings([number], SINCE, never())[number]
    assert (one.state, one.open, one.paid) == (State.PARTLY_PAID, Decimal(10000), Decimal("7498.88"))
    served.person("pay_invoice", number=int(invoice), amount="10000")
    (one,) = books.standings([number], SINCE, never())[number]
    assert (one.state, one.open) == (State.PAID, 0)


def test_an_order_is_amended_until_it_is_invoiced(served, books):
    made = books.make_order(order())
    wanted = order(C, replace(A, quantity=Decimal(12)), reference="Ordre 8")
    done = books.amend_order(made.ref.id, wanted, made)
    assert ([one.item for one in done.lines], done.reference, done.net) == (
        ["1003", "1000"],
        "Ordre 8",
        wanted.net,
    )
    (again,) = served.opened().orders_by_number([made.ref.id], never())
    assert again.lines == done.lines
    served.person("edit_order", number=int(made.ref.id), YourRef="Rettet af en bogholder")
    with pytest.raises(Conflict):
        books.amend_order(made.ref.id, order(), done)
    (now,) = books.orders_by_number([made.ref.id], never())
    served.person("lock_order", number=int(made.ref.id))
    with pytest.raises(Refused) as caught:
        books.amend_order(made.ref.id, order(), now)
    assert caught.value.code == "uniconta.locked"
    served.person("unlock_order", number=int(made.ref.id))
    served.person("invoice_order", number=int(made.ref.id))
    with pytest.raises(Refused) as caught:
        books.amend_order(made.ref.id, order(), now)
    assert caught.value.code == "uniconta.invoiced"


@pytest.mark.parametrize("skip", [0, 1])
@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "html_200"])
def test_an_order_broken_off_is_gone_on_with(served, kind, skip):
    served.fault(kind, "POST", "/api/Entities/Insert", skip=skip)
    with pytest.raises(OutcomeUnknown):
        served.opened().make_order(order())
    books = served.opened()
    found = books.orders_with("xWebcrmId", MARK, never())
    done = books.complete_order(found[0].ref.id, order()) if found else books.make_order(order())
    assert (done.net, len(done.lines)) == (order().net, 2)
    assert len(books.orders_with("xWebcrmId", MARK, never())) == 1
    assert len([one for one in served.documents("order") if MARK in one["texts"]]) == 1


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "bad_json"])
def test_what_was_lost_is_found_by_its_mark(served, kind):
    mette = BookContact(debtor="20001", name="Mette Byg", email="mette@byg.example", reference="person-1")
    jens = Employee(number="JS", name="Jens Skov", fields={"xWebcrmId": "user-2"})
    ways = [
        (lambda books: books.add_debtor(NEW), lambda books: books.debtors_with("xWebcrmId", "org-1")),
        (lambda books: books.add_contact(mette), lambda books: [one for one in books.contacts(never()) if one.reference == "person-1"]),
        (lambda books: books.add_employee(jens), lambda books: [one for one in books.employees(never()) if one.number == "JS"]),
    ]  # fmt: skip
    for make, find in ways:
        served.fault(kind, "POST", "/api/Entities/Insert/")
        with pytest.raises(OutcomeUnknown):
            make(served.opened())
        assert len(find(served.opened())) == (kind != "cut_before")
    served.fault(kind, "PUT", "/api/Entities/Update/")
    with pytest.raises(OutcomeUnknown):
        served.opened().change_debtor("20001", {"city": "Odense"}, {"city": "København Ø"})
    (there,) = served.opened().debtors_by_number(["20001"], never())
    assert there.city == ("København Ø" if kind == "cut_before" else "Odense")


def test_an_order_invoiced_in_two_parts(served, books):
    made = books.make_order(order())
    for part in ("0.5", "1"):
        served.person("invoice_order", number=int(made.ref.id), part=part)
    one, two = books.standings([made.ref.id], SINCE, never())[made.ref.id]
    assert one.invoice != two.invoice
    assert one.total + two.total == Decimal("17498.88")
    assert {one.state, two.state} == {State.AWAITING_PAYMENT}


def test_a_blocked_item_leaves_an_order_that_is_named(served, books):
    wrong = order(A, line("line-9", "1002", "1", "499.00"))
    with pytest.raises(PartlyAccepted) as caught:
        books.make_order(wrong)
    assert caught.value.code == "uniconta.item_on_hold"
    served.person("unblock_item", number="1002")
    assert books.complete_order(caught.value.target_id, wrong).net == wrong.net


def test_a_credited_order(served, books):
    made = books.make_order(order())
    invoice = served.person("invoice_order", number=int(made.ref.id))["invoice"]
    served.person("credit_invoice", number=int(invoice))
    (one,) = books.standings([made.ref.id], SINCE, never())[made.ref.id]
    assert one.state is State.CREDITED


def test_an_order_that_a_person_deleted(served, books):
    made = books.make_order(order())
    served.person("delete_order", number=int(made.ref.id))
    assert books.standings([made.ref.id], SINCE, never())[made.ref.id][0].state is State.DELETED
    assert books.orders_by_number([made.ref.id], never()) == ()
    with pytest.raises(NoSuchTarget):
        books.amend_order(made.ref.id, order(A), made)


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
