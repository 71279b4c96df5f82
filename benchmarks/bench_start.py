"""Cold start: from starting the process to a window that is painted and answers. Aim: under 2 bare windows.

Bare: a QMainWindow with nothing in it. Ours: the window is painted while the house opens beside it. The house
on screen (its bridges read, the documents of the first one shown) comes later and is measured too.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TURNS = 9
ROOT = Path(__file__).parent.parent

CLOCK = """
import sys, time
BEGUN = float(sys.argv[1])
def tell(what):
    print(f"{what} {(time.time() - BEGUN) * 1000:.1f}", flush=True)
"""
BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1240, 800)
window.show()
def painted():
    tell("usable")
    app.quit()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, painted))
app.exec()
"""
OURS = """
from PySide6.QtCore import QTimer
from bridge_gui.desktop.main import make_application, make_desk
from bridge_gui.desktop.window import Doors, Window
def house():
    sys.path.insert(0, sys.argv[3])
    from _filled import open_house
    from pathlib import Path
    return open_house(Path(sys.argv[2]))
app = make_application()
window = Window(make_desk(app), Doors(house=house))
window.first_choice = ("cafe", "1")  # the documents: the overview reads next to nothing
window.show()
def painted():
    tell("usable")
    window.open_house()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, painted))
def look():
    if window.page is not None and window.page.documents.model.read:
        tell("house")
        window.close()
        app.quit()
timer = QTimer(interval=2)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def once(program: str, folder: Path) -> dict[str, float]:
    """The marks one process told, in milliseconds after it was started."""
    import time

    command = [
        sys.executable,
        "-c",
        CLOCK + program,
        str(time.time()),
        str(folder),
        str(Path(__file__).parent),
    ]
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True, env=environment, cwd=ROOT
    )
    return {what: float(taken) for what, taken in (line.split() for line in done.stdout.splitlines())}


def main() -> int:
    from _filled import fill, open_house

    with tempfile.TemporaryDirectory() as name:
        house = open_house(Path(name))
        fill(house, 1000, held=10, lines=100)
        house.close()
        once(BARE, Path(name)), once(OURS, Path(name))
        told = [(once(BARE, Path(name)), once(OURS, Path(name))) for _turn in range(TURNS)]
    bare = statistics.median(first["usable"] for first, _ours in told)
    ours = statistics.median(ours["usable"] for _first, ours in told)
    whole = statistics.median(ours["house"] for _first, ours in told)
    print(f"bare window: {bare:.0f} ms; our window: {ours:.0f} ms; with the house on screen: {whole:.0f} ms")
    print(f"ratio start to usable window / bare window: {ours / bare:.2f} (aim: under 2)")
    print(f"ratio start to the house on screen / bare window: {whole / bare:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
