"""A long spreadsheet is read back by two libraries that had no part in its rows."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from bridge_gui.sync.exports.sheet_rows import LONGEST, LOOKED_AT
from bridge_gui.sync.exports.streamed import write_streamed
from bridge_gui.sync.exports.table import printable

DAY = date(2026, 11, 20)
HEADS = ("Date", "Customer", "Amount")


def written(path, rows, heads=HEADS):
    write_streamed("Documents", heads, rows, path)
    return load_workbook(path)["Documents"]


def read_by_another(path):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def test_days_are_days_and_amounts_are_numbers_with_their_own_decimals(tmp_path):
    path = tmp_path / "a.xlsx"
    rows = [
        (DAY, "Þjóðbúð <ehf.> & co", Decimal("-1234.50")),
        (DAY, "x", Decimal(6200)),
        (DAY, "", Decimal("0.5575")),
    ]
    sheet = written(path, rows)
    assert sheet.cell(2, 1).value.date() == DAY
    assert [cell.value for cell in sheet[2]][1:] == ["Þjóðbúð <ehf.> & co", -1234.5]
    forms = [sheet.cell(row, 3).number_format for row in (2, 3, 4)]
    assert forms == ["#,##0.00", "#,##0", "#,##0.0000"]
    assert sheet.cell(2, 1).number_format == "yyyy-mm-dd"
    assert sheet.cell(4, 2).value is None
    assert read_by_another(path)[1:3] == [[DAY, "Þjóðbúð <ehf.> & co", -1234.5], [DAY, "x", 6200.0]]


def test_the_heading_is_bold_and_stays_in_sight_and_columns_are_wide_enough(tmp_path):
    sheet = written(tmp_path / "a.xlsx", [(DAY, "A customer with a long name", Decimal(1))])
    assert [cell.value for cell in sheet[1]] == list(HEADS)
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width > len("2026-11-20"), "or a spreadsheet shows ####"
    assert sheet.column_dimensions["B"].width > len("A customer with a long name")


@pytest.mark.parametrize("text", ["=1+1", "+354 555", "-5", "@sum", "\t=1", '=HYPERLINK("http://x")', "Kort"])
def test_a_text_is_never_a_formula(tmp_path, text):
    cell = written(tmp_path / "a.xlsx", [(DAY, text, Decimal(1))]).cell(2, 2)
    assert (cell.data_type, cell.value) == ("s", printable(text))
    assert cell.quotePrefix == (text != "Kort")


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_every_letter_comes_back(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("letters") / "a.xlsx"
    sheet = written(path, [(DAY, text, Decimal(at)) for at, text in enumerate(texts)])
    assert [sheet.cell(at, 2).value or "" for at in range(2, len(texts) + 2)] == [
        printable(one) for one in texts
    ]


def test_more_rows_than_are_looked_at_first_are_all_there_in_order(tmp_path):
    path, many = tmp_path / "a.xlsx", LOOKED_AT * 3 + 7
    write_streamed("Documents", HEADS, ((DAY, str(at), Decimal(at)) for at in range(many)), path)
    assert [row[2] for row in read_by_another(path)[1:]] == list(range(many))


def test_a_text_longer_than_a_cell_is_cut_and_an_empty_list_is_a_file(tmp_path):
    cell = written(tmp_path / "a.xlsx", [(DAY, "x" * (LONGEST + 5), Decimal(1))]).cell(2, 2)
    assert len(cell.value) == LONGEST
    assert written(tmp_path / "none.xlsx", []).max_row == 1


def test_the_sheet_does_not_tell_a_wrong_size(tmp_path):
    path = tmp_path / "a.xlsx"
    written(path, [(DAY, "x", Decimal(1))] * 5)
    with zipfile.ZipFile(path) as file:
        assert b"<dimension" not in file.read("xl/worksheets/sheet1.xml")
    assert len(list(load_workbook(path, read_only=True).worksheets[0].rows)) == 6
