"""How long the window's event loop stands still while a job works. Aim: 99 of 100 under 16 ms, none over 100.

A beat every 4 ms in the window's thread measures how late it comes. Meanwhile a job reads, plans and writes
log lines as fast as it can (pure Python, as planning is), tells an event for each, and the user goes
through all tabs, scrolls and filters. First the same without the job, for the ratio; then while all
documents are exported.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _filled import NAME, fill, open_house
from PySide6.QtCore import QEventLoop, Qt, QTimer

from bridge_gui.desktop.main import make_application, make_desk
from bridge_gui.desktop.shots import wait_for, without_display
from bridge_gui.desktop.window import Doors, Window
from bridge_gui.store import runs
from bridge_gui.store.rows import Outcome, RunRow
from bridge_gui.sync.events import Line, Listener, Phase, Progress
from bridge_gui.sync.house import House
from bridge_gui.web.waiting import Cancel

BEAT_MS = 4
SECONDS = 12.0
DOCUMENTS = 50_000


@dataclass
class Busy:
    """The real house, with a sync that is all work and no waiting."""

    house: House
    events: int = 0
    late: list[float] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.house, name)

    def sync(self, name: str, cancel: Cancel, tell: Listener) -> RunRow:
        begun = time.monotonic()
        while not cancel.is_set() and time.monotonic() - begun < SECONDS:
            self.events += 1
            digits = sum(hash(f"{self.events}/{part}") % 97 for part in range(400))
            if self.events % 20 == 0:
                with self.house.database.write() as connection:
                    now = self.house.clock.now()
                    said = {"number": str(self.events), "total": str(digits)}
                    runs.note(connection, 1, 1, now, "info", "entry.done", said)
            tell(Line(bridge=name, level="info", code="entry.done", params={}))
            tell(Progress(bridge=name, phase=Phase.DELIVER, done=self.events, total=10**6))
        return RunRow(
            id=2, bridge=name, started_at=self.house.clock.now(), ended_at=None, outcome=Outcome.FINISHED
        )


class User:
    """Scrolls, filters and changes tabs, twelve times a second."""

    def __init__(self, window: Window) -> None:
        self.page, self.turn = window.page, 0
        self.timer = QTimer(interval=80)
        self.timer.timeout.connect(self.act)
        self.timer.start()

    def act(self) -> None:
        self.turn += 1
        page = self.page
        if self.turn % 25 == 0:
            page.tabs.setCurrentIndex((page.tabs.currentIndex() + 1) % page.tabs.count())
        elif self.turn % 40 == 1:
            page.documents.states.setCurrentIndex((page.documents.states.currentIndex() + 1) % 3)
        elif (table := getattr(page.tabs.currentWidget(), "table", None)) is not None:
            bar = table.verticalScrollBar()
            bar.setValue((bar.value() + 700) % max(1, bar.maximum()))


@dataclass
class Beats:
    """How late each beat came, and how long the window's thread itself worked before it, in milliseconds."""

    late: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)


def beats(seconds: float) -> Beats:
    """Listen to the event loop for so long."""
    result = Beats()
    last = [time.perf_counter(), time.thread_time()]

    def beat() -> None:
        now, worked = time.perf_counter(), time.thread_time()
        result.late.append(max(0.0, (now - last[0]) * 1000 - BEAT_MS))
        result.own.append((worked - last[1]) * 1000)
        last[:] = now, worked

    timer = QTimer(interval=BEAT_MS)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start()
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    timer.stop()
    return Beats(sorted(result.late), sorted(result.own))


def told(what: str, late: list[float]) -> float:
    """Print a row; gives the 99th of 100."""
    over = sum(one > 16 for one in late) / len(late)
    ninety_nine = late[int(len(late) * 0.99)]
    print(
        f"{what}: {len(late)} beats, median {statistics.median(late):.1f} ms, 99 of 100 under "
        f"{ninety_nine:.1f} ms, longest {late[-1]:.1f} ms, over 16 ms: {over:.2%}"
    )
    return ninety_nine


def noise() -> Beats:
    """What this machine does to a loop with nothing in it."""
    return beats(SECONDS / 4)


def export(window: Window, path: Path) -> tuple[Beats, float]:
    """Listen while all documents are saved as a file; how long that took, too."""
    saving = window.page.documents.saving
    window.page.documents.states.setCurrentIndex(0)
    begun = time.monotonic()
    saving.save(path)
    result = Beats()
    while not saving.button.isEnabled():
        more = beats(0.5)
        result.late += more.late
        result.own += more.own
    assert path.stat().st_size > DOCUMENTS
    return Beats(sorted(result.late), sorted(result.own)), time.monotonic() - begun


def main() -> int:
    without_display()
    app = make_application()
    with tempfile.TemporaryDirectory() as name:
        house = open_house(Path(name))
        fill(house, DOCUMENTS)
        busy = Busy(house)
        window = Window(make_desk(app), Doors(house=lambda: busy))
        window.show()
        window.open_house()
        assert wait_for(lambda: window.page is not None)
        for tab in range(window.page.tabs.count()):
            window.page.tabs.setCurrentIndex(tab)
            wait_for(lambda: False, 0.5)
        assert wait_for(lambda: window.page.documents.model.read)
        quiet = noise()
        user = User(window)
        calm = beats(SECONDS / 2)
        window.page.sync()
        worked = beats(SECONDS - 1)
        wait_for(lambda: not window.desk.runner.busy(NAME), SECONDS)
        exported = {kind: export(window, Path(name) / f"documents.{kind}") for kind in ("csv", "xlsx")}
        user.timer.stop()
        window.close()
        house.close()
    print(f"events told by the job: {busy.events * 2:,}")
    told("nobody does anything", quiet.late)
    before = told("a user scrolls and filters", calm.late)
    after = told("and a job runs at full speed", worked.late)
    told("of that the window's own work", worked.own)
    for kind, (stalled, took) in exported.items():
        told(f"and {DOCUMENTS:,} documents are exported as {kind} in {took:.1f} s", stalled.late)
    print(f"ratio 99th of 100 with a job / without: {after / max(before, 0.1):.2f}")
    print(f"ratio 99th of 100 / 16 ms: {after / 16:.2f} (aim: under 1)")
    print(f"ratio longest / 100 ms: {worked.late[-1] / 100:.2f} (aim: under 1)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
