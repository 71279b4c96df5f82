"""With a real keychain: secrets are given once, and gone when the bridge is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import KIND, ROOT, Bridge, Sandbox, environment

NEEDED = ("dbus-run-session", "gnome-keyring-daemon", "bash")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or bool(MISSING),
    reason=f"no Secret Service to try: {', '.join(MISSING) or 'not Linux'}",
)
UNLOCK = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
SCRIPT = f"""
set -e
{UNLOCK}
bridge() {{ "$PYTHON" -m bridge_gui --json --data-dir "$DATA" "$@"; }}
bridge connect {KIND} --answers "$ANSWERS" --secrets - <<< "$SECRETS"
unset SECRETS
bridge sync < /dev/null
bridge connect {KIND} --answers "$ANSWERS" < /dev/null
bridge disconnect {KIND} < /dev/null
set +e
bridge connect {KIND} --answers "$ANSWERS" < /dev/null
echo $?
"""


def test_secrets_are_kept_and_forgotten(bridge: Bridge, sandbox: Sandbox, tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    answers = tmp_path / "answers.toml"
    answers.write_text(bridge.filled_in(start_date="today", gift_card_account="Gjafabréf"), "utf-8")
    places = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME")}
    given = {"DATA": str(bridge.folder), "ANSWERS": str(answers), "SECRETS": bridge.secrets_toml()}
    env = environment(PYTHON=sys.executable, **places, **given)
    for name in ("PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", SCRIPT],
        cwd=ROOT, env=env, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    *said, code = done.stdout.splitlines()
    connected, synced, changed, gone, refused = (json.loads(line) for line in said)
    assert (connected["secrets_kept"], changed["secrets_kept"]) == (True, True)
    assert synced["bridges"][0]["outcome"] == "finished"
    assert gone == {"disconnected": [KIND]}
    assert (refused["error"]["code"], code) == ("answers.missing", "2")
    for secret in sandbox.secrets().values():
        assert secret not in done.stdout + done.stderr
        for folder, _, files in os.walk(bridge.folder):
            assert not any(secret.encode() in Path(folder, name).read_bytes() for name in files)
