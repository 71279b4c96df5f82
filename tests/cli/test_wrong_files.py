"""Files of every wrong kind, at each command that takes one: a sentence, an exit code, never a traceback or a hang."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook

from bridge_gui.errors import SetupError
from bridge_gui.sync.files.reading import MOST_BYTES, read_sheets
from tests.cli.program import KIND, Bridge
from tests.sync.files.making import xlsx

ANSWERS = "[payday]\nclient_id = 'þ'\n"
ROWS = "Dags;Lykill;Texti;Debet;Kredit\n1.11.2026;3410;Salá;;1000\n"


def nothing(path: Path) -> None:
    """There is no such file."""


def loop(path: Path) -> None:
    path.symlink_to(path)


def dangling(path: Path) -> None:
    path.symlink_to(path.with_name("gone"))


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)


def shut(path: Path) -> None:
    path.write_text(ANSWERS)
    path.chmod(0)


def through(path: Path) -> None:
    """A file where a folder would have to be."""
    path.parent.joinpath("file").write_text("x")
    path.symlink_to(path.parent / "file" / "inside")


def holding(body: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(body)

    return make


MADE: dict[str, Callable[[Path], None]] = {
    "missing": nothing, "folder": Path.mkdir, "pipe": os.mkfifo, "loop": loop, "dangling": dangling,
    "through": through, "huge": huge, "empty": holding(b""), "nought": holding(b"\0" * 400),
    "noise": holding(bytes(range(256)) * 20), "text": holding(b"Good morning.\n"),
    "page": holding(b"<!DOCTYPE html><html><body>Sign in</body></html>"),
    "json": holding(b'{"payday": {"client_id": 1}}'), "zip": holding(b"PK\x03\x04" + b"\0" * 60),
    "ole": holding(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "utf-16": holding(ANSWERS.encode("utf-16")), "latin-1": holding(ANSWERS.encode("latin-1")),
    "unknown key": holding(b"[payday]\nnonsense = 1\n[elsewhere]\nx = 1\n"),
    "wrong types": holding(b"[payday]\nclient_id = [1, {a = 1979-05-27}]\n[settings]\nstart_date = inf\n"),
    "no tables": holding(b"payday = 3\nsettings = []\nmappings = 'x'\n"),
    "deep": holding(b"a = " + b"[" * 3000), "long line": holding(b"a" * 90_000),
}  # fmt: skip
COMMANDS = {
    "connect": lambda path: ("connect", KIND, "--answers", path),
    "columns": lambda path: ("columns", path),
    "restore": lambda path: ("restore", path),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", MADE)
def test_a_file_of_the_wrong_kind(tmp_path: Path, kind: str):
    path = tmp_path / "given.toml"
    MADE[kind](path)
    program = Bridge(tmp_path / "data")
    for name, words in COMMANDS.items():
        told = program.look(*words(str(path)))
        assert told.code in (1, 2), (name, told)
        assert "Traceback" not in told.out + told.err
        assert told.error.partition(".")[0] in {"answers", "file", "copies"}, (name, told.error)
        assert told.data["error"]["sentence"], name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_table_in_any_of_the_usual_encodings_is_read(tmp_path: Path, encoding: str):
    path = tmp_path / "report.csv"
    path.write_bytes(ROWS.encode(encoding))
    (sheet,) = read_sheets(path)
    assert sheet.rows[1][2] == "Salá"


@pytest.mark.parametrize(("at", "byte"), [(6, 208), (28, 255), (46, 255)])
def test_a_spreadsheet_whose_list_of_contents_is_none(tmp_path: Path, at: int, byte: int):
    """The version it asks for, the length of a name, a letter of it."""
    path = xlsx(tmp_path / "odd.xlsx")
    body = bytearray(path.read_bytes())
    first = body.index(b"PK\x01\x02")
    body[first + at] = byte
    body[first + 8 : first + 10] = b"\x00\x08"  # names are UTF-8
    path.write_bytes(body)
    with pytest.raises(SetupError) as caught:
        read_sheets(path)
    assert caught.value.code == "file.damaged"


def test_a_spreadsheet_with_a_cell_at_its_far_end_does_not_end_the_program(tmp_path: Path):
    book = Workbook()
    book.active["A1"] = book.active["XFD1048576"] = 1
    book.save(tmp_path / "wide.xlsx")
    told = Bridge(tmp_path / "data").look("columns", str(tmp_path / "wide.xlsx"))
    assert (told.code, told.error) == (2, "file.too_wide")


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_spreadsheet_is_said_to_be_damaged(tmp_path: Path, seed: int):
    """Bytes changed or cut anywhere in it."""
    dice, path = random.Random(seed), tmp_path / "damaged.xlsx"
    whole = xlsx(tmp_path / "whole.xlsx").read_bytes()
    for _ in range(60):
        body = bytearray(whole)
        for _ in range(dice.randrange(1, 30)):
            body[dice.randrange(len(body))] = dice.randrange(256)
        path.write_bytes(body[: dice.choice([len(body), dice.randrange(len(body))])])
        with suppress(SetupError):
            read_sheets(path)
