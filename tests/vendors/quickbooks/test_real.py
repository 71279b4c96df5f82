"""The adapter against the imitated QuickBooks in a process of its own: a sale's whole life, and its sign-in."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.selling import Buyer, SaleKind, Sought
from bridge_gui.errors import BridgeError, Conflict, Refused, SignInError
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.oauth.grant import load
from bridge_gui.web.waiting import never
from tests.vendors.quickbooks.company import line, paying, sale
from tests.vendors.quickbooks.real import RealQuickBooks

TODAY = datetime.now(UTC).date()
RECENTLY = datetime.now(UTC) - timedelta(hours=2)


@pytest.fixture(scope="module")
def real():
    one = RealQuickBooks.start()
    one.sign_in()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def books(real):
    return real.adapter(realm=real.adapter().companies()[0].id)


@pytest.fixture(scope="module")
def buyer(books):
    wanted = Buyer(
        name="Kokeilu: Oy", email="laskut@kokeilu.example", number="hl-7f3a91-c1", notes="From the CRM",
        currency=books.selling_rules().base_currency, street="Katu 1\nC/O Matti", city="Espoo", postal_code="02100",
    )  # fmt: skip
    return books.add_buyer(wanted, key())


def key():
    return os.urandom(20).hex()


def ours(books, buyer, number, **changes):
    tax = next(one for one in books.sales_taxes() if one.rate)
    mark = f"hl-7f3a91/{number}/1"
    given = {
        "contact": buyer.id, "day": TODAY, "due": TODAY + timedelta(days=14), "number": f"T-{number}",
        "currency": books.selling_rules().base_currency, "memo": f"From the CRM {mark}",
        "lines": (line(item=books.items()[0].code, tax=tax.key, rate=tax.rate),),
    }  # fmt: skip
    return sale(**{**given, **changes})


def made(books, buyer, number, **changes):
    (result,) = books.make_sales([ours(books, buyer, number, **changes)], key())
    assert not isinstance(result, BridgeError), result
    return result


def paid(books, invoice, amount):
    given = paying(
        contact=invoice.contact, invoice=invoice.ref.id, day=TODAY, amount=amount, currency=invoice.currency,
        method=books.payment_methods()[0].key, deposit=books.deposit_accounts()[0].id, memo=f"hl-7f3a91/{invoice.ref.id}.p/1",
    )  # fmt: skip
    (result,) = books.make_payments([given], key())
    assert not isinstance(result, BridgeError), result
    return result


def again(books, one):
    (found,) = books.sales_by_id(one.kind, [one.ref.id], never())
    return found


def test_the_company_is_the_one_of_the_sign_in(real, books):
    (only,) = real.adapter().companies()
    assert books.company() == only
    assert load(real.secrets["sign_in"]).extra["realmId"] == only.id
    with pytest.raises(BridgeError) as caught:
        real.adapter(realm="12345").company()
    assert caught.value.code == "quickbooks.other_company"


def test_what_a_sale_may_name(books):
    rules = books.selling_rules()
    assert (rules.country, rules.american, rules.own_numbers) == ("GB", False, True)
    assert Decimal(20) in {one.rate for one in books.sales_taxes()}
    assert {one.key for one in books.sales_taxes()} == set(books.tax_names())
    assert all(one.code and one.account for one in books.items())
    assert books.income_accounts()
    assert books.deposit_accounts()


@pytest.mark.parametrize("discount", ["0", "12.35"])
def test_quickbooks_comes_to_what_we_expect_it_to(books, buyer, discount):
    taxes = [one for one in books.sales_taxes() if one.rate]
    lines = tuple(
        line(item=books.items()[0].code, tax=taxes[0].key, rate=taxes[0].rate, unit_price=Decimal(price), quantity=Decimal(many))
        for price, many in (("25.0601", "1"), ("0.3333", "3"), ("12.35", "1"), ("-3.05", "1"))
    )  # fmt: skip
    wanted = ours(
        books, buyer, f"sum{discount}", lines=lines, discount=Decimal(discount), discount_tax=taxes[0].key
    )
    (one,) = books.make_sales([wanted], key())
    assert (one.total, one.tax, one.net) == (wanted.totals.total, wanted.totals.tax, wanted.totals.net)
    assert [(got.text, got.amount(one.currency)) for got in one.lines] == [
        (meant.text, meant.amount(one.currency)) for meant in wanted.lines
    ]
    assert one.discount == Decimal(discount)
    assert again(books, one) == one


def test_another_cent_of_tax_is_kept(books, buyer):
    wanted = ours(books, buyer, "cent", tax=Decimal("60.01"))
    (one,) = books.make_sales([wanted], key())
    assert (one.tax, one.total) == (Decimal("60.01"), Decimal("360.01"))


def test_without_tax(books, buyer):
    one = made(
        books,
        buyer,
        "none",
        treatment=TaxTreatment.NONE,
        lines=(line(item=books.items()[0].code, tax="", rate=Decimal(0)),),
    )
    assert (one.tax, one.total) == (0, 300)


def test_a_batch_of_all_kinds_and_a_taken_number(books, buyer):
    money = {"method": books.payment_methods()[0].key, "deposit": books.deposit_accounts()[0].id}
    first = made(books, buyer, "taken")
    kinds = (SaleKind.RECEIPT, SaleKind.REFUND)
    wanted = [ours(books, buyer, f"b-{kind.value}", kind=kind, **money) for kind in kinds]
    receipt, refund, taken = books.make_sales([*wanted, ours(books, buyer, "taken")], key())
    assert [one.state for one in (receipt, refund)] == [DocumentState.POSTED] * 2
    assert (taken.code, taken.params["target"]) == ("quickbooks.number_taken", first.ref.id)


def test_a_key_serves_once(books, buyer):
    same = key()
    (one,) = books.make_sales([ours(books, buyer, "once")], same)
    (two,) = books.make_sales([ours(books, buyer, "once")], same)
    assert one == two


def test_a_life_changed_paid_unlinked_voided(books, buyer):
    one = made(books, buyer, "life")
    wanted = ours(books, buyer, "life", lines=(line(item=books.items()[0].code, quantity=Decimal(4), tax=one.lines[0].tax, rate=one.lines[0].rate),))  # fmt: skip
    changed = books.change_sale(one, wanted, key())
    assert (changed.total, changed.lines[0].id) == (wanted.totals.total, one.lines[0].id)
    with pytest.raises(Conflict):
        books.change_sale(one, wanted, key())
    part = paid(books, changed, Decimal(100))
    now = again(books, one)
    assert (now.state, now.remaining, now.payments) == (
        DocumentState.PARTLY_PAID,
        now.total - 100,
        (part.id,),
    )
    assert books.payments_of(one.ref.id, never()) == (part,)
    with pytest.raises(Refused) as caught:
        books.void_sale(now, key())
    assert caught.value.code == "quickbooks.has_payments"
    loose = books.unlink_payment(part, one.ref.id, key())
    assert (loose.amount, loose.applied) == (100, ())
    with pytest.raises(Conflict):
        books.unlink_payment(part, one.ref.id, key())
    gone = books.void_sale(again(books, one), key())
    assert (gone.state, gone.total) == (DocumentState.VOIDED, 0)
    assert "hl-7f3a91/life/1" in gone.memo.split()


def test_what_was_written_is_found_by_its_mark(books, buyer):
    one = made(books, buyer, "found")
    sought = Sought(
        kind=SaleKind.INVOICE,
        mark="hl-7f3a91/found/1",
        number="T-found",
        contact=buyer.id,
        day=TODAY,
        total=one.total,
    )
    renumbered = Sought(
        kind=SaleKind.INVOICE,
        mark="hl-7f3a91/found/1",
        number="T-other",
        contact=buyer.id,
        day=TODAY,
        total=one.total,
    )
    nothing = Sought(
        kind=SaleKind.RECEIPT,
        mark="hl-7f3a91/found/1",
        number="T-found",
        contact="",
        day=TODAY,
        total=one.total,
    )
    assert books.sales_sought([sought, renumbered, nothing], never()) == [(one,), (one,), ()]


def test_changes_tell_of_sales_and_payments(books, buyer):
    one = made(books, buyer, "seen")
    payment = paid(books, one, one.total)
    seen = {
        sale.ref.id: sale for page in books.sales_changed(list(SaleKind), RECENTLY, never()) for sale in page
    }
    assert seen[one.ref.id].state is DocumentState.PAID
    paid_ones = {each.id: each for page in books.payments_changed(RECENTLY, never()) for each in page}
    assert paid_ones[payment.id].applied[0].invoice == one.ref.id
    old = RECENTLY - timedelta(days=40)
    asked = {sale.ref.id for page in books.sales_changed([SaleKind.INVOICE], old, never()) for sale in page}
    assert one.ref.id in asked


def test_customers(books, buyer):
    assert (buyer.name, buyer.number) == ("Kokeilu Oy", "hl-7f3a91-c1")
    assert books.buyers_like(email="LASKUT@kokeilu.example") == (buyer,)
    assert books.buyers_like(name="kokeilu  oy") == (buyer,)
    assert books.buyers([buyer.id, "999999"], never()) == (buyer,)
    assert buyer in books.buyers_named("okeil", 10)
    assert buyer in [one for page in books.buyers_made(RECENTLY, never()) for one in page]
    with pytest.raises(Refused) as caught:
        books.add_buyer(Buyer(name="KOKEILU Oy"), key())
    assert caught.value.code == "quickbooks.name_taken"


def test_an_item(books):
    one = books.add_item("Courses online", books.income_accounts()[0].id, key())
    assert one in books.items() or one.code in {each.code for each in books.items()}
    with pytest.raises(Refused):
        books.add_item("Courses online", books.income_accounts()[0].id, key())


def test_leaving_ends_the_sign_in():
    own = RealQuickBooks.start()
    try:
        own.sign_in()
        own.adapter().leave_company()
        own.adapter(Access()).leave_company()
        with pytest.raises(SignInError):
            own.adapter(Access()).company()
    finally:
        own.stop()
