"""Tables as text: which letters, which sign between the columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bridge_gui.errors import SetupError

DELIMITERS = (";", "\t", ",", "|")
_TRIED = 60
_LONGEST_FIELD = 1_000_000
_SEP = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


def decoded(body: bytes, path: Path) -> str:
    """The text of a file: as its mark tells, else UTF-8 if it can be, else Western Windows letters."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if body.startswith(mark):
            return _strictly(body, name, path)
    if wide := _wide(body):
        return _strictly(body, wide, path)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(body, "cp1252", path)


def _strictly(body: bytes, name: str, path: Path) -> str:
    try:
        text = body.decode(name)
    except UnicodeDecodeError as error:
        raise SetupError("file.not_a_table", file=path.name) from error
    if "\x00" in text:
        raise SetupError("file.not_a_table", file=path.name)
    return text


def _wide(body: bytes) -> str:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    head = body[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 3 < len(head) // 2 or not head:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def csv_rows(text: str) -> Iterator[tuple[str | None, ...]]:
    """The rows of a table in text; an empty field is None."""
    told = _SEP.match(text)
    delimiter = told[1] if told else delimiter_of(text)
    body = text[told.end() :] if told else text
    csv.field_size_limit(_LONGEST_FIELD)
    for row in _fields(body, delimiter):
        yield tuple(field.strip() or None for field in row)


def delimiter_of(text: str) -> str:
    """The sign that cuts most lines into the same number of fields, more than one."""
    head = "".join(text.splitlines(keepends=True)[:_TRIED])
    return max(DELIMITERS, key=lambda sign: (_evenness(head, sign), -DELIMITERS.index(sign)))


def _evenness(head: str, sign: str) -> tuple[int, int]:
    """How many lines have the commonest number of fields, and that number; nothing if it is one."""
    counts = Counter(len(row) for row in _fields(head, sign) if any(row))
    counts.pop(1, None)
    if not counts:
        return 0, 0
    fields, lines = counts.most_common(1)[0]
    return lines, fields


def _fields(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return
