"""The query language: `SELECT … FROM … [JOIN … ON (…)] WHERE … ORDER BY …`.

Facts: webcrm.md 3.6: the tables, `=` and `>=`, AND, OR, brackets, texts in single quotes doubled to escape,
texts compare without regard to case, a joined `*` is one flat object. INFERRED: anything else is refused,
unless `query_more` lets the other comparisons in; choices answer their text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask import request

from bridge_gui.sandbox.kit import Condition, Doc, Route
from bridge_gui.vendors.webcrm.simulator.crm import PATHS, Crm, kept_at, moment_of, paged
from bridge_gui.vendors.webcrm.simulator.fields import Field
from bridge_gui.vendors.webcrm.simulator.says import refused

LIST = "QuotationLineLinkedDataItem"
TABLES = {
    "organisation": "Organisation", "person": "Person", "opportunity": "Opportunity", "delivery": "Delivery",
    "activity": "", "linkeddata": LIST,
}  # fmt: skip
SHORT = {f"{LIST}Id": "LinkedDataItemId", f"{LIST}EntityType": "LinkedDataItemEntityType"}
"""QUIRK: two columns of the price list have shorter names here (webcrm.md 3.6)."""
PLAIN, MORE = {"=", ">="}, {"<", "<=", ">", "<>", "!="}
_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(>=|<=|<>|!=|[=<>(),*])|([A-Za-z_][\w.]*)|(-?\d+(?:\.\d+)?))")
Test = Callable[[Doc], bool]


class Queries:
    """Answers `GET /Queries`."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Route]:
        """The one path."""
        return [("GET", "/Queries", self.answered)]

    def answered(self) -> list[Doc]:
        """A page of what the script asks for."""
        script = request.args.get("script", "")
        if not script.strip():
            raise refused("The script field is required.")
        query = _Reader(script, self._crm).query()
        rows = query.rows()
        return [query.shown(row) for row in paged(rows, int(self._crm.settings["page_size"]))]


class Source(NamedTuple):
    """A table of the query with its columns."""

    name: str
    prefix: str
    columns: dict[str, Field]


class Query:
    """A script as it was understood."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self.sources: list[Source] = []
        self._fields: dict[str, Field] = {}
        self.wanted: list[str] = []
        self.on: tuple[str, str] = ("", "")
        self.test: Test = lambda _: True
        self.hints: list[Condition] = []
        self.order: list[tuple[str, bool]] = []

    def column(self, name: str) -> str:
        """A column by its name, which may begin with its table."""
        table, dot, bare = name.rpartition(".")
        for source in self.sources:
            if dot and table.lower() != source.name:
                continue
            for column in source.columns:
                if column.lower() == bare.lower():
                    return column
        raise wrong(f"Invalid column name '{name}'.")

    def field(self, column: str) -> Field:
        """What kind of column it is."""
        if column not in self._fields:
            self._fields = {name: one for source in self.sources for name, one in source.columns.items()}
        return self._fields[column]

    def value(self, row: Doc, column: str) -> Any:
        """A row's value in the form in which it compares."""
        field = self.field(column)
        found = row.get(column, field.empty)
        return datetime.fromisoformat(found) if field.kind == "date" else alike(field, found)

    def rows(self) -> list[Doc]:
        """What meets the conditions, in order."""
        first = self.sources[0]
        hints = [hint for hint in self.hints if hint[0] in first.columns]
        found = self._table(first, hints)
        found = [_renamed(row) for row in found] if first.prefix == LIST else found
        if len(self.sources) > 1:
            found = self._joined(found)
        found = [row for row in found if self.test(row)]
        for column, down in reversed(self.order):
            found.sort(key=lambda row: self.value(row, column), reverse=down)
        return found

    def shown(self, row: Doc) -> Doc:
        """A row as it is answered: all columns, or those selected."""
        told: Doc = {}
        for source in self.sources:
            whole = self._crm.shown(source.prefix, {SHORT_BACK.get(name, name): row[name] for name in row})
            told |= {SHORT.get(name, name): value for name, value in whole.items()}
        if self._crm.settings["query_choices"] == "number":
            told |= {name: self._number(name, told[name]) for name in told}
        return {name: told[name] for name in self.wanted} if self.wanted else told

    def _number(self, name: str, value: Any) -> Any:
        values = self.field(name).values
        return values.index(value) if values else value

    def _table(self, source: Source, hints: list[Condition]) -> list[Doc]:
        return self._crm.table(source.prefix).find(*hints) if source.prefix else []

    def _joined(self, left: list[Doc]) -> list[Doc]:
        one, other = self.on
        if one not in self.sources[0].columns:
            one, other = other, one
        right: dict[Any, list[Doc]] = {}
        for row in self._table(self.sources[1], []):
            right.setdefault(row.get(other), []).append(row)
        return [{**match, **row} for row in left for match in right.get(row.get(one), [])]


SHORT_BACK = {short: name for name, short in SHORT.items()}


