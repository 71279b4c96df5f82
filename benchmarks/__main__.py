"""Run the measurements one after the other and repeat their ratios at the end.

A measurement is a script in this folder (one that begins with `_` is not). Of what it prints, the lines that
begin with `ratio` are repeated at the end: `ratio start to usable window / bare window: 1.7 (aim: under 2)`.
It exits with anything but 0 when it could not measure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent


def environment() -> dict[str, str]:
    """Offscreen, and with bytecode: a start without it measures Python's compiler."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept, "PYTHONPATH": str(ROOT)}


def scripts(wanted: list[str]) -> list[Path]:
    """All measurements, or those named."""
    found = sorted(path for path in HERE.glob("*.py") if not path.name.startswith("_"))
    return [path for path in found if not wanted or path.stem in wanted]


def measure(script: Path, ratios: list[str]) -> int:
    """Run one script, show what it prints, and keep its ratios."""
    print(f"== {script.stem}", flush=True)
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if line.startswith("ratio"):
                ratios.append(f"{script.stem}: {line.rstrip()}")
    return process.returncode


def main(wanted: list[str]) -> int:
    """Measure, and leave with the first failure's exit code."""
    ratios: list[str] = []
    codes = [measure(script, ratios) for script in scripts(wanted)]
    print("\n".join(["== ratios", *ratios]))
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
