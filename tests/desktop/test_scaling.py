"""From 100 to 200 %: the same layout, drawn larger, and nothing cut off that has to be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORK = """
import json
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton
from bridge_gui.desktop.main import make_application, make_desk
from bridge_gui.desktop.shots import wait_for
from bridge_gui.desktop.window import Doors, Window
from tests.desktop.standin import MESSAGES, NOW, StandIn
app = make_application()
window = Window(make_desk(app, dark=False, locale=QLocale("en_GB"), now=lambda: NOW),
                Doors(house=StandIn, messages=lambda: MESSAGES))
window.show()
window.open_house()
assert wait_for(lambda: window.page is not None and window.page.overview.is_read)
picture = window.grab()
cut = [one.text() for one in window.findChildren(QAbstractButton)
       if one.isVisible() and one.text() and one.width() < one.fontMetrics().horizontalAdvance(one.text())]
print(json.dumps([picture.devicePixelRatio(), picture.width(), window.width(), cut]))
window.close()
"""


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_the_window_at_this_scale(scale):
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", WORK], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ratio, pixels, width, cut = json.loads(done.stdout.splitlines()[-1])
    assert ratio == float(scale)
    assert abs(pixels - width * ratio) <= 2
    assert cut == []
