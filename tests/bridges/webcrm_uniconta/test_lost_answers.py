"""Answers that are lost on the way: everything is there once in the end, on both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridge_gui.sync.events import nobody
from bridge_gui.web.waiting import never
from tests.bridges.webcrm_uniconta.office import NAME, Office, office


def once(one: Office) -> None:
    """What the first day comes to, each once."""
    debtors = one.table("uniconta", "DebtorClient")
    marks = sorted(row["xWebcrmId"] for row in debtors if row.get("xWebcrmId"))
    assert marks == ["org-1", "org-2", "org-5"]
    orders = [row for row in one.table("uniconta", "DebtorOrderClient") if row.get("xWebcrmId")]
    assert sorted(row["xWebcrmId"] for row in orders) == ["delivery-1/1", "delivery-2/1"]
    lines = [row.get("xWebcrmLine") for row in one.table("uniconta", "DebtorOrderLineClient")]
    ours = [line for line in lines if line]
    assert len(ours) == len(set(ours)) == 3
    prefix = "QuotationLineLinkedDataItem"
    items = [row[f"{prefix}Data1"] for row in one.table("webcrm", prefix)]
    assert sorted(items) == ["1000", "1001", "1002", "1003"]
    numbers = [row["Number"] for row in one.table("uniconta", "EmployeeClient")]
    assert sorted(numbers) == ["JS", "KH"]
    mails = [row.get("Email") for row in one.table("uniconta", "ContactClient")]
    assert sorted(map(str, mails)) == ["mette@byg.example", "ole@prøve.example"] or len(set(mails)) == 2


CASES = [
    ("uniconta", "POST", "/api", "cut_after", 2),
    ("uniconta", "POST", "/api", "cut_before", 2),
    ("uniconta", "PUT", "/api", "cut_after", 2),
    # The first is the mark of a debtor that was there: joined is only who bears it.
    ("uniconta", "PUT", "/api", "cut_before", 0),
    ("webcrm", "POST", "/QuotationLines", "cut_after", 2),
    ("webcrm", "PUT", "/", "cut_after", 2),
]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("vendor", "method", "path", "kind", "skip"), CASES)
def test_what_is_lost_on_the_way_is_there_once_in_the_end(
    tmp_path: Path, vendor: str, method: str, path: str, kind: str, skip: int
) -> None:
    with office(tmp_path) as one:
        one.set_up()
        where = {"method": method, "path_prefix": path}
        one.control(vendor, "faults", [{"kind": kind, "match": where, "times": 2, "skip": skip}])
        for _ in range(6):
            one.house.sync(NAME, never(), nobody)
            one.pass_time(minutes=6)
        assert sum(fault["struck"] for fault in one.control(vendor, "faults"))
        once(one)
        assert one.waiting() == {"Model Kommune": "debtor.fields_missing"}
        assert one.sync().written == 0
