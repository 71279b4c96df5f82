"""`tie-out` by its command line: rows, files, exit codes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cli.program import KIND, Bridge, Sandbox

DAYS = 2


def test_tie_out_and_its_files(bridge: Bridge, sandbox: Sandbox, tmp_path: Path):
    assert bridge("tie-out").error == "cli.no_bridges"
    assert bridge.connect(days=DAYS).code == 0
    assert bridge("sync", secrets=True).code == 1
    sheet, paper = tmp_path / "t.xlsx", tmp_path / "t.pdf"
    ended = bridge("tie-out", KIND, "--xlsx", str(sheet), "--pdf", str(paper), secrets=True)
    assert ended.code == 0, ended.err
    rows = ended.data["rows"]
    assert rows
    assert {tuple(row) for row in rows} == {("day", "key", "sales", "books", "difference", "explained")}
    for row in rows:
        assert Decimal(row["books"]) - Decimal(row["sales"]) == Decimal(row["difference"])
        assert (row["difference"] == "0") == (row["explained"] == ""), row
    assert ended.data["unexplained"] == []
    check_sheet(sheet, rows)
    text = "\n".join(page.extract_text() for page in PdfReader(paper).pages)
    assert all(
        word in text for word in ("Kaffihús Example ehf.", "Atlantic/Reykjavik", "Kort (posi)", "Reiðufé")
    )

    twice = sandbox.entries()[0]
    entry = {name: twice[name] for name in ("date", "description", "status", "lines")}
    sandbox.control("payday", "person", {"action": "add_journal", "entry": entry})
    again = bridge("tie-out", secrets=True)
    assert again.code == 1
    assert {row["day"] for row in again.data["unexplained"]} == {twice["date"][:10]}
    assert "" in {row["explained"] for row in again.data["rows"] if row["difference"] != "0"}


def check_sheet(sheet: Path, rows: list[dict[str, str]]):
    lines = [[cell.value for cell in line] for line in load_workbook(sheet)["Tie-out"].iter_rows()]
    facts = {line[0]: line[1] for line in lines[1:8]}
    assert facts["Company"] == "Kaffihús Example ehf."
    assert facts["Time zone"] == "Atlantic/Reykjavik"
    assert "Bridge 0." in facts["Made"]
    body = [line for line in lines if line[0] and hasattr(line[0], "date")]
    shown = [(str(line[0].date()), line[1], *(Decimal(str(one)) for one in line[2:5])) for line in body]
    assert shown == [
        (row["day"], row["key"], *(Decimal(row[name]) for name in ("sales", "books", "difference")))
        for row in rows
    ]


def test_wrong_use(bridge: Bridge, tmp_path: Path):
    assert bridge.connect(days=1).code == 0
    assert bridge("tie-out", "--from", "yesterday", secrets=True).error == "cli.usage"
    wrong = bridge("tie-out", "--from", "2026-02-02", "--to", "2026-02-01", secrets=True)
    assert (wrong.code, wrong.error) == (2, "tieout.period")
    nowhere = tmp_path / "nowhere" / "t.pdf"
    file = bridge("tie-out", "--pdf", str(nowhere), secrets=True)
    assert (file.code, file.error) == (2, "tieout.file")
    assert bridge("tie-out", "nobody", secrets=True).error == "bridge.unknown"
