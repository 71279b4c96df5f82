"""The query language: `select * from Entity where … orderby … startposition n maxresults m`.

Facts: quickbooks.md 4. Inferred: texts compare without regard to case; ids compare as numbers; more than 1000
rows asked are 1000; the newest come first where no order is asked (both were seen).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC
from typing import Any, NamedTuple

from bridge_gui.sandbox.kit import Condition, Doc, instant
from bridge_gui.vendors.quickbooks.simulator.books import ENTITIES
from bridge_gui.vendors.quickbooks.simulator.says import unqueried

COMMON = {"Id", "MetaData.CreateTime", "MetaData.LastUpdatedTime"}
_SALE = {"DocNumber", "TxnDate", "CustomerRef", "TotalAmt"}
FIELDS = {
    "Customer": {"DisplayName", "GivenName", "FamilyName", "CompanyName", "FullyQualifiedName",
                 "PrimaryEmailAddr", "Active", "Balance"},
    "Vendor": {"DisplayName", "GivenName", "FamilyName", "CompanyName", "PrimaryEmailAddr", "Active"},
    "Employee": {"DisplayName", "GivenName", "FamilyName", "PrimaryEmailAddr", "Active"},
    "Invoice": {*_SALE, "DueDate", "Balance"},
    "SalesReceipt": _SALE, "CreditMemo": _SALE, "RefundReceipt": _SALE,
    "Payment": {"TxnDate", "CustomerRef", "TotalAmt"},
    "Item": {"Name", "Sku", "Type", "Active"},
    "Account": {"Name", "AccountType", "Active"},
}  # fmt: skip
NUMBERS = {"Id", "Balance", "TotalAmt", "CustomerRef"}
_LIST = {"Name", "Active"}
_TOKEN = re.compile(r"\s*(?:('(?:[^'\\]|\\.)*')|(<=|>=|[=<>(),*])|([A-Za-z_][\w.]*|-?\d+(?:\.\d+)?))")
Test = Callable[[Doc], bool]


class Query(NamedTuple):
    """A query as it was understood."""

    kind: str
    counting: bool
    tests: list[Test]
    order: str
    down: bool
    start: int
    most: int
    asks_active: bool
    hints: list[Condition]
    """What narrows the search in the state; the tests decide."""


def understood(text: str) -> Query:
    """Reads a query; `Trouble` 4000 or 4001 says what is wrong with it."""
    return _Reader(text).query()


def value_of(doc: Doc, path: str) -> Any:
    """The value under a path; a reference and an address are their texts."""
    found: Any = doc
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if isinstance(found, dict):
        return found.get("value", found.get("Address"))
    return found


class _Reader:
    """Reads from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._at = 0
        self._hints: list[Condition] = []

    def query(self) -> Query:
        self._need("select")
        count = self._selected()
        self._need("from")
        kind = self._next()
        if kind not in ENTITIES and kind not in {"CompanyInfo", "Preferences"}:
            raise unqueried(4000, f"Invalid context declaration: {kind}")
        fields = COMMON | FIELDS.get(kind, _LIST)
        tests, active = self._where(fields)
        order, down = self._order(fields)
        start = self._count("startposition", 1)
        most = self._count("maxresults", 100)
        if self._at < len(self._tokens):
            raise unqueried(4000, f"Encountered {self._tokens[self._at]!r}")
        if start < 1:
            raise unqueried(4000, "startposition")
        return Query(kind, count, tests, order, down, start, min(most, 1000), active, self._hints)

    def _selected(self) -> bool:
        if self._took("*"):
            return False
        if self._took("count"):
            for sign in ("(", "*", ")"):
                self._need(sign)
            return True
        self._next()
        while self._took(","):
            self._next()
        return False

    def _where(self, fields: set[str]) -> tuple[list[Test], bool]:
        tests: list[Test] = []
        active = False
        if not self._took("where"):
            return tests, active
        while True:
            path = self._next()
            if path in {"(", ")", "*"}:
                raise unqueried(4000, f"Encountered {path!r}")
            if path not in fields:
                raise unqueried(4001, f"property '{path}' is not queryable")
            active = active or path == "Active"
            tests.append(self._test(path))
            if not self._took("and"):
                return tests, active

    def _test(self, path: str) -> Test:
        sign = self._next().lower()
        if sign == "in":
            wanted = {_alike(path, text) for text in self._several()}
            return lambda doc: _alike(path, value_of(doc, path)) in wanted
        if sign == "like":
            pattern = _pattern(self._value())
            return lambda doc: pattern.fullmatch(str(value_of(doc, path) or "")) is not None
        if sign not in {"=", "<", ">", "<=", ">="}:
            raise unqueried(4000, f"Encountered {sign!r}")
        value = self._value()
        wanted_one = _alike(path, value)
        self._hints += _hint(path, sign, value)
        return lambda doc: _compared(sign, _alike(path, value_of(doc, path)), wanted_one)

    def _several(self) -> list[str]:
        self._need("(")
        found = [self._value()]
        while self._took(","):
            found.append(self._value())
        self._need(")")
        return found

    def _value(self) -> str:
        token = self._next()
        if token.startswith("'"):
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if token.lower() in {"true", "false"} or re.fullmatch(r"-?\d+(\.\d+)?", token):
            return token
        raise unqueried(4000, f"Encountered {token!r}")

    def _order(self, fields: set[str]) -> tuple[str, bool]:
        if self._took("order"):
            self._need("by")
        elif not self._took("orderby"):
            return "", True
        path = self._next()
        if path not in fields:
            raise unqueried(4001, f"property '{path}' is not sortable")
        if self._took("desc"):
            return path, True
        self._took("asc")
        return path, False

    def _count(self, word: str, usual: int) -> int:
        if not self._took(word):
            return usual
        token = self._next()
        if not token.isdigit():
            raise unqueried(4000, f"Encountered {token!r}")
        return int(token)

    def _took(self, text: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at].lower() == text:
            self._at += 1
            return True
        return False

    def _need(self, text: str) -> None:
        if not self._took(text):
            raise unqueried(4000, f"Expected {text!r} in {self._text[:80]!r}")

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise unqueried(4000, "Encountered <EOF>")
        self._at += 1
        return self._tokens[self._at - 1]


