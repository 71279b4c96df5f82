"""A report in a file in place of the interface: each day once in the journal, whatever becomes of the file."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.errors import SetupError
from bridge_gui.sync.events import nobody
from bridge_gui.sync.setup import Setup
from bridge_gui.sync.tieout import Why
from bridge_gui.sync.tieout_job import tie_out
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.test_through_the_house import (
    NAME,
    both,
    first_day,
    house,
    journal,
    sync,
)
from tests.bridges.salescloud_payday.test_through_the_house import set_up as set_up_interface
from tests.office_hours import CLOCK
from tests.sync.files.making import HEADS, xlsx

__all__ = ["both", "house"]
GROSS = 12400


def day_rows(day, sales=GROSS, card="Kort (posi)", *, vat=True):
    """One day: card, sales net, output VAT."""
    tax = round(sales * 24 / 124)
    split = [(day, 1100, "Sala", None, sales - tax), (day, 4300, "VSK", None, tax)]
    return [(day, card, "Kort", sales, None), *(split if vat else [(day, 1100, "Sala", None, sales)])]


def rows(*, sales=GROSS, **more):
    return [row for back in (2, 1) for row in day_rows(yesterday(back), sales, **more)]


def yesterday(back=1):
    return CLOCK.now().date() - timedelta(days=back)


def set_up(house, both, place, **settings):
    """Connect with the file as the source: nothing of SalesCloud is answered."""
    setup = Setup(house, SPEC.key, NAME)
    served = both.host.vendors()["payday"]
    answers = {f"payday.{key}": value for key, value in served["credentials"].items()}
    answers |= {"payday.endpoint": served["endpoint"], "settings.source": "file", "settings.file": str(place)}
    answers |= {"settings.start_date": first_day().isoformat(), **settings}
    for at, value in answers.items():
        setup.form.answer(at, value)
    return setup.finish(never())


def held(house):
    return {row.code: row for row in house.attention(NAME)}


def answer(house, code, choice):
    house.answer(NAME, held(house)[code].id, choice)


def tied(house):
    done = tie_out(house, NAME, first_day(), CLOCK.now().date(), never())
    assert all(sum(one.amount for one in row.reasons) == row.difference for row in done.rows)
    return done


@pytest.fixture
def report(tmp_path):
    return xlsx(tmp_path / "report.xlsx", rows=rows())


def test_each_day_is_one_entry_and_the_same_file_twice_plans_nothing(house, both, report):
    finished = set_up(house, both, report)
    assert finished.companies == {"payday": "Kaffihús Example ehf."}
    assert finished.unmapped == ()
    preview = house.preview(NAME, never(), nobody)
    assert [one.total for one in preview.documents] == [GROSS, GROSS]
    first = sync(house)
    assert (first.written, set(first.calls)) == (2, {"payday"})
    assert journal(both) == {"3410": 2 * GROSS, "1100": -2 * 10000, "4300": -2 * 2400}
    lines = [line for one in both.control("payday", "state/journal") for line in one["lines"]]
    assert {line["vatPercentType"] for line in lines} == {"NotSet"}
    assert sync(house).written == 0
    os.utime(report, (1, 1))
    set_up(house, both, report)
    assert (sync(house).written, held(house)) == (0, {})
    done = tied(house)
    assert done.open == ()
    assert {row.difference for row in done.rows} == {0}


def test_vat_within_the_sales_is_taken_off_by_payday(house, both, tmp_path):
    place = xlsx(tmp_path / "report.xlsx", rows=rows(vat=False))
    set_up(house, both, place)
    assert sync(house).written == 0
    assert set(held(house)) == {"report.vat_missing"}
    set_up(house, both, place, **{"settings.report_vat": "included"})
    assert sync(house).written == 2
    ledger = Counter()
    for line in both.control("payday", "state/ledger"):
        ledger[line["accountCode"]] += Decimal(str(line["amount"]))
    assert ledger == {"3410": 2 * GROSS, "1100": -20000, "4300": -4800}
    assert {row.difference for row in tied(house).rows} == {0}


def test_output_vat_twice_is_held_and_as_it_stands_is_a_person_s_word(house, both, tmp_path):
    set_up(house, both, xlsx(tmp_path / "a.xlsx", rows=rows()), **{"settings.report_vat": "included"})
    assert (sync(house).written, set(held(house))) == (0, {"report.vat_twice"})
    set_up(house, both, xlsx(tmp_path / "a.xlsx", rows=day_rows(yesterday(), vat=False)))
    sync(house)
    answer(house, "report.vat_missing", "as_it_stands")
    assert sync(house).written == 1
    assert journal(both) == {"3410": GROSS, "1100": -GROSS}


def test_a_day_that_changed_waits_and_the_difference_is_posted(house, both, report):
    set_up(house, both, report)
    sync(house)
    xlsx(report, rows=[*day_rows(yesterday(2)), *day_rows(yesterday(), 24800)])
    assert sync(house).written == 0
    assert {one.why for row in tied(house).rows for one in row.reasons} == {Why.HELD}
    assert held(house)["report.changed"].choices[:2] == ("post_difference", "leave")
    answer(house, "report.changed", "post_difference")
    assert sync(house).written == 1
    assert journal(both) == {"3410": 3 * GROSS, "1100": -30000, "4300": -7200}
    assert (sync(house).written, held(house)) == (0, {})
    xlsx(report, rows=rows())
    sync(house)
    answer(house, "report.changed", "leave")
    sync(house)
    assert (held(house), journal(both)["3410"]) == ({}, 3 * GROSS)


def test_a_day_is_one_source_however_many_files_tell_it(house, both, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    xlsx(folder / "1.xlsx", rows=rows())
    set_up(house, both, folder)
    assert sync(house).written == 2
    xlsx(folder / "2.xlsx", rows=[*rows(), *day_rows(yesterday(3))])
    moved = [row[::-1] for row in rows()]
    xlsx(folder / "3.xlsx", rows=moved, heads=HEADS[::-1])
    assert sync(house).written == 1
    assert journal(both)["3410"] == 3 * GROSS
    assert held(house) == {}


def test_days_that_wait_and_why(house, both, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    off = [(yesterday(3), "Kort (posi)", "", 100, None), (yesterday(3), 1100, "", None, 99)]
    odd = [(yesterday(2), "Ókunnugt", "", 100, None), (yesterday(2), 4300, "", None, 100)]
    today = day_rows(CLOCK.now().date())
    set_up(house, both, xlsx(folder / "1.xlsx", rows=[*off, *odd, *today, *day_rows(yesterday())]).parent)
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04")
    assert sync(house).written == 1
    assert set(held(house)) == {"report.unbalanced", "report.unmapped", "file.damaged"}
    mended = [(yesterday(3), "Kort (posi)", "", 100, None), (yesterday(3), 4300, "", None, 100)]
    xlsx(folder / "1.xlsx", rows=[*mended, *odd, *today, *day_rows(yesterday())])
    (folder / "broken.xlsx").unlink()
    set_up(house, both, folder, **{"mappings.report_accounts": {"Ókunnugt": "Reiðufé"}})
    assert (sync(house).written, held(house)) == (2, {})


def test_a_file_that_is_gone_stops_with_a_sentence(house, both, report):
    set_up(house, both, report)
    report.unlink()
    run = house.sync(NAME, never(), nobody)
    assert (run.outcome.value, run.code) == ("failed", "file.missing")
    with pytest.raises(SetupError) as caught:
        set_up(house, both, report)
    assert caught.value.code == "file.missing"
    with pytest.raises(SetupError) as caught:
        set_up(house, both, "")
    assert caught.value.code == "answers.missing"


def test_promise_10_one_source_at_a_time(house, both, report):
    set_up_interface(house, both)
    sync(house)
    booked = journal(both)
    with pytest.raises(SetupError) as caught:
        set_up(house, both, report)
    assert caught.value.code == "source.interface_booked"
    later = (CLOCK.now().date() + timedelta(days=1)).isoformat()
    set_up(house, both, report, **{"settings.start_date": later})
    assert (sync(house).written, held(house), journal(both)) == (0, {}, booked)
    set_up_interface(house, both)
    assert (sync(house).written, journal(both)) == (0, booked)
    assert held(house)


def test_promise_10_the_other_way_round(house, both, report):
    set_up(house, both, report)
    sync(house)
    booked = journal(both)
    with pytest.raises(SetupError) as caught:
        set_up_interface(house, both)
    assert caught.value.code == "source.file_booked"
    set_up_interface(house, both, start_date=CLOCK.now().date().isoformat())
    sync(house)
    assert journal(both).get("4300") == booked["4300"]


def test_a_new_data_folder_takes_over_what_files_booked(house, both, report, tmp_path):
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync.house import House
    from bridge_gui.web.keychain import MemoryKeychain

    set_up(house, both, report)
    sync(house)
    before = journal(both)
    keychain = MemoryKeychain()
    other = House(DataFolder(tmp_path / "another"), house.registry, lambda name: keychain, CLOCK)
    try:
        set_up(other, both, report)
        sync(other)
        assert (journal(both), held(other)) == (before, {})
    finally:
        other.close()


def test_the_wizard_asks_of_a_file_what_a_file_needs(house, both, report):
    flow = WizardFlow(house, SPEC.key)
    interface = [page.key for page in flow.pages]
    assert "report" not in interface
    flow.answer("settings.source", "file")
    flow.answer("settings.file", str(report))
    pages = [page.key for page in flow.pages]
    assert pages == ["needed", "payday", "start", "report", "report_accounts", "booking", "preview"]
    served = both.host.vendors()["payday"]
    flow.answer("payday.endpoint", served["endpoint"])
    for key, value in served["credentials"].items():
        flow.answer(f"payday.{key}", value)
    while not flow.is_last:
        work = flow.next()
        assert flow.error is None, flow.error
        while work is not None:
            work = flow.take(work, work.run(never(), nobody))
    pairs = flow.pairs("mappings.report_accounts")
    assert {"Kort (posi)", "1100", "4300"} == set(pairs)
    assert flow.preview is not None
    finish = flow.finish(in_memory=True)
    assert flow.take(finish, finish.run(never(), nobody)) is None
    assert flow.finished.companies == {"payday": "Kaffihús Example ehf."}
