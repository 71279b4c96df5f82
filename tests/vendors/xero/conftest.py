"""An organisation on a stand-in; whatever a test asks of it is held against the vendor's document."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.vendors.xero.held import BASE, Document
from tests.vendors.xero.org import adapter_on, standin
from tests.vendors.xero.real import RealXero


@pytest.fixture
def org():
    one = standin()
    yield one
    one.close()
    folder = os.environ.get("BRIDGE_SPECS", "")
    if folder:
        document = Document(Path(folder))
        asked = [received for _, received in one.seen if received.target.startswith(BASE)]
        assert [(r.method, r.target, document.wrong(r)) for r in asked if document.wrong(r)] == []


@pytest.fixture
def books(org):
    return adapter_on(org)


@pytest.fixture(scope="module")
def real():
    one = RealXero.start()
    yield one
    one.stop()
