"""Uniconta imitated in a process of its own: what was answered is there after it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

from tests.vendors.uniconta.uniconta_at import BASE, basic

ROOT = Path(__file__).resolve().parents[3]
SERVE = """
import sys
from pathlib import Path
from bridge_gui.sandbox.host import serve_forever
from bridge_gui.vendors.uniconta.simulator import UnicontaSimulator
serve_forever({"uniconta": UnicontaSimulator}, Path(sys.argv[1]))
"""


class Served:
    """The simulator over HTTP."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())["vendors"]["uniconta"]
        self.base, own = told["endpoint"], told["credentials"]
        self.sign_in = basic(f"00{own['company_id']}/{own['login']}", own["password"])

    def call(self, method: str, path: str, body: Any = None) -> Any:
        sent = json.dumps(body).encode() if body is not None else None
        headers = {"Accept": "application/json", "Content-Type": "application/json", **self.sign_in}
        request = urllib.request.Request(f"{self.base}{path}", sent, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            said = answer.read()
        return json.loads(said) if said else None

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=10)


def test_what_was_answered_survives_a_kill(tmp_path):
    first = Served(tmp_path)
    try:
        made = first.call("POST", f"{BASE}/Insert/DebtorOrderClientUser", {"Account": "20001"})
        assert made["OrderNumber"] == 101
        line = [{"OrderNumber": 101, "Item": "1000", "Qty": 2, "Price": 950, "xWebcrmLine": "line-1"}]
        assert first.call("POST", f"{BASE}/InsertList/DebtorOrderLineClientUser", line) is None
        assert (
            first.call("POST", "/_sandbox/person", {"action": "invoice_order", "number": 101})["invoice"]
            == 5002
        )
        row = first.call("GET", f"{BASE}/DebtorClientUser?Name=Account&Value=20001")[0]
        first.call("DELETE", f"{BASE}/Delete/ContactClient", first.call("GET", f"{BASE}/ContactClient")[0])
    finally:
        first.kill()
    again = Served(tmp_path)
    try:
        assert again.base == first.base
        order = again.call("GET", f"{BASE}/DebtorOrderClient?Name=OrderNumber&Value=101")[0]
        assert (order["TotalBeforeVAT"], order["LastInvoice"]) == (1900, 5002)
        assert again.call("GET", f"{BASE}/DebtorClientUser?Name=Account&Value=20001")[0] == row
        assert again.call("GET", f"{BASE}/ContactClient") == []
        assert len(again.call("GET", "/odata/12345/DebtorInvoiceClient")["value"]) == 2  # planted once
    finally:
        again.kill()
