"""Dealing with drafts: an invoice that was issued stops everything, a draft a person began is used by setting."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.invoices import Invoice, InvoiceLine
from bridge_gui.bridges.salescloud_payday.drafts import Drafts
from bridge_gui.bridges.salescloud_payday.planning import plan_order
from bridge_gui.errors import SetupError
from bridge_gui.sync.flow import Known
from bridge_gui.sync.opening import PassingNotes
from bridge_gui.web.waiting import never
from tests.bridges.at_work import Ahead
from tests.bridges.salescloud_payday.shop import record, rules
from tests.bridges.salescloud_payday.test_billing import sold


class Issuing:
    """Books that issue whatever they are given, and show the drafts they were made with."""

    def __init__(self, *drafts, state=DocumentState.AWAITING_PAYMENT):
        self.drafts, self.state = drafts, state

    def drafts_of(self, contact_id, cancel):
        return self.drafts

    def make_draft(self, new):
        return draft("i9", lines=new.lines, state=self.state, reference=new.reference)


def draft(draft_id, *, reference="", lines=(), state=DocumentState.DRAFT):
    total = sum((line.gross("ISK") for line in lines), Decimal(0))
    return Invoice(
        ref=Ref(id=draft_id), state=state, contact="c1", day=date(2026, 11, 1), reference=reference,
        lines=tuple(lines), total=total,
    )  # fmt: skip


def step(**settings):
    found = plan_order(record(sold([(620, 11)])), Known(), rules(**settings))[-1]
    return found.with_targets({"contact/7112992110/1": "c1"})


def desk(books):
    return Drafts(books, Ahead(), timedelta(seconds=150), never(), PassingNotes())


def test_an_invoice_issued_for_good_stops_the_bridge_and_says_so():
    one = desk(Issuing())
    assert one.choose(step()) is None
    written = one.write(step(), None)
    assert written.state is DocumentState.AWAITING_PAYMENT
    for ask in (lambda: one.choose(step()), one.check):
        with pytest.raises(SetupError) as caught:
            ask()
        assert caught.value.code == "payday.issued_not_draft"
        assert caught.value.params["target"] == "i9"


def test_a_draft_is_a_draft():
    one = desk(Issuing(state=DocumentState.DRAFT))
    assert one.write(step(), None).state is DocumentState.DRAFT
    one.check()


def test_which_draft_a_sale_goes_on():
    person = draft("p1", lines=[InvoiceLine(text="Vinna", unit=Decimal(5), rate=Decimal(24))])
    mine = draft("m1", reference="SalesCloud 5c09e1")
    assert desk(Issuing(person)).choose(step()) is None
    assert desk(Issuing(person, mine)).choose(step()) == Ref(id="m1")
    assert desk(Issuing(person)).choose(step(which_draft="any")) == Ref(id="p1")
    assert desk(Issuing(person, draft("p2"))).choose(step(which_draft="any")) is None
    one = step()
    carried = draft("p3", lines=one.group.dressed(one.lines))
    assert desk(Issuing(carried)).choose(one) == Ref(id="p3")
