"""What is billed and what is booked of an order: together always the order, to the króna."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.invoices import priced, total_of
from bridge_gui.accounting.sales import Buyer, OrderState
from bridge_gui.bridges.salescloud_payday.billing import Parts, parts_of, shares
from bridge_gui.bridges.salescloud_payday.draft_lines import Group, bare, difference, read_content
from bridge_gui.bridges.salescloud_payday.draft_steps import AddToDraft, AmendDraft, EnsureContact
from bridge_gui.bridges.salescloud_payday.planning import plan_order
from bridge_gui.sync.flow import Held, Known, LinkView, Skip
from bridge_gui.sync.step import decoder, encode
from tests.bridges.salescloud_payday.shop import DAY, ON_ACCOUNT, STEPS, line, order, paid, record, rules

BUYER = Buyer(id="b1", name="Example ehf.", number="7112992110")
amounts = st.integers(min_value=-90_000, max_value=90_000)
rates = st.sampled_from([24, 11, 0])
some_lines = st.lists(st.tuples(amounts, rates), min_size=1, max_size=5)


def sold(lines, card=0, **more):
    """An order with a part paid by card, the rest on account."""
    made = [line(gross, rate) for gross, rate in lines]
    promised = int(sum(one.gross for one in made)) - card
    payments = [paid(card)] * bool(card) + [paid(promised, ON_ACCOUNT)] * bool(promised)
    return order(made, payments, **{"buyer": BUYER, **more})


@given(
    some_lines,
    st.integers(min_value=-50_000, max_value=50_000),
    st.sampled_from(["pro_rata", "whole_on_draft"]),
)
def test_both_parts_are_the_order(lines, card, how):
    one = sold(lines, card)
    parts = parts_of(one, rules(split_orders=how))
    if not isinstance(parts, Parts):
        assert isinstance(parts, (Held, Skip))
        return
    billed = parts.buying.billed.total if parts.buying else Decimal(0)
    journal = () if isinstance(parts.journal, Skip) else parts.journal
    booked = -sum((entry.amount for entry in journal if entry.tax is not None), Decimal(0))
    assert billed + booked == one.total
    assert sum(entry.amount for entry in journal) == 0


def test_more_on_account_than_there_are_goods_is_not_divided():
    gift = line(5000, None, gift_card=True)
    payments = [paid(3000), paid(3000, ON_ACCOUNT)]
    held = parts_of(order([line(1000, 24), gift], payments, buyer=BUYER), rules(split_orders="pro_rata"))
    assert isinstance(held, Held)
    assert (held.code, held.choices) == ("order.split_unclear", ())
    enough = [paid(5500), paid(500, ON_ACCOUNT)]
    parts = parts_of(order([line(1000, 24), gift], enough, buyer=BUYER), rules(split_orders="pro_rata"))
    assert parts.buying.billed.total == 500


@given(st.dictionaries(st.sampled_from([24, 11, 0]), amounts, min_size=1), amounts)
def test_shares_add_up_and_are_whole(sums, part):
    whole = sum(sums.values())
    if whole == 0:
        return
    found = shares({Decimal(rate): Decimal(one) for rate, one in sums.items()}, Decimal(part))
    assert sum(found.values()) == part
    assert all(one == one.to_integral_value() for one in found.values())


@given(amounts.filter(bool), st.decimals(min_value="0.01", max_value=40, places=3))
def test_a_line_comes_to_just_its_amount(gross, quantity):
    made = priced("Vara", quantity, Decimal(gross), Decimal(24))
    assert made.gross("ISK") == gross
    assert made.quantity > 0


@given(some_lines, some_lines)
def test_the_difference_brings_one_to_the_other(wanted, held):
    ours = [priced(f"a{i}", Decimal(1), Decimal(g), Decimal(r)) for i, (g, r) in enumerate(wanted) if g]
    theirs = [priced(f"a{i}", Decimal(1), Decimal(g), Decimal(r)) for i, (g, r) in enumerate(held) if g]
    moved = difference(ours, theirs)
    assert total_of(moved, "ISK") == total_of(ours, "ISK") - total_of(theirs, "ISK")
    assert difference(ours, ours) == ()


@given(st.text(max_size=1200), st.integers(min_value=1, max_value=30))
def test_a_sale_s_lines_are_found_again(text, ordinal):
    group = Group(source_id="0d-1", ordinal=ordinal, day=DAY, shown="10443")
    lines = (priced(text, Decimal(1), Decimal(620), Decimal(11)),)
    dressed = group.dressed(lines)
    assert group.among(dressed) == dressed
    assert all(len(one.text) <= 1024 for one in dressed)
    unmarked = [msgspec.structs.replace(one, note="") for one in dressed]
    assert group.among(unmarked) == tuple(unmarked)
    assert Group(source_id="0d-2", ordinal=1, day=DAY, shown="1044").among(dressed) == ()
    if len(text) < 900:
        assert bare(dressed)[0].text == text


class Drafts:
    """Books that hold invoices: every draft can be sent, each step is taken through JSON."""

    def __init__(self):
        self.links = {}

    def take(self, steps):
        for step in steps:
            step = decoder(STEPS).decode(encode(step))  # noqa: PLW2901 - what the journal keeps
            if isinstance(step, EnsureContact):
                continue
            assert isinstance(step, (AddToDraft, AmendDraft))
            assert (step.link.ordinal in self.links) is isinstance(step, AmendDraft)
            self.links[step.link.ordinal] = LinkView(
                kind="draft_invoice", source_id=step.link.source_id, ordinal=step.link.ordinal,
                target=Ref(id=f"i{step.link.ordinal}"), source_content=step.source_content,
                target_content=step.source_content, state=DocumentState.DRAFT,
            )  # fmt: skip

    def send(self):
        sent = {"state": DocumentState.AWAITING_PAYMENT}
        self.links = {key: msgspec.structs.replace(link, **sent) for key, link in self.links.items()}

    @property
    def known(self):
        return Known(links=tuple(self.links.values()))

    @property
    def billed(self):
        return sum((read_content(link.target_content).total for link in self.links.values()), Decimal(0))


@given(st.lists(st.tuples(some_lines, st.booleans()), min_size=1, max_size=5))
def test_whatever_an_order_becomes_its_invoices_add_up_to_it(history):
    books, by = Drafts(), rules()
    for lines, sends in history:
        one = sold(lines)
        plan = plan_order(record(one), books.known, by)
        if isinstance(plan, list):
            books.take(plan)
        wanted = one.total if any(p.amount for p in one.received) else books.billed
        assert books.billed == wanted
        assert not isinstance(plan_order(record(one), books.known, by), list) or (
            plan_order(record(one), books.known, by) == []
        )
        if sends:
            books.send()
    gone = sold([(620, 11)], state=OrderState.CANCELLED)
    plan = plan_order(record(gone), books.known, by)
    if isinstance(plan, list):
        books.take(plan)
    assert books.billed == 0


@pytest.mark.parametrize("number", ["", "9999999999", "123"])
def test_nobody_is_billed_without_a_kennitala(number):
    held = parts_of(sold([(620, 11)], buyer=Buyer(id="b", name="Félag", number=number)), rules())
    assert isinstance(held, Held)
    assert held.code == "order.no_kennitala"


def test_a_wrong_check_digit_only_warns():
    plan = plan_order(
        record(sold([(620, 11)], buyer=Buyer(id="b", name="X", number="7112992130"))), Known(), rules()
    )
    assert plan[-1].warning == "kennitala.checksum"
    assert plan_order(record(sold([(620, 11)])), Known(), rules())[-1].warning == ""


def test_a_changed_entry_is_asked_about_where_a_setting_says_so():
    from tests.bridges.salescloud_payday.shop import Books, coffee

    books, by = Books(), rules(on_change="ask")
    books.take(plan_order(record(coffee()), books.known, by))
    asked = plan_order(record(coffee(700)), books.known, by)
    assert (asked.code, asked.choices) == ("order.changed_after", ("reverse", "leave"))
    told = msgspec.structs.replace(books.known, answer="reverse")
    assert len(plan_order(record(coffee(700)), told, by)) == 2
    left = msgspec.structs.replace(books.known, answer="leave")
    assert plan_order(record(coffee(700)), left, by).code == "entry.left_to_person"


def test_a_person_s_edit_of_a_sale_s_own_lines_is_asked_about():
    books, by = Drafts(), rules()
    books.take(plan_order(record(sold([(620, 11)])), books.known, by))
    other = Drafts()
    other.take(plan_order(record(sold([(500, 11)])), other.known, by))
    (link,), (edit,) = books.links.values(), other.links.values()
    books.links[1] = msgspec.structs.replace(link, target_content=edit.target_content)
    assert plan_order(record(sold([(620, 11)])), books.known, by) == []
    asked = plan_order(record(sold([(700, 11)])), books.known, by)
    assert (asked.code, asked.choices) == ("draft.edited", ("follow", "leave"))


def test_into_a_closed_period_only_as_a_person_says():
    by = rules(closed_until=DAY.isoformat())
    one = record(sold([(620, 11)]))
    assert plan_order(one, Known(), by).choices == ("first_open_day", "wait")
    assert plan_order(one, Known(answer="wait"), by).code == "period.waiting"
    assert plan_order(one, Known(answer="first_open_day"), by)[-1].dated > DAY
    split = record(sold([(620, 11)], card=20))
    asked = plan_order(split, Known(answer="pro_rata"), by)
    assert asked.choices == ("pro_rata.first_open_day", "pro_rata.wait")
    steps = plan_order(split, Known(answer="pro_rata.first_open_day"), by)
    assert {step.entry.day > DAY for step in steps if hasattr(step, "entry")} == {True}
