"""The house style that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import Function, name_of, parsed, project_files, python_files, text_of

# In pieces, so that this file is clean itself.
REGISTRIES = [
    "py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org",
    "security." + "debian.org", "crates" + ".io", "proxy.golang" + ".org",
]  # fmt: skip
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~$}-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers"]) + r")/\w"
    r"|[A-Z]:\\+Us" + r"ers\\+\w"
)

# A vendor's oddity says in brackets where it is known from: a vendor file and its section, a strength mark or a
# document; or it gives a link.
SOURCE = re.compile(
    r"[\[(][^\])]*(?:\w\.(?:md|json|yaml|xml|wsdl|graphql)\b|\b(?:spec|live|code|inferred|docs?|documentation"
    r"|reference|article|help|plug-in|notes?|pitfalls?|RFC ?\d+)\b)"
    r"|https?://",
)
QUIRK = "QUIRK" + ":"


def quirks(text: str) -> Iterator[tuple[int, str]]:
    """Each QUIRK with the lines that go on below it, to the end of the comment or docstring."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if QUIRK in line:
            before, first = line.split(QUIRK, 1)
            goes_on = in_comment if before.rstrip().endswith("#") else in_docstring
            block = [first]
            for following in lines[number + 1 :]:
                if QUIRK in following or not goes_on(block[-1], following):
                    break
                block.append(following.strip("# "))
            yield number + 1, " ".join(block)


def in_comment(_: str, line: str) -> bool:
    return line.strip().startswith("#")


def in_docstring(before: str, line: str) -> bool:
    return '"""' not in before and bool(line.strip())


def public_parts(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """The public classes, functions and methods of a module."""
    for node in body:
        if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
            continue
        if not any(
            ast.unparse(mark).split(".")[-1] in {"overload", "override", "setter"}
            for mark in node.decorator_list
        ):
            yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from public_parts(node.body, f"{prefix}{node.name}.")


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name_of(path)}:{number}: {match.group()}"
        for path in project_files()
        for number, line in enumerate(text_of(path).splitlines(), 1)
        for match in pattern.finditer(line)
    ]


def test_no_file_names_a_package_registry():
    assert not found(re.compile("|".join(map(re.escape, REGISTRIES))))


def test_no_file_names_a_path_of_somebodys_machine():
    assert not found(MACHINE_PATH)


def test_the_path_pattern_knows_paths_from_addresses():
    assert MACHINE_PATH.search('open("/ho' + 'me/anna/x")')
    assert MACHINE_PATH.search("cd /wo" + "rk/main")
    assert not MACHINE_PATH.search("https://vendor.example/ho" + "me/anna")
    assert not MACHINE_PATH.search("{base}/wo" + "rk/orders")


def test_every_quirk_names_its_source():
    sources = [
        (f"{name_of(path)}:{number}", block)
        for path in python_files("bridge_gui")
        for number, block in quirks(text_of(path))
    ]
    assert not [where for where, block in sources if not SOURCE.search(block)]


def test_a_quirk_without_a_source_is_found():
    text = f"x = 1  # {QUIRK} the date is a day off\n# as of late [live]\ny = x['code']\n# {QUIRK} odd\nz = 3  # (spec)\n"
    text += f"# {QUIRK} the field is misspelt (vendor.md 3.1)\n"
    assert [bool(SOURCE.search(block)) for _, block in quirks(text)] == [True, False, True]


def test_everything_public_says_what_it_promises():
    bare = [
        f"{name_of(path)}:{node.lineno} {name}"
        for path in python_files("bridge_gui")
        if not is_migration(path)
        for name, node in public_parts(parsed(path).body)
        if not ast.get_docstring(node)
    ]
    assert not bare


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts
