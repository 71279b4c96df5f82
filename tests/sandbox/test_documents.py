"""Every simulator tells what it holds in one form, so that the crash harness can count it."""

from __future__ import annotations

import json
import urllib.request
from decimal import Decimal

import msgspec
import pytest

from bridge_gui.app import registry
from bridge_gui.sandbox.documents import Held
from bridge_gui.sandbox.host import Host
from bridge_gui.sync.specs import Role
from tests.sandbox.toy import Client, Toy

VENDORS = registry().vendors
ONLY_RECORDS = {"webcrm"}
"""Nothing is booked there: its sold orders are sources, what Bridge makes are people and prices."""


@pytest.mark.parametrize("key", VENDORS)
def test_every_vendors_simulator_tells_its_documents(key):
    spec = VENDORS[key]
    with Host({key: spec.simulator()}) as host:
        told = json.load(urllib.request.urlopen(f"{host.addresses[key]}/_sandbox/documents"))
    held = msgspec.convert(told, list[Held], strict=False)
    assert len({(one.kind, one.id) for one in held}) == len(held)
    if spec.role is Role.SALES:
        assert any(one.living and (one.total or key in ONLY_RECORDS) for one in held)


def test_a_document_is_told_as_it_is_now():
    with Host({"toy": Toy}) as host, Client(host.addresses["toy"]) as client:
        client.post("/things", {"name": "a mark/1"})
        told = client.get("/_sandbox/documents")
    assert [one["texts"] for one in told] == [["Þröstur"], ["a mark/1"]]
    assert msgspec.convert(told[1], Held, strict=False).total == Decimal(0)
