"""The simulator's fields held against the list of names that the vendor's own client binds."""

from __future__ import annotations

import json

import pytest

from bridge_gui.vendors.uniconta.simulator.countries import CHOICES, index_of, name_of
from bridge_gui.vendors.uniconta.simulator.entities import (
    DATES,
    FLAGS,
    INTS,
    KEYS,
    LIMITS,
    MORE,
    NUMBERS,
    OWN,
    SMALL,
    entities,
)
from tests.vendors.uniconta.uniconta_at import BASE, UnicontaAt


@pytest.fixture(scope="module")
def published(specs):
    told = json.loads((specs / "uniconta" / "entity-fields.json").read_text("utf-8"))
    return {name: set(fields) for name, fields in told["entities"].items()}


@pytest.fixture
def books():
    made = UnicontaAt(nulls_left_out=False)
    yield made
    made.sim.state.close()


def test_every_entity_has_the_published_names_and_no_more_than_the_notes_add(published):
    ours = {name: entity.fields.keys() for name, entity in entities().items() if name not in SMALL}
    assert ours.keys() == published.keys()
    for name, fields in ours.items():
        assert fields - set(MORE.get(name, "").split()) <= published[name], name
        assert published[name] <= fields, name


def test_what_the_tables_speak_of_is_there():
    made = entities()
    for name, key in KEYS.items():
        assert key in made[name].fields, name
    for name, own in OWN.items():
        assert set(own.split()) <= made[name].fields.keys(), name
    for name, limits in LIMITS.items():
        assert limits.keys() <= made[name].fields.keys()
    whole = {field for entity in made.values() for field in entity.fields}
    for names in (INTS, NUMBERS, FLAGS, DATES):
        assert set(names.split()) - whole == set()
    kinds = [names.split() for names in (INTS, NUMBERS, FLAGS, DATES)]
    assert len({name for names in kinds for name in names}) == sum(len(names) for names in kinds)


def test_answers_carry_these_fields_and_no_others(books, published):
    books.person("invoice_order", number=100)
    books.insert("TableChangeEventClient", {"Table": 50, "Url": "https://relay.example/x"})
    empty = set()
    for name, fields in published.items():
        rows = books.rows(name)
        empty |= set() if rows else {name}
        for row in rows:
            assert row.keys() == fields | set(MORE.get(name, "").split()), name
    assert not empty


def test_enumerations_have_a_number_and_two_texts_each():
    for field, choices in CHOICES.items():
        for number in choices:
            for language in ("en", "da"):
                assert index_of(field, name_of(field, number, language), language) == number
            assert index_of(field, number, "en") == index_of(field, str(number), "en") == number
        assert index_of(field, "nowhere", "en") is None
        assert index_of(field, 9999, "en") is None
        assert index_of(field, True, "en") is None


def test_a_user_defined_field_is_seen_in_the_user_entity_only(books):
    books.insert("DebtorClientUser", {"Account": "1", "Name": "x", "Group": "INDL", "xWebcrmId": "org-1"})
    assert books.one("DebtorClientUser", "Account", "1")["xWebcrmId"] == "org-1"
    assert "xWebcrmId" not in books.one("DebtorClient", "Account", "1")
    books.insert("DebtorClient", {"Account": "2", "Name": "x", "Group": "INDL", "xWebcrmId": "org-2"})
    assert books.one("DebtorClientUser", "Account", "2")["xWebcrmId"] is None
    row = books.one("DebtorClient", "Account", "1")
    books.update("DebtorClient", {**row, "City": "Vejle"})
    assert books.one("DebtorClientUser", "Account", "1")["xWebcrmId"] == "org-1"


def test_a_field_that_is_taken_away_is_lost_without_a_word(books):
    books.person("remove_user_field", table="Debtor", name="xWebcrmId")
    made = books.insert(
        "DebtorClientUser", {"Account": "1", "Name": "x", "Group": "INDL", "xWebcrmId": "org-1"}
    )
    assert "xWebcrmId" not in made
    assert books.call("GET", "/odata/12345/DebtorClientUser?$filter=xWebcrmId eq 'org-1'")[0] == 400
    books.person("add_user_field", table="Debtor", name="xWebcrmId")
    assert books.one("DebtorClientUser", "Account", "1")["xWebcrmId"] is None


def test_a_property_of_no_entity_is_refused_or_dropped(books):
    row = {"Account": "1", "Name": "x", "Group": "INDL", "Zip": "7100"}
    assert books.call("POST", f"{BASE}/Insert/DebtorClient", row) == (400, "Exception")
    books.set(unknown_fields="drop")
    assert books.insert("DebtorClient", row)["ZipCode"] is None
