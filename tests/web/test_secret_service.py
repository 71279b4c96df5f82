"""A real Secret Service: gnome-keyring under a bus of its own, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NEEDED = ("dbus-run-session", "gnome-keyring-daemon", "bash")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or bool(MISSING),
    reason=f"no Secret Service to try: {', '.join(MISSING) or 'not Linux'} (Debian: apt install gnome-keyring dbus)",
)
UNLOCK = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "

WORK = """
import sys
from bridge_gui.web.keychain import Counter, SystemKeychain
keychain = SystemKeychain("folder-1")
long = "þ0123456789" * 400
assert keychain.get("payday", "client_secret") is None
keychain.set("payday", "client_secret", "short")
keychain.set("payday", "client_secret", long)
again = SystemKeychain("folder-1")
assert again.get("payday", "client_secret") == long
assert type(again._backend).__module__ == "keyring.backends.SecretService"
assert SystemKeychain("folder-2").get("payday", "client_secret") is None
Counter(again).set(7)
assert Counter(keychain).get() == 7
again.delete("payday", "client_secret")
again.delete("folder", "snapshot")
assert keychain.get("payday", "client_secret") is None
import secretstorage
bus = secretstorage.dbus_init()
left = [item.get_label() for item in secretstorage.get_default_collection(bus).get_all_items()]
bus.close()
assert left == [], left
print("kept and gone")
"""
REFUSED = """
from bridge_gui.errors import SetupError
from bridge_gui.web.keychain import SystemKeychain
try:
    SystemKeychain("folder-1").set("payday", "client_secret", "a-secret")
except SetupError as error:
    print(error.code)
"""


def run(tmp_path: Path, script: str, before: str = "") -> str:
    """What a Python of its own prints under a bus of its own."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in {"PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY"}
    }
    env |= {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
    env |= {"PYTHONPATH": str(ROOT), "SCRIPT": script, "PYTHON": sys.executable}
    command = ["dbus-run-session", "--", "bash", "-c", before + '"$PYTHON" -c "$SCRIPT"']
    done = subprocess.run(
        command, check=False, env=env, capture_output=True, text=True, timeout=60, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_secrets_are_kept_and_gone_again(tmp_path):
    assert run(tmp_path, WORK, UNLOCK) == "kept and gone"


def test_a_bus_without_a_keychain_is_told(tmp_path):
    """D-Bus may start a keychain nobody can unlock; then it is locked, else there is none."""
    assert run(tmp_path, REFUSED) in {"keychain.none", "keychain.locked"}
