"""Debtors, people, employees and items: read, found, made and changed, whole and only where they differ."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bridge_gui.accounting.trade import BookContact, Debtor, Employee, StockItem
from bridge_gui.errors import (
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    PartlyAccepted,
    Passing,
    Refused,
    SetupError,
    VendorChanged,
)
from bridge_gui.vendors.uniconta.terms import CONTACTS, DEBTORS, EMPLOYEES, ITEMS
from bridge_gui.web.waiting import never
from tests.vendors.standin import said
from tests.vendors.uniconta.books import WHOLE, table, writes
from tests.web.toys import answer, hang_up

INSERT, UPDATE = f"POST {WHOLE}/Insert/{DEBTORS}", f"PUT {WHOLE}/Update/{DEBTORS}"
LIST = table(DEBTORS)
ROW = {
    "Account": "20001", "Name": "Prøve Handel A/S", "Address1": "Handelsgade 2", "Address2": "1. sal",
    "ZipCode": "2100", "City": "København Ø", "Country": "Denmark", "Phone": "+45 00000000",
    "CompanyRegNo": "20000007", "VatNumber": "DK20000007", "Currency": "DKK", "Vat": "U25",
    "InvoiceEmail": "faktura@handel.example", "EAN": "5790000000005", "Payment": "14D", "Group": "INDL",
    "CurBalance": 100.5, "Created": "2026-01-01T00:00:00", "Blocked": False, "PrimaryKeyId": 7, "xWebcrmId": "org-2",
}  # fmt: skip
DEBTOR = Debtor(
    number="20001", name="Prøve Handel A/S", street="Handelsgade 2\n1. sal", postcode="2100", city="København Ø",
    country="DK", phone="+45 00000000", tax_number="20000007", currency="DKK", vat_group="U25",
    invoice_email="faktura@handel.example", ean="5790000000005", payment_terms="14D", group="INDL",
    fields={"VatNumber": "DK20000007", "CurBalance": "100.5", "Created": "2026-01-01T00:00:00",
            "PrimaryKeyId": "7", "xWebcrmId": "org-2"},
)  # fmt: skip
NEW = Debtor(
    number="10042", name="Ny Kunde ApS", street="Vej 1", country="DK", currency="DKK", vat_group="U25", group="INDL",
    fields={"xWebcrmId": "org-9"},
)  # fmt: skip
STORED = {
    "Account": "10042",
    "Name": "Ny Kunde ApS",
    "Address1": "Vej 1",
    "Country": "Denmark",
    "xWebcrmId": "org-9",
}


def test_a_debtor_is_read(standin, books):
    standin.on(LIST, [ROW, {"Account": 1, "Name": "Tom"}])
    assert books.debtors(never()) == (DEBTOR, Debtor(number="1", name="Tom"))
    assert len(standin.seen) == 1


@pytest.mark.parametrize("lacking", ["Account", "Name"])
def test_a_debtor_is_never_without_number_and_name(standin, books, lacking):
    standin.on(LIST, [{name: value for name, value in ROW.items() if name != lacking}])
    with pytest.raises(VendorChanged):
        books.debtors(never())


def test_a_reading_that_says_the_same_is_the_same(standin, books):
    standin.on(
        LIST, [ROW], [dict(reversed(ROW.items())) | {"CurBalance": 100.50, "Address3": "", "xTom": None}]
    )
    assert books.debtors(never()) == books.debtors(never())


def test_a_street_keeps_its_empty_line(standin, books):
    standin.on(LIST, [ROW | {"Address2": "", "Address3": "Postboks 1"}])
    assert books.debtors(never())[0].street == "Handelsgade 2\n\nPostboks 1"


def test_a_few_debtors_are_asked_for_one_by_one_and_many_at_once(standin, books):
    standin.on(LIST, [ROW])
    assert [one.number for one in books.debtors_by_number(["20001", "7"], never())] == ["20001"]
    assert standin.queries(LIST) == [{"Name": "Account", "Value": "20001"}, {"Name": "Account", "Value": "7"}]
    assert len(books.debtors_by_number([*"123456", "20001"], never())) == 1
    assert len(standin.asked(LIST)) == 3


def test_a_look_up_is_checked_here(standin, books):
    standin.on(LIST, [ROW, ROW | {"Account": "1", "CompanyRegNo": "9"}])
    assert [one.number for one in books.debtors_with("tax_number", "20000007")] == ["20001"]
    assert standin.queries(LIST) == [{"Name": "CompanyRegNo", "Value": "20000007"}]
    assert [one.number for one in books.debtors_with("invoice_email", " FAKTURA@handel.example ")] == [
        "20001",
        "1",
    ]
    assert books.debtors_with("xWebcrmId", " ") == ()


def test_a_filter_that_finds_nothing_is_not_believed_until_it_has_found_something(standin, books):
    standin.on(LIST, [], [ROW], [ROW])
    assert [one.number for one in books.debtors_with("xWebcrmId", "org-2")] == ["20001"]
    assert len(standin.asked(LIST)) == 2
    standin.on(LIST, [])
    standin.seen.clear()
    assert books.debtors_with("xWebcrmId", "org-7") == ()
    assert len(standin.asked(LIST)) == 2


def test_a_filter_that_works_is_one_call(standin, books):
    standin.on(LIST, [], [ROW], [ROW], [])
    assert books.debtors_with("xWebcrmId", "org-7") == ()
    assert [one.get("Value") for one in standin.queries(LIST)] == ["org-7", None, "org-2"]
    assert books.debtors_with("xWebcrmId", "org-8") == ()
    assert len(standin.asked(LIST)) == 4


@pytest.mark.parametrize(
    "act", [said("CouldNotFind", 400), said("Exception", 400), said("Ukendt felt", 400), said("?", 500)]
)
def test_a_filter_that_is_refused_is_done_without(standin, books, act):
    def act_on(sock, received):
        return (act if "Name=" in received.target else said([ROW]))(sock, received)

    standin.on(LIST, act_on)
    assert [one.number for one in books.debtors_with("xWebcrmId", "org-2")] == ["20001"]
    with pytest.raises(SetupError) as caught:
        books.debtors_with("xAndet", "org-2")
    assert caught.value.code == "uniconta.field_missing"
    with pytest.raises((SetupError, VendorChanged, Passing)):
        books.debtors_with("ean", "5790000000005")


def test_a_debtor_is_made_and_read_back(standin, books):
    standin.on(LIST, [ROW], [STORED]).on(INSERT, STORED)
    made = books.add_debtor(NEW)
    assert (made.number, made.country, made.fields) == ("10042", "DK", {"xWebcrmId": "org-9"})
    assert writes(standin) == [(f"Insert/{DEBTORS}", {
        "Account": "10042", "Name": "Ny Kunde ApS", "Address1": "Vej 1", "Address2": "", "Address3": "",
        "Country": "Denmark", "Currency": "DKK", "Vat": "U25", "Group": "INDL", "xWebcrmId": "org-9",
    })]  # fmt: skip


def test_without_an_answer_it_is_found_by_its_mark(standin, books):
    standin.on(LIST, [ROW], [STORED]).on(INSERT, answer(204, b""))
    assert books.add_debtor(NEW).number == "10042"
    assert standin.queries(LIST)[1] == {"Name": "xWebcrmId", "Value": "org-9"}


@pytest.mark.parametrize("there", [[], [STORED, STORED | {"Account": "10043"}]])
def test_without_an_answer_and_without_one_mark_nobody_knows(standin, books, there):
    standin.on(LIST, [ROW], there).on(INSERT, answer(204, b""))
    with pytest.raises(OutcomeUnknown):
        books.add_debtor(NEW)


def test_a_field_that_is_not_there_is_told_with_the_debtor(standin, books):
    bare = {name: value for name, value in STORED.items() if name != "xWebcrmId"}
    standin.on(LIST, [ROW], [bare]).on(INSERT, STORED)
    with pytest.raises(PartlyAccepted) as caught:
        books.add_debtor(NEW)
    assert (caught.value.code, caught.value.target_id) == ("uniconta.field_missing", "10042")
    assert caught.value.params == {"field": "xWebcrmId", "table": DEBTORS}


def test_a_number_that_is_taken_is_named(standin, books):
    standin.on(LIST, [ROW]).on(INSERT, said("KeyExists", 400))
    with pytest.raises(Refused) as caught:
        books.add_debtor(NEW)
    assert (caught.value.code, caught.value.params["number"]) == ("uniconta.key_exists", "10042")


def test_a_debtor_that_cannot_be_read_back_is_in_doubt(standin, books):
    standin.on(LIST, [ROW], said("NoRights", 403)).on(INSERT, STORED)
    with pytest.raises(PartlyAccepted) as caught:
        books.add_debtor(NEW)
    assert caught.value.target_id == "10042"
    standin.on(LIST, *[said("", 503)] * 4)
    with pytest.raises(OutcomeUnknown):
        books.add_debtor(NEW)


@pytest.mark.parametrize(
    ("field", "text", "longest"),
    [
        ("street", "1\n2\n3\n4", 60),
        ("street", "x" * 61, 60),
        ("name", "x" * 101, 100),
        ("postcode", "1" * 13, 12),
    ],
)
def test_what_is_too_long_is_never_cut(standin, books, field, text, longest):
    standin.on(LIST, [ROW])
    with pytest.raises(Refused) as caught:
        books.change_debtor("20001", {field: text}, {})
    assert caught.value.params == {"field": field, "longest": longest}
    assert writes(standin) == []


def test_only_what_differs_is_changed_in_the_whole_record(standin, books):
    after = ROW | {"Address1": "Ny vej 2", "Address2": "", "Phone": ""}
    standin.on(LIST, [ROW]).on(UPDATE, after)
    before = {"street": "Handelsgade 2\n1. sal", "phone": "+45 00000000", "name": "Prøve Handel A/S"}
    changed = books.change_debtor(
        "20001", {"street": "Ny vej 2", "phone": "", "name": "Prøve Handel A/S"}, before
    )
    assert (changed.street, changed.phone) == ("Ny vej 2", "")
    ((_, body),) = writes(standin)
    assert body == ROW | {
        "Address1": "Ny vej 2",
        "Address2": "",
        "Address3": "",
        "Phone": "",
        "CurBalance": Decimal("100.5"),
    }


def test_what_says_that_already_is_not_written(standin, books):
    standin.on(LIST, [ROW])
    assert (
        books.change_debtor("20001", {"city": "København Ø", "blocked": "false"}, {"city": "København Ø"})
        == DEBTOR
    )
    assert writes(standin) == []


def test_what_a_person_changed_meanwhile_is_left_alone(standin, books):
    standin.on(LIST, [ROW])
    with pytest.raises(Conflict) as caught:
        books.change_debtor("20001", {"city": "Aarhus C"}, {"city": "Odense"})
    assert caught.value.code == "uniconta.changed"
    assert writes(standin) == []


def test_a_debtor_that_is_gone(standin, books):
    standin.on(LIST, [])
    with pytest.raises(NoSuchTarget) as caught:
        books.change_debtor("20001", {"city": "Odense"}, {})
    assert caught.value.params == {"target": "20001"}


def test_a_field_of_their_own_keeps_its_form_and_must_come_back(standin, books):
    standin.on(LIST, [ROW | {"xTal": 5}], [ROW | {"xTal": 7}]).on(UPDATE, answer(200, b""))
    assert books.change_debtor("20001", {"xTal": "7"}, {"xTal": "5"}).fields["xTal"] == "7"
    assert writes(standin)[0][1]["xTal"] == 7
    bare = {name: value for name, value in ROW.items() if name != "xWebcrmId"}
    standin.seen.clear()
    standin.on(LIST, [bare]).on(UPDATE, ROW)
    with pytest.raises(Refused) as caught:
        books.change_debtor("20001", {"xWebcrmId": "org-2"}, {"xWebcrmId": ""})
    assert caught.value.code == "uniconta.field_missing"
    assert not isinstance(caught.value, PartlyAccepted)


def test_a_lost_answer_to_a_change_is_in_doubt(standin, books):
    standin.on(LIST, [ROW]).on(UPDATE, hang_up)
    with pytest.raises(OutcomeUnknown):
        books.change_debtor("20001", {"city": "Odense"}, {})
    assert len(standin.asked(UPDATE)) == 1


@pytest.mark.parametrize(
    ("seen", "more", "sent"),
    [
        ([], {}, "Germany"),
        ([{"Country": "Denmark"}], {}, "Germany"),
        ([{"Country": 57, "CountryName": "Tyskland"}], {}, 57),
        ([{"Country": "Tyskland"}], {}, "Tyskland"),
        ([{"Country": "57", "CountryName": "Germany"}], {}, "57"),
    ],
)
def test_a_country_goes_in_the_form_that_others_have(standin, books, seen, more, sent):
    standin.on(LIST, [ROW | one for one in seen], [ROW]).on(UPDATE, answer(200, b""))
    if not seen:
        standin.on(LIST, [{"Account": "20001", "Name": "x"}])
    books.change_debtor("20001", {"country": "DE"}, {})
    assert writes(standin)[0][1]["Country"] == sent


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"Country": "Danmark"}, "DK"), ({"Country": "UnitedKingdom"}, "GB"), ({"Country": "Østrig"}, "AT"),
        ({"Country": 57}, "57"), ({"Country": 57, "CountryName": "Denmark"}, "DK"), ({"Country": 0}, ""), ({}, ""),
        ({"Country": "Ruritanien"}, "Ruritanien"),
    ],
)  # fmt: skip
def test_a_country_is_a_code_with_us(standin, books, told, code):
    standin.on(LIST, [{"Account": "1", "Name": "x", **told}])
    assert books.debtors(never())[0].country == code


def test_an_item_is_read(standin, books):
    row = {
        "Item": "1001", "Name": "Skrivebord", "Group": "VARE", "Unit": "stk", "SalesPrice1": 2499.50,
        "CostPrice": "1.450,25", "Currency1": "EUR", "EAN": "57", "Blocked": True, "HideInSales": "true",
    }  # fmt: skip
    standin.on(table(ITEMS), [row, {"Item": 1000}])
    first, second = books.stock_items(never())
    assert first == StockItem(
        number="1001", name="Skrivebord", group="VARE", unit="stk", price=Decimal("2499.50"), cost=Decimal("1450.25"),
        currency="EUR", ean="57", blocked=True, hidden=True,
    )  # fmt: skip
    assert second == StockItem(number="1000", name="")
    standin.on(table(ITEMS), [row | {"SalesPrice1": "gratis"}])
    with pytest.raises(VendorChanged):
        books.items_by_number(["1001"], never())


PERSON = {
    "PrimaryKeyId": 1,
    "Name": "Ole Prøve",
    "Email": "ole@proeve.example",
    "DCType": "Debtor",
    "DCAccount": "20001",
}


def test_people_at_debtors_only(standin, books):
    others = [
        PERSON | {"PrimaryKeyId": n, "DCType": kind}
        for n, kind in enumerate(("Creditor", "Prospect", "3"), 2)
    ]
    standin.on(table(CONTACTS), [PERSON, *others, PERSON | {"PrimaryKeyId": 9, "DCType": "Debitor"}])
    first, second = books.contacts(never())
    assert first == BookContact(id="1", debtor="20001", name="Ole Prøve", email="ole@proeve.example")
    assert second.id == "9"


def test_a_person_is_made_and_changed(standin, books):
    made = PERSON | {"PrimaryKeyId": 5, "ReferenceId": "person-2"}
    standin.on(table(CONTACTS), [PERSON, made]).on(f"POST {WHOLE}/Insert/{CONTACTS}", answer(204, b""))
    new = BookContact(debtor="20001", name="Ole Prøve", email="ole@proeve.example", reference="person-2")
    assert books.add_contact(new).id == "5"
    standin.on(f"PUT {WHOLE}/Update/{CONTACTS}", made | {"Mobil": "1"})
    assert books.change_contact("5", {"mobile": "1", "debtor": "7"}, {"mobile": ""}).mobile == "1"
    assert writes(standin) == [
        (f"Insert/{CONTACTS}", {
            "DCAccount": "20001", "Name": "Ole Prøve", "Email": "ole@proeve.example", "ReferenceId": "person-2",
            "DCType": "Debtor",
        }),
        (f"Update/{CONTACTS}", made | {"Mobil": "1"}),
    ]  # fmt: skip


@pytest.mark.parametrize(("shown", "sent"), [("Debitor", "Debitor"), (1, 1), ("Creditor", "Debtor")])
def test_the_kind_of_a_person_goes_as_others_have_it(standin, books, shown, sent):
    made = PERSON | {"PrimaryKeyId": 5, "ReferenceId": "person-2"}
    standin.on(table(CONTACTS), [PERSON | {"DCType": shown}], [made]).on(
        f"POST {WHOLE}/Insert/{CONTACTS}", made
    )
    books.add_contact(BookContact(debtor="20001", name="Ole Prøve", reference="person-2"))
    assert writes(standin)[0][1]["DCType"] == sent


def test_an_employee_is_made_and_changed(standin, books):
    row = {"Number": "JS", "Name": "Jens Skov", "Title": "Sælger", "xWebcrmId": "user-2"}
    standin.on(table(EMPLOYEES), [row]).on(f"POST {WHOLE}/Insert/{EMPLOYEES}", row)
    new = Employee(number="JS", name="Jens Skov", title="Sælger", fields={"xWebcrmId": "user-2"})
    assert books.add_employee(new) == new
    assert books.employees(never()) == (new,)
    standin.on(f"PUT {WHOLE}/Update/{EMPLOYEES}", row | {"Blocked": True})
    assert books.change_employee("JS", {"blocked": "true"}, {"blocked": ""}).blocked
    assert writes(standin)[1] == (f"Update/{EMPLOYEES}", row | {"Blocked": True})
