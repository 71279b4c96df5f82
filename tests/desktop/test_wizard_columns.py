"""The columns of a file in the window: its rows are shown, another column is chosen, the file is read again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.desktop.test_wizard import WAIT, both, hands, house, keychain, window
from tests.sync.files.making import xlsx

__all__ = ["both", "hands", "house", "keychain", "window"]


def to_the_report(hands, file):
    hands.open()
    hands.enter("payday")
    hands.fill("payday")
    hands.enter("start")
    hands.flow.answer("settings.source", "file")
    hands.flow.answer("settings.file", str(file))
    hands.enter("report")


def test_a_file_s_rows_are_shown_and_its_columns_chosen(hands, tmp_path, qtbot):
    to_the_report(hands, xlsx(tmp_path / "report.xlsx"))
    columns = hands.wizard.view.columns
    table = columns.table
    assert [table.rows.heading(at) for at in range(5)] == [
        "Dagsetning", "Bókhaldslykill", "Texti", "Debet", "Kredit",
    ]  # fmt: skip
    assert [table.rows.cell(2, at).text for at in range(5)] == ["2026-11-20", "1100", "Sala 24%", "", "4000"]
    shown = [step.text() for step in hands.wizard.rail.steps if not step.isHidden()]
    assert shown[3:] == ["The report", "The report's rows", "How to book", "The first sync"]
    assert columns.choices["debit"].currentData() == "Debet"

    amount = hands.tab_to("Signed amount")
    amount.setCurrentIndex(amount.findData("Debet"))
    qtbot.waitUntil(lambda: hands.flow.busy is None and hands.flow.look.off_balance == 2, timeout=WAIT)
    columns = hands.wizard.view.columns
    assert columns.choices["debit"].currentData() == ""
    assert columns.choices["amount"].hasFocus()

    for part, name in (("debit", "Debet"), ("credit", "Kredit")):
        choice = hands.wizard.view.columns.choices[part]
        choice.setCurrentIndex(choice.findData(name))
        hands.settle()
    qtbot.waitUntil(lambda: hands.flow.look.off_balance == 0, timeout=WAIT)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hands.flow.busy is None and hands.page == "report_accounts", timeout=WAIT)
