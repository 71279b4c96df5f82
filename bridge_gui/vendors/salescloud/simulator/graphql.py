"""As much of GraphQL as one query with variables needs: fields, aliases, arguments, selections.

Facts: the GraphQL specification's grammar. Left out: fragments, directives, several operations, mutations.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_TOKEN = re.compile(
    r"(?P<skip>[\s,﻿]+|#[^\n]*)|(?P<mark>\.\.\.|[{}()\[\]:!=$@|&])"
    r'|(?P<name>[_A-Za-z]\w*)|(?P<number>-?\d+(?:\.\d+)?)|(?P<text>"(?:[^"\\\n]|\\.)*")'
)
_LITERALS = {"true": True, "false": False, "null": None}


class GraphqlError(Exception):
    """A query that is not answered, with the code that goes into `extensions`."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class Variable(NamedTuple):
    """A variable's place in an argument."""

    name: str


class Field(NamedTuple):
    """One asked-for field; `chosen` is empty for a leaf."""

    name: str
    alias: str
    arguments: dict[str, Any]
    chosen: list[Field]


class Declared(NamedTuple):
    """One declared variable."""

    name: str
    kind: str
    required: bool
    default: Any


class Query(NamedTuple):
    """One parsed operation."""

    name: str
    declared: list[Declared]
    chosen: list[Field]


def parse(text: str) -> Query:
    """The operation in a query's text; `GraphqlError` when it is none."""
    return _Parser(_tokens(text)).query()


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _syntax(text[at])
        at = match.end()
        if match.lastgroup != "skip":
            found.append(match.group())
    return found


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def query(self) -> Query:
        name, declared = "", list[Declared]()
        if self._peek() != "{":
            if self._next() != "query":
                raise GraphqlError("Only queries are supported.", "GRAPHQL_VALIDATION_FAILED")
            if self._peek() not in {"{", "("}:
                name = self._name()
            declared = self._declared()
        chosen = self._selection()
        if self._at < len(self._tokens):
            raise _syntax(self._peek())
        return Query(name, declared, chosen)

    def _declared(self) -> list[Declared]:
        found: list[Declared] = []
        if not self._took("("):
            return found
        while not self._took(")"):
            self._want("$")
            name = self._name()
            self._want(":")
            kind = self._type()
            required = self._took("!")
            default = self._value() if self._took("=") else None
            found.append(Declared(name, kind, required, default))
        return found

    def _type(self) -> str:
        if not self._took("["):
            return self._name()
        inner = self._type()
        self._took("!")
        self._want("]")
        return f"[{inner}]"

    def _selection(self) -> list[Field]:
        self._want("{")
        found: list[Field] = []
        while not self._took("}"):
            found.append(self._field())
        if not found:
            raise _syntax("}")
        return found

    def _field(self) -> Field:
        alias = name = self._name()
        if self._took(":"):
            name = self._name()
        arguments: dict[str, Any] = {}
        if self._took("("):
            while not self._took(")"):
                key = self._name()
                self._want(":")
                arguments[key] = self._value()
        return Field(name, alias, arguments, self._selection() if self._peek() == "{" else [])

    def _value(self) -> Any:
        word = self._next()
        if word == "$":
            return Variable(self._name())
        if word.startswith('"'):
            return word[1:-1].replace('\\"', '"')
        if word[0].isdigit() or word[0] == "-":
            return float(word) if "." in word else int(word)
        return _LITERALS.get(word, word)

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise _syntax("<EOF>")
        self._at += 1
        return token

    def _took(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self._at += 1
        return True

    def _want(self, token: str) -> None:
        if not self._took(token):
            raise _syntax(self._peek() or "<EOF>")

    def _name(self) -> str:
        token = self._next()
        if not (token[0].isalpha() or token[0] == "_"):
            raise _syntax(token)
        return token


def _syntax(token: str) -> GraphqlError:
    return GraphqlError(f"Syntax Error: Unexpected {token!r}.", "GRAPHQL_PARSE_FAILED")
