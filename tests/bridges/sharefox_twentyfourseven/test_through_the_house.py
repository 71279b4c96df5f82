"""From the shop to the books and back, through the engine, over HTTP, against both imitated vendors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.bridges.sharefox_twentyfourseven.office import office


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        yield one


def test_a_first_day_becomes_orders_to_the_oere_and_only_once(at_work):
    at_work.set_up()
    at_work.sync()
    made = {one["texts"][0]: one for one in at_work.held("order") if one["texts"][0].startswith("sf-")}
    totals = sorted(Decimal(one["total"]) for one in made.values())
    shop = {one["id"]: Decimal(one["total"]) for one in at_work.control("sharefox", "documents")
            if one["kind"] == "invoice"}  # fmt: skip
    assert len(made) == 9
    for mark, one in made.items():
        assert Decimal(one["total"]) == shop[mark.split("/")[1]]
    first = next(one for mark, one in made.items() if "/5001/" in mark)
    assert first["texts"][1] == "Kontakt: Bjørg Bygger"
    assert first["texts"][3].startswith("Minigraver (2")
    assert totals[-1] == Decimal(75000)
    assert at_work.sync().written == 0
    assert len(at_work.held("order")) == 11


def test_what_a_person_has_to_decide_is_asked(at_work):
    at_work.set_up()
    at_work.sync()
    asked = at_work.asked()
    assert {code: one.choices[:1] for code, one in asked.items()} == {
        "customer.disagree": ("use:customer-12346",),
        "customer.several": ("use:customer-12349",),
        "customer.numberless": ("send_anyway",),
        "customer.foreign": ("send_anyway",),
        "line.rate_unmapped": ("skip",),
        "invoice.currency": ("skip",),
        "invoice.negative": ("skip",),
    }
    at_work.answer("customer.disagree", "use:customer-12346")
    at_work.answer("customer.several", "use:customer-12350")
    at_work.answer("customer.numberless", "send_anyway")
    at_work.answer("customer.foreign", "send_anyway")
    at_work.sync()
    assert set(at_work.asked()) == {"line.rate_unmapped", "invoice.currency", "invoice.negative"}
    parties = [one.party for one in at_work.documents()]
    assert {"Prøve Tak AS", "Modell Maler AS", "Demo Renhold", "Mönster Verktyg AB"} <= set(parties)
    assert at_work.sync().written == 0
