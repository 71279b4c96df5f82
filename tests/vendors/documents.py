"""Answers held against the vendors' own OpenAPI documents, by jsonschema."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


class Document:
    """One OpenAPI 3.0 document; `wrong` says what it has against an answer."""

    def __init__(self, path: Path, *, strict: bool = True) -> None:
        self._doc = _turned(json.loads(path.read_text("utf-8")))
        if strict:
            _close(self._doc)

    def wrong(self, method: str, path: str, status: int, value: Any) -> list[str]:
        """Faults of an answer's body; a status that the document does not name is one."""
        operation = self._operation(method, path)
        answer = operation["responses"].get(str(status))
        if answer is None:
            return [f"{method} {path}: no answer {status}"]
        schema = self.real(answer).get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return []
        found = Draft202012Validator(self.rooted(schema)).iter_errors(value)
        return [f"{error.json_path}: {error.message[:160]}" for error in found]

    def rooted(self, schema: Any) -> Any:
        """The schema with all that it refers to."""
        return {**schema, "components": self._doc.get("components", {})}

    def answer(self, method: str, path: str, status: int) -> Any:
        """The schema of an answer's body, its references to be followed by `real`; None if there is none."""
        told = self.real(self._operation(method, path)["responses"].get(str(status), {}))
        return told.get("content", {}).get("application/json", {}).get("schema") or told.get("schema")

    def _operation(self, method: str, path: str) -> Any:
        exact = {path: self._doc["paths"][path]} if path in self._doc["paths"] else {}
        for template, item in {**exact, **self._doc["paths"]}.items():
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) and method.lower() in item:
                return item[method.lower()]
        raise AssertionError(f"{method} {path} is not in the document")

    def real(self, value: Any) -> Any:
        while "$ref" in value:
            found: Any = self._doc
            for step in value["$ref"].split("/")[1:]:
                found = found[step]
            value = found
        return value


def _turned(value: Any) -> Any:
    """OpenAPI 3.0's `nullable` as JSON Schema says it."""
    if isinstance(value, list):
        return [_turned(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {name: _turned(inner) for name, inner in value.items() if name not in {"example", "examples"}}
    if made.pop("nullable", None) is True and isinstance(made.get("type"), str):
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    return made


def _close(doc: Any) -> None:
    """A field that the schemas under `components` do not name is wrong."""
    for schema in copy.copy(doc.get("components", {}).get("schemas", {})).values():
        if schema.get("properties") and "allOf" not in schema:
            schema["additionalProperties"] = False
