"""Lists to choose from, fields that are there or not, and the day's calls."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bridge_gui.accounting.trade import Holder
from bridge_gui.errors import Passing, SetupError
from bridge_gui.sync.specs import Option
from bridge_gui.vendors.uniconta.terms import COMPANIES, DEBTORS, ITEMS, ORDER_LINES
from bridge_gui.web.waiting import never
from tests.vendors.standin import said
from tests.vendors.uniconta.books import adapter_on, feed, table
from tests.web.toys import answer


def test_lists_have_keys_and_names_and_are_read_once(standin, books):
    standin.on(
        table("DebtorGroupClient"), [{"Group": "UDL", "Name": "Udland"}, {"Group": "INDL", "Name": "Indland"}]
    )
    standin.on(table("PaymentTermClient"), [{"Payment": "8D", "Name": "Netto 8 dage"}, {"Payment": "14D"}])
    standin.on(table("GLVatClient"), [
        {"Vat": "U25", "Name": "Salgsmoms", "VatType": "Sales"}, {"Vat": "I25", "VatType": "Purchase"}, {"Vat": "UEU"},
    ])  # fmt: skip
    standin.on(table("InvGroupClient"), [{"KeyStr": "VARE", "Name": "Varer"}])
    for _ in range(2):
        assert books.debtor_groups() == (
            Option(key="INDL", title="INDL - Indland"), Option(key="UDL", title="UDL - Udland"),
        )  # fmt: skip
        assert [one.title for one in books.payment_terms()] == ["14D", "8D - Netto 8 dage"]
        assert [one.key for one in books.vat_groups()] == ["U25", "UEU"]
        assert [one.title for one in books.item_groups()] == ["VARE - Varer"]
    assert len(standin.seen) == 4


def test_a_list_that_is_not_shown_is_made_of_what_is_used(standin, books):
    standin.on(table(DEBTORS), [{"Account": "1", "Vat": "U25", "Group": "B"}, {"Account": "2", "Group": "A"}])
    standin.on(table(ITEMS), [{"Item": "1", "Group": "VARE"}])
    assert [one.key for one in books.vat_groups()] == ["U25"]
    assert [one.key for one in books.debtor_groups()] == ["A", "B"]
    assert [one.key for one in books.item_groups()] == ["VARE"]


def test_trouble_is_no_list_that_is_not_shown(standin, books):
    standin.on(table("GLVatClient"), said("NoSubscription", 403))
    with pytest.raises(SetupError) as caught:
        books.vat_groups()
    assert caught.value.code == "uniconta.no_subscription"


@pytest.mark.parametrize(
    ("row", "currency"), [({"Currency": "eur"}, "EUR"), ({"Currency": 2}, "DKK"), ({}, "DKK")]
)
def test_the_currency_of_the_books(standin, books, row, currency):
    standin.on(table(COMPANIES), [{"CompanyId": 12345, "Name": "Eksempel", **row}])
    assert books.own_currency() == currency


def asks(standin, name, rows, refused=(), ignored=False):
    """The reading door with rows, refusing some names in a filter."""

    def act(sock, received):
        if any(f"={one}+" in received.target for one in refused):
            return said({"Message": "Unknown field"}, 400)(sock, received)
        told = rows if "filter" not in received.target or ignored else []
        return answer(200, json.dumps({"value": told}).encode())(sock, received)

    standin.on(feed(name), act)


CONTROL = "zzBridgeAsksIfThisIsThere"


@pytest.mark.parametrize(
    ("rows", "refused", "ignored", "there"),
    [
        ([{"xWebcrmId": "org-1"}], (), True, True),
        ([{"Name": "x"}], ("xWebcrmId", CONTROL), False, False),
        ([{"Name": "x"}], ("xWebcrmId", CONTROL, "Account"), False, None),
        ([{"Name": "x"}], (CONTROL,), False, True),
        ([{"Name": "x"}], (), True, None),
        ([{"Name": "x"}], (), False, None),
        ([], (), False, None),
    ],
)
def test_whether_a_field_is_there(standin, books, rows, refused, ignored, there):
    asks(standin, DEBTORS, rows, refused, ignored)
    assert books.has_field(Holder.DEBTOR, "xWebcrmId") is there
    assert len(standin.seen) <= 4


def test_one_broken_answer_does_not_make_a_field_missing(standin, books):
    nothing = answer(200, b'{"value":[]}')
    told = iter([answer(200, b"7"), nothing, answer(200, b'"\\u0000"'), nothing])

    def act(sock, received):
        if "=xWebcrmId+" in received.target:
            return next(told)(sock, received)
        if f"={CONTROL}+" in received.target:
            return said({"Message": "Unknown field"}, 400)(sock, received)
        return answer(200, b'{"value":[{"Name":"x"}]}')(sock, received)

    standin.on(feed(DEBTORS), act)
    for _ in range(2):
        assert books.has_field(Holder.DEBTOR, "xWebcrmId") is True


def test_trouble_with_everything_does_not_tell_whether_a_field_is_there(standin, books):
    def act(sock, received):
        if "filter" in received.target:
            return said("Exception", 500)(sock, received)
        return answer(200, b'{"value":[]}')(sock, received)

    standin.on(feed(ORDER_LINES), act)
    assert books.has_field(Holder.ORDER_LINE, "xWebcrmLine") is None
    assert books.has_field(Holder.PERSON, "x") is None


def test_only_what_cannot_change_is_not_asked_twice(standin, books):
    asks(standin, DEBTORS, [{"Name": "x"}], (CONTROL,))
    for name in ("xA", "xB", "xA"):
        assert books.has_field(Holder.DEBTOR, name) is True
    assert len(standin.seen) == 5


def test_the_days_calls_go_on_from_where_they_were(standin):
    books = adapter_on(standin, daily_calls="100")
    standin.on(table(DEBTORS), [])
    today, spent = books.calls_spent
    assert (books.calls_a_day, spent) == (100, 0)
    books.spent_before(today, 99)
    books.spent_before(date(2020, 1, 1), 1000)
    books.debtors(never())
    assert books.calls_spent == (today, 100)
    with pytest.raises(Passing):
        books.debtors(never())
    assert adapter_on(standin, daily_calls="").calls_a_day == 5000
