"""Whatever is done to an order's lines, its figures are those of its lines, and invoices those of both."""

from __future__ import annotations

from contextlib import closing
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from tests.vendors.uniconta.uniconta_at import UnicontaAt

LINE = some.fixed_dictionaries(
    {
        "Item": some.sampled_from(["1000", "1001", "1003"]),
        "Qty": some.sampled_from([1, 2, 2.5, 7, 0.33]),
        "Price": some.decimals(0, 5000, places=4).map(float),
        "DiscountPct": some.sampled_from([0, 5, 12.5, 33.33, 100]),
    }
)


def ore(amount):
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def net_of(line):
    qty, price, off = (Decimal(str(line[name])) for name in ("Qty", "Price", "DiscountPct"))
    return ore(qty * price * (1 - off / 100))


@settings(max_examples=12, deadline=None, phases=[Phase.generate])
@given(
    first=some.lists(LINE, min_size=1, max_size=5),
    more=LINE,
    changed=LINE,
    off=some.sampled_from([0, 3, 10]),
    part=some.sampled_from([1, 0.5]),
)
def test_totals_are_those_of_the_lines(first, more, changed, off, part):
    books = UnicontaAt()
    with closing(books.sim.state):
        number = books.order(*first, EndDiscountPct=off)
        rows = books.rows("DebtorOrderLineClient", "OrderNumber", number)
        books.update("DebtorOrderLineClient", {**rows[0], **changed})
        books.insert("DebtorOrderLineClient", {"OrderNumber": number, **more})
        if len(rows) > 1:
            books.send("DELETE", "Delete/DebtorOrderLineClient", rows[1])
        held_to(books, number, [changed, *first[2:], more], off, part)


def held_to(books, number, lines, off, part):
    whole = sum(map(net_of, lines)) * (1 - Decimal(off) / 100)
    order = books.one("DebtorOrderClient", "OrderNumber", number)
    assert (order["NoLines"], Decimal(str(order["TotalBeforeVAT"]))) == (len(lines), ore(whole))
    assert Decimal(str(order["OrderTotal"])) == ore(whole) + ore(whole * 25 / 100)
    made = books.person("invoice_order", number=number, part=part)
    if part == 1:
        assert (Decimal(str(made["NetAmount"])), made["TotalAmount"]) == (ore(whole), order["OrderTotal"])
    if made["TotalAmount"]:
        entry = books.one("DebtorTransOpenClient", "Invoice", made["invoice"])
        assert entry["AmountOpen"] == made["TotalAmount"]
        books.person("pay_invoice", number=made["invoice"])
        posted = books.rows("DebtorTransClient", "Invoice", made["invoice"])
        assert sum(Decimal(str(row["Amount"])) for row in posted) == 0
    assert books.rows("DebtorTransOpenClient", "Invoice", made["invoice"]) == []
