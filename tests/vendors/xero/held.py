"""Requests held against Xero's own OpenAPI document: method, path, query, headers and every field of a body."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator

from tests.web.toys import Received

BASE = "/api.xro/2.0"


class Document:
    """The accounting document; `wrong` says what it has against a request."""

    def __init__(self, folder: Path) -> None:
        text = (folder / "xero" / "xero-accounting-16.1.0-trimmed.json").read_text("utf-8")
        self._doc = json.loads(text)
        self._strict = copy.deepcopy(self._doc["components"])
        _close(self._strict["schemas"])

    def wrong(self, received: Received) -> list[str]:
        parts = urlsplit(received.target)
        path = parts.path.removeprefix(BASE)
        operation, shared = self._operation(received.method, path)
        known = [self._real(one) for one in (*operation.get("parameters", ()), *shared)]
        wrong = self._query(known, parts.query)
        for one in known:
            if one["in"] == "header" and one.get("required") and one["name"].lower() not in received.headers:
                wrong.append(f"no header {one['name']}")
        names = {one["name"].lower() for one in known if one["in"] == "header"}
        for name in ("idempotency-key", "if-modified-since"):
            if name in received.headers and name not in names:
                wrong.append(f"header {name} is not known")
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return wrong + (["a body"] if received.body else [])
        return wrong + self._body(schema, json.loads(received.body))

    def _body(self, schema: dict, body: object) -> list[str]:
        whole = {**schema, "components": self._strict}
        found = Draft202012Validator(whole).iter_errors(body)
        return [f"{error.json_path}: {error.message[:120]}" for error in found]

    def _query(self, known: list[dict], query: str) -> list[str]:
        params = {one["name"]: one["schema"].get("type") for one in known if one["in"] == "query"}
        wrong = []
        for name, text in parse_qsl(query, keep_blank_values=True):
            kind = params.get(name)
            if kind is None:
                wrong.append(f"{name} is not known")
            elif (kind == "integer" and not text.isdigit()) or (
                kind == "boolean" and text not in ("true", "false")
            ):
                wrong.append(f"{name}={text}")
        return wrong

    def _operation(self, method: str, path: str) -> tuple[dict, list]:
        for template, item in self._doc["paths"].items():
            pattern = re.sub(r"\{\w+\}", "[^/]+", template)
            if re.fullmatch(pattern, path) and method.lower() in item:
                return item[method.lower()], item.get("parameters", [])
        raise AssertionError(f"{method} {path} is not in the document")

    def _real(self, value: dict) -> dict:
        while "$ref" in value:
            found: Any = self._doc
            for step in value["$ref"].split("/")[1:]:
                found = found[step]
            value = found
        return value


def _close(schemas: dict) -> None:
    """A field that the document does not know is wrong."""
    for schema in schemas.values():
        if schema.get("type") == "object" and schema.get("properties"):
            schema["additionalProperties"] = False
