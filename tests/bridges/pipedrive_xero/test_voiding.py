"""Voiding what is paid in part, with the connection lost in the middle of it."""

from __future__ import annotations

import pytest

from bridge_gui.sync.events import nobody
from bridge_gui.web.waiting import never
from tests.bridges.pipedrive_xero.office import NAME, office
from tests.bridges.pipedrive_xero.test_hostile import act, invoices


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        yield one


@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
@pytest.mark.parametrize("path", ["/api.xro/2.0/Payments", "/api.xro/2.0/Invoices"])
def test_it_is_voided_in_the_end_whatever_answer_is_lost(at_work, cut, path):
    at_work.set_up(save_as="approve")
    at_work.sync()
    row = invoices(at_work)["Vanha hanke"]
    at_work.person("xero", "pay_invoice", id=row.target_id, amount=10)
    at_work.pass_time(minutes=10)
    at_work.sync()
    fault = {"kind": cut, "match": {"method": "POST", "path_prefix": path}}
    at_work.control("xero", "faults", fault)
    told = act(at_work, "void", row.number)
    assert told.how.value in {"waiting", "done"}, told
    for _ in range(3):
        at_work.pass_time(minutes=10)
        at_work.house.sync(NAME, never(), nobody)
    assert invoices(at_work)["Vanha hanke"].state == "voided"
    held = {one["id"]: one["living"] for one in at_work.control("xero", "documents")}
    assert held[row.target_id] is False
