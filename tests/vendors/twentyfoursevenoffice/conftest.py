"""An organisation on a stand-in; whatever a test asks is held against the vendor's document."""

from __future__ import annotations

import pytest

from tests.vendors.twentyfoursevenoffice.org import adapter_on, held_to_document, organisation


@pytest.fixture
def standin():
    with held_to_document(organisation()) as one:
        yield one


@pytest.fixture
def books(standin):
    return adapter_on(standin)
