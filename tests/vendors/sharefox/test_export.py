"""The accounting file: columns by their heads in several languages, and nothing with an amount passed over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from bridge_gui.accounting.rentals import RentalType
from bridge_gui.errors import SetupError
from bridge_gui.vendors.sharefox.columns import known
from bridge_gui.vendors.sharefox.export import read_export

NORWEGIAN = (
    "Ordrenummer", "Dato", "Kundenavn", "Firma", "Organisasjonsnummer", "E-post", "Produkt", "Startdato",
    "Sluttdato", "Antall", "Pris", "Rabatt %", "MVA %", "Betalingsmåte", "Betalt",
)  # fmt: skip
DAY, START, END = date(2026, 2, 5), date(2026, 2, 3), date(2026, 2, 5)
TRACTOR = (
    "SFX-1018", DAY, "Ola Example Customer", "Example AS", "123 456 785", "customer@example.no", "Traktor",
    START, END, 1, 2000, 10, 25, "Faktura", "Nei",
)  # fmt: skip
DELIVERY = ("SFX-1018", *[None] * 5, "Levering", None, None, 1, 300, None, 25, None, None)
SAW = ("SFX-1019", DAY, "Kari Example", None, None, None, "Sag", START, END, 2, 99.5, 0, 0.25, "Kort", "Ja")


@pytest.fixture
def file(tmp_path):
    def made(*rows, name="regnskap.xlsx"):
        path = tmp_path / name
        if path.suffix == ".csv":
            path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
        else:
            book = Workbook()
            for row in rows:
                book.active.append(row)
            book.save(path)
        return path

    return made


def test_a_file_with_norwegian_heads(file):
    read = read_export(file(("Regnskapsfil",), NORWEGIAN, TRACTOR, DELIVERY, SAW), currency="NOK")
    assert read.unread == ()
    first, second = read.invoices
    assert (first.id, first.order_number, first.day, first.method) == ("SFX-1018", "SFX-1018", DAY, "Faktura")
    assert first.type is RentalType.FOR_ACCOUNTING
    assert (first.customer.person, first.customer.company) == ("Ola Example Customer", "Example AS")
    assert (first.customer.last_name, first.customer.org_number) == ("Customer", "123 456 785")
    assert [(one.text, one.rented) for one in first.lines] == [("Traktor", True), ("Levering", False)]
    assert first.totals(inclusive=False).total == Decimal(2625)
    assert (first.paid, second.paid) == (False, True)
    assert (second.lines[0].rate, second.lines[0].amount("NOK")) == (Decimal(25), Decimal(199))
    assert not second.customer.is_company


def test_heads_as_the_import_into_another_system_has_them(file):
    heads = (
        "INVOICE NO", "INVOICE DATE", "DUE DATE", "CUSTOMER NAME", "CUSTOMER EMAIL", "ORGANIZATION NO",
        "ORDER LINE - DESCRIPTION", "ORDER LINE - UNIT PRICE", "ORDER LINE - COUNT", "CURRENCY", "ORDER NO",
    )  # fmt: skip
    row = ("5001", "05.02.2026", "19.02.2026", "Example AS", "a@example.no", "123456785", "Traktor", "1.800,50",
           "1", "SEK", "1018")  # fmt: skip
    read = read_export(file(heads, row, name="fil.csv"), currency="NOK")
    (one,) = read.invoices
    assert (one.id, one.order, one.day, one.due) == ("5001", "1018", DAY, date(2026, 2, 19))
    assert (one.currency, one.lines[0].unit_price) == ("SEK", Decimal("1800.50"))
    assert one.lines[0].rate is None
    assert one.paid is None


def test_columns_that_nobody_knows_are_named_by_a_person(file):
    path = file(("A", "B", "C"), ("SFX-1", "Traktor", 100))
    named = read_export(path, currency="NOK", columns={"order": "A", "text": "B", "price": "C"}, made=DAY)
    assert [one.text for one in named.invoices[0].lines] == ["Traktor"]
    with pytest.raises(SetupError) as caught:
        read_export(path, currency="NOK", made=DAY)
    assert (caught.value.code, caught.value.params["columns"]) == ("file.no_columns", "A, B, C")


def test_a_person_names_some_columns(file):
    path = file(("Ordrenummer", "Dato", "Hva", "Pris"), ("SFX-1", DAY, "Traktor", 100))
    read = read_export(path, currency="NOK", columns={"text": "Hva"})
    assert read.columns["text"] == "Hva"
    assert read.invoices[0].lines[0].text == "Traktor"


@pytest.mark.parametrize(
    ("row", "part"),
    [
        (("SFX-9", DAY, "Traktor", "mye"), "price"), (("SFX-9", DAY, "Traktor", None), "price"),
        (("SFX-9", DAY, None, 100), "text"), (("SFX-9", "i går", "Traktor", 100), "day"),
        (("SFX-9", None, "Traktor", 100), "day"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_holds_up_its_own_document_only(file, row, part):
    path = file(("Ordrenummer", "Dato", "Produkt", "Pris"), row, ("SFX-2", DAY, "Sag", 50))
    read = read_export(path, currency="NOK")
    assert [one.id for one in read.invoices] == ["SFX-2"]
    assert [(one.document, one.part, one.row) for one in read.unread] == [("SFX-9", part, 2)]


def test_rows_of_one_document_that_contradict_each_other_hold_it_up(file):
    other = (*DELIVERY[:3], "Another AS", *DELIVERY[4:])
    read = read_export(file(NORWEGIAN, TRACTOR, other), currency="NOK")
    assert read.invoices == ()
    assert read.unread[0].part == "company"


def test_a_row_without_a_number_belongs_to_the_one_above_and_one_without_any_is_told(file):
    heads = ("Ordrenummer", "Dato", "Produkt", "Pris")
    read = read_export(file(heads, (None, DAY, "Tapt", 7), ("SFX-1", DAY, "Sag", 50), (None, None, "Levering", 9)),
                       currency="NOK")  # fmt: skip
    assert [len(one.lines) for one in read.invoices] == [2]
    assert [(one.document, one.row, one.text) for one in read.unread] == [("", 2, "Tapt")]


def test_a_sum_at_the_end_is_no_document(file):
    heads = ("Ordrenummer", "Dato", "Produkt", "Pris")
    read = read_export(file(heads, ("SFX-1", DAY, "Sag", 50), ("Sum", None, None, 50)), currency="NOK")
    assert ([one.id for one in read.invoices], read.unread) == (["SFX-1"], ())


def test_amounts_that_can_be_read_two_ways_are_not_guessed(file):
    path = file(("Ordrenummer", "Dato", "Produkt", "Pris"), ("1", "05.02.2026", "Sag", "1.250"), name="a.csv")
    with pytest.raises(SetupError) as caught:
        read_export(path, currency="NOK")
    assert caught.value.code == "file.which_decimal"


def test_the_files_own_sums_are_told_if_every_row_has_one(file):
    heads = ("Referanse", "Dato", "Tekst", "Pris", "Sum eks. MVA", "Sum inkl. MVA", "E-post")
    path = file(
        heads, ("A", DAY, "Sag", 100, 100, 125, "a@example.no"), ("A", DAY, "Hjul", 10, None, 12.5, None)
    )
    (one,) = read_export(path, currency="NOK").invoices
    assert (one.net, one.gross) == (None, Decimal("137.5"))
    assert one.customer.email == "a@example.no"


def test_each_column_is_one_thing():
    found = known(
        ("Order", "Order date", "Product", "Product number", "Price", "VAT", "Start", "End", "Paid")
    )
    assert found == {
        "order": "Order", "day": "Order date", "text": "Product", "product": "Product number", "price": "Price",
        "rate": "VAT", "first": "Start", "last": "End", "paid": "Paid",
    }  # fmt: skip
