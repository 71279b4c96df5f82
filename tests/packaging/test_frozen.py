"""The frozen program, where `python3 dev.py build` has made one of these very sources."""

import os
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tests.architecture.tree import ROOT, project_files

LINUX = pytest.mark.skipif(not dev.LINUX, reason="ELF")
CEILING_MB = 200

# What every Linux has with its C library, and what the packages in requirements/debian.toml bring.
SYSTEM = re.compile(
    r"ld-linux.*|lib(c|m|dl|rt|util|pthread|resolv)\.so\.\d"
    r"|libE?GL\.so\.1|libxcb\.so\.1|libwayland-(client|cursor|egl)\.so\.\d"
)


@pytest.fixture(scope="module")
def program() -> Path:
    """The frozen program; in CI it must be there."""
    path = dev.frozen_program()
    sources = [ROOT / "build.spec", *(p for p in project_files() if p.is_relative_to(ROOT / "bridge_gui"))]
    stale = not path.exists() or max(p.stat().st_mtime for p in sources) > path.stat().st_mtime
    if stale and not os.environ.get("CI"):
        pytest.skip("no frozen program of these sources; make one with: python3 dev.py build")
    assert not stale, "the frozen program is older than its sources"
    return path


def run(program: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it as on a computer that has neither the sources nor a Python."""
    environment = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
    }
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    command = [str(program), "--data-dir", str(folder / "data"), *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def test_it_checks_itself(program: Path, tmp_path: Path):
    result = run(program, tmp_path, "self-check")
    assert result.returncode == 0, result.stdout + result.stderr


def test_it_finds_the_bridges_that_the_sources_have(program: Path, tmp_path: Path):
    for kind in [module.name for module in pkgutil.iter_modules([str(ROOT / "bridge_gui" / "bridges")])]:
        result = run(program, tmp_path, "connect", kind, "--questions")
        assert result.returncode == 0, result.stdout + result.stderr
        assert f"connect {kind} --answers" in result.stdout


def test_it_also_runs_from_another_folder(program: Path, tmp_path: Path):
    moved = shutil.copytree(dev.frozen_folder(), tmp_path / "a folder with a blank é", symlinks=True)
    result = run(moved / program.relative_to(dev.frozen_folder()), tmp_path, "self-check")
    assert result.returncode == 0, result.stdout + result.stderr


def test_it_is_not_larger_than_it_need_be(program: Path):
    files = [path for path in dev.frozen_folder().rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) < CEILING_MB * 1_000_000


@LINUX
def test_it_asks_of_the_system_only_what_the_package_depends_on(program: Path):
    files = [path for path in dev.frozen_folder().rglob("*") if path.is_file() and not path.is_symlink()]
    binaries = [path for path in files if path.read_bytes()[:4] == b"\x7fELF"]
    shown = subprocess.run(["readelf", "-d", *binaries], capture_output=True, text=True, check=True).stdout
    needed = set(re.findall(r"NEEDED.*\[(.+)\]", shown))
    missing = needed - {path.name for path in dev.frozen_folder().rglob("*.so*")}
    assert {name for name in missing if not SYSTEM.fullmatch(name)} == set()


def test_nothing_of_the_checkout_is_left_in_it(program: Path):
    names = {path.name for path in dev.frozen_folder().rglob("*")}
    assert not names & {"tests", "dev.py", "make.py", "conftest.py", ".venv"}


def test_the_licences_of_all_it_carries_are_in_it(program: Path):
    (path,) = dev.frozen_folder().rglob("licences.txt")
    text = path.read_text("utf-8")
    carried = {"PySide6_Essentials", "SQLAlchemy", "Python", "msgspec", "alembic"}
    assert carried <= {line.split()[0] for line in text.splitlines()[:200] if ": " in line}
    assert "libreadline" not in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
