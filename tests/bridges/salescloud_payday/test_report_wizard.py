"""The page about a file: seen before it is left, its columns mapped by hand where they are not found."""

from __future__ import annotations

import pytest

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.errors import BridgeError
from bridge_gui.sync.events import nobody
from bridge_gui.sync.files.questions import COLUMNS, LAYOUTS
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.test_report import both, house, rows
from tests.sync.files.making import text, xlsx

__all__ = ["both", "house"]
PLACE = f"settings.{COLUMNS}"


def done(flow, work):
    """Carry out a work and what follows it."""
    while work is not None:
        try:
            result = work.run(never(), nobody)
        except BridgeError as error:
            flow.fail(work, error.code, error.params)
            return
        work = flow.take(work, result)


def at_the_report(house, both, file):
    flow = WizardFlow(house, SPEC.key)
    flow.answer("settings.source", "file")
    flow.answer("settings.file", str(file))
    served = both.host.vendors()["payday"]
    flow.answer("payday.endpoint", served["endpoint"])
    for key, value in served["credentials"].items():
        flow.answer(f"payday.{key}", value)
    while flow.page.key != "report":
        done(flow, flow.next())
        assert flow.error is None, flow.error
    return flow


def test_a_file_is_seen_before_the_page_is_left(house, both, tmp_path):
    flow = at_the_report(house, both, xlsx(tmp_path / "report.xlsx", rows=rows()))
    look = flow.look
    assert (look.file, look.days, look.off_balance, look.trouble) == ("report.xlsx", 2, 0, "")
    assert look.rows[0][2] == "Kort"
    assert look.layout.debit in look.names
    done(flow, flow.next())
    assert flow.page.key == "report_accounts"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_columns_nobody_could_guess_are_mapped_by_hand_and_remembered(house, both, tmp_path, form):
    heads = ("a", "b", "c", "d", "e")
    name = tmp_path / f"strange.{form}"
    if form == "xlsx":
        file = xlsx(name, heads=heads, rows=rows())
    else:
        name.write_text(text(rows(), heads), "utf-8")
        file = name
    flow = at_the_report(house, both, file)
    if flow.look.trouble:
        done(flow, flow.next())
        assert (flow.page.key, flow.error.code) == ("report", flow.look.trouble)
    for part, column in zip(("day", "account", "text", "debit", "credit"), heads, strict=True):
        flow.map_column(part, column)
    assert flow.valid
    done(flow, flow.next())
    assert (flow.look.days, flow.look.off_balance, flow.look.trouble) == (2, 0, "")
    assert flow.page.key == "report"
    done(flow, flow.next())
    while not flow.is_last:
        done(flow, flow.next())
        assert flow.error is None, flow.error
    done(flow, flow.finish(in_memory=True))
    kept = flow.finished.row.settings
    assert '"debit":"d"' in kept[LAYOUTS]
    again = WizardFlow(house, SPEC.key, flow.finished.row.name)
    assert again.value(PLACE).startswith("day=a; account=b; text=c; debit=d; credit=e")


def test_half_a_mapping_is_a_problem_of_the_page(house, both, tmp_path):
    flow = at_the_report(house, both, xlsx(tmp_path / "report.xlsx", rows=rows()))
    flow.map_column("debit", "")
    assert not flow.valid
    assert flow.problems()[PLACE].code == "file.bad_columns"
    flow.map_column("amount", flow.look.names[3])
    assert flow.valid
    done(flow, flow.next())
    assert flow.look.off_balance == 2


def test_one_amount_in_place_of_two_and_back(house, both, tmp_path):
    flow = at_the_report(house, both, xlsx(tmp_path / "report.xlsx", rows=rows()))
    debit, credit = flow.layout.debit, flow.layout.credit
    flow.map_column("amount", debit)
    assert (flow.layout.debit, flow.layout.credit) == ("", "")
    flow.map_column("debit", debit)
    flow.map_column("credit", credit)
    assert (flow.layout.amount, flow.layout.complete) == ("", True)


def test_a_file_that_is_not_there_is_said_on_the_page(house, both, tmp_path):
    flow = at_the_report(house, both, xlsx(tmp_path / "report.xlsx", rows=rows()))
    flow.answer("settings.file", str(tmp_path / "nowhere.xlsx"))
    done(flow, flow.next())
    assert (flow.page.key, flow.error.code) == ("report", "file.missing")
