"""Door B: `/odata/<company>/<entity>`: read only, with `$filter`, `$orderby`, `$top`, `$skip`.

Facts: uniconta.md 3.2. INFERRED: comparisons, `and`, `or`, `not` and brackets, nothing else; unknown
names and options are refused; the name of the next link; what XML looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.uniconta.simulator.books import COMPANY, TEXT, Books
from bridge_gui.vendors.uniconta.simulator.countries import CHOICES
from bridge_gui.vendors.uniconta.simulator.crud import may
from bridge_gui.vendors.uniconta.simulator.entities import EMPTY, Field

OPTIONS = {"$filter", "$orderby", "$top", "$skip"}
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "gt": lambda a, b: a is not None and a > b,
    "ge": lambda a, b: a is not None and a >= b,
    "lt": lambda a, b: a is not None and a < b,
    "le": lambda a, b: a is not None and a <= b,
}
FLAGS = {"true": True, "false": False}
_TOKEN = re.compile(
    r"\s*(datetime'[^']*'|'(?:[^']|'')*'|[()]|-?\d+(?:\.\d+)?[mMdDfF]?(?![\w-])|[A-Za-z_]\w*)"
)
Test = Callable[[Doc], bool]


class Feed:
    """Answers door B."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """The feed's paths, with the company and without."""
        return [
            ("GET", "/odata", self.tables),
            ("GET", "/odata/<int:company>", self.tables),
            ("GET", "/odata/<asked>", self.read),
            ("GET", "/odata/<int:company>/<asked>", self.read),
        ]

    def tables(self, company: int = 0) -> Any:
        """What there is to read."""
        names = [name for name in self._books.entities if self._books.settings["rights"].get(name) != "none"]
        return self._answer({"value": [{"name": name, "kind": "EntitySet", "url": name} for name in names]})

    def read(self, asked: str, company: int = 0) -> Any:
        """The rows that meet the filter, in order."""
        entity, own = self._books.entity(asked)
        may(self._books, entity, "read")
        if any(name.startswith("$") and name not in OPTIONS for name in request.args):
            raise self._books.refuse("Exception")
        fields = {**entity.fields, **(dict.fromkeys(self._books.own_fields(entity), TEXT) if own else {})}
        rows = self._books.table(entity.name).find()
        filtered = request.args.get("$filter")
        if filtered:
            test = _Reader(self._books, filtered, fields).test()
            rows = [row for row in rows if test(row)]
        rows = self._ordered(rows, fields)
        return self._paged(rows, asked, lambda row: self._books.shown(entity, row, own=own))

    def _ordered(self, rows: list[Doc], fields: dict[str, Field]) -> list[Doc]:
        wanted = [part.split() for part in request.args.get("$orderby", "").split(",") if part.strip()]
        for words in reversed(wanted):
            if words[0] not in fields or words[1:] not in ([], ["asc"], ["desc"]):
                raise self._books.refuse("Exception")
            name, field = words[0], fields[words[0]]
            down = words[1:] == ["desc"]
            rows = sorted(
                rows, key=lambda row: value_of(field, self._books.value(name, field, row)), reverse=down
            )
        return rows

    def _paged(self, rows: list[Doc], asked: str, shown: Callable[[Doc], Doc]) -> Any:
        skip, top = self._whole("$skip"), self._whole("$top")
        most = int(self._books.settings["odata_page"])
        left = rows[skip or 0 :]
        left = left if top is None else left[:top]
        told: Doc = {"value": [shown(row) for row in (left[:most] if most else left)]}
        if most and len(left) > most:
            told[self._books.settings["next_link"]] = self._next(asked, (skip or 0) + most, top, most)
        return self._answer(told)

    def _next(self, asked: str, skip: int, top: int | None, most: int) -> str:
        kept = {name: request.args[name] for name in ("$filter", "$orderby") if name in request.args}
        kept["$skip"] = str(skip)
        if top is not None:
            kept["$top"] = str(top - most)
        query = "&".join(f"{name}={quote(value)}" for name, value in kept.items())
        return f"{request.host_url}odata/{COMPANY}/{asked}?{query}"

    def _whole(self, name: str) -> int | None:
        text = request.args.get(name)
        if text is None:
            return None
        if not text.isdigit():
            raise self._books.refuse("Exception")
        return int(text)

    def _answer(self, told: Doc) -> Any:
        """QUIRK: without `Accept: application/json` the feed is XML (uniconta.md 3.2)."""
        if "json" in request.headers.get("Accept", ""):
            return told
        rows = "".join(f"<entry>{_tags(row)}</entry>" for row in told["value"])
        feed = f'<?xml version="1.0" encoding="utf-8"?><feed>{rows}</feed>'
        return Response(feed, content_type="application/atom+xml;charset=utf-8")


class _Reader:
    """Reads a filter from left to right."""

    def __init__(self, books: Books, text: str, fields: dict[str, Field]) -> None:
        self._books = books
        self._fields = fields
        self._tokens = self._cut(text)
        self._at = 0

    def test(self) -> Test:
        found = self._either()
        if self._at < len(self._tokens):
            raise self._books.refuse("Exception")
        return found

    def _either(self) -> Test:
        tests = [self._both()]
        while self._took("or"):
            tests.append(self._both())
        return lambda row: any(test(row) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._took("and"):
            tests.append(self._one())
        return lambda row: all(test(row) for test in tests)

    def _one(self) -> Test:
        if self._took("not"):
            inner = self._one()
            return lambda row: not inner(row)
        if self._took("("):
            inside = self._either()
            if not self._took(")"):
                raise self._books.refuse("Exception")
            return inside
        name, sign, value = self._next(), self._next(), self._next()
        if name not in self._fields or sign not in SIGNS:
            raise self._books.refuse("Exception")
        field = self._field(name)
        wanted = self._value(field, value)
        kept = self._fields[name]
        return lambda row: SIGNS[sign](value_of(field, self._books.value(name, kept, row)), wanted)

    def _field(self, name: str) -> Field:
        if name.endswith("Country") and self._books.settings["country_form"] != "text":
            return Field("int")
        return TEXT if name in CHOICES else self._fields[name]

    def _value(self, field: Field, token: str) -> Any:
        if token == "null":  # noqa: S105 - a word of the language
            return value_of(field, None)
        kinds = {"date": "datetime'", "text": "'"}
        begins = kinds.get(field.kind, "")
        if begins and not token.startswith(begins):
            raise self._books.refuse("Exception")
        if field.kind == "date":
            return self._moment(token[9:-1])
        if field.kind == "text":
            return token[1:-1].replace("''", "'").lower()
        if field.kind == "flag" and token in FLAGS:
            return FLAGS[token]
        try:
            return float(token.rstrip("mMdDfF"))
        except ValueError as error:
            raise self._books.refuse("Exception") from error

    def _moment(self, text: str) -> datetime:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError as error:
            raise self._books.refuse("Exception") from error

    def _took(self, text: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == text:
            self._at += 1
            return True
        return False

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise self._books.refuse("Exception")
        self._at += 1
        return self._tokens[self._at - 1]

    def _cut(self, text: str) -> list[str]:
        found, at, text = [], 0, text.strip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise self._books.refuse("Exception")
            found.append(match.group(1))
            at = match.end()
        return found


def value_of(field: Field, value: Any) -> Any:
    """A value in the form in which its field compares."""
    if field.kind == "date":
        return datetime.fromisoformat(str(value or EMPTY["date"]))
    if field.kind in {"int", "number"}:
        return float(value or 0)
    return bool(value) if field.kind == "flag" else str(value or "").lower()


def _tags(row: Doc) -> str:
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in row.items())
