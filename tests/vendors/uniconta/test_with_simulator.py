"""The adapter on the simulator, which was written apart from it: a customer and an order from nothing to paid."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState as State
from bridge_gui.accounting.trade import BookContact, Debtor, Employee, Holder
from bridge_gui.errors import (
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    PartlyAccepted,
    Refused,
    SetupError,
    SignInError,
)
from bridge_gui.web.waiting import never
from tests.vendors.uniconta.served import MARK, NEW, SINCE, TODAY, A, C, line, live, order


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
