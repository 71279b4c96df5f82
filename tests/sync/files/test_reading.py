"""Whatever a report is exported as, its days are the same; what cannot be read says why."""

from __future__ import annotations

import os
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_gui.errors import SetupError
from bridge_gui.sync.files import reading
from bridge_gui.sync.files.cells import amount_of, day_of, day_order, decimal_sign
from bridge_gui.sync.files.door import FileDoor, kept_layouts
from bridge_gui.sync.files.layout import as_text
from bridge_gui.sync.files.reading import read_sheets
from bridge_gui.web.waiting import never
from tests.sync.files.making import DAY, HEADS, MADE, NEXT, ROWS, text, xlsx


def door(path, **more):
    return FileDoor(path, "cafe", **{"currency": "ISK", **more})


def told(path, **more):
    """Day, account and amount of everything in a file."""
    days = door(path, **more).days(path)
    assert not [day.wrong for day in days if day.wrong]
    return {(day.day, one.label): one.amount for day in days for one in day.postings}


EXPECTED = {(day, str(label)): Decimal((debit or 0) - (credit or 0)) for day, label, _, debit, credit in ROWS}


def refused(path, **more):
    with pytest.raises(SetupError) as caught:
        door(path, **more).days(path)
    return caught.value.code


def tried(path):
    """How reading a file ended."""
    try:
        read_sheets(path)
    except SetupError as error:
        return error.code
    return "file.read"


def test_an_old_spreadsheet_with_a_title_above_and_a_sum_below():
    assert told(MADE / "report.xls") == EXPECTED
    found = door(MADE / "report.xls").understood(MADE / "report.xls")
    assert (found.head, found.unsure) == (3, ())


def test_a_spreadsheet(tmp_path):
    above, below = [["Kaffihús Example ehf."], []], [["Samtals", None, None, 7440, 7440], []]
    assert told(xlsx(tmp_path / "a.xlsx", above=above, below=below)) == EXPECTED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_text_in_any_letters_with_any_sign_between(tmp_path, encoding, delimiter):
    path = tmp_path / "report.csv"
    path.write_bytes(text(delimiter=delimiter).encode(encoding))
    assert told(path) == EXPECTED


@pytest.mark.parametrize(
    ("decimal", "thousands"), [(",", "."), (".", ","), (",", " "), (".", "'"), (",", ""), ("", "."), ("", "")]
)
@pytest.mark.parametrize(
    "form", ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y%m%d", "%Y-%m-%dT00:00"]
)
def test_amounts_and_days_however_they_are_written(tmp_path, decimal, thousands, form):
    path = tmp_path / "report.csv"
    path.write_text(text(decimal=decimal, thousands=thousands, form=form), "utf-8")
    assert told(path) == EXPECTED


@pytest.mark.parametrize(
    "heads",
    [
        ("Dato", "Konto", "Tekst", "Debet", "Kredit"),
        ("Date", "Account", "Description", "Debit", "Credit"),
        ("Posting date", "Payment method", "Text", "Debit amount", "Credit amount"),
        ("DAGS.", "Lykill", "Skýring", "DEBET", "KREDIT"),
    ],
)
def test_heads_in_four_languages(tmp_path, heads):
    assert told(xlsx(tmp_path / "a.xlsx", heads=heads)) == EXPECTED


def test_columns_that_moved_and_one_signed_amount(tmp_path):
    turned = [row[::-1] for row in ROWS]
    assert told(xlsx(tmp_path / "a.xlsx", rows=turned, heads=HEADS[::-1])) == EXPECTED
    signed = [(day, label, (debit or 0) - (credit or 0)) for day, label, _, debit, credit in ROWS]
    one = xlsx(tmp_path / "b.xlsx", rows=signed, heads=("Dags", "Lykill", "Upphæð"))
    assert refused(one) == "file.no_columns"
    assert told(one, told="day=dags; account=Lykill; amount=Upphæð") == EXPECTED


def test_a_day_named_once_for_the_rows_below_it(tmp_path):
    seen: set[object] = set()
    rows = [(None if row[0] in seen else seen.add(row[0]) or row[0], *row[1:]) for row in ROWS]
    assert told(xlsx(tmp_path / "a.xlsx", rows=rows)) == EXPECTED


def test_sums_and_repeated_heads_are_left_out_and_nothing_else(tmp_path):
    rows = [*ROWS[:6], (None, "Samtals 20.11.2026", None, 6200, 6200), HEADS, *ROWS[6:]]
    rows += [(DAY, "Sum Up", None, 100, None), (DAY, "1100", None, None, 100)]
    found = told(xlsx(tmp_path / "a.xlsx", rows=rows))
    assert found[DAY, "Sum Up"] == 100
    assert found[DAY, "1100"] == EXPECTED[DAY, "1100"] - 100


def test_a_row_that_is_not_understood_is_never_passed_over(tmp_path):
    strange = [*ROWS, (DAY, "1100", "x", "tólf", None)]
    days = door(tmp_path).days(xlsx(tmp_path / "a.xlsx", rows=strange))
    assert [(day.day, day.wrong) for day in days] == [(DAY, "11: tólf"), (NEXT, "")]
    lost = xlsx(tmp_path / "b.xlsx", rows=[*ROWS, ("32.13.2026", "1100", "x", 100, None)])
    assert refused(lost) == "file.row_without_day"
    nameless = door(tmp_path).days(xlsx(tmp_path / "c.xlsx", rows=[*ROWS, (DAY, None, "x", 100, None)]))
    assert nameless[0].wrong


