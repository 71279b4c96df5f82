"""Xero's filter language: `where=Status=="AUTHORISED" AND Contact.ContactID==guid("…")`.

Facts: xero.md section 3.4 (grammar, case and accents ignored). Inferred: precedence, `StartsWith`,
`EndsWith`, and that an unknown field is a QueryParseException.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.xero.simulator.forms import unparsed

Test = Callable[[Doc], bool]
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*")|(?P<number>-?\d+(?:\.\d+)?)
    |(?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    |(?P<sign>==|!=|<>|<=|>=|&&|\|\||=|<|>|\(|\)|,))""",
    re.VERBOSE,
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_METHODS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda a, b: b in a,
    "startswith": str.startswith,
    "endswith": str.endswith,
}


class Token(NamedTuple):
    """A piece of a filter."""

    kind: str
    text: str


def plain(text: str) -> str:
    """A text without case and accents."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in split if not unicodedata.combining(letter)).casefold()


def predicate(text: str, fields: frozenset[str]) -> Test:
    """The filter as a test; `fields` are the ones it may name, without regard to case."""
    reader = _Reader(text, {field.lower(): field for field in fields})
    made = reader.any_of()
    if reader.left():
        raise unparsed(f"Syntax error at '{reader.left()[0].text}'")
    return made


def value_of(doc: Doc, path: str) -> Any:
    """The value under a path with dots, looked up without regard to case."""
    found: Any = doc
    for part in path.lower().split("."):
        if not isinstance(found, dict):
            return None
        found = next((inner for name, inner in found.items() if name.lower() == part), None)
    return found


class _Reader:
    """Reads a filter from left to right."""

    def __init__(self, text: str, fields: dict[str, str]) -> None:
        self._tokens = _tokens(text)
        self._fields = fields
        self._at = 0

    def left(self) -> list[Token]:
        return self._tokens[self._at :]

    def any_of(self) -> Test:
        tests = [self.all_of()]
        while self._took("||", "or"):
            tests.append(self.all_of())
        return lambda doc: any(test(doc) for test in tests)

    def all_of(self) -> Test:
        tests = [self.one()]
        while self._took("&&", "and"):
            tests.append(self.one())
        return lambda doc: all(test(doc) for test in tests)

    def one(self) -> Test:
        if self._took("("):
            inner = self.any_of()
            self._need(")")
            return inner
        path = self._next("word").text
        head, _, method = path.rpartition(".")
        if method.lower() in _METHODS and head:
            return self._called(head, method.lower())
        return self._compared(path)

    def _called(self, path: str, method: str) -> Test:
        path = self._known(path)
        self._need("(")
        wanted = plain(self._next("text").text.strip('"'))
        self._need(")")
        return lambda doc: _METHODS[method](plain(str(value_of(doc, path) or "")), wanted)

    def _compared(self, path: str) -> Test:
        path = self._known(path)
        sign = self._next("sign").text
        sign = {"=": "==", "<>": "!="}.get(sign, sign)
        if sign not in _COMPARE:
            raise unparsed(f"Syntax error at '{sign}'")
        wanted = self._value()

        def test(doc: Doc) -> bool:
            found = _alike(value_of(doc, path), wanted)
            if found is None or wanted is None:
                return _COMPARE[sign](found, wanted) if sign in {"==", "!="} else False
            return _COMPARE[sign](found, wanted)

        return test

    def _value(self) -> Any:
        token = self._next("text", "number", "word")
        if token.kind == "text":
            return plain(token.text.strip('"'))
        if token.kind == "number":
            return float(token.text)
        word = token.text.lower()
        if word in {"true", "false", "null"}:
            return {"true": True, "false": False, "null": None}[word]
        if word == "guid":
            return plain(self._arguments()[0].strip('"'))
        if word in {"datetime", "datetime.parse"}:
            return _moment(self._arguments())
        raise unparsed(f"No property or field '{token.text}' exists")

    def _arguments(self) -> list[str]:
        self._need("(")
        found = [self._next("text", "number").text]
        while self._took(","):
            found.append(self._next("number").text)
        self._need(")")
        return found

    def _known(self, path: str) -> str:
        if path.lower() not in self._fields:
            raise unparsed(f"No property or field '{path}' exists")
        return self._fields[path.lower()]

    def _took(self, *texts: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at].text.lower() in texts:
            self._at += 1
            return True
        return False

    def _need(self, text: str) -> None:
        if not self._took(text):
            raise unparsed(f"'{text}' expected")

    def _next(self, *kinds: str) -> Token:
        if self._at >= len(self._tokens) or self._tokens[self._at].kind not in kinds:
            raise unparsed(f"{' or '.join(kinds)} expected")
        self._at += 1
        return self._tokens[self._at - 1]


def _tokens(text: str) -> list[Token]:
    """QUIRK: a double quote inside a text cannot be escaped; it ends the text (xero.md 3.4)."""
    found, at, text = [], 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise unparsed(f"Syntax error at position {at}")
        found.append(Token(match.lastgroup or "", match.group(match.lastgroup or 0)))
        at = match.end()
    return found


def _moment(arguments: list[str]) -> str:
    if len(arguments) == 1:
        told = arguments[0].strip('"')
        return told[:19] if "T" in told else f"{told[:10]}T00:00:00"
    year, month, day, *clock = (int(float(part)) for part in arguments)
    hour, minute, second = (*clock, 0, 0, 0)[:3]
    return f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"


def _alike(found: Any, wanted: Any) -> Any:
    """A document's value in the form of the one it is compared with."""
    if found is None or wanted is None or isinstance(found, bool) or isinstance(wanted, bool):
        return found
    if isinstance(wanted, float):
        return float(found) if isinstance(found, int | float) else None
    if re.match(r"^\d{4}-\d\d-\d\d(T|$)", str(found)) and "T" in str(wanted):
        return str(found)[:19] if "T" in str(found) else f"{found}T00:00:00"
    return plain(str(found))
