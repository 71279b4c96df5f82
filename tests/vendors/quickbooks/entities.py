"""Intuit's XML schemas read for the names and kinds of what an entity holds, and JSON held against them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

XS = "{http://www.w3.org/2001/XMLSchema}"
FILES = (
    "IntuitBaseTypes.xsd",
    "IntuitNamesTypes.xsd",
    "Finance.xsd",
    "SalesTax.xsd",
    "IntuitRestServiceDef.xsd",
)
ATTRIBUTES = {"domain", "sparse", "status"}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")


class Entities:
    """The types by name."""

    def __init__(self, folder: Path) -> None:
        self._complex: dict[str, ET.Element] = {}
        self._simple: dict[str, ET.Element] = {}
        self._elements: dict[str, str] = {}
        for name in FILES:
            root = ET.parse(folder / name).getroot()
            for child in root:
                told = child.get("name", "")
                if child.tag == f"{XS}complexType":
                    self._complex[told] = child
                elif child.tag == f"{XS}simpleType":
                    self._simple[told] = child
                elif child.tag == f"{XS}element":
                    self._elements[told] = child.get("type", told)

    def wrong(self, kind: str, doc: dict[str, Any]) -> list[str]:
        """What the schemas have against an entity in JSON."""
        plain = {name: value for name, value in doc.items() if name not in ATTRIBUTES}
        return list(self._wrong(kind, plain, kind))

    def _wrong(self, kind: str, value: Any, where: str) -> Iterator[str]:
        if kind == "IntuitAnyType":
            return
        if kind.startswith("xs:") or kind in self._simple:
            yield from self._plain(kind, value, where)
        elif self._text(kind):
            if (
                not isinstance(value, dict)
                or set(value) - {"value", "name"}
                or not isinstance(value["value"], str)
            ):
                yield f"{where}: {value!r} is no reference"
        elif not isinstance(value, dict):
            yield f"{where}: {value!r} is no {kind}"
        else:
            yield from self._members(kind, value, where)

    def _members(self, kind: str, value: dict[str, Any], where: str) -> Iterator[str]:
        known = self._known(kind)
        for name, inner in value.items():
            if name not in known:
                yield f"{where}.{name} is not in {kind}"
                continue
            type_name, several = known[name]
            if several and not isinstance(inner, list):
                yield f"{where}.{name} is no list"
                continue
            for one in inner if several else [inner]:
                yield from self._wrong(type_name, one, f"{where}.{name}")

    def _known(self, kind: str) -> dict[str, tuple[str, bool]]:
        found: dict[str, tuple[str, bool]] = {}
        node = self._complex[kind]
        for extension in node.iter(f"{XS}extension"):
            base = extension.get("base", "")
            if base in self._complex:
                found |= self._known(base)
        for element in node.iter(f"{XS}element"):
            name = str(element.get("name") or element.get("ref"))
            kind_of = element.get("type") or self._elements.get(name, name)
            found[name] = (kind_of, element.get("maxOccurs", "1") not in {"0", "1"})
        for attribute in node.iter(f"{XS}attribute"):
            found[str(attribute.get("name"))] = (attribute.get("type", "xs:string"), False)
        return found

    def _text(self, kind: str) -> bool:
        """A type that is text with attributes, such as a reference."""
        return self._complex[kind].find(f"{XS}simpleContent") is not None

    def _plain(self, kind: str, value: Any, where: str) -> Iterator[str]:
        kinds: dict[str, tuple[type, ...]] = {
            "xs:decimal": (int, float), "xs:boolean": (bool,), "xs:int": (int,), "xs:integer": (int,),
            "xs:positiveInteger": (int,), "xs:float": (int, float), "xs:double": (int, float),
        }  # fmt: skip
        wanted = kinds.get(kind, (str,))
        if not isinstance(value, wanted) or (bool not in wanted and isinstance(value, bool)):
            yield f"{where}: {value!r} is no {kind}"
        elif kind in self._simple:
            offered = [one.get("value") for one in self._simple[kind].iter(f"{XS}enumeration")]
            if offered and value not in offered:
                yield f"{where}: {value!r} is not offered by {kind}"
        elif kind == "xs:date" and not DAY.fullmatch(str(value)):
            yield f"{where}: {value!r} is no day"
        elif kind == "xs:dateTime" and not INSTANT.fullmatch(str(value)):
            yield f"{where}: {value!r} is no instant"
