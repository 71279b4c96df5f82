"""An installed Bridge, tried: it checks itself, shows its window, and does a demo sync like the sources'."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from installers.frozen import ROOT
from installers.screen import START_SECONDS, screen, wait

ACCENTS = ("#0B6E5F", "#4FC3AE")
"""The colour of the one button on a page, light and dark."""
BUTTON_PIXELS = 1500
STOPPED = 130
CALL_SECONDS = 180
ONE_BRIDGE = "salescloud_payday"
"""What is synced where time is short."""


class Failed(AssertionError):
    """What was tried is not as it must be."""


def demand(holds: object, why: str) -> None:
    """Fail with a sentence unless it holds."""
    if not holds:
        raise Failed(why)


class Installed:
    """A Bridge as a user has it: its program, a home of its own, and nothing of the checkout."""

    def __init__(self, program: Sequence[str], home: Path, environment: dict[str, str] | None = None) -> None:
        self.program = [*program]
        self.home = home
        plain = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(home)}
        self.environment = plain if environment is None else environment

    def ask(self, *words: str, codes: Sequence[int] = (0,)) -> Any:
        """What a command answers in JSON."""
        done = self.run(*words, "--json")
        demand(done.returncode in codes, f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command, without a display."""
        return subprocess.run(
            [*self.program, *words],
            cwd=self.home,
            env={**self.environment, "QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=CALL_SECONDS,
            check=False,
        )


def from_sources(home: Path) -> Installed:
    """The same program from the checkout, to compare with."""
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_DATA_HOME": str(home / "data"), "LANG": "C.UTF-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return Installed([sys.executable, "-m", "bridge_gui"], home, environment)


def check_itself(installed: Installed) -> dict[str, str]:
    """Let it check itself; gives what it found."""
    told = installed.ask("self-check")
    demand(told["ok"], f"self-check: {told}")
    return {one["check"]: one["found"] for one in told["checks"]}


def sync_demo(
    installed: Installed, which: str = "--all", ends: Sequence[str] = ("finished",)
) -> list[dict[str, Any]]:
    """Sync the demo companies, or one bridge; gives of each document what is the same at every try."""
    first = installed.ask("--demo", "sync", which, codes=(0, 1))["bridges"]
    demand(first and all(one["outcome"] in ends for one in first), f"the demo sync: {first}")
    documents = installed.ask("--demo", "documents")
    demand(documents, "the demo sync moved nothing")
    kept = ("bridge", "kind", "date", "total", "currency")
    return sorted(({key: one.get(key) for key in kept} for one in documents), key=str)


def used(installed: Installed, bridges: str, upgrade: Callable[[], object]) -> None:
    """Use the version that is installed, upgrade it, and see that the new one goes on with what it knew.

    After one more sync everything is as where one version did both; by then a bridge may have to pause.
    """
    sync_demo(installed, bridges)
    before = installed.ask("--demo", "documents")
    upgrade()
    after = installed.ask("--demo", "documents")
    demand(before == after, f"the upgrade changed what was known: {before} {after}")
    again = sync_demo(installed, bridges, ("finished", "paused"))
    with tempfile.TemporaryDirectory() as name:
        alone = from_sources(Path(name))
        sync_demo(alone, bridges)
        wanted = sync_demo(alone, bridges, ("finished", "paused"))
    demand(again == wanted, f"a sync after the upgrade: {again}, without one: {wanted}")


def show_window(installed: Installed) -> float:
    """Start it as the menu does, see its window on a screen, close it; gives seconds until it was seen."""
    with screen() as shown:
        environment = {**installed.environment, "DISPLAY": shown.display, "QT_QPA_PLATFORM": "xcb"}
        with _started(installed, environment) as process:
            began = time.monotonic()
            seen = wait(lambda: max(map(shown.count, ACCENTS)) > BUTTON_PIXELS or process.poll() is not None)
            demand(seen and process.poll() is None, f"no window within {START_SECONDS} s")
            took = time.monotonic() - began
            process.send_signal(signal.SIGTERM)
            demand(process.wait(START_SECONDS) == STOPPED, f"closed with {process.returncode}")
    return took


@contextmanager
def _started(installed: Installed, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        installed.program, cwd=installed.home, env=environment, stdin=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def step(title: str, act: Callable[[], Any]) -> Any:
    """Try one thing and print how long it took."""
    began = time.monotonic()
    result = act()
    print(f"tried: {title}: ok, {time.monotonic() - began:.1f} s", flush=True)
    return result
