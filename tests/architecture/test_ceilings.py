"""Files of at most 400 lines, functions of the program of at most 40."""

import ast
from fnmatch import fnmatch
from pathlib import Path

from tests.architecture.tree import functions, name_of, parsed, project_files, python_files, text_of

FILE_CEILING = 400
FUNCTION_CEILING = 40
HELD = ("bridge_gui", "installers", "tests", "benchmarks", "resources", "dev.py", "build.spec", ".ci")
CODE = {".py", ".spec", ".sh", ".qss", ".mako", ".nsi", ""}

# Tables and migrations are lists; they are long because there is much of one thing.
TABLES = ("bridge_gui/store/tables.py", "bridge_gui/store/migrations/versions/*.py")


def exempt(path: Path) -> bool:
    return any(fnmatch(name_of(path), pattern) for pattern in TABLES)


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_its_ceiling():
    held = [
        p for p in project_files() if name_of(p).split("/")[0] in HELD and p.suffix in CODE and not exempt(p)
    ]
    lengths = {name_of(path): len(text_of(path).splitlines()) for path in held}
    assert not {name: lines for name, lines in lengths.items() if lines > FILE_CEILING}


def test_no_function_of_the_program_is_longer_than_its_ceiling():
    lengths = {
        f"{name_of(path)}:{node.lineno} {node.name}": length(node)
        for path in python_files("bridge_gui", "installers", "dev.py")
        if not exempt(path)
        for node in functions(parsed(path))
    }
    assert lengths
    assert not {name: lines for name, lines in lengths.items() if lines > FUNCTION_CEILING}
