"""Requests and answers held against Pipedrive's own OpenAPI documents."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.web.toys import Received

_PLAIN = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "array": (list,),
    "object": (dict,),
}  # fmt: skip
_FILE = re.compile(r'name="(\w+)"')


class Documents:
    """The two documents; each check gives what is wrong, nothing if all is well."""

    def __init__(self, folder: Path) -> None:
        self._docs = {
            version: json.loads(
                (folder / "pipedrive" / f"pipedrive-{version}-trimmed.json").read_text("utf-8")
            )
            for version in ("v1", "v2")
        }

    def operation(self, method: str, path: str) -> tuple[dict, dict[str, Any]]:
        """The document and the operation behind a path such as /api/v2/deals/7."""
        found = re.fullmatch(r"/api/(v[12])(/.*)", path)
        assert found, f"{path}: neither v1 nor v2"
        doc, inner = self._docs[found[1]], found[2]
        exact = [inner] if inner in doc["paths"] else []
        like = [p for p in doc["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[0-9]+", p), inner)]
        for template in exact + like:
            if method.lower() in doc["paths"][template]:
                return doc, doc["paths"][template][method.lower()]
        raise AssertionError(f"{method} {path} is not in the documents")

    def wrong_request(self, received: Received) -> list[str]:
        """What the documents say against a request."""
        parts = urlsplit(received.target)
        doc, operation = self.operation(received.method, parts.path)
        wrong = self._wrong_query(doc, operation, parts.query)
        content = operation.get("requestBody", {}).get("content", {})
        kind = received.headers.get("content-type", "").partition(";")[0]
        if not received.body:
            return wrong + (["no body"] if content else [])
        if kind not in content:
            return [*wrong, f"body of type {kind}"]
        schema = content[kind]["schema"]
        if kind == "multipart/form-data":
            names = set(_FILE.findall(received.body.decode("latin-1")))
            return wrong + [f"form field {name}" for name in names - set(self._known(doc, schema))]
        body = json.loads(received.body)
        return wrong + self.wrong_value(doc, schema, body, "$", strict=True)

    def wrong_answer(self, method: str, path: str, value: object) -> list[str]:
        """What the documents say against the body of a 200; null is let pass (pipedrive.md 3.1, live)."""
        doc, operation = self.operation(method, path)
        answer = next(body for status, body in operation["responses"].items() if status.startswith("2"))
        schema = answer["content"]["application/json"]["schema"]
        return self.wrong_value(doc, schema, value, "$", strict=False)

    def example(self, method: str, path: str) -> dict:
        """The documents' own example of an answer."""
        _, operation = self.operation(method, path)
        answer = next(body for status, body in operation["responses"].items() if status.startswith("2"))
        return answer["content"]["application/json"]["example"]

    def wrong_value(self, doc: dict, schema: dict, value: object, at: str, *, strict: bool) -> list[str]:
        """What a schema says against a value; `strict` wants no field it does not know."""
        schema = self._real(doc, schema)
        if value is None:
            return []
        wrong = [
            text
            for part in schema.get("allOf", ())
            for text in self.wrong_value(doc, part, value, at, strict=False)
        ]
        either = schema.get("oneOf") or schema.get("anyOf")
        if either and all(self.wrong_value(doc, part, value, at, strict=False) for part in either):
            wrong.append(f"{at}: none of the forms allowed")
        kind = schema.get("type")
        if kind and (not isinstance(value, _PLAIN[kind]) or (isinstance(value, bool) and kind != "boolean")):
            return [*wrong, f"{at}: {value!r} is no {kind}"]
        if schema.get("enum") and value not in schema["enum"]:
            wrong.append(f"{at}: {value!r} is not offered")
        if isinstance(value, list):
            each = schema.get("items", {})
            for number, one in enumerate(value):
                wrong += self.wrong_value(doc, each, one, f"{at}[{number}]", strict=strict)
        if isinstance(value, dict):
            wrong += self._wrong_object(doc, schema, value, at, strict=strict)
        return wrong

    def _wrong_object(self, doc: dict, schema: dict, value: dict, at: str, *, strict: bool) -> list[str]:
        wrong = [f"{at}: no {name}" for name in schema.get("required", ()) if name not in value]
        known = self._known(doc, schema)
        if strict and known:
            wrong += [f"{at}: {name} is not known" for name in value if name not in known]
        own = schema.get("properties", {})
        for name in own.keys() & value.keys():
            wrong += self.wrong_value(doc, own[name], value[name], f"{at}.{name}", strict=strict)
        return wrong

    def _known(self, doc: dict, schema: dict) -> dict[str, dict]:
        schema = self._real(doc, schema)
        known = dict(schema.get("properties", {}))
        for part in (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
            known |= self._known(doc, part)
        return known

    def _wrong_query(self, doc: dict, operation: dict, query: str) -> list[str]:
        asked = [self._real(doc, one) for one in operation.get("parameters", ())]
        known = {one["name"]: one for one in asked if one["in"] == "query"}
        given = parse_qsl(query, keep_blank_values=True)
        wrong = [
            f"no {name}" for name, one in known.items() if one.get("required") and name not in dict(given)
        ]
        for name, text in given:
            if name not in known:
                wrong.append(f"{name} is not known")
            else:
                wrong += _wrong_parameter(known[name], text)
        alone = {name for name, one in known.items() if not _repeats(one)}
        names = [name for name, _ in given]
        return wrong + [f"{name} twice" for name in alone if names.count(name) > 1]

    def _real(self, doc: dict, schema: dict) -> dict:
        while "$ref" in schema:
            found: Any = doc
            for step in schema["$ref"].split("/")[1:]:
                found = found[step]
            schema = found
        return schema


def _repeats(parameter: dict) -> bool:
    return parameter["schema"].get("type") == "array" and parameter.get("explode", True)


def _wrong_parameter(parameter: dict, text: str) -> list[str]:
    """Lists may be joined by commas, also where the document says so in words only."""
    name, schema = parameter["name"], parameter["schema"]
    said = parameter.get("description", "").lower()
    in_row = schema.get("type") == "array"  # by commas also where the document has them one by one
    texts = text.split(",") if in_row or "comma" in said else [text]
    schema = schema.get("items", schema)
    if schema.get("type") == "integer" and not all(one.isdigit() for one in texts):
        return [f"{name}={text} is no number"]
    if schema.get("type") == "boolean" and text not in ("true", "false"):
        return [f"{name}={text} is neither true nor false"]
    if schema.get("enum") and not set(texts) <= set(schema["enum"]):
        return [f"{name}={text} is not offered"]
    if int(schema.get("maximum", 10**9)) < (int(text) if text.isdigit() else 0):
        return [f"{name}={text} is too much"]
    return []
