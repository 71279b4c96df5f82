"""One bridge with its two vendors, each in a process of its own, under one clock.

Nothing here knows a bridge or a vendor: what is asked for comes from the specs, the answers from the bridge's
own demo, the rest from what every simulator answers.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from datetime import time as of_day
from pathlib import Path
from typing import Any, NamedTuple, Self

import msgspec

from bridge_gui.app import registry
from bridge_gui.sandbox.documents import Held
from bridge_gui.sync.specs import BridgeSpec, FieldKind
from tests.control import control
from tests.crash.launcher import PLAN, Plan
from tests.nursery import Child, nursery

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240
"""Seconds after which a command hangs, on a busy machine."""
MORNING = of_day(6, tzinfo=UTC)


class Ended(NamedTuple):
    """How a command ended; `killed` if it was by the harness."""

    code: int
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether it was killed."""
        return self.code == -signal.SIGKILL

    @property
    def data(self) -> Any:
        """Its JSON."""
        return json.loads(self.out)


def plant(folder: Path, spec: BridgeSpec) -> None:
    """Let the vendors of a bridge make their companies, so that several worlds begin alike."""
    with Vendors(folder, spec):
        pass
    (folder / "ports.json").unlink()


class Vendors:
    """The simulators of one bridge in a process of their own, with their state on disk."""

    def __init__(self, folder: Path, spec: BridgeSpec) -> None:
        self.folder = folder
        self.keys = tuple(dict.fromkeys((spec.sales, spec.books)))

    def __enter__(self) -> Self:
        words = ["sandbox", "--vendors", ",".join(self.keys), "--state", str(self.folder)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bridge_gui", *words],
            cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.served: dict[str, Any] = json.loads(self.process.stdout.readline())["vendors"]
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process.wait(20)

    def control(self, vendor: str, path: str, sent: Any = None, method: str = "") -> Any:
        """The simulator's control surface."""
        return control(self.served[vendor]["endpoint"], path, sent, method or None)

    def documents(self, vendor: str) -> list[Held]:
        """What a vendor holds."""
        return msgspec.convert(self.control(vendor, "documents"), list[Held], strict=False)


class World:
    """A data folder, its vendors, and the time that all of them share."""

    def __init__(self, folder: Path, spec: BridgeSpec, planted: Path, settings: Mapping[str, Any]) -> None:
        self.spec = spec
        self.data = folder / "data"
        self.keys = folder / "keys.json"
        self.folder = folder
        shutil.copytree(planted, folder / "state")
        self.vendors = Vendors(folder / "state", spec)
        self.settings = dict(settings)
        self.ahead = 0.0
        self.environment: dict[str, str] = {}
        self.idle = 1.5
        self.sides = [registry().vendors[key] for key in self.vendors.keys]
        self.settle = max(side.settle_after for side in self.sides).total_seconds() + 20.0

    def __enter__(self) -> Self:
        self.vendors.__enter__()
        for key in self.vendors.keys:
            known = self.vendors.control(key, "settings")
            told = {name: value for name, value in self.settings.items() if name in known}
            self.vendors.control(key, "settings", told)
        self.before = {(one.kind, one.id) for one in self.vendors.documents(self.spec.books)}
        return self

    def __exit__(self, *_: object) -> None:
        self.vendors.__exit__()

    def documents(self, vendor: str) -> list[Held]:
        """What a vendor holds."""
        return self.vendors.documents(vendor)

    def now(self) -> datetime:
        """The present instant of program and vendors."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def wait(self, seconds: float) -> None:
        """Let time pass for everybody."""
        self.ahead += seconds
        for key in self.vendors.keys:
            self.vendors.control(key, "clock", {"now": self.now().isoformat()})

    def trade(self, days: int) -> None:
        """Let so many more days of business happen, and go on the morning after."""
        for _ in range(days):
            ends = [self.vendors.control(key, "advance", {"days": 1})["until"] for key in self.vendors.keys]
            morning = datetime.combine(date.fromisoformat(max(ends)) + timedelta(days=1), MORNING)
            self.wait(max(0.0, (morning - self.now()).total_seconds()))

    def connect(self, days: int) -> Ended:
        """Set the bridge up with its demo's answers, booking from so many days ago on."""
        start = (self.now() - timedelta(days=days)).date().isoformat()
        answers: dict[str, Any] = {"settings.start_date": start, **self.spec.demo}
        for side in self.sides:
            answers[f"{side.key}.endpoint"] = self.vendors.served[side.key]["endpoint"]
        answers |= self._sign_in(secret=False)
        file = self.folder / "answers.toml"
        file.write_text(_toml(answers), "utf-8")
        words = ("connect", self.spec.key, "--answers", str(file), "--secrets", "-")
        ended = self.command(*words, stdin=self.secrets())
        assert ended.code == 0, ended
        return ended

    def secrets(self) -> str:
        """The secrets as they are given on standard input."""
        return _toml(self._sign_in(secret=True))

    def _sign_in(self, *, secret: bool) -> dict[str, Any]:
        """How to sign in at the vendors, by place: the secrets, or the rest."""
        hidden = {
            f"{side.key}.{field.key}"
            for side in self.sides
            for field in side.fields
            if field.kind is FieldKind.SECRET
        }
        served = {
            f"{key}.{name}": value
            for key in self.vendors.keys
            for name, value in self.vendors.served[key]["credentials"].items()
        }
        return {place: value for place, value in served.items() if (place in hidden) is secret}

    def command(self, *words: str, stdin: str = "", **plan: Any) -> Ended:
        """One command to its end."""
        return self.ended(self.start(*words, **plan), stdin)

    def start(self, *words: str, **plan: Any) -> Child:
        """One command under way."""
        called, environment = self.called(*words, **plan)
        return nursery().start("tests.crash.launcher", called, environment)

    def called(self, *words: str, **plan: Any) -> tuple[list[str], dict[str, str]]:
        """The words and the environment of a command."""
        ports = tuple(int(one["endpoint"].rpartition(":")[2]) for one in self.vendors.served.values())
        told = Plan(**{"keychain": str(self.keys), "ahead": self.ahead, "ports": ports, **plan})
        environment = _environment() | self.environment | {PLAN: msgspec.json.encode(told).decode()}
        return ["--data-dir", str(self.data), *words, "--json"], environment

    def ended(self, process: Child | subprocess.Popen[str], stdin: str = "") -> Ended:
        """How a command ended; never with a traceback."""
        try:
            out, err = process.communicate(stdin, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        assert "Traceback" not in out + err, err
        return Ended(process.returncode, out, err)

    def sync(self, **plan: Any) -> Ended:
        """One run of the bridge."""
        return self.command("sync", self.spec.key, **plan)

    def kill_after(self, seconds: float) -> Ended:
        """One run, killed at a moment of the clock; it may have ended before."""
        process = self.start("sync", self.spec.key)
        time.sleep(seconds)
        if process.poll() is None:
            process.kill()
        return self.ended(process)

    def rest(self, most: int = 8, *, secrets: bool = False) -> None:
        """Sync past `settle_after` until a run finds nothing more to do."""
        tail = ("--secrets", "-") if secrets else ()
        for _ in range(most):
            self.wait(self.settle)
            began = time.monotonic()
            ended = self.command("sync", self.spec.key, *tail, stdin=self.secrets() if secrets else "")
            self.idle = min(6.0, time.monotonic() - began)
            assert ended.code in (0, 1), ended
            run = ended.data["bridges"][0]
            if run["outcome"] == "finished" and run["written"] == 0:
                return
        raise AssertionError(f"no rest after {most} runs: {ended.out}")

    def another_computer(self, name: str) -> None:
        """From now on the program runs elsewhere: nothing in its data folder, nothing in its keychain."""
        self.data = self.folder / name / "data"
        self.keys = self.folder / name / "keys.json"
        self.data.parent.mkdir()


def _environment() -> dict[str, str]:
    """Ours, with bytecode written: most of a short command's time is reading modules."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}


def _toml(places: Mapping[str, Any]) -> str:
    """Answers by place as a file of answers."""
    sections: dict[str, list[str]] = {}
    for place, value in places.items():
        section, _, key = place.partition(".")
        sections.setdefault(section, []).append(f"{json.dumps(key)} = {_value(value)}")
    return "\n".join(f"[{name}]\n" + "\n".join(lines) for name, lines in sections.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(key, ensure_ascii=False)} = {_value(one)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    return json.dumps(value, ensure_ascii=False)
