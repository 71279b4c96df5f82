"""A shop on a stand-in."""

from __future__ import annotations

import pytest

from tests.vendors.sharefox.shop import adapter_on, shop


@pytest.fixture
def standin():
    one = shop()
    yield one
    one.close()


@pytest.fixture
def rentals(standin):
    return adapter_on(standin)
