"""The check of our requests finds what the documents do not know."""

from __future__ import annotations

import json

import pytest

from tests.vendors.webcrm.asked import Documents
from tests.web.toys import Received

HEADERS = {"authorization": "Bearer x", "accept": "application/json", "content-type": "application/json"}
SCRIPT = "/Queries?Page=1&Size=1000&script="


@pytest.fixture(scope="module")
def documents(specs):
    return Documents(specs)


def request(method, target, body=None, **headers):
    return Received(method, target, {**HEADERS, **headers}, json.dumps(body).encode() if body else b"", 1)


@pytest.mark.parametrize(
    "asked",
    [
        request("GET", "/Organisations?Page=1&Size=1001"),
        request("GET", "/Organisations?Page=1&PersonEmail=a"),
        request("GET", "/Organisations", accept="*/*"),
        request("GET", "/Organisations", authorization=""),
        request("PUT", "/Persons/311"),
        request("PUT", "/Persons/311", {"PersonTitle": "CEO"}),
        request("PUT", "/Persons/311", {"PersonId": 311, "PersonFullName": "A"}),
        request("PUT", "/Persons/311", {"PersonId": "311"}),
        request("PUT", "/Deliveries/2", {"DeliveryId": 2, "DeliveryErpStatus": "Done"}),
        request("POST", "/Auth/ApiLogin", {"authCode": "x"}),
        request("GET", SCRIPT + "SELECT * FROM Users WHERE UserId >= 1 ORDER BY UserId ASC"),
        request("GET", SCRIPT + "SELECT * FROM Person WHERE PersonId > 1 ORDER BY PersonId ASC"),
        request("GET", SCRIPT + "SELECT * FROM Person WHERE PersonMail = 'a' ORDER BY PersonId ASC"),
    ],
)
def test_what_the_documents_do_not_know_is_found(documents, asked):
    assert documents.wrong(asked) != []


@pytest.mark.parametrize(
    "asked",
    [
        request("GET", "/Organisations?Page=1&Size=1000"),
        request("PUT", "/Persons/311", {"PersonId": 311, "PersonStatus": "Resigned"}),
        request(
            "GET",
            SCRIPT
            + "SELECT * FROM Person WHERE (PersonId = 1 OR PersonId = 2) AND PersonId >= 1 ORDER BY PersonId ASC",
        ),
    ],
)
def test_what_they_know_passes(documents, asked):
    assert documents.wrong(asked) == []


def test_a_call_that_is_in_no_document(documents):
    with pytest.raises(AssertionError, match="in no document"):
        documents.wrong(request("DELETE", "/Organisations/42"))