def ordered(rows: list[Doc], query: Query) -> list[Doc]:
    """The rows in the order asked for, or the newest first."""
    path = query.order or "Id"

    def key(row: Doc) -> tuple[bool, Any, int]:
        value = _alike(path, value_of(row, path))
        return value is not None, 0 if value is None else value, int(row["Id"])

    return sorted(rows, key=key, reverse=query.down)


def _hint(path: str, sign: str, value: str) -> list[Condition]:
    """Never narrower than the test itself: ids and customers are exact, texts like regardless of case."""
    if path.startswith("MetaData.LastUpdated") and sign in {">", ">="}:
        return [("_updated", ">=", instant(value).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"))]
    if sign != "=" or not value.isascii():
        return []
    known = {"Id": ("id", "=", value), "CustomerRef": ("_customer", "=", value)}
    texts = {"DocNumber": "DocNumber", "DisplayName": "_name", "Name": "_name"}
    if path in texts:
        return [(texts[path], "like", value)]
    return [known[path]] if path in known else []


def _tokens(text: str) -> list[str]:
    found, at, text = [], 0, text.strip().rstrip(";")
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise unqueried(4000, f"Lexical error at line 1, column {at + 1}.")
        found.append(match.group().strip())
        at = match.end()
    return found


def _alike(path: str, value: Any) -> Any:
    """A value in the form in which its field compares."""
    if value is None:
        return None
    try:
        if path.startswith("MetaData."):
            return instant(str(value)).astimezone(UTC)
        if path in NUMBERS:
            return float(value)
    except ValueError as error:
        raise unqueried(4000, f"Invalid value for {path}") from error
    if isinstance(value, bool) or path == "Active":
        return str(value).lower() == "true"
    return str(value).lower()


def _compared(sign: str, found: Any, wanted: Any) -> bool:
    if found is None:
        return False
    return bool(
        {
            "=": found == wanted,
            "<": found < wanted,
            ">": found > wanted,
            "<=": found <= wanted,
            ">=": found >= wanted,
        }[sign]
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in text.split("%")), re.IGNORECASE | re.DOTALL)
