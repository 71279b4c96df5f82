"""Running the program and the sandbox as a scheduler would: by their command lines."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Self

from bridge_gui.app import means as real_means
from bridge_gui.cli.means import Means
from bridge_gui.cli.run import main
from tests.control import control
from tests.nursery import nursery

ROOT = Path(__file__).resolve().parents[2]
KIND = "salescloud_payday"
PATIENCE = 200
"""Seconds, for a busy machine."""
LATER = "import sys; from tests.cli.later import main; sys.exit(main(sys.argv[1:]))"


def environment(**changes: str) -> dict[str, str]:
    """Ours, with bytecode written: most of a short command's time is reading modules."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"} | changes


class Result(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Its JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The code of the error it ended with."""
        return self.data["error"]["code"]


class Sandbox:
    """`bridge-gui sandbox` in a process of its own, with few orders a day and books that lag nowhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bridge_gui", "sandbox", "--vendors", "salescloud,payday"]
        self.process = subprocess.Popen(
            [*command, "--state", str(self.folder)],
            cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.vendors: dict[str, Any] = json.loads(self.process.stdout.readline())["vendors"]
        self.control("payday", "settings", {"lag_seconds": 0})
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        assert self.process.wait(10) == 130
        assert self.process.stdout is not None
        self.process.stdout.close()

    def control(self, vendor: str, path: str, sent: Any = None, method: str = "") -> Any:
        """The simulator's control surface."""
        return control(self.vendors[vendor]["endpoint"], path, sent, method or None)

    def slow(self, seconds: float) -> None:
        """From now on each write to the books takes so long."""
        match = {"method": "POST", "path_prefix": "/accounting"}
        fault = {"kind": "delay", "times": None, "seconds": seconds, "match": match}
        self.control("payday", "faults", fault)

    def quick(self) -> None:
        """No more faults."""
        self.control("payday", "faults", method="DELETE")

    def entries(self) -> list[dict[str, Any]]:
        """The journal entries in the books."""
        return self.control("payday", "state/journal")

    def orders(self, since: date) -> dict[str, dict[str, Any]]:
        """The orders closed since a day, by id."""
        orders = self.control("salescloud", "state/orders")
        return {order["id"]: order for order in orders if order["closed"][:10] >= since.isoformat()}

    def secrets(self) -> dict[str, str]:
        """The secrets that sign in at the vendors."""
        vendors = self.vendors
        return {
            "salescloud.secret_key": vendors["salescloud"]["credentials"]["secret_key"],
            "payday.client_secret": vendors["payday"]["credentials"]["client_secret"],
        }


class Bridge:
    """The program on one data folder; every word it says is kept for the scan."""

    def __init__(self, folder: Path, sandbox: Sandbox | None = None, means: Means | None = None) -> None:
        self.folder = folder
        self.means = means or real_means()
        self.sandbox = sandbox
        self.said: list[str] = []

    def __call__(
        self, *words: str, stdin: str | bytes = "", secrets: bool = False, json: bool = True, later: float = 0
    ) -> Result:
        """One command, to its end; `later` sets its clock forward by so many seconds."""
        said = self._words(*words, secrets=secrets, json=json)
        child = nursery().start("tests.cli.later", [str(later), *said], environment())
        out, err = child.communicate(self.secrets_toml() if secrets else stdin, PATIENCE)
        return self._ended(Result(child.wait(PATIENCE), out, err))

    def look(self, *words: str, json: bool = True) -> Result:
        """One command that asks nobody, within this process: what a start costs is saved."""
        out, err = io.StringIO(), io.StringIO()
        tail = ["--json"] if json else []
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["--data-dir", str(self.folder), *words, *tail], self.means)
        self.said += [out.getvalue(), err.getvalue()]
        return Result(code, out.getvalue(), err.getvalue())

    def start(
        self, *words: str, secrets: bool = False, json: bool = True, later: float = 0
    ) -> subprocess.Popen[bytes]:
        """One command, under way; its standard input is still open."""
        program = ["-c", LATER, str(later)] if later else ["-m", "bridge_gui"]
        return subprocess.Popen(
            [sys.executable, *program, *self._words(*words, secrets=secrets, json=json)],
            cwd=ROOT, env=environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def _words(self, *words: str, secrets: bool, json: bool) -> list[str]:
        tail = [*(["--secrets", "-"] if secrets else []), *(["--json"] if json else [])]
        return ["--data-dir", str(self.folder), *words, *tail]

    def ended(self, process: subprocess.Popen[bytes], stdin: bytes = b"") -> Result:
        """How a command ended; never with a traceback."""
        try:
            out, err = process.communicate(stdin, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return self._ended(Result(process.returncode, out.decode(), err.decode()))

    def _ended(self, result: Result) -> Result:
        self.said += [result.out, result.err]
        assert "Traceback" not in result.err + result.out, result.err
        return result

    def secrets_toml(self) -> str:
        """The secrets as they come on standard input."""
        assert self.sandbox is not None
        lines = []
        for place, value in self.sandbox.secrets().items():
            vendor, _, key = place.partition(".")
            lines += [f"[{vendor}]", f'{key} = "{value}"']
        return "\n".join(lines)

    def filled_in(self, **settings: str | int) -> str:
        """The printed questions with the sandbox's addresses and credentials written into them."""
        assert self.sandbox is not None
        text, section = [], ""
        for line in self.look("connect", KIND, "--questions", json=False).out.splitlines():
            section = line.strip("[]") if line.startswith("[") else section
            key, equals, _ = line.lstrip("# ").partition(" = ")
            value = self._answer(section, key, settings)
            text.append(f"{key} = {json.dumps(value)}" if equals and value is not None else line)
        return "\n".join(text)

    def _answer(self, section: str, key: str, settings: dict[str, str | int]) -> str | int | None:
        assert self.sandbox is not None
        if section == "settings":
            return settings.get(key)
        served = self.sandbox.vendors.get(section, {"endpoint": None, "credentials": {}})
        found = {"endpoint": served["endpoint"], **served["credentials"]}.get(key)
        return None if key in {"secret_key", "client_secret"} else found

    def connect(self, days: int = 1, name: str = "", **settings: str | int) -> Result:
        """Connect to the sandbox, booking from so many days ago on."""
        start = (datetime.now(UTC).date() - timedelta(days=days)).isoformat()
        accounts = {"gift_card_account": "Gjafabréf", "rounding_account": "Afrúnnun", "rounding_limit": 2}
        answers = self.filled_in(**{"start_date": start, **accounts, **settings})
        assert tomllib.loads(answers)
        file = self.folder.parent / f"{name or KIND}.toml"
        file.write_text(answers, "utf-8")
        named = ("--name", name) if name else ()
        return self("connect", KIND, *named, "--answers", str(file), secrets=True)


def wait_until(ready: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something another process does."""
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
