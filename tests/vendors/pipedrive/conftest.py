"""An account on a stand-in; whatever a test asks is held against the vendor's documents."""

from __future__ import annotations

import pytest

from tests.vendors.pipedrive.crm import account, adapter_on, held_to_documents


@pytest.fixture
def standin():
    with held_to_documents(account()) as one:
        yield one


@pytest.fixture
def crm(standin):
    return adapter_on(standin)
