"""Our few words about the classic services, held to the vendor's own descriptions."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from bridge_gui.vendors import twentyfoursevenoffice

NAMES = {
    "w": "http://schemas.xmlsoap.org/wsdl/", "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
    "s": "http://www.w3.org/2001/XMLSchema",
}  # fmt: skip
HELD = {"Authenticate": "authService", "Invoices": "invoiceService", "Transactions": "transactionService"}
OURS = etree.parse(Path(twentyfoursevenoffice.__file__).parent / "services.wsdl").getroot()

pytestmark = pytest.mark.skipif("BRIDGE_SPECS" not in os.environ, reason="the descriptions are not at hand")


@pytest.fixture(params=HELD)
def pair(request):
    folder = Path(os.environ["BRIDGE_SPECS"]) / "twentyfoursevenoffice" / "wsdl"
    return request.param, etree.parse(folder / f"{HELD[request.param]}.wsdl").getroot()


def full(node, text):
    """A name with its namespace in full."""
    start, _, name = text.rpartition(":")
    return f"{{{node.nsmap[start or None]}}}{name}"


def binding(root, name):
    return root.find(f"w:binding[@name='{name}']", NAMES)


def elements_of(root, operation):
    """What goes in and out of an operation."""
    found = []
    for port in root.findall("w:portType", NAMES):
        for one in port.findall(f"w:operation[@name='{operation}']", NAMES):
            for way in ("input", "output"):
                message = full(one, one.find(f"w:{way}", NAMES).get("message")).rpartition("}")[2]
                part = root.find(f"w:message[@name='{message}']/w:part", NAMES)
                found.append((part.get("name"), full(part, part.get("element"))))
    return found[:2]


def test_operations_are_asked_where_and_as_the_vendor_says(pair):
    name, theirs = pair
    there = {one.get("location") for one in theirs.iter(f"{{{NAMES['soap']}}}address")}
    here = OURS.find(f"w:service[@name='{name}']/w:port/soap:address", NAMES)
    assert here.get("location") in there
    mine = binding(OURS, name)
    other = next(
        one for one in theirs.findall("w:binding", NAMES) if one.find("soap:binding", NAMES) is not None
    )
    operations = mine.findall("w:operation", NAMES)
    assert operations
    for operation in operations:
        called = operation.get("name")
        same = other.find(f"w:operation[@name='{called}']", NAMES)
        for attribute in ("soapAction", "style"):
            told = operation.find("soap:operation", NAMES).get(attribute)
            assert told == same.find("soap:operation", NAMES).get(attribute)
        assert elements_of(OURS, called) == elements_of(theirs, called)
        for way in ("input", "output"):
            uses = [one.find(f"w:{way}/soap:body", NAMES).get("use") for one in (operation, same)]
            assert uses == ["literal", "literal"]


def schema(root, namespace):
    return root.find(f"w:types/s:schema[@targetNamespace='{namespace}']", NAMES)


def shape(node):
    """Children of a type or element in order: name, type, how often, nil."""
    return [
        (one.get("name"), full(one, one.get("type")), one.get("minOccurs"), one.get("maxOccurs"), one.get("nillable"))
        for one in node.iter(f"{{{NAMES['s']}}}element") if one is not node
    ]  # fmt: skip


def test_every_type_is_a_part_of_the_vendors(pair):
    _name, theirs = pair
    checked = 0
    for own in OURS.findall("w:types/s:schema", NAMES):
        there = schema(theirs, own.get("targetNamespace"))
        if there is None:
            continue
        assert own.get("elementFormDefault") == there.get("elementFormDefault") == "qualified"
        for node in own:
            known = there.find(f"{node.tag}[@name='{node.get('name')}']") if node.get("name") else None
            if known is None:
                continue
            checked += 1
            mine, whole = shape(node), shape(known)
            assert [one for one in whole if one in mine] == mine, node.get("name")
            values = [[v.get("value") for v in n.iter(f"{{{NAMES['s']}}}{kind}")]
                      for kind in ("enumeration", "pattern") for n in (node, known)]  # fmt: skip
            assert values[0] == values[1]
            assert values[2] == values[3]
    assert checked > 5


def test_nothing_is_described_that_no_vendors_description_has():
    folder = Path(os.environ["BRIDGE_SPECS"]) / "twentyfoursevenoffice" / "wsdl"
    known = {
        (one.get("targetNamespace"), node.get("name"))
        for file in HELD.values()
        for one in etree.parse(folder / f"{file}.wsdl").getroot().findall("w:types/s:schema", NAMES)
        for node in one
    }
    ours = {
        (one.get("targetNamespace"), node.get("name"))
        for one in OURS.findall("w:types/s:schema", NAMES) for node in one if node.get("name")
    }  # fmt: skip
    assert ours <= known


def test_it_is_far_from_a_copy():
    folder = Path(os.environ["BRIDGE_SPECS"]) / "twentyfoursevenoffice" / "wsdl"
    whole = sum(len((folder / f"{file}.wsdl").read_bytes()) for file in HELD.values())
    assert len(etree.tostring(OURS)) * 4 < whole
