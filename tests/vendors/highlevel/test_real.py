"""The adapter against the imitated HighLevel in a process of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bridge_gui.accounting.crm import CrmInvoiceState, Person, SourceKind
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.errors import NoSuchTarget, Refused, SetupError, SignInError
from bridge_gui.web.waiting import never
from tests.vendors.highlevel.real import RealHighLevel

NOW = datetime.now(UTC)
AGES = timedelta(days=400)


@pytest.fixture(scope="module")
def real():
    one = RealHighLevel.start()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def crm(real):
    return real.adapter()


@pytest.fixture(scope="module")
def payments(crm):
    return [one for page in crm.payments_made(NOW - AGES, NOW + timedelta(days=2), never()) for one in page]


@pytest.fixture(scope="module")
def invoices(crm):
    return [one for page in crm.invoices_made((NOW - AGES).date(), never()) for one in page]


def test_the_location_names_itself(real, crm):
    place = crm.place()
    assert (place.id, place.zone, place.country) == (real.location, "Europe/London", "GB")
    assert crm.company().name == place.name
    assert len(crm.scope) == 6
    assert crm.scope == real.adapter().scope


def test_who_is_not_let_in_and_why(real):
    with pytest.raises(SignInError) as caught:
        real.adapter(token="pit-00000000-0000-4000-8000-000000000bad").company()
    assert caught.value.code == "highlevel.token"
    with pytest.raises(SetupError) as caught:
        real.adapter(location="An0therLocati0nOfAll").company()
    assert caught.value.code == "highlevel.wrong_location"


def test_what_is_left_is_told(real, crm):
    crm.place()
    crm.workflows()
    told = {one.span: one for one in real.meter.allowances()["highlevel"]}
    assert told["burst"].left < told["burst"].limit
    assert told["day"].left < told["day"].limit


def test_payments_are_told_apart(payments):
    kinds = {one.source for one in payments}
    assert {SourceKind.ORDER_FORM, SourceKind.SUBSCRIPTION, SourceKind.CALENDAR} <= kinds
    assert any(not one.live for one in payments)
    assert any(one.refunded for one in payments)
    assert any(one.source is SourceKind.INVOICE and one.invoice for one in payments)
    assert len({one.id for one in payments}) == len(payments)
    assert not any(one.whole for one in payments)


def test_a_payment_read_singly_is_the_same_and_more(crm, payments):
    again = crm.crm_payments([one.id for one in payments] + ["61dd0feac077f72010ffffff"], never())
    assert [one.id for one in again] == [one.id for one in payments]
    for one, before in zip(again, payments, strict=True):
        assert one.whole
        assert (one.amount, one.currency, one.state, one.at) == (
            before.amount, before.currency, before.state, before.at,
        )  # fmt: skip


def test_a_window_is_cut_to_the_instant(crm, payments):
    one = max(payments, key=lambda each: each.made)
    moment = timedelta(milliseconds=1)
    inside = [each.id for page in crm.payments_made(one.made, one.made + moment, never()) for each in page]
    assert one.id in inside
    outside = [
        each.id
        for page in crm.payments_made(one.made + moment, one.made + moment * 2, never())
        for each in page
    ]
    assert one.id not in outside


def test_orders_come_to_what_was_paid(crm, payments):
    paid = {one.order: one for one in payments if one.order and one.state is PaymentState.RECEIVED}
    found = crm.orders(list(paid), never())
    assert found
    for order in found:
        assert order.lines
        assert order.total == order.subtotal - order.discount + order.tax + order.shipping
        assert paid[order.id].amount == order.total
    assert crm.orders(["653f5e0cde5a1314e62affff"], never()) == ()


def test_invoices_and_their_sums(crm, invoices):
    states = {one.state for one in invoices}
    assert {
        CrmInvoiceState.DRAFT,
        CrmInvoiceState.SENT,
        CrmInvoiceState.PARTLY_PAID,
        CrmInvoiceState.PAID,
    } <= states
    for one in invoices:
        assert one.lines
        assert one.total == one.subtotal - one.discount_total + one.tax + sum(
            x.unit_price for x in one.extras
        )
        assert one.person.id
        assert one.number
    assert any(one.tax and one.discount for one in invoices)
    assert crm.crm_invoices([one.id for one in invoices], never()) == tuple(invoices)
    assert crm.crm_invoices(["6578278e879ad2646715ffff"], never()) == ()


def test_only_recent_invoices_are_listed(crm):
    assert [one for page in crm.invoices_made(date(2100, 1, 1), never()) for one in page] == []


def test_a_contact_is_made_once_and_found_whatever_the_case(crm):
    wanted = Person(
        name="Kokeilu Oy",
        first_name="Kokeilu",
        last_name="Oy",
        email="Laskut@kokeilu.example",
        city="Espoo",
        country="FI",
    )
    made = crm.add_person(wanted, "QuickBooks")
    again = crm.add_person(Person(name="Someone else", email="laskut@KOKEILU.example"), "QuickBooks")
    assert again.id == made.id
    assert again.name.casefold() == "kokeilu oy"
    assert [one.id for one in crm.people_with(email="LASKUT@kokeilu.example")] == [made.id]
    assert crm.people_with(email="nobody@kokeilu.example") == ()
    assert made.id in {one.id for one in crm.people_named("kokeilu", 10)}
    assert made.id in {one.id for page in crm.everybody(never()) for one in page}


def test_only_what_is_empty_is_filled(crm):
    made = crm.add_person(Person(name="Fill me", email="fill@kokeilu.example", city="Espoo"), "QuickBooks")
    crm.tag_person(made.id, "vip")
    filled = crm.fill_person(made.id, {"city": "Turku", "street": "Katu 1", "phone": ""})
    assert (filled.city, filled.street, filled.tags) == ("Espoo", "Katu 1", ("vip",))
    assert crm.people([made.id, "nobodynobodynobody12"], never()) == (filled,)
    with pytest.raises(NoSuchTarget) as caught:
        crm.fill_person("nobodynobodynobody12", {"city": "Turku"})
    assert caught.value.params["target"] == "nobodynobodynobody12"


def test_words_to_a_contact(crm):
    made = crm.add_person(
        Person(name="Word to", email="words@kokeilu.example", phone="+3545550123"), "QuickBooks"
    )
    assert crm.send_email(made.id, "How did we do?", "<p>Tell us</p>")
    assert crm.send_text(made.id, "How did we do?")
    published = [one for one in crm.workflows() if one.offered]
    assert published
    crm.begin_workflow(made.id, published[0].key, NOW)
    crm.tag_person(made.id, "asked")
    assert "asked" in crm.people([made.id], never())[0].tags
    assert all(one.key == one.title for one in crm.tags())
    with pytest.raises(Refused):
        crm.begin_workflow("nobodynobodynobody12", published[0].key, NOW)


def test_money_is_exact(payments):
    assert all(isinstance(one.amount, Decimal) and one.amount == round(one.amount, 2) for one in payments)