def test_what_cannot_be_told_is_asked(tmp_path):
    odd = xlsx(tmp_path / "a.xlsx", heads=("A", "B", "C", "D", "E"))
    assert refused(odd) == "file.no_columns"
    assert told(odd, told="day=A; account=B; debit=D; credit=E") == EXPECTED
    assert told(odd, told="day=#1; account=#2; debit=#4; credit=#5") == EXPECTED
    bare = xlsx(tmp_path / "bare.xlsx", heads=None)
    assert refused(bare) == "file.no_columns"
    proposed = door(bare).look(bare)
    assert proposed.unsure == ("debit",)
    assert told(bare, told=as_text(proposed.layout)) == EXPECTED
    path = tmp_path / "b.csv"
    path.write_text(text(decimal="", thousands="."), "utf-8")
    assert refused(path, currency="DKK") == "file.which_decimal"
    with pytest.raises(SetupError) as caught:
        door(tmp_path, told="day=A; account")
    assert caught.value.code == "file.bad_columns"


def test_a_layout_that_was_confirmed_is_remembered_by_the_kind_of_file(tmp_path):
    heads = ("A", "B", "C", "D", "E")
    odd = xlsx(tmp_path / "a.xlsx", heads=heads)
    kept = kept_layouts(door(odd, told="day=#1; account=#2; debit=#4; credit=#5").layouts())
    moved = xlsx(tmp_path / "moved.xlsx", rows=[row[::-1] for row in ROWS], heads=heads[::-1])
    assert told(odd, remembered=kept) == told(moved, remembered=kept) == EXPECTED


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.xlsx", b"", "file.empty"),
        ("a.csv", b"\r\n;;;\r\n", "file.empty"),
        ("a.xlsx", b"PK\x03\x04 broken", "file.damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file.damaged"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "file.web_page"),
        ("a.csv", b"\x00\x01\x02\x81\x8d" * 99, "file.not_a_table"),
        ("a.csv", b"one word", "file.no_columns"),
    ],
)
def test_a_file_that_is_none_says_why(tmp_path, name, body, code):
    path = tmp_path / name
    path.write_bytes(body)
    assert refused(path) == code


def test_protected_missing_and_too_big(tmp_path, monkeypatch):
    assert refused(MADE / "locked.xlsx") == "file.encrypted"
    assert refused(tmp_path / "nothing.csv") == "file.missing"
    monkeypatch.setattr(reading, "MOST_BYTES", 2000)
    assert refused(MADE / "locked.xlsx") == "file.too_big"
    monkeypatch.undo()
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    monkeypatch.setattr(reading, "MOST_UNPACKED", 20_000_000)
    assert refused(bomb) == "file.too_big"


def test_a_broken_spreadsheet_never_ends_the_program(tmp_path):
    whole = (MADE / "report.xls").read_bytes()
    sound = xlsx(tmp_path / "a.xlsx").read_bytes()
    for number, body in enumerate([whole, sound]):
        for cut in range(40, len(body), max(1, len(body) // 40)):
            path = tmp_path / f"{number}-{cut}.xls"
            path.write_bytes(body[:cut] + b"\xff" * 20 + body[cut + 20 :])
            assert tried(path).startswith("file.")


def test_a_day_is_what_the_latest_file_says_and_another_file_s_trouble_is_its_own(tmp_path):
    first, later = (
        xlsx(tmp_path / "b.xlsx"),
        xlsx(tmp_path / "a.xlsx", rows=[*ROWS[:5], (DAY, 4310, "", None, 124)]),
    )
    os.utime(first, (1_000_000, 1_000_000))
    os.utime(later, (2_000_000, 2_000_000))
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "~$b.xlsx").write_bytes(b"lock")
    (tmp_path / "notes.docx").write_bytes(b"x")
    found = door(tmp_path).read(never())
    assert [(day.day, day.difference) for day in found.days] == [(DAY, -1), (NEXT, 0)]
    assert [(one.file, one.code) for one in found.troubles] == [("broken.xlsx", "file.damaged")]


@settings(max_examples=200, deadline=None)
@given(
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from([(",", "."), (".", ","), (",", " "), (",", "\u00a0"), (".", "'")]),
    st.sampled_from(["{}", "{} kr.", "kr. {}", "ISK {}", " {} "]),
)
def test_an_amount_is_read_as_it_was_written(amount, signs, frame):
    decimal, thousands = signs
    plain = f"{abs(amount):,.2f}".replace(",", "\x01").replace(".", decimal).replace("\x01", thousands)
    for written in (f"-{plain}", f"({plain})", f"{plain}-", f"\u2212{plain}") if amount < 0 else (plain,):
        assert amount_of(frame.format(written), decimal) == amount
        assert decimal_sign([frame.format(written)]) == decimal


@pytest.mark.parametrize("wrong", ["1.2.3", "1,23,4", "12.34,5.6", "abc", "1..2", "--", "1.23.456,0"])
def test_what_is_no_amount_is_none(wrong):
    assert amount_of(wrong, ",") is None


@settings(max_examples=100, deadline=None)
@given(
    st.dates(),
    st.sampled_from([("%Y-%m-%d", "ymd"), ("%d.%m.%Y", "dmy"), ("%m/%d/%Y", "mdy"), ("%d-%m-%Y", "dmy")]),
)
def test_a_day_is_read_as_it_was_written(day, form):
    if day.year < 1000:
        return
    written, order = form
    assert day_of(day.strftime(written), order) == day
    assert day_of(f"{day.strftime(written)} 12:30", order) == day
    assert day_order([day.strftime(written)]) in {order, "dmy"}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_a_table_or_a_sentence(tmp_path_factory, body):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(body)
    assert tried(path).startswith("file.")
