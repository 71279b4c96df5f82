"""Documents with 200,000 rows in the real store: open, filter, scroll. Aim: each under 100 ms."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from _filled import NAME, fill, open_house

from bridge_gui.desktop.documents import Documents
from bridge_gui.desktop.main import make_application, make_desk
from bridge_gui.desktop.shots import wait_for, without_display
from bridge_gui.desktop.states import GROUPS

if TYPE_CHECKING:
    from bridge_gui.desktop.desk import Desk

ROWS = 200_000
SMALL = 200
AIM_MS = 100
TURNS = 7


def elapsed(act: Callable[[], object], ready: Callable[[], bool]) -> float:
    """Milliseconds from the act until what it shows is there and painted."""
    began = time.perf_counter()
    act()
    assert wait_for(ready, 30)
    return (time.perf_counter() - began) * 1000


def until_loaded(tab: Documents, act: Callable[[], object]) -> float:
    loaded: list[int] = []
    tab.model.loaded.connect(lambda: loaded.append(1))
    return elapsed(act, lambda: bool(loaded))


def opening(desk: Desk) -> float:
    tab = Documents(desk, NAME)
    tab.resize(1000, 640)
    taken = until_loaded(tab, tab.show)
    tab.close()
    return taken


def filtering(tab: Documents, text: str) -> float:
    """A text filter, from the end of the pause after typing."""
    tab.search.blockSignals(True)
    tab.search.setText(text)
    tab.search.blockSignals(False)
    return until_loaded(tab, tab.apply_filter)


def by_state(tab: Documents) -> float:
    titles = [title for title, _states in GROUPS]
    taken = until_loaded(tab, lambda: tab.states.setCurrentIndex(titles.index("Draft")))
    until_loaded(tab, lambda: tab.states.setCurrentIndex(0))
    return taken


def scrolling(tab: Documents, part: float) -> float:
    """A jump of the scroll bar until every visible row has its text."""
    bar = tab.table.verticalScrollBar()

    def ready() -> bool:
        first, last = tab.table.rowAt(0), tab.table.rowAt(tab.table.viewport().height() - 1)
        return tab.model.row(first) is not None and tab.model.row(max(first, last)) is not None

    taken = elapsed(lambda: bar.setValue(int(bar.maximum() * part)), ready)
    tab.table.viewport().repaint()
    return taken


def measured(folder: Path, rows: int) -> dict[str, float]:
    house = open_house(folder)
    fill(house, rows)
    desk = make_desk(make_application())
    desk.open(lambda: house, lambda: (), demo=False)
    assert wait_for(lambda: bool(desk.bridges))
    tab = Documents(desk, NAME)
    tab.resize(1000, 640)
    until_loaded(tab, tab.show)
    median = statistics.median
    result = {
        "open": median(opening(desk) for _ in range(TURNS)),
        "filter by text, few hits": median(filtering(tab, f"1{turn}99") for turn in range(TURNS)),
        "filter by text, many hits": median(
            filtering(tab, f"þjón{'u' * (turn % 2)}") for turn in range(TURNS)
        ),
        "filter by text, no hit": median(filtering(tab, f"zz{turn}") for turn in range(TURNS)),
        "filter taken away": median((filtering(tab, "x"), filtering(tab, ""))[1] for _ in range(TURNS)),
        "filter by state": median(by_state(tab) for _ in range(TURNS)),
        "scroll to anywhere": median(scrolling(tab, turn / TURNS) for turn in range(1, TURNS)),
        "scroll to the end": (scrolling(tab, 0.0), scrolling(tab, 1.0))[1],
    }
    desk.close()
    house.close()
    return result


def main() -> int:
    without_display()
    with tempfile.TemporaryDirectory() as folder:
        few = measured(Path(folder) / "few", SMALL)
        many = measured(Path(folder) / "many", ROWS)
    for what, taken in many.items():
        print(f"{what}: {taken:.1f} ms ({few[what]:.1f} ms with {SMALL} rows)")
        print(f"ratio {what} / aim of {AIM_MS} ms: {taken / AIM_MS:.2f} (aim: under 1)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
