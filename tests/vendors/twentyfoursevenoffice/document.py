"""Requests and answers held against 24SevenOffice's own OpenAPI document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator

from tests.vendors.documents import Document
from tests.web.toys import Received

# The document has this list paged by a Link header only; clients page it by number (its notes, 3.1).
UNDOCUMENTED = {("/customers", "page"), ("/salesorders", "page")}
_KINDS = {"integer": str.isdigit, "boolean": {"true", "false"}.__contains__}


class Flows(Document):
    """The cut of the document with all that is asked here."""

    def __init__(self, specs: Path) -> None:
        super().__init__(specs / "twentyfoursevenoffice" / "finago-office-rest-flows.json", strict=False)

        schemas = self._doc["components"]["schemas"]
        # A line with its id can never fit: it is made of a line without, which allows nothing else.
        del schemas["LineWithoutId"]["additionalProperties"]
        # A flag there, a number in the schema language that is checked by.
        _without(self._doc, "exclusiveMinimum")

    def wrong_request(self, received: Received) -> list[str]:
        """What the document says against a request."""
        parts = urlsplit(received.target)
        path = parts.path.removeprefix("/v1")
        operation = self._operation(received.method, path)
        wrong = self._wrong_query(operation, path, parts.query)
        content = operation.get("requestBody", {}).get("content", {})
        if not received.body:
            return wrong + (["no body"] if content else [])
        body = json.loads(received.body)
        schema = self._body_schema(content["application/json"]["schema"], body)
        return wrong + self.wrong_value(schema, body)

    def wrong_answer(self, method: str, path: str, status: int, value: Any) -> list[str]:
        """What the document says against an answer, names that it does not know included."""
        answer = self._operation(method, path)["responses"].get(str(status))
        if answer is None:
            return [f"{method} {path}: no answer {status}"]
        content = self.real(answer).get("content", {}).get("application/json")
        return self.wrong_value(content["schema"], value) if content else []

    def wrong_value(self, schema: Any, value: Any) -> list[str]:
        whole = {**schema, "components": self._doc["components"]}
        found = Draft202012Validator(whole).iter_errors(value)
        return [f"{one.json_path}: {one.message[:160]}" for one in found] + self._strange(schema, value, "$")

    def _body_schema(self, schema: Any, body: Any) -> Any:
        """The right one of the two customers: the document's discriminator is a boolean and tells nothing."""
        if schema.get("$ref", "").endswith("CustomerPostRequest"):
            kind = "Company" if body.get("isCompany") else "Person"
            return {"$ref": f"#/components/schemas/{kind}CustomerPostRequest"}
        return schema

    def _strange(self, schema: Any, value: Any, at: str) -> list[str]:
        """Names that the document does not know, however deep."""
        if isinstance(value, list):
            items = self.real(schema).get("items", {})
            return [text for n, one in enumerate(value) for text in self._strange(items, one, f"{at}[{n}]")]
        if not isinstance(value, dict):
            return []
        known = self._known(schema)
        if not known:
            return []
        wrong = [f"{at}.{name} is not known" for name in value if name not in known]
        return wrong + [
            text for name in known.keys() & value.keys()
            for text in self._strange(known[name], value[name], f"{at}.{name}")
        ]  # fmt: skip

    def _known(self, schema: Any) -> dict[str, Any]:
        schema = self.real(schema)
        known = dict(schema.get("properties", {}))
        for part in (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
            known |= self._known(part)
        return known

    def _wrong_query(self, operation: Any, path: str, query: str) -> list[str]:
        asked = [self.real(one) for one in operation.get("parameters", ())]
        known = {one["name"]: one for one in asked if one["in"] == "query"}
        given = dict(parse_qsl(query, keep_blank_values=True))
        wrong = [f"no {name}" for name, one in known.items() if one.get("required") and name not in given]
        for name, text in given.items():
            if (path, name) in UNDOCUMENTED:
                continue
            if name not in known:
                wrong.append(f"{name} is not known")
                continue
            fits = _KINDS.get(self.real(known[name]["schema"]).get("type", ""))
            wrong += [] if fits is None or fits(text) else [f"{name}={text}"]
        return wrong


def _without(value: Any, name: str) -> None:
    """Take a word out of schemas, however deep."""
    if isinstance(value, dict):
        value.pop(name, None)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _without(inner, name)
