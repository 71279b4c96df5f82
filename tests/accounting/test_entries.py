"""Arithmetic with journal entries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bridge_gui.accounting.documents import JournalEntry, JournalLine
from bridge_gui.accounting.entries import (
    balances,
    content_of,
    difference,
    expected_split,
    merged,
    negated,
    read_content,
    worth_of,
)
from bridge_gui.accounting.tax import TaxCode

HIGH, ZERO_RATE = TaxCode(key="High", rate=Decimal(24)), TaxCode(key="None", rate=Decimal(0))
DAY = date(2026, 11, 20)

lines_of = st.lists(
    st.builds(
        lambda account, amount, tax: JournalLine(account=account, amount=Decimal(amount), tax=tax, gross=tax is not None),
        st.sampled_from("abc"), st.integers(-10**9, 10**9), st.sampled_from([None, HIGH, ZERO_RATE]),
    ),
    max_size=8,
)  # fmt: skip


def line(account, amount, tax=None, text=""):
    return JournalLine(account=account, amount=Decimal(amount), tax=tax, gross=tax is not None, text=text)


@given(lines_of, lines_of)
def test_held_and_the_difference_make_what_is_wanted(wanted, held):
    assert balances([*held, *difference(wanted, held)]) == balances(wanted)


@given(lines_of)
def test_merging_and_turning_round_keep_the_sums(lines):
    assert balances(merged(lines)) == balances(lines)
    assert balances([*lines, *negated(lines)]) == {}


@given(lines_of, st.randoms())
def test_equal_contents_are_equal_bytes_in_any_order(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert content_of(DAY, lines) == content_of(DAY, shuffled)
    assert balances(read_content(content_of(DAY, lines)).lines) == balances(lines)


def test_a_zero_rate_takes_nothing_off_and_compares_as_no_tax():
    assert content_of(DAY, [line("a", 5, ZERO_RATE)]) == content_of(DAY, [line("a", 5)])


def test_an_amount_has_one_spelling():
    assert content_of(DAY, [line("a", "5.00")]) == content_of(DAY, [line("a", 5)])


def test_the_difference_keeps_the_shape_of_what_is_wanted():
    (one,) = difference([line("a", 7, ZERO_RATE, "Kort")], [line("a", 5)])
    assert (one.amount, one.tax, one.text) == (2, ZERO_RATE, "Kort")


def test_texts_keep_lines_apart_when_merging_but_not_when_comparing():
    lines = [line("a", 15, text="redeemed"), line("a", -10, text="sold")]
    assert len(merged(lines)) == 2
    assert balances(lines) == {("a", ""): Decimal(5)}


def test_the_expected_split_of_an_entry():
    lines = (line("x", 129000), line("a", -124000, HIGH), line("b", -5000, ZERO_RATE))
    entry = JournalEntry(day=DAY, text="t", currency="ISK", lines=lines)
    assert [(one.rate, one.gross, one.net, one.tax) for one in expected_split(entry)] == [
        (24, 124000, 100000, 24000),
        (0, 5000, 5000, 0),
    ]


def test_what_an_entry_is_worth_is_what_was_received_or_paid_back():
    sale = [line("cash", 100), line("card", 50), line("sales", -120, HIGH), line("gift cards", -30)]
    assert worth_of(sale) == 150
    assert worth_of(negated(sale)) == -150
    assert worth_of([line("cash", 50), line("gift cards", -50)]) == 50
    assert worth_of([]) == 0
