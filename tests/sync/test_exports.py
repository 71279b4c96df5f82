"""What is exported is opened again and compared: numbers as numbers, texts as texts, every letter on paper."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from bridge_gui.errors import SetupError
from bridge_gui.sync.exports.pdf import write_pdf
from bridge_gui.sync.exports.table import Table, looks_like_formula, printable
from bridge_gui.sync.exports.xlsx import write_xlsx

MADE = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
LETTERS = "Þjóðarbókhlaða ð æ ö Æ Ø å ß ł č Ω Ж €"


def table(*texts, amount=Decimal(-1240), currency="ISK"):
    return Table(
        title="Tie-out",
        facts=(("Company", LETTERS), ("Time zone", "Atlantic/Reykjavik")),
        heads=("Day", "Key", "Amount"),
        rows=tuple((DAY, text, amount) for text in texts),
        sums=("Sum", "", amount),
        currency=currency,
    )


def opened(path, title="Tie-out"):
    return load_workbook(path)[title]


@pytest.mark.parametrize(
    "text", ["=1+1", "+354 555", "-5", "@sum", "\t=1", '=HYPERLINK("http://x")', "Kort (posi)"]
)
def test_a_text_stays_a_text(tmp_path, text):
    write_xlsx([table(text)], tmp_path / "t.xlsx")
    cell = opened(tmp_path / "t.xlsx").cell(6, 2)
    assert (cell.data_type, cell.value) == ("s", printable(text))
    assert cell.quotePrefix == looks_like_formula(text)


def test_amounts_are_numbers_and_days_are_days(tmp_path):
    write_xlsx(
        [table("Kort (posi)"), table("x", amount=Decimal("0.05"), currency="EUR")], tmp_path / "t.xlsx"
    )
    sheet = opened(tmp_path / "t.xlsx")
    assert (sheet.cell(6, 3).value, sheet.cell(6, 3).data_type) == (-1240, "n")
    assert sheet.cell(6, 3).number_format == "#,##0"
    assert sheet.cell(6, 1).value.date() == DAY
    assert sheet.cell(7, 3).value == -1240
    assert sheet.cell(2, 2).value == LETTERS
    assert load_workbook(tmp_path / "t.xlsx").worksheets[1].cell(6, 3).number_format == "#,##0.00"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.decimals(-(10**9), 10**9, places=2))
def test_whatever_stands_there_can_be_opened_again(tmp_path_factory, text, amount):
    path = tmp_path_factory.mktemp("out") / "t.xlsx"
    write_xlsx([table(text, amount=amount, currency="EUR")], path)
    sheet = opened(path)
    assert sheet.cell(6, 2).data_type != "f"
    assert (sheet.cell(6, 2).value or "") == printable(text)
    assert Decimal(str(sheet.cell(6, 3).value)) == amount


def test_paper_shows_every_letter_and_every_row(tmp_path):
    rows = [f"Lína {number}" for number in range(120)]
    write_pdf(table(*rows, "Íslensk æðarkolla"), tmp_path / "t.pdf", MADE)
    pages = PdfReader(tmp_path / "t.pdf").pages
    text = "\n".join(page.extract_text() for page in pages)
    assert LETTERS in text
    assert "Íslensk æðarkolla" in text
    assert all(f"{row}\n" in text or f"{row} " in text for row in rows)
    assert text.count("-1,240") == 122
    assert len(pages) > 1
    assert all("Key" in page.extract_text() for page in pages)
    assert f"1 / {len(pages)}" in text


def test_paper_takes_any_sign(tmp_path):
    write_pdf(table("\x00\x1f 🙂 漢字 \u202e"), tmp_path / "t.pdf", MADE)
    assert PdfReader(tmp_path / "t.pdf").pages


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(SetupError) as caught:
        write_xlsx([table("x")], tmp_path / "nowhere" / "t.xlsx")
    assert caught.value.code == "tieout.file"
    (tmp_path / "t.pdf").mkdir()
    with pytest.raises(SetupError):
        write_pdf(table("x"), tmp_path / "t.pdf", MADE)
    assert [one.name for one in tmp_path.iterdir()] == ["t.pdf"]
