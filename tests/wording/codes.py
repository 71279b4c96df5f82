"""Finds every code the program can raise, hold, skip or log, by reading its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import bridge_gui
from bridge_gui import errors
from bridge_gui.store.rows import Outcome

ROOT = Path(bridge_gui.__file__).parent
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+|unexpected|cancelled")
LEVELS = {"debug", "info", "warning", "error"}
LOGGERS = {"note", "log", "_ask", "drop"}
CARRIERS = {name for name, kind in vars(errors).items() if isinstance(kind, type)} | {
    "Held",
    "Skip",
    "Notice",
}
ENDINGS = {f"run.{outcome.value}" for outcome in Outcome}


def all_codes() -> dict[str, str]:
    """Each code with the place it was found."""
    found: dict[str, str] = {}
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py"))}
    carriers = CARRIERS | set(_subclasses(trees.values()))
    for path, tree in trees.items():
        names = _assigned(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for code in _codes(node, carriers, names):
                    found.setdefault(code, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found | dict.fromkeys(ENDINGS, "every run's end")


def _subclasses(trees) -> Iterator[str]:
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(_name(base) in CARRIERS for base in node.bases):
                yield node.name


def _assigned(tree: ast.Module) -> dict[str, list[str]]:
    """What each name of a file may hold: its constants, or the values of its dict or tuple."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).extend(_strings(node.value, {}))
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Name):
            for target in ast.walk(node.target):
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).extend(found.get(node.iter.id, []))
    return found


def _codes(call: ast.Call, carriers: set[str], names: dict[str, list[str]]) -> Iterator[str]:
    called = _name(call.func)
    if called in carriers:
        keyed = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
        yield from _looking_like_codes([*call.args[:1], *keyed], names)
    elif called in LOGGERS:
        yield from _looking_like_codes(call.args, names)


def _looking_like_codes(nodes, names: dict[str, list[str]]) -> Iterator[str]:
    for node in nodes:
        for text in _strings(node, names):
            if text not in LEVELS and CODE.fullmatch(text):
                yield text


def _strings(node: ast.expr, names: dict[str, list[str]]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body, names)
        yield from _strings(node.orelse, names)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _strings(value, names)
    elif isinstance(node, ast.Tuple):
        for value in node.elts:
            yield from _strings(value, names)
    elif isinstance(node, ast.Subscript):
        yield from _strings(node.value, names)
    elif isinstance(node, ast.Name):
        yield from names.get(node.id, [])


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
