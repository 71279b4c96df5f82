"""JSON held against Intuit's own XML schemas: every name known, every value of its kind, lists where lists are."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

_X = "{http://www.w3.org/2001/XMLSchema}"
_FILES = (
    "Finance.xsd",
    "IntuitBaseTypes.xsd",
    "IntuitNamesTypes.xsd",
    "IntuitRestServiceDef.xsd",
    "SalesTax.xsd",
)
_NUMBERS = {"xs:decimal", "xs:int", "xs:integer", "xs:positiveInteger", "xs:double", "xs:long", "xs:short"}


class Schemas:
    """The types by name; `wrong` says what they have against a JSON value."""

    def __init__(self, folder: Path) -> None:
        self._types: dict[str, ET.Element] = {}
        self._elements: dict[str, str] = {}
        for file in _FILES:
            for node in ET.parse(folder / "quickbooks" / file).getroot():
                name = node.get("name", "")
                if node.tag in (f"{_X}complexType", f"{_X}simpleType"):
                    self._types[name] = node
                elif node.tag == f"{_X}element":
                    self._elements[name] = node.get("type", "")

    def wrong(self, kind: str, value: Any, path: str = "$") -> list[str]:
        """Faults of a value as this type."""
        kind = kind.removeprefix("intuit:").removeprefix("ns:")
        node = self._types.get(kind)
        if node is None:
            return self._simple(kind, value, path)
        if node.tag == f"{_X}simpleType":
            return self._enumerated(node, value, path)
        if node.find(f"{_X}simpleContent") is not None:
            return self._worded(value, path)
        if not isinstance(value, dict):
            return [f"{path}: not an object but {value!r}"]
        fields = self._fields(kind)
        found = []
        for name, inner in value.items():
            if name not in fields:
                found.append(f"{path}.{name}: unknown to {kind}")
                continue
            found += self._field(*fields[name], inner, f"{path}.{name}")
        return found

    def entity(self, name: str) -> str:
        """The type of a top-level element."""
        return self._elements[name]

    def _field(self, kind: str, many: bool, value: Any, path: str) -> list[str]:
        if not many:
            return self.wrong(kind, value, path)
        if not isinstance(value, list):
            return [f"{path}: not a list"]
        return [
            fault for number, one in enumerate(value) for fault in self.wrong(kind, one, f"{path}[{number}]")
        ]

    def _fields(self, kind: str) -> dict[str, tuple[str, bool]]:
        node = self._types[kind.removeprefix("intuit:")]
        fields: dict[str, tuple[str, bool]] = {}
        for base in node.iter(f"{_X}extension"):
            if base.get("base", "") in self._types:
                fields |= self._fields(base.get("base", ""))
        for one in node.iter(f"{_X}element"):
            name = one.get("name") or one.get("ref") or ""
            held = one.get("type") or self._elements.get(name, "")
            fields[name] = (held, one.get("maxOccurs") == "unbounded")
        for one in node.iter(f"{_X}attribute"):
            fields[one.get("name", "")] = (one.get("type", ""), False)
        if kind == "BatchItemRequest":
            fields |= {name: (held, False) for name, held in self._elements.items() if held in self._types}
        return fields

    def _enumerated(self, node: ET.Element, value: Any, path: str) -> list[str]:
        names = [one.get("value") for one in node.iter(f"{_X}enumeration")]
        return [f"{path}: {value!r} is none of {names[:9]}"] if names and value not in names else []

    def _worded(self, value: Any, path: str) -> list[str]:
        """A text with attributes: {"value": "..."} in JSON."""
        good = isinstance(value, dict) and isinstance(value.get("value"), str)
        return (
            [] if good and set(value) <= {"value", "name", "type"} else [f"{path}: {value!r} is no reference"]
        )

    def _simple(self, kind: str, value: Any, path: str) -> list[str]:
        if kind == "xs:boolean":
            good = isinstance(value, bool)
        elif kind in _NUMBERS:
            good = isinstance(value, int | Decimal) and not isinstance(value, bool)
        elif kind == "xs:date":
            good = (
                isinstance(value, str)
                and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))
                and bool(date.fromisoformat(value))
            )
        else:
            good = isinstance(value, str)
        return [] if good else [f"{path}: {value!r} is no {kind}"]
