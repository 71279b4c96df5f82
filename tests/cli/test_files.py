"""A report as the source, by command lines: looked at, connected, synced, tied out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bridges.salescloud_payday.test_report import GROSS, day_rows
from tests.cli.program import KIND, Bridge, Sandbox
from tests.sync.files.making import MADE, xlsx


def yesterday():
    return datetime.now(UTC).date() - timedelta(days=1)


def connect(bridge: Bridge, sandbox: Sandbox, tmp_path: Path, **settings: str):
    """Connect without a word about SalesCloud."""
    payday = sandbox.vendors["payday"]
    start = (yesterday() - timedelta(days=5)).isoformat()
    told = {"source": "file", "file": str(tmp_path / "reports"), "start_date": start} | settings
    lines = ["[payday]", f'endpoint = "{payday["endpoint"]}"']
    lines += [f'client_id = "{payday["credentials"]["client_id"]}"', "[settings]"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in told.items()]
    file = tmp_path / "answers.toml"
    file.write_text("\n".join(lines), "utf-8")
    return bridge("connect", KIND, "--answers", str(file), secrets=True)


def test_from_a_folder_of_reports_to_the_journal(bridge: Bridge, sandbox: Sandbox, tmp_path: Path):
    folder = tmp_path / "reports"
    assert connect(bridge, sandbox, tmp_path).error == "file.missing"
    folder.mkdir()
    first = xlsx(folder / "november.xlsx", rows=day_rows(yesterday()))
    connected = connect(bridge, sandbox, tmp_path)
    assert (connected.code, connected.data["unmapped"]) == (0, [])
    assert set(connected.data["companies"]) == {"payday"}
    synced = bridge("sync", secrets=True)
    assert (synced.code, synced.data["bridges"][0]["written"]) == (0, 1)
    assert bridge("sync", secrets=True).data["bridges"][0]["written"] == 0
    (document,) = bridge("documents").data
    assert (document["total"], document["date"]) == (str(GROSS), yesterday().isoformat())
    tied = bridge("tie-out", secrets=True)
    assert tied.code == 0
    assert {row["difference"] for row in tied.data["rows"]} == {"0"}

    xlsx(first, rows=day_rows(yesterday(), 2 * GROSS))
    assert bridge("sync", secrets=True).code == 1
    (waits,) = bridge("attention").data
    assert waits["code"] == "report.changed"
    assert bridge("attention", "--answer", waits["id"], "post_difference").code == 0
    assert bridge("sync", secrets=True).data["bridges"][0]["written"] == 1
    assert len(sandbox.entries()) == 2


def test_what_is_found_in_a_report(empty: Bridge, tmp_path: Path):
    seen = empty("columns", str(MADE / "report.xls"))
    assert seen.code == 0
    assert seen.data["layout"].startswith("day=Dagsetning; account=Bókhaldslykill; text=Texti; debit=Debet")
    assert [day["difference"] for day in seen.data["days"]] == ["0", "0"]
    odd = xlsx(tmp_path / "odd.xlsx", heads=None)
    assert empty("columns", str(odd)).error == "file.no_columns"
    shown = empty("columns", str(odd), json=False)
    assert "Proposed: day=#1; account=#2" in shown.out
    assert empty("columns", str(odd), "--columns", "day=#1; account=#2; debit=#4; credit=#5").code == 0
    assert empty("columns", str(tmp_path / "none.csv")).error == "file.missing"
    assert not empty.folder.exists()
