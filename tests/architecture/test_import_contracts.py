"""Imports point one way; and the linter that holds it does bite."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

SALES, BOOKS = "vendors/toysales", "vendors/toybooks"
TOYS = {
    f"{folder}/{name}.py": '"""A toy."""\n'
    for folder in (SALES, BOOKS)
    for name in ("__init__", "client", "adapter", "payloads", "simulator")
}

# An import that must not be, and the contract that says so.
FORBIDDEN = {
    "accounting/trespass.py": ("import bridge_gui.store", "imports point down the house"),
    "cli/trespass.py": ("import bridge_gui.desktop", "imports point down the house"),
    "sync/trespass.py": ("import PySide6.QtCore", "Qt only in the desktop"),
    "desktop/trespass.py": (f"import bridge_gui.{BOOKS.replace('/', '.')}", "strangers to vendors"),
    f"{SALES}/trespass.py": (f"import bridge_gui.{BOOKS.replace('/', '.')}", "strangers to each other"),
    f"{SALES}/simulator.py": (f"from bridge_gui.{SALES.replace('/', '.')} import payloads", "never sees"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of the pyproject.toml in `folder` on the package beside it."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", code]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package with two toy vendors, and the contracts."""
    shutil.copytree(
        ROOT / "bridge_gui", tmp_path / "bridge_gui", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in TOYS.items():
        write(tmp_path / "bridge_gui" / name, text)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_the_contracts_are_kept():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_vendors_that_keep_to_themselves_are_welcome(copy: Path):
    result = lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("file", "statement", "contract"), [(f, *rest) for f, rest in FORBIDDEN.items()])
def test_a_forbidden_import_is_found(copy: Path, file: str, statement: str, contract: str):
    write(copy / "bridge_gui" / file, f'"""A trespass."""\n\n{statement}\n')
    result = lint(copy)
    broken = [line for line in result.stdout.splitlines() if line.endswith("BROKEN")]
    assert result.returncode == 1, result.stdout + result.stderr
    assert [line for line in broken if contract in line], result.stdout
