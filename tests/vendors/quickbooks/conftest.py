"""A company on a stand-in; whatever a test writes to it is held against Intuit's own schemas."""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from tests.vendors.quickbooks.company import Company, adapter_on
from tests.vendors.quickbooks.xsd import Schemas

NAMES = {"invoice": "Invoice", "salesreceipt": "SalesReceipt", "refundreceipt": "RefundReceipt", "payment": "Payment", "customer": "Customer", "item": "Item"}  # fmt: skip


@pytest.fixture
def org():
    one = Company()
    yield one
    one.close()
    check(one)


@pytest.fixture
def american():
    one = Company("US")
    yield one
    one.close()
    check(one)


@pytest.fixture
def books(org):
    return adapter_on(org)


def check(one):
    """Every body sent, and the version in every address."""
    assert all("minorversion=75" in received.target for _, received in one.seen)
    folder = os.environ.get("BRIDGE_SPECS", "")
    if not folder:
        return
    schemas = Schemas(Path(folder))
    for place, received in one.seen:
        name = place.rpartition("/")[2]
        if not received.body:
            continue
        body = json.loads(received.body, parse_float=Decimal)
        if name == "batch":
            wrong = [
                fault
                for item in body["BatchItemRequest"]
                for fault in schemas.wrong("BatchItemRequest", item)
            ]
        else:
            wrong = schemas.wrong(schemas.entity(NAMES[name]), body)
        assert wrong == [], place
