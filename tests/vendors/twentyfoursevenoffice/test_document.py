"""The check itself finds faults; and the stand-in's answers are such as the document promises."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.vendors.twentyfoursevenoffice.document import Flows
from tests.vendors.twentyfoursevenoffice.org import COMPANY, DELIVERY, ORG, PERSON, TRACTOR, ledger, order
from tests.web.toys import Received

pytestmark = pytest.mark.skipif("BRIDGE_SPECS" not in os.environ, reason="the documents are not at hand")


@pytest.fixture(scope="module")
def flows():
    return Flows(Path(os.environ["BRIDGE_SPECS"]))


def asked(method, target, body=None):
    return Received(method, target, {}, b"" if body is None else json.dumps(body).encode(), 1)


@pytest.mark.parametrize(
    "request_",
    [
        asked("POST", "/v1/salesorders", {"customer": {"id": 1}}),
        asked("POST", "/v1/salesorders", {"customer": {"id": 1, "name": "x"}, "lines": []}),
        asked("POST", "/v1/salesorders", {"customer": {"id": 1, "name": "x"}, "status": "Order"}),
        asked("POST", "/v1/salesorders/1/lines", {"type": "product", "text": "x"}),
        asked("POST", "/v1/customers", {"isCompany": True}),
        asked("POST", "/v1/customers", {"isCompany": False, "person": {}, "organizationNumber": "1"}),
        asked("POST", "/v1/products", {"name": "x"}),
        asked("GET", "/v1/transactionlines?dateFrom=2026-01-01"),
        asked("GET", "/v1/customers?name=x"),
    ],
    ids=lambda one: f"{one.target} {one.body.decode()}",
)
def test_a_wrong_request_is_seen(flows, request_):
    assert flows.wrong_request(request_)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/customers", [COMPANY, PERSON]),
        ("/organization/information", ORG),
        ("/salesorders", [order()]),
        ("/salesorders/1/lines", [TRACTOR, DELIVERY]),
        ("/transactionlines", [ledger(1, 2.5)]),
    ],
)
def test_the_stand_in_answers_as_the_document_promises(flows, path, value):
    assert flows.wrong_answer("GET", path, 200, value) == []
