"""Answers of the simulator held against webcrm's own Swagger document, and the query endpoint's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


class Swagger:
    """The 2019 document with the endpoint it leaves out; a field that it does not name is wrong."""

    def __init__(self, specs: Path) -> None:
        folder = specs / "webcrm"
        self.doc = json.loads((folder / "swagger-v1-2019-09.json").read_text("utf-8"))
        queries = json.loads((folder / "queries-endpoint-2018-10.json").read_text("utf-8"))
        for path, item in queries["paths"].items():
            answer = item["get"]["responses"]["200"]
            answer["schema"] = answer["content"]["application/json"]["schema"]
            self.doc["paths"][path] = item
        for schema in self.doc["definitions"].values():
            schema["additionalProperties"] = False
        for field in self.doc["definitions"]["TokenResponseDto"]["properties"].values():
            field["type"] = [field["type"], "null"]  # webcrm.md 2: nothing wrong is null

    def fields(self, name: str) -> dict[str, Any]:
        return dict(self.doc["definitions"][name]["properties"])

    def wrong(self, method: str, path: str, status: int, value: Any) -> list[str]:
        operation = self.operation(method, path.partition("?")[0])
        if str(status) not in operation["responses"]:
            return [f"{method} {path}: no answer {status}"]
        schema = operation["responses"][str(status)].get("schema")
        if schema is None:
            return []
        whole = {**schema, "definitions": self.doc["definitions"]}
        found = Draft202012Validator(whole).iter_errors(value)
        return [f"{error.json_path}: {error.message[:160]}" for error in found]

    def operation(self, method: str, path: str) -> Any:
        exact = {path: self.doc["paths"][path]} if path in self.doc["paths"] else {}
        for template, item in {**exact, **self.doc["paths"]}.items():
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) and method.lower() in item:
                return item[method.lower()]
        raise AssertionError(f"{method} {path} is not in the document")
