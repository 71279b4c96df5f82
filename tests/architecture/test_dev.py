"""The parts of dev.py that need no virtual environment, and the lock it installs."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import dev
from tests.architecture.tree import ROOT

ENTRY = re.compile(
    r"^(?P<requirement>\S+==.+?) \\\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def lock_entries() -> dict[str, Requirement]:
    """The lock's requirements by name; several where platforms differ share a name."""
    found = [Requirement(match["requirement"]) for match in ENTRY.finditer(dev.LOCK.read_text("utf-8"))]
    return {requirement.name.lower(): requirement for requirement in found}


def test_the_digest_changes_with_each_of_its_parts():
    whole = dev.digest(b"lock", b"project", "python")
    assert whole == dev.digest(b"lock", b"project", "python")
    others = [
        (b"lock2", b"project", "python"),
        (b"lock", b"project2", "python"),
        (b"lock", b"project", "python2"),
    ]
    assert len({whole, *(dev.digest(*parts) for parts in others)}) == 4


def test_the_digest_tells_where_one_part_ends():
    assert dev.digest(b"ab", b"c", "p") != dev.digest(b"a", b"bc", "p")


def test_every_entry_of_the_lock_has_hashes():
    lines = dev.LOCK.read_text("utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(pinned) == len(list(ENTRY.finditer(dev.LOCK.read_text("utf-8")))) > 40


def test_the_lock_names_no_host_and_no_folder():
    text = dev.LOCK.read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert not re.search(r"(?:^|\s)(?:/|file:|-e |\w:\\)", text)


def test_the_lock_holds_what_pyproject_asks_for():
    project = tomllib.loads(dev.PROJECT.read_text("utf-8"))
    wanted = [
        Requirement(line) for line in project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    ]
    locked = lock_entries()
    stale = [
        str(one) for one in wanted
        if one.name.lower() not in locked
        or next(iter(locked[one.name.lower()].specifier)).version not in one.specifier
    ]  # fmt: skip
    assert not stale, "run: python3 dev.py lock"


def test_missing_libraries_are_named_by_their_packages():
    assert dev.missing_libraries({"libsurely-not-here.so.9": "libsurely9"}) == ["libsurely9"]


def test_missing_programs_are_named_by_their_packages():
    here = {Path(sys.executable).as_posix(): "python", "surely-not-here": "surely"}
    assert dev.missing_programs(here) == ["surely"]


@pytest.mark.skipif(not dev.LINUX, reason="packages of Debian")
@pytest.mark.parametrize("table", ["qt", "display", "test", "package", "windows", "build"])
def test_each_table_of_debian_packages_is_read(table: str):
    packages = dev.debian_packages(table)
    assert packages
    assert all(re.fullmatch(r"[a-z0-9.+-]+", package) for package in packages.values())


def test_without_rights_the_exact_line_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dev, "_is_root", lambda: False)
    with pytest.raises(SystemExit, match="apt-get install --no-install-recommends -y libgl1 libegl1"):
        dev.demand(["libgl1", "libegl1"], "the window needs libraries")


@pytest.mark.skipif(not dev.LINUX, reason="elsewhere there is always a display")
def test_a_display_is_x11_or_wayland():
    assert dev.has_display({"DISPLAY": ":0"})
    assert dev.has_display({"WAYLAND_DISPLAY": "wayland-0"})
    assert not dev.has_display({"DISPLAY": ""})


def test_help_names_every_command():
    for name in dev.COMMANDS:
        assert f"  {name} " in dev.usage()


def test_an_unknown_command_is_wrong_use():
    command = [sys.executable, str(ROOT / "dev.py"), "frobnicate"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "usage:" in result.stderr
