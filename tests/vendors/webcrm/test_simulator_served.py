"""webcrm imitated in a process of its own: what was answered is there after it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SERVE = """
import sys
from pathlib import Path
from bridge_gui.sandbox.host import serve_forever
from bridge_gui.vendors.webcrm.simulator import WebcrmSimulator
serve_forever({"webcrm": WebcrmSimulator}, Path(sys.argv[1]))
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
        told = json.loads(self.process.stdout.readline())["vendors"]["webcrm"]
        self.base = told["endpoint"]
        form = urllib.parse.urlencode({"authCode": told["credentials"]["token"]}).encode()
        self.token = ""
        self.token = self.call("POST", "/Auth/ApiLogin", form)["AccessToken"]

    def call(self, method: str, path: str, data: bytes | None = None, *, body: Any = None) -> Any:
        sent = json.dumps(body).encode() if body is not None else data
        kind = "application/json" if body is not None else "application/x-www-form-urlencoded"
        headers = {
            "Accept": "application/json",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": kind,
        }
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
        new = {"PersonId": 0, "PersonLastName": "Ny", "PersonOrganisationId": 1}
        assert first.call("POST", "/Persons", body=new) == 4
        first.call(
            "POST",
            "/_sandbox/person",
            body={"action": "edit_organisation", "id": 3, "OrganisationCity": "Ribe"},
        )
    finally:
        first.kill()
    again = Served(tmp_path)
    try:
        assert again.base == first.base
        assert again.call("GET", "/Persons/4")["PersonLastName"] == "Ny"
        assert again.call("GET", "/Organisations/3")["OrganisationCity"] == "Ribe"
        assert len(again.call("GET", "/Deliveries")) == 4  # planted once
        again.token = first.token
        assert len(again.call("GET", "/Organisations")) == 6  # a token outlives the process
    finally:
        again.kill()
