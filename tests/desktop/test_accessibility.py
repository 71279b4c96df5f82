"""The running program as a screen reader finds it: real windows, a real bus, the real tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ("Xvfb", "dbus-run-session", "/usr/libexec/at-spi-bus-launcher")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        not sys.platform.startswith("linux") or bool(MISSING),
        reason=f"no accessibility bus to try: {', '.join(MISSING) or 'not Linux'} (Debian: apt install at-spi2-core)",
    ),
]
DATA = {"cell", "table cell", "list item"}
"""What a table or list holds: a cell may be empty."""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o700)
    env = {
        "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = ["dbus-run-session", "--", sys.executable, str(ROOT / "tests" / "desktop" / "walk.py")]
    done = subprocess.run(
        [*command, str(home / "data")], cwd=ROOT, env=env, capture_output=True, text=True, timeout=280, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_control_that_can_be_reached_has_a_name(found):
    anonymous = [
        (page, node["role"], node["trail"])
        for page, nodes in found["pages"].items()
        for node in nodes
        if node["role"] not in DATA and not node["name"].strip()
    ]
    assert anonymous == []


def test_every_list_to_choose_from_says_what_it_is_for(found):
    lists = [
        (page, node)
        for page, nodes in found["pages"].items()
        for node in nodes
        if node["role"] == "combo box"
    ]
    assert len(lists) > 10
    assert [(page, node["trail"]) for page, node in lists if not node["described"]] == []


def test_the_whole_window_was_walked(found):
    tabs = [name.split("  ")[0] for name in found["pages"]]
    assert {"Overview", "Documents", "Needs attention", "Mappings", "Log", "Settings", "wizard"} <= set(tabs)
    named = {node["name"] for nodes in found["pages"].values() for node in nodes}
    assert {"Sync now", "Preview", "Add a bridge", "Help", "Show the secret", "Save", "Next"} <= named


def test_how_a_run_ended_is_announced(found):
    assert "documents sent" in found["said"]
