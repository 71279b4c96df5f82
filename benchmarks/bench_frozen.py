"""Cold start of the frozen program, from its start to its window on a screen. Aim: under 2 bare windows.

Bare: a frozen QMainWindow with nothing in it, made once in build/bare. Both are started in turn on one X
server without a monitor and watched from outside: a window is there when the screen is not black any more.
Ours is on a data folder of its own, started there before.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dev
from installers.screen import Screen, screen

TURNS = 7
PATIENCE = 60.0
FOLDER = dev.ROOT / "build" / "bare"
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1240, 800)
window.show()
app.exec()
"""


def bare() -> Path:
    """The bare window, frozen if it is not yet."""
    program = FOLDER / "dist" / "bare" / "bare"
    if not program.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        source = FOLDER / "bare.py"
        source.write_text(BARE, "utf-8")
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--strip"]
        command += ["--distpath", str(FOLDER / "dist"), "--workpath", str(FOLDER / "work")]
        subprocess.run([*command, "--specpath", str(FOLDER), str(source)], check=True, cwd=FOLDER)
    return program


def once(words: list[str], home: Path, shown: Screen) -> float:
    """Milliseconds from the start of a process to its window."""
    environment = {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(home),
    }
    environment |= {"DISPLAY": shown.display, "QT_QPA_PLATFORM": "xcb"}
    began = time.perf_counter()
    with subprocess.Popen(
        words, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while shown.middle() == (0, 0, 0):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"{words[0]} showed no window")
            time.sleep(0.002)
        took = (time.perf_counter() - began) * 1000
        process.terminate()
        process.wait(PATIENCE)
    while shown.middle() != (0, 0, 0):
        time.sleep(0.01)
    return took


def main() -> int:
    program = dev.frozen_program()
    if not dev.LINUX or not program.exists():
        print("no frozen program of this system's: python3 dev.py build")
        return 0
    programs = {"bare": [str(bare())], "ours": [str(program)]}
    with tempfile.TemporaryDirectory() as name, screen() as shown:
        for words in programs.values():
            once(words, Path(name), shown)
        told = [
            {key: once(words, Path(name), shown) for key, words in programs.items()} for _ in range(TURNS)
        ]
    middle = {key: statistics.median(one[key] for one in told) for key in programs}
    ours, other = middle["ours"], middle["bare"]
    print(f"frozen bare window: {other:.0f} ms; frozen Bridge: {ours:.0f} ms")
    print(f"ratio start of the frozen program / frozen bare window: {ours / other:.2f} (aim: under 2)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
