"""Answers made up from a vendor's own OpenAPI document: whatever it lets stand in a body, nothing else.

`Speaker.whole` makes a body by the schema alone. `Speaker.mixed` begins with a recorded one, so that what a call
looks for is mostly there: fields that may be missing go, fields that were never recorded come, values become
others of their type, choices become others of their list.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from tests.vendors.documents import Document

DEEPEST = 6
_TEXTS = ("", " ", "A", "Blåbær & sønn", "0", "-1", "1.5", "true", "null", "2026-02-30", "x" * 300, "\u202e")
_DAYS = ("2026-11-20", "2024-02-29", "1900-01-01", "9999-12-31")
_TIMES = (
    "2026-11-20T10:00:00Z",
    "2026-11-20T10:00:00.1234567+01:00",
    "0001-01-01T00:00:00Z",
    "2026-11-20T10:00:00",
)
_NUMBERS = (0, 1, -1, 0.1, 2.005, 1e-9, 123456789.99, -0.005, 1e15)
_WHOLE = (0, 1, -1, 7, 2**31, 2**53 + 1)
FOLDERS = {
    "pipedrive": {"/api/v1": "pipedrive-v1-trimmed", "/api/v2": "pipedrive-v2-trimmed"},
    "xero": {"/api.xro/2.0": "xero-accounting-16.1.0-trimmed", "/connections": "xero-identity-16.1.0"},
    "twentyfoursevenoffice": {"/v1": "finago-office-rest-flows"},
    "webcrm": {"/": "swagger-v1-2019-09"},
    "highlevel": {
        "/contacts": "contacts", "/invoices": "invoices", "/locations": "locations", "/payments": "payments",
        "/conversations": "conversations",
    },
}  # fmt: skip
"""Vendors with a document: which file tells of which paths."""


class Schemas:
    """The documents of one vendor."""

    def __init__(self, specs: Path, vendor: str) -> None:
        folder = specs / vendor
        self._parts = {
            begin: Document(folder / f"{name}.json", strict=False) for begin, name in FOLDERS[vendor].items()
        }

    def find(self, method: str, path: str, status: int) -> tuple[Any, Document] | None:
        """The schema of an answer and the document it stands in; None for a call that is in none."""
        for begin, document in self._parts.items():
            if not path.startswith(begin):
                continue
            for inner in (path, path.removeprefix(begin)):
                try:
                    schema = document.answer(method, inner, status)
                except AssertionError:
                    continue
                if schema is not None:
                    return schema, document
        return None


class Speaker:
    """Makes up values by schemas of one document."""

    def __init__(self, document: Document, chance: random.Random) -> None:
        self._document = document
        self._chance = chance

    def whole(self, schema: Any, depth: int = 0) -> Any:
        """Any value that fits."""
        schema = self._flat(schema)
        if "enum" in schema:
            return self._chance.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        kind = self._kind(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            most = 0 if depth >= DEEPEST else max(schema.get("minItems", 0), self._chance.choice((0, 1, 2)))
            return [self.whole(schema.get("items", {}), depth + 1) for _ in range(most)]
        return self._plain(schema, kind)

    def mixed(self, value: Any, schema: Any, depth: int = 0) -> Any:
        """A recorded value with some of it as the schema has it too."""
        schema = self._flat(schema)
        if self._chance.random() < 0.02 or (
            not isinstance(value, (dict, list)) and self._chance.random() < 0.1
        ):
            return self.whole(schema, depth)
        if isinstance(value, list):
            return [self.mixed(one, schema.get("items", {}), depth + 1) for one in value]
        if not isinstance(value, dict):
            return value
        known, needed = schema.get("properties", {}), set(schema.get("required", ()))
        told = {
            name: self.mixed(inner, known[name], depth + 1) if name in known else inner
            for name, inner in value.items()
            if name in needed or name not in known or self._chance.random() > 0.03
        }
        new = {name for name in known.keys() - value.keys() if self._chance.random() < 0.1}
        return told | {name: self.whole(known[name], depth + 1) for name in sorted(new)}

    def _flat(self, schema: Any) -> dict[str, Any]:
        """A schema without references, its parts joined, one of its alternatives chosen."""
        schema = dict(self._document.real(schema))
        for part in schema.pop("allOf", ()):
            schema = _joined(schema, self._flat(part))
        for name in ("oneOf", "anyOf"):
            if others := schema.pop(name, ()):
                schema = _joined(schema, self._flat(self._chance.choice(others)))
        return schema

    def _kind(self, schema: dict[str, Any]) -> str:
        kind = schema.get("type") or ("object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kind = self._chance.choice(kind)
        return str(kind)

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        needed = set(schema.get("required", ()))
        return {
            name: self.whole(inner, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if name in needed or (depth < DEEPEST and self._chance.random() < 0.7)
        }

    def _plain(self, schema: dict[str, Any], kind: str) -> Any:
        if kind == "boolean":
            return self._chance.choice((True, False))
        if kind in ("integer", "number"):
            least, most = schema.get("minimum", -(10**30)), schema.get("maximum", 10**30)
            fitting = [one for one in (_WHOLE if kind == "integer" else _NUMBERS) if least <= one <= most]
            return self._chance.choice(fitting or [least])
        if kind == "null":
            return None
        return self._text(schema.get("format", ""), schema.get("maxLength", 1000))

    def _text(self, form: str, most: int) -> str:
        if form == "date":
            return self._chance.choice(_DAYS)
        if form == "date-time":
            return self._chance.choice(_TIMES)
        if form == "uuid":
            return f"{self._chance.randrange(16**8):08x}-1111-4222-8333-444455556666"
        return self._chance.choice([one for one in _TEXTS if len(one) <= most])


def _joined(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    told = {**other, **one}
    for name, none in (("properties", {}), ("required", [])):
        if name in one and name in other:
            told[name] = {**other[name], **one[name]} if none == {} else [*other[name], *one[name]]
    return told
