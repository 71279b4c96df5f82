"""A location on a stand-in; whatever a test asks of it is held against HighLevel's own documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.vendors.highlevel.held import Documents
from tests.vendors.highlevel.studio import adapter_on
from tests.vendors.standin import Standin


@pytest.fixture
def studio():
    one = Standin()
    yield one
    one.close()
    folder = os.environ.get("BRIDGE_SPECS", "")
    if folder:
        documents = Documents(Path(folder))
        told = [(place, documents.wrong(received)) for place, received in one.seen]
        assert [one for one in told if one[1]] == []


@pytest.fixture
def crm(studio):
    return adapter_on(studio)