class _Reader:
    """Reads a script from left to right."""

    def __init__(self, text: str, crm: Crm) -> None:
        self._crm = crm
        self._tokens = _tokens(text)
        self._at = 0
        self._made = Query(crm)

    def query(self) -> Query:
        made = self._made
        self._need("select")
        wanted = self._selected()
        self._need("from")
        made.sources.append(self._source())
        if self._took("join"):
            made.sources.append(self._source())
            made.on = self._joined()
        made.wanted = [made.column(name) for name in wanted]
        if self._took("where"):
            made.test = self._either(top=True)
        if self._took("order"):
            self._need("by")
            made.order = self._order()
        if self._at < len(self._tokens):
            raise wrong(f"Incorrect syntax near '{self._tokens[self._at]}'.")
        return made

    def _selected(self) -> list[str]:
        if self._took("*"):
            return []
        names = [self._name()]
        while self._took(","):
            names.append(self._name())
        return names

    def _source(self) -> Source:
        name = self._name().lower()
        if name not in TABLES:
            raise wrong(f"Invalid object name '{name}'.")
        prefix = TABLES[name]
        self._crm.may("QuotationLines" if prefix == LIST else PATHS.get(prefix, ""), write=False)
        fields = self._crm.all_fields(prefix) if prefix else {}
        return Source(name, prefix, {SHORT.get(column, column): field for column, field in fields.items()})

    def _joined(self) -> tuple[str, str]:
        self._need("on")
        bracket = self._took("(")
        one = self._made.column(self._name())
        self._need("=")
        other = self._made.column(self._name())
        if bracket:
            self._need(")")
        return one, other

    def _either(self, *, top: bool = False) -> Test:
        tests = [self._both(top=top)]
        while self._took("or"):
            self._made.hints.clear()
            tests.append(self._both(top=False))
        return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)

    def _both(self, *, top: bool) -> Test:
        tests = [self._one(top=top)]
        while self._took("and"):
            tests.append(self._one(top=top))
        return lambda row: all(test(row) for test in tests)

    def _one(self, *, top: bool) -> Test:
        if self._took("("):
            inner = self._either()
            self._need(")")
            return inner
        column = self._made.column(self._name())
        sign = self._sign()
        field = self._made.field(column)
        value = self._value(field)
        if top and field.kind == "date" and sign in {"=", ">=", ">"}:
            self._made.hints.append((column, ">=", kept_at(value)))
        return lambda row: _compared(sign, self._made.value(row, column), value)

    def _sign(self) -> str:
        sign = self._next()
        if sign in PLAIN or (sign in MORE and self._crm.settings["query_more"]):
            return sign
        raise wrong(f"Incorrect syntax near '{sign}'.")

    def _value(self, field: Field) -> Any:
        token = self._next()
        if token.startswith("'"):
            return alike(field, token[1:-1].replace("''", "'"))
        if re.fullmatch(r"-?\d+(\.\d+)?", token):
            return alike(field, float(token))
        raise wrong(f"Incorrect syntax near '{token}'.")

    def _order(self) -> list[tuple[str, bool]]:
        found = []
        while True:
            column = self._made.column(self._name())
            down = self._took("desc")
            if not down:
                self._took("asc")
            found.append((column, down))
            if not self._took(","):
                return found

    def _name(self) -> str:
        token = self._next()
        if not re.fullmatch(r"[A-Za-z_][\w.]*", token):
            raise wrong(f"Incorrect syntax near '{token}'.")
        return token

    def _took(self, text: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at].lower() == text:
            self._at += 1
            return True
        return False

    def _need(self, text: str) -> None:
        if not self._took(text):
            near = self._tokens[self._at] if self._at < len(self._tokens) else "the end"
            raise wrong(f"Incorrect syntax near '{near}'; expected {text.upper()}.")

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise wrong("Incorrect syntax near the end.")
        self._at += 1
        return self._tokens[self._at - 1]


def wrong(message: str) -> Exception:
    """What a script is refused with."""
    return refused(message, 400, "QueryException")


def alike(field: Field, value: Any) -> Any:
    """A value in the form in which its field compares."""
    if field.kind == "date":
        return _moment(str(value))
    if field.values:
        return field.values.index(value) if value in field.values else _figure(value)
    if field.kind in {"int", "number"}:
        return _figure(value)
    if field.kind == "flag":
        return str(value).lower() in {"true", "1", "1.0"}
    return (f"{value:g}" if isinstance(value, float) else str(value)).lower()


def _moment(text: str) -> datetime:
    moment = moment_of(text)
    return moment.astimezone(UTC) if moment.year > 1 else moment


def _figure(value: Any) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise wrong(f"Conversion failed when converting the value '{value}'.") from error


def _compared(sign: str, found: Any, value: Any) -> bool:
    return bool(
        {
            "=": found == value,
            "<>": found != value,
            "!=": found != value,
            ">=": found >= value,
            ">": found > value,
            "<=": found <= value,
            "<": found < value,
        }[sign]
    )


def _renamed(row: Doc) -> Doc:
    return {SHORT.get(name, name): value for name, value in row.items()}


def _tokens(text: str) -> list[str]:
    found, at, text = [], 0, text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise wrong(f"Incorrect syntax near '{text[at : at + 10]}'.")
        found.append(match.group().strip())
        at = match.end()
    return found
