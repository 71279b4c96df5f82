"""The vendor's own documents: its examples can be read, the answers of these tests fit, wrong requests are seen."""

from __future__ import annotations

import pytest

from bridge_gui.vendors.pipedrive import payloads
from bridge_gui.vendors.pipedrive.payloads import OldPage, One, Page
from bridge_gui.web.decode import decode
from tests.vendors.pipedrive import crm
from tests.vendors.pipedrive.openapi import Documents
from tests.web.toys import Received

V1, V2 = crm.V1, crm.V2
READ = [
    ("GET", f"{V2}/deals", Page[payloads.DealAnswer]),
    ("GET", f"{V2}/deals/archived", Page[payloads.DealAnswer]),
    ("GET", f"{V2}/itemSearch", payloads.SearchAnswer),
    ("GET", f"{V2}/deals/products", Page[payloads.LineAnswer]),
    ("GET", f"{V2}/deals/1/discounts", Page[payloads.DiscountAnswer]),
    ("GET", f"{V2}/deals/installments", Page[payloads.InstalmentAnswer]),
    ("GET", f"{V2}/organizations", Page[payloads.OrganizationAnswer]),
    ("GET", f"{V2}/persons", Page[payloads.PersonAnswer]),
    ("GET", f"{V2}/products", Page[payloads.ProductAnswer]),
    ("GET", f"{V2}/products/1/variations", Page[payloads.VariationAnswer]),
    ("GET", f"{V2}/dealFields", Page[payloads.FieldAnswer]),
    ("GET", f"{V2}/organizationFields", Page[payloads.FieldAnswer]),
    ("GET", f"{V2}/personFields", Page[payloads.FieldAnswer]),
    ("GET", f"{V2}/pipelines", Page[payloads.PipelineAnswer]),
    ("GET", f"{V2}/stages", Page[payloads.StageAnswer]),
    ("PATCH", f"{V2}/deals/1", One[payloads.DealAnswer]),
    ("GET", f"{V1}/users/me", One[payloads.UserAnswer]),
    ("GET", f"{V1}/users", OldPage[payloads.UserAnswer]),
    ("GET", f"{V1}/currencies", OldPage[payloads.CurrencyAnswer]),
    ("GET", f"{V1}/notes", OldPage[payloads.NoteAnswer]),
    ("POST", f"{V1}/notes", One[payloads.NoteAnswer]),
    ("PUT", f"{V1}/notes/1", One[payloads.NoteAnswer]),
    ("GET", f"{V1}/deals/1/files", OldPage[payloads.FileAnswer]),
    ("POST", f"{V1}/files", One[payloads.FileAnswer]),
]


@pytest.fixture(scope="module")
def documents(specs):
    return Documents(specs)


@pytest.mark.parametrize(("method", "path", "shape"), READ)
def test_the_vendors_own_examples_can_be_read(documents, method, path, shape):
    import json

    read = decode(json.dumps(documents.example(method, path)).encode(), shape, vendor="Pipedrive")
    assert read.data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{V2}/deals", crm.listed(crm.deal(1))),
        (f"{V2}/deals/products", crm.listed(crm.line(1, 2))),
        (f"{V2}/dealFields", crm.DEAL_FIELDS),
        (f"{V2}/organizationFields", crm.ORG_FIELDS),
        (f"{V2}/personFields", crm.PERSON_FIELDS),
        (f"{V1}/users/me", {"success": True, "data": crm.ME}),
        (f"{V1}/notes", crm.old(crm.note(1, "x"), more=True, following=1)),
        (f"{V1}/deals/1/files", crm.old(crm.file(1, "x"))),
    ],
)
def test_the_answers_of_these_tests_fit(documents, path, value):
    assert documents.wrong_answer("GET", path, value) == []


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", f"{V2}/deals?start=0", b""),
        ("GET", f"{V2}/deals?status=open,sold", b""),
        ("GET", f"{V2}/deals?limit=many", b""),
        ("GET", f"{V2}/deals/products", b""),
        ("GET", f"{V2}/deals/products?deal_ids=1&deal_ids=2", b""),
        ("GET", f"{V1}/deals/1/files?limit=101", b""),
        ("POST", f"{V1}/notes", b'{"deal_id":42}'),
        ("POST", f"{V1}/notes", b'{"content":"x","deal_id":"42"}'),
        ("POST", f"{V1}/notes", b""),
        ("PATCH", f"{V2}/deals/1", b'{"custom_fields":[]}'),
        ("PATCH", f"{V2}/deals/1", b'{"fields":{}}'),
    ],
)
def test_a_wrong_request_is_seen(documents, method, target, body):
    assert documents.wrong_request(Received(method, target, {"content-type": "application/json"}, body, 1))


def test_a_place_that_v2_has_is_no_longer_in_v1(documents):
    with pytest.raises(AssertionError):
        documents.operation("GET", "/api/v1/deals")
