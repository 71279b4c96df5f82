"""A company in the US, through the house over HTTP: tax inside the prices, or with a tax code."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from bridge_gui.sync.panels import Query
from bridge_gui.web.waiting import never
from tests.bridges.highlevel_quickbooks.office import NAME, studio

CENT = Decimal("0.01")


@pytest.fixture
def at_work(tmp_path, request):
    with studio(tmp_path / "data", "US", **getattr(request, "param", {})) as one:
        yield one


def first_day(at_work, **settings):
    at_work.set_up(**settings)
    at_work.sync()
    for asked in at_work.house.attention(NAME):
        at_work.house.answer(NAME, asked.id, asked.choices[0])
    at_work.sync()
    assert at_work.house.attention(NAME) == []
    assert at_work.sync().written == 0


def charged(at_work, kind):
    """What HighLevel charged, by document."""
    return {one["id"]: Decimal(str(one["total"])) for one in at_work.at("highlevel", kind) if one["living"]}


def test_folded_every_total_is_what_was_charged_and_no_tax_is_told(at_work):
    first_day(at_work)
    as_charged(at_work)
    for sale in at_work.whole("Invoice", "SalesReceipt", "RefundReceipt"):
        assert sale.get("TxnTaxDetail", {}).get("TotalTax", 0) == 0, sale
        codes = {line["SalesItemLineDetail"]["TaxCodeRef"]["value"] for line in items(sale)}
        assert codes == {"NON"}, sale


def as_charged(at_work):
    """Every invoice, and every receipt with its refunds, is what HighLevel says, to the cent."""
    billed, taken = charged(at_work, "invoice"), charged(at_work, "payment")
    booked = {}
    for sale in at_work.whole("Invoice", "SalesReceipt", "RefundReceipt"):
        source = sale["PrivateNote"].split("/")[-2].partition(".")[0]
        sign = -1 if "refund" in sale["PrivateNote"] else 1
        booked[source] = booked.get(source, 0) + sign * Decimal(str(sale["TotalAmt"]))
    assert len([one for one in booked if one in billed]) == 3
    assert len([one for one in booked if one in taken]) == 5
    wanted = {one: (billed | taken)[one].quantize(CENT, ROUND_HALF_UP) for one in booked}
    assert booked == wanted


def items(sale):
    return [line for line in sale["Line"] if line["DetailType"] == "SalesItemLineDetail"]


@pytest.mark.parametrize("at_work", [{}, {"automated_tax": True}], indirect=True)
def test_with_a_tax_code_the_books_report_the_tax_that_was_charged(at_work):
    first_day(at_work, us_tax="codes", us_tax_code="1", untold_tax="1")
    as_charged(at_work)
    taxed = [one for one in at_work.whole("Invoice", "SalesReceipt") if one["TxnTaxDetail"]["TotalTax"]]
    assert len(taxed) >= 4
    for sale in taxed:
        net = sum(Decimal(str(line["Amount"])) for line in items(sale) if taxes(line))
        off = sum(
            Decimal(str(line["Amount"])) for line in sale["Line"] if line["DetailType"][:8] == "Discount"
        )
        assert abs((net - off) * Decimal("0.0825") - Decimal(str(sale["TxnTaxDetail"]["TotalTax"]))) < 1
        # Automated sales tax keeps the sum and picks the code itself.
        assert sale["TxnTaxDetail"]["TxnTaxCodeRef"]["value"] in ("1", "3")
    tied = at_work.house.tie_out(NAME, None, None, never())
    assert [row for row in tied.rows if not row.explained] == []


def taxes(line):
    return line["SalesItemLineDetail"]["TaxCodeRef"]["value"] == "TAX"


def test_the_review_panel_stands_for_them_as_well(at_work):
    first_day(at_work)
    assert at_work.house.panel_rows(NAME, "reviews", Query(), never()).rows is not None
