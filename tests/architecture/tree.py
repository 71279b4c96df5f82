"""The files of the project, and what is in them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def project_files() -> list[Path]:
    """Every file that is or would be committed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted({ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()})


def text_of(path: Path) -> str:
    """The text of a file; empty for a picture and the like."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def name_of(path: Path) -> str:
    """The path as a person reads it, from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()


def python_files(*tops: str) -> list[Path]:
    """The Python files of these top-level folders or files."""
    files = [path for path in project_files() if path.suffix == ".py"]
    return [path for path in files if path.relative_to(ROOT).parts[0] in tops]


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def functions(module: ast.Module) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(module) if isinstance(node, Function))
