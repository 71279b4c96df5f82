"""A webcrm on a stand-in; whatever a test asks of it is held against webcrm's own documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.vendors.standin import Standin
from tests.vendors.webcrm.asked import Documents
from tests.vendors.webcrm.crm import FIELDS, LOGIN, adapter_on, client_on, fields, token


@pytest.fixture
def standin():
    one = Standin().on(LOGIN, token()).on(FIELDS, fields())
    yield one
    one.close()
    if folder := os.environ.get("BRIDGE_SPECS", ""):
        documents = Documents(Path(folder))
        told = [(place, documents.wrong(received)) for place, received in one.seen]
        assert [one for one in told if one[1]] == []


@pytest.fixture
def client(standin):
    return client_on(standin)


@pytest.fixture
def crm(standin):
    return adapter_on(standin)
