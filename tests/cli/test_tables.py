"""Tables for a terminal and for spreadsheets."""

from __future__ import annotations

import csv
from decimal import Decimal

from bridge_gui.cli.out import as_json
from bridge_gui.cli.tables import csv_text, table


def test_columns_stand_below_each_other():
    lines = table(["Name", "Total"], [["Kaffihús", "1,200"], ["東京", "5"]], right=[1])
    assert lines == ["Name      Total", "--------  -----", "Kaffihús  1,200", "東京          5"]


def test_a_vendors_text_cannot_steer_the_terminal():
    assert "\x1b" not in "".join(table(["Name"], [["\x1b[2Jgone\nnext"]]))
    assert len(table(["Name"], [["a\nb"]])) == 3


def test_a_spreadsheet_takes_no_text_for_a_formula():
    text = csv_text(["Name", "Total"], [["=1+1", "-5"], ['say "a, b"', "7"]], words=[0])
    assert list(csv.reader(text.splitlines())) == [["Name", "Total"], ["'=1+1", "-5"], ['say "a, b"', "7"]]


def test_amounts_are_exact_texts():
    assert as_json({"a": [Decimal("1E+3"), Decimal("0.10")]}) == '{"a":["1000","0.1"]}'
