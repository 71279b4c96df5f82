"""A company on a stand-in; whatever a test sends is held against the names of the vendor."""

from __future__ import annotations

import pytest

from tests.vendors.standin import Standin
from tests.vendors.uniconta.books import adapter_on, client_on, held_to_names


@pytest.fixture
def standin():
    with held_to_names(Standin()) as one:
        yield one


@pytest.fixture
def client(standin):
    return client_on(standin)


@pytest.fixture
def books(standin):
    return adapter_on(standin)
