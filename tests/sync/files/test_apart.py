"""A spreadsheet that ends the process that reads it ends nobody else's."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import zipfile
from collections import Counter

import pytest
from openpyxl import Workbook

from bridge_gui.errors import SetupError
from bridge_gui.sync.files import reading
from bridge_gui.sync.files.apart import WORD, program, sheets_apart
from bridge_gui.sync.files.reading import read_sheets
from bridge_gui.sync.files.workbook import Unreadable, sheets_of
from tests.longer import LONG
from tests.sync.files.making import MADE

WHOLE = (MADE / "report.xls").read_bytes()
DAMAGED = LONG // 200 or 8


def test_what_is_read_apart_is_what_is_in_it():
    assert sheets_apart(WHOLE) == sheets_of(WHOLE)


def test_no_part_of_the_file_and_no_name_is_in_the_arguments():
    assert program("/opt/bridge-gui", frozen=True) == ["/opt/bridge-gui", WORD]
    assert program("python", frozen=False) == ["python", "-m", "bridge_gui", WORD]


def test_on_windows_the_program_with_standard_streams_is_started(tmp_path):
    (tmp_path / "bridge-cli.exe").touch()
    window = str(tmp_path / "bridge-gui.exe")
    assert program(window, frozen=True) == [str(tmp_path / "bridge-cli.exe"), WORD]


def test_a_reader_that_cannot_be_started_is_not_the_files_fault(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "sheets_apart", lambda body: sheets_apart(body, [str(tmp_path / "gone")]))
    with pytest.raises(SetupError) as caught:
        read_sheets(MADE / "report.xls")
    assert (caught.value.code, caught.value.params) == ("file.no_reader", {"file": "report.xls"})


@pytest.mark.parametrize(
    "ending",
    ["import os; os.abort()", "import sys; sys.exit(3)", "print('no tables')", "import time; time.sleep(60)"],
)
def test_whatever_becomes_of_that_process_the_file_is_damaged(monkeypatch, ending):
    """Killed by its own library, at an end, with nonsense, without an end."""
    with pytest.raises(Unreadable) as caught:
        sheets_apart(WHOLE, [sys.executable, "-c", ending], seconds=0.5)
    assert caught.value.code == "file.damaged"
    monkeypatch.setattr(
        reading, "sheets_apart", lambda body: sheets_apart(body, [sys.executable, "-c", ending], 0.5)
    )
    with pytest.raises(SetupError) as told:
        read_sheets(MADE / "report.xls")
    assert (told.value.code, told.value.params) == ("file.damaged", {"file": "report.xls"})


def test_a_process_that_wants_all_memory_is_ended_early():
    hungry = "from bridge_gui.sync.files import apart; apart._limit_memory(); bytearray(3_000_000_000)"
    ended = subprocess.run([sys.executable, "-c", hungry], capture_output=True, check=False)
    if os.name == "posix":
        assert b"MemoryError" in ended.stderr


def read(path) -> str:
    """How reading it ended, with the file's name."""
    try:
        return f"read {len(read_sheets(path))}"
    except SetupError as error:
        return f"{error.code} {error.params['file']}"


def test_damaged_old_spreadsheets_at_many_places(tmp_path):
    """Cut, and bytes changed anywhere; `BRIDGE_LONG_TESTS` has many more of them."""
    dice, ends = random.Random(7), Counter[str]()
    path = tmp_path / "old.xls"
    for _ in range(DAMAGED):
        body = bytearray(WHOLE)
        for _ in range(dice.randrange(1, 40)):
            body[dice.randrange(8, len(body))] = dice.randrange(256)
        path.write_bytes(body[: dice.choice([len(body), dice.randrange(8, len(body))])])
        ends[read(path)] += 1
    assert set(ends) <= {"read 1", "file.damaged old.xls", "file.empty old.xls"}
    assert ends["file.damaged old.xls"]


@pytest.mark.parametrize("head", [b"", b'<dimension ref="A1:B2"/>'])
@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_a_cell_at_the_far_end_that_the_head_does_not_tell_is_seen_before_room_is_made(tmp_path, head, quote):
    """Else python-calamine asks for half a terabyte, and the process is gone."""
    book, packed, path = Workbook(), io.BytesIO(), tmp_path / "far.xlsx"
    book.active["A1"] = book.active["XFD1048576"] = 1
    book.save(packed)
    with zipfile.ZipFile(packed) as told, zipfile.ZipFile(path, "w") as changed:
        for name in told.namelist():
            body = re.sub(rb"<dimension[^>]*/>", head, told.read(name))
            changed.writestr(name, body.replace(b'r="XFD1048576"', b"r=" + quote + b"xfd1048576" + quote))
    with pytest.raises(SetupError) as caught:
        read_sheets(path)
    assert caught.value.code == "file.too_wide"
