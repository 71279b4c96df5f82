"""Requests held against HighLevel's own OpenAPI documents: method, path, query, version and every field of a body."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator

from tests.web.toys import Received

FILES = ("payments", "invoices", "contacts", "conversations", "locations", "workflows")
BEYOND = {"altType", "locationId"}
"""Needed, though the document of some calls leaves them out (highlevel.md 3.4)."""


class Documents:
    """All documents that we call by; `wrong` says what they have against a request."""

    def __init__(self, folder: Path) -> None:
        self._docs = [
            json.loads((folder / "highlevel" / f"{name}.json").read_text("utf-8")) for name in FILES
        ]
        for doc in self._docs:
            for schema in doc["components"]["schemas"].values():
                if schema.get("properties"):
                    schema["additionalProperties"] = False
            _loosen(doc["components"]["schemas"])

    def wrong(self, received: Received) -> list[str]:
        parts = urlsplit(received.target)
        doc, operation = self._operation(received.method, parts.path)
        params = {one["name"]: one for one in operation.get("parameters", ()) if one["in"] == "query"}
        given = dict(parse_qsl(parts.query))
        wrong = [f"{name} is not known" for name in given if name not in params and name not in BEYOND]
        wrong += [f"no {name}" for name, one in params.items() if one.get("required") and name not in given]
        versions = [one["schema"]["enum"] for one in operation["parameters"] if one["name"] == "Version"]
        if received.headers.get("version") not in versions[0]:
            wrong.append(f"version {received.headers.get('version')}")
        if not received.headers.get("user-agent", "").startswith("Bridge/"):
            wrong.append("a stranger's agent")
        return wrong + self._body(doc, operation, received)

    def _body(self, doc: dict, operation: dict, received: Received) -> list[str]:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        if not content:
            return ["a body"] if received.body else []
        whole = {**content["schema"], "components": doc["components"]}
        found = Draft202012Validator(whole).iter_errors(json.loads(received.body))
        return [f"{error.json_path}: {error.message[:120]}" for error in found]

    def _operation(self, method: str, path: str) -> tuple[dict, Any]:
        for doc in self._docs:
            for template in sorted(doc["paths"], key=lambda one: one.count("{")):
                item = doc["paths"][template]
                if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) and method.lower() in item:
                    return doc, item[method.lower()]
        raise AssertionError(f"{method} {path} is in no document")


def _loosen(schemas: dict) -> None:
    """A field that is marked required, is an object whose example is a text, and that no client sends."""
    message = schemas.get("SendMessageBodyDto")
    if message is not None:
        assert message["properties"]["subType"]["type"] == "object"
        message["required"].remove("subType")
