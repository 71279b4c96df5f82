"""The vendor's OpenAPI document made strict: schemas joined by `allOf` become one whose fields are all there are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.vendors.documents import Document


def document(specs: Path, folder: Path) -> Document:
    doc = json.loads((specs / "twentyfoursevenoffice" / "finago-office-rest-flows.json").read_text("utf-8"))
    doc["components"]["schemas"] = {
        name: _joined(schema, doc) for name, schema in doc["components"]["schemas"].items()
    }
    doc["components"]["schemas"]["Transactions"].pop("minItems")  # a search that finds nothing
    path = folder / "document.json"
    path.write_text(json.dumps(doc), "utf-8")
    return Document(path, strict=False)


def _joined(schema: Any, doc: Any) -> Any:
    """With what it is made of, closed; OpenAPI 3.0's flag `exclusiveMinimum` as JSON Schema says it."""
    if isinstance(schema, list):
        return [_joined(one, doc) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "allOf" in schema:
        schema = _flat(schema, doc)
    made = {name: _joined(inner, doc) for name, inner in schema.items()}
    if made.get("exclusiveMinimum") is True:
        made["exclusiveMinimum"] = made.pop("minimum")
    if isinstance(made.get("properties"), dict) and made["properties"] and made.get("type") == "object":
        made["additionalProperties"] = False
    return made


def _flat(schema: Any, doc: Any) -> Any:
    properties, required = dict(schema.get("properties", {})), list(schema.get("required", []))
    for part in schema["allOf"]:
        while "$ref" in part:
            part = doc["components"]["schemas"][part["$ref"].rsplit("/", 1)[1]]  # noqa: PLW2901
        inner = _flat(part, doc) if "allOf" in part else part
        properties |= inner.get("properties", {})
        required += inner.get("required", [])
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}
