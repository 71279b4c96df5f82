"""What a record costs at the store: a guard, for a bookkeeper's first sync is of thousands."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import event

from tests.sync import fate

MANY = 40
MOST = 23
"""Statements to plan one new record and send its document; it took 22 when this was written."""


@pytest.fixture
def statements(monkeypatch):
    counts: Counter[str] = Counter()
    begin = fate.MortalDatabase.__init__

    def counted(database, path, fate_):
        begin(database, path, fate_)
        for engine in (database._write, database._read):
            event.listen(engine, "before_cursor_execute", lambda *told: counts.update([told[2]]))

    monkeypatch.setattr(fate.MortalDatabase, "__init__", counted)
    return counts


def test_a_record_costs_no_more_statements_than_it_did(world, statements):
    world.adjust = lambda flow: setattr(flow, "page", MANY)
    for number in range(MANY):
        world.shop.sell(f"S{number}", 10 + number)
    world.ok()
    world.check()
    each = {text: count / MANY for text, count in statements.most_common(20)}
    assert sum(count for count in each.values() if count >= 1) <= MOST, each


def test_a_record_that_is_as_it_was_costs_next_to_nothing(world, statements):
    for number in range(MANY):
        world.shop.sell(f"S{number}", 10 + number)
    world.adjust = lambda flow: setattr(flow, "page", MANY)
    world.ok()
    statements.clear()
    world.wait()
    world.ok()
    each = {text: count / MANY for text, count in statements.most_common(20)}
    assert sum(count for count in each.values() if count >= 1) <= 2, each
