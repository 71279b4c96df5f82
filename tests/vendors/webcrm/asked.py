"""Requests held against webcrm's own documents: method, path, every parameter and every field of a body."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft4Validator

from tests.web.toys import Received

SWAGGER, QUERIES = "swagger-v1-2019-09.json", "queries-endpoint-2018-10.json"
TABLES = ("Organisation", "Person", "Delivery", "LinkedData")
_SCRIPT = re.compile(r"SELECT \* FROM (\w+) WHERE (.+) ORDER BY (\w+) ASC")
_CONDITION = re.compile(r"(\w+) (=|>=) ('(?:[^']|'')*'|\d+)")


class Documents:
    """The Swagger document of 2019 and the query endpoint that it leaves out."""

    def __init__(self, folder: Path) -> None:
        self.swagger = json.loads((folder / "webcrm" / SWAGGER).read_text("utf-8"))
        self.queries = json.loads((folder / "webcrm" / QUERIES).read_text("utf-8"))
        for schema in self.swagger["definitions"].values():
            schema["additionalProperties"] = False

    def wrong(self, received: Received) -> list[str]:
        """What the documents have against a request."""
        parts = urlsplit(received.target)
        operation = self.operation(received.method, parts.path)
        wrong = self._query(operation, dict(parse_qsl(parts.query)))
        if received.headers.get("accept") != "application/json":
            wrong.append("no Accept")
        if not parts.path.startswith("/Auth/") and not received.headers.get("authorization", "").startswith(
            "Bearer "
        ):
            wrong.append("not signed in")
        return wrong + self._body(operation, received)

    def operation(self, method: str, path: str) -> dict[str, Any]:
        """What the documents say of a call; the plainest path that fits."""
        paths = {**self.swagger["paths"], **self.queries["paths"]}
        for template in sorted(paths, key=lambda one: one.count("{")):
            if (
                re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)
                and method.lower() in paths[template]
            ):
                return paths[template][method.lower()]
        raise AssertionError(f"{method} {path} is in no document")

    def fields(self, definition: str) -> set[str]:
        """The fields that a definition names."""
        return set(self.swagger["definitions"][definition]["properties"])

    def _query(self, operation: dict[str, Any], given: dict[str, str]) -> list[str]:
        known = {
            one["name"]: one.get("schema", one)
            for one in operation.get("parameters", ())
            if one["in"] == "query"
        }
        wrong = [f"{name} is not known" for name in given if name not in known]
        for name, schema in known.items():
            if schema["type"] == "integer" and name in given:
                number = int(given[name])
                wrong += [] if schema["minimum"] <= number <= schema["maximum"] else [f"{name} is {number}"]
        return wrong + (self._script(given["script"]) if "script" in given else [])

    def _script(self, script: str) -> list[str]:
        """A question in the grammar of webcrm.md 3.6, over fields that the document names."""
        found = _SCRIPT.fullmatch(script)
        if not found or found[1] not in TABLES:
            return [f"not a question: {script}"]
        left = re.sub(r"[()]|\b(AND|OR)\b", " ", _CONDITION.sub(" ", found[2]))
        names = {one[0] for one in _CONDITION.findall(found[2])} | {found[3]}
        dto = self.fields(f"{found[1]}Dto") if found[1] != "LinkedData" else names
        return [f"not understood: {left}"] * bool(left.strip()) + [f"no field {one}" for one in names - dto]

    def _body(self, operation: dict[str, Any], received: Received) -> list[str]:
        kind = received.headers.get("content-type", "").partition(";")[0]
        wants = [one for one in operation.get("parameters", ()) if one["in"] == "body"]
        form = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "formData"}
        if not received.body:
            return ["no body"] if wants or form else []
        if kind not in operation.get("consumes", ()):
            return [f"body of type {kind}"]
        if form:
            names = set(re.findall(r'name="(\w+)"', received.body.decode()))
            return [f"form field {name}" for name in names - form]
        whole = {**wants[0]["schema"], "definitions": self.swagger["definitions"]}
        found = Draft4Validator(whole).iter_errors(json.loads(received.body))
        return [f"{error.json_path}: {error.message[:120]}" for error in found]
