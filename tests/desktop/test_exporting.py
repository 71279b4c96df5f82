"""Exports: what is listed and nothing else, figures as figures, no formula obeyed, stopped without a trace."""

from __future__ import annotations

import csv
import threading
from decimal import Decimal

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from bridge_gui.desktop.documents import Documents
from bridge_gui.desktop.log import Log
from bridge_gui.desktop.states import GROUPS
from tests.desktop.standin import StandIn

EVIL = '=HYPERLINK("https://evil.test";"x")'


class Evil(StandIn):
    """One customer calls themselves a formula."""

    def documents(self, which, offset, limit):
        rows = super().documents(which, offset, limit)
        return [
            replace(row, party=EVIL, total=Decimal("-1234.50"), currency="EUR") for row in rows[:1]
        ] + rows[1:]


@pytest.fixture
def tab(opened, qtbot):
    def make(service=None, kind=Documents):
        made = kind(opened(service or Evil(count=40)), "cafe")
        qtbot.addWidget(made)
        made.resize(1000, 600)
        with qtbot.waitSignal(made.model.loaded):
            made.show()
        return made

    return make


def save(made, qtbot, path):
    made.saving.save(path)
    qtbot.waitUntil(made.saving.button.isEnabled, timeout=20_000)
    return made.saving.words.text()


def test_a_spreadsheet_has_days_as_days_and_amounts_as_figures(tab, qtbot, tmp_path):
    path = tmp_path / "cafe.xlsx"
    assert save(tab(), qtbot, path) == f"Saved as {path}"
    sheet = load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet]
    assert len(rows) == 41
    assert rows[0][:6] == ["Date", "Kind", "Number", "Number in the books", "Customer", "Amount"]
    assert rows[1][0].isoformat() == "2026-11-22T00:00:00"
    assert rows[1][5] == pytest.approx(-1234.5)
    assert sheet.cell(2, 6).number_format == "#,##0.00"
    assert sheet.cell(3, 6).number_format == "#,##0"
    evil = sheet.cell(2, 5)
    assert (evil.value, evil.data_type, evil.quotePrefix) == (EVIL, "s", True)
    assert rows[4][8] == "Order 999997 waits: the payment method Aur has no ledger account."


def test_csv_holds_the_same_and_obeys_no_formula(tab, qtbot, tmp_path):
    path = tmp_path / "cafe.csv"
    save(tab(), qtbot, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 41
    assert rows[1][:6] == ["2026-11-22", "Journal entry", "1000000", "5000", f"'{EVIL}", "-1234.50"]
    assert rows[2][4] == "Dæmigerð þjónusta ehf."


def test_only_what_the_filter_lists_is_exported(tab, qtbot, tmp_path):
    made = tab()
    with qtbot.waitSignal(made.model.loaded):
        made.states.setCurrentIndex([title for title, _states in GROUPS].index("Paid"))
    path = tmp_path / "paid.csv"
    save(made, qtbot, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert {row[7] for row in list(csv.reader(file))[1:]} == {"Paid"}
    assert made.model.rowCount() == 4


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_that_is_stopped_leaves_the_older_file_as_it_was(tab, qtbot, tmp_path, kind):
    going = threading.Event()

    class Slow(StandIn):
        def every_document(self, which):
            for total, rows in super().every_document(which):
                going.wait(5)
                yield total, rows

    made, path = tab(Slow(count=3000)), tmp_path / f"old.{kind}"
    path.write_text("old")
    made.saving.save(path)
    assert made.saving.stop.isVisible()
    made.saving.stop.click()
    going.set()
    qtbot.waitUntil(made.saving.button.isEnabled, timeout=20_000)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == [f"old.{kind}"]


def test_a_file_that_cannot_be_written_is_said(tab, qtbot, tmp_path):
    said = save(tab(), qtbot, tmp_path / "nowhere" / "cafe.xlsx")
    assert "cafe.xlsx" in said


def test_the_log_is_exported_as_filtered_to_its_very_end(tab, qtbot, tmp_path):
    made = tab(StandIn(), Log)
    with qtbot.waitSignal(made.model.loaded):
        made.level.setCurrentIndex(3)
    path = tmp_path / "log.csv"
    save(made, qtbot, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:4] == ["Time", "Level", "Run", "What happened"]
    assert {row[1] for row in rows[1:]} == {"error"}
    assert len(rows) == 1 + 900 // 97
    assert rows[1][6].startswith('{"entry": ')
