"""What build.spec leaves out is needed nowhere, and what it names is there."""

import ast
import re
import struct

import pytest

from tests.architecture.tree import ROOT, name_of, parsed, python_files

SPEC = (ROOT / "build.spec").read_text("utf-8")
ICONS = ROOT / "resources" / "icons"


def excluded() -> list[str]:
    """The modules that the frozen program does not have."""
    (listed,) = re.findall(r"excludes=(\[.*?\])", SPEC, re.DOTALL)
    return ast.literal_eval(listed)


def imported() -> dict[str, str]:
    """Every module the program imports, and a file that does."""
    names: dict[str, str] = {}
    for path in python_files("bridge_gui"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Import):
                names |= {alias.name: name_of(path) for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {f"{node.module}.{alias.name}": name_of(path) for alias in node.names}
    return names


def test_nothing_excluded_is_imported():
    left_out = tuple(f"{name}." for name in excluded())
    assert left_out
    assert not {name: path for name, path in imported().items() if f"{name}.".startswith(left_out)}


def test_no_process_is_started_as_the_frozen_program_cannot():
    """Its spec leaves out what PyInstaller does for multiprocessing at each start."""
    assert '"pyi_rth_multiprocessing"' in SPEC
    own = {name for name in imported() if f"{name}.".startswith(("multiprocessing.", "concurrent.futures."))}
    assert own <= {
        "multiprocessing.AuthenticationError",
        "multiprocessing.connection.Client",
        "multiprocessing.connection.Listener",
    }


def test_the_windows_icon_holds_each_size():
    data = (ICONS / "bridge.ico").read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    assert (kind, count) == (1, 6)
    for number in range(count):
        width, *_, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        picture = data[offset : offset + length]
        assert picture.startswith(b"\x89PNG")
        assert struct.unpack_from(">I", picture, 16)[0] == (width or 256)


@pytest.mark.parametrize(
    ("name", "start"), [("bridge.icns", b"icns"), ("bridge.png", b"\x89PNG"), ("bridge.svg", b"<svg")]
)
def test_each_icon_is_what_its_name_says(name: str, start: bytes):
    assert (ICONS / name).read_bytes().startswith(start)
