"""A vendor's own numbers follow the order of arrival, which a kill may change: no loss."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bridge_gui.sandbox.documents import Held
from bridge_gui.store.rows import LinkRow
from tests.crash import tally
from tests.crash.tally import Told

DAY = date(2026, 11, 20)


def world(numbers: dict[str, str], total: int = 100) -> Told:
    """Invoices of ours by their marks, with the numbers the vendor gave them."""
    books = [
        Held(
            kind="invoice", id=mark, total=Decimal(total), currency="EUR", day=str(DAY), texts=(mark, number)
        )
        for mark, number in numbers.items()
    ]
    links = [
        LinkRow(
            id=at, flow="deals", kind="invoice", source_id=mark, ordinal=1, target_id=mark,
            target_number=number, state="draft", day=DAY, total=Decimal(total),
        )
        for at, (mark, number) in enumerate(numbers.items())
    ]  # fmt: skip
    return Told([], links, [], books, [])


def test_numbers_may_change_places_and_totals_may_not() -> None:
    one, other = world({"a/1": "INV-1", "b/1": "INV-2"}), world({"a/1": "INV-2", "b/1": "INV-1"})
    assert tally._against(one, other, []) == ([], [])
    assert len(tally._against(one, world({"a/1": "INV-2", "b/1": "INV-1"}, 99), [])[1]) == 2
    assert len(tally._against(one, world({"a/1": "INV-1"}), [])[1]) == 1
