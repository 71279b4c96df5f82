"""Planted secrets are looked for wherever the program leaves a trace: they are in the keychain and nowhere else."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.crash.world import ROOT, World

SHORT = 8
"""What is shorter than this is no secret: a flag, a number of seconds."""


def forms(secret: str) -> set[bytes]:
    """A secret as it may be written down."""
    plain = secret.encode()
    return {
        plain,
        base64.b64encode(plain).rstrip(b"="),
        plain.hex().encode(),
        quote(secret, safe="").encode(),
    }


def leaves(value: object) -> Iterator[str]:
    """Every text in a value of the keychain, which may be JSON."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    elif isinstance(value, str):
        try:
            inner = json.loads(value)
        except ValueError:
            inner = None
        if isinstance(inner, dict | list):
            yield from leaves(inner)
        else:
            yield value


def planted(world: World) -> dict[str, set[bytes]]:
    """What must not be found: what the user gave, and every token that came of it."""
    given = [line.partition(" = ")[2].strip('"') for line in world.secrets().splitlines() if " = " in line]
    held = json.loads(world.keys.read_text("utf-8"))
    kept = [
        text
        for name, value in held.items()
        if not name.endswith(("|folder", "|counter"))  # which folder is the latest: no secret
        for text in leaves(value)
        if len(text) > 20
    ]
    secrets = {text for text in (*given, *kept) if len(text) >= SHORT and not text.startswith("http")}
    assert len(secrets) >= 2, secrets
    return {secret[:4] + "…": forms(secret) for secret in secrets}


def found(secrets: dict[str, set[bytes]], where: str, raw: bytes) -> list[str]:
    return [f"{name} in {where}" for name, written in secrets.items() if any(one in raw for one in written)]


def in_files(secrets: dict[str, set[bytes]], folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [line for path in files for line in found(secrets, str(path), path.read_bytes())]


def traces(pid: int) -> bytes:
    """The arguments and the environment of a process and of its children, as everybody on the computer sees them."""
    told = b""
    for name in ("cmdline", "environ"):
        try:
            told += Path(f"/proc/{pid}/{name}").read_bytes()
        except OSError:
            return told
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return told + b"".join(traces(int(child)) for child in children.read_text().split())


def watched(process: subprocess.Popen[str]) -> bytes:
    told = b""
    while process.poll() is None:
        told += traces(process.pid)
        time.sleep(0.05)
    return told


def test_the_scan_sees_what_it_looks_for(tmp_path: Path):
    secrets = {"abcd…": forms("abcd/efgh+1234")}
    (tmp_path / "kept").mkdir()
    for number, one in enumerate(sorted(secrets["abcd…"])):
        (tmp_path / "kept" / str(number)).write_bytes(b"x" + one + b"y")
    assert len(in_files(secrets, tmp_path)) == len(secrets["abcd…"])
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)", "abcd/efgh+1234"],
        env=os.environ | {"TOLD": "abcd%2Fefgh%2B1234"},
    )
    try:
        assert found(secrets, "a process", traces(os.getpid()))
        assert b"abcd%2Fefgh%2B1234" in traces(child.pid)
    finally:
        child.kill()
        child.wait()


@pytest.mark.skipif(not Path("/proc").exists(), reason="other processes are looked at through /proc")
def test_no_secret_leaves_the_keychain(world: World, tmp_path: Path):
    """Neither in a run that works nor in one that is refused, neither in a file nor in a process's arguments."""
    world.trade(1)
    words, environment = world.called("sync", world.spec.key)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.launcher", *words],
        cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    seen = watched(process)
    ended = world.ended(process)
    assert b"--data-dir" in seen
    said = ended.out + ended.err
    books = world.spec.books
    for fault in ({"kind": "status", "status": 401}, {"kind": "html_200"}, {"kind": "bad_json"}):
        world.vendors.control(books, "faults", {"times": 3, **fault})
        ended = world.sync()
        said += ended.out + ended.err
    for words in (("status",), ("documents",), ("attention",), ("backup", str(tmp_path / "kept"))):
        ended = world.command(*words)
        said += ended.out + ended.err
    secrets = planted(world)
    told = found(secrets, "a process", seen) + found(secrets, "what was printed", said.encode())
    assert not told + in_files(secrets, world.data) + in_files(secrets, tmp_path / "kept")
