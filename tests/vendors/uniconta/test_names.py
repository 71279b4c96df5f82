"""Every name that is read or written is one that the vendor's own client binds, or that its file names besides."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import bridge_gui.vendors.uniconta as vendor
from bridge_gui.vendors.uniconta.shapes import CONTACT, DEBTOR, EMPLOYEE, ITEM, LINE, ORDER
from tests.vendors.uniconta.books import NAMED

SHAPES = [CONTACT, DEBTOR, EMPLOYEE, ITEM, LINE, ORDER]
READ = re.compile(r'rows\.(?:text|needed|number|amount|needed_number|flag|day|instant)\(\w+, "(\w+)"\)')
OF_LISTS = {"Name", "VatType", "Country"}


@pytest.fixture(scope="module")
def known():
    folder = os.environ.get("BRIDGE_SPECS", "")
    if not folder:
        pytest.skip("the vendor's names are not at hand")
    return json.loads((Path(folder) / "uniconta" / "entity-fields.json").read_text("utf-8"))["entities"]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.table)
def test_the_names_of_a_table_are_the_vendors(known, shape):
    assert not shape.known - set(known[shape.table.removesuffix("User")]) - NAMED


def test_the_names_in_the_code_are_the_vendors(known):
    everything = {name for names in known.values() for name in names} | NAMED | OF_LISTS
    folder = Path(vendor.__file__).parent
    found = {name for path in folder.glob("*.py") for name in READ.findall(path.read_text("utf-8"))}
    assert len(found) > 20
    assert not found - everything
