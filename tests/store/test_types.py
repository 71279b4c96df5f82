"""Amounts are exact, sort and sum; instants are aware; a choice and JSON come back as what they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, func, insert, select
from sqlalchemy.exc import StatementError

from bridge_gui.errors import BridgeError
from bridge_gui.store.types import SCALE, Amount, Choice, Instant, Json


class Fruit(Enum):
    APPLE = "apple"
    PEAR = "pear"


THING = Table(
    "thing", MetaData(), Column("id", Integer, primary_key=True), Column("amount", Amount),
    Column("at", Instant), Column("fruit", Choice(Fruit)), Column("words", Json(tuple[str, ...])),
)  # fmt: skip
AMOUNTS = st.integers(-(10**14), 10**14).map(lambda whole: Decimal(whole) / SCALE)


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    THING.metadata.create_all(engine)
    with engine.begin() as one:
        yield one
    engine.dispose()


def kept(connection, **values):
    done = connection.execute(insert(THING).values(**values))
    chosen = select(THING).where(THING.c.id == done.inserted_primary_key[0])
    return connection.execute(chosen).one()


@given(AMOUNTS)
def test_an_amount_comes_back_equal(amount):
    assert Amount().process_result_value(Amount().process_bind_param(amount, None), None) == amount


@pytest.mark.parametrize(
    "text", ["0", "1", "-1", "0.1", "0.0001", "-0.35", "1234567890.12", "900719925474099.0001"]
)
def test_an_amount_is_exact_and_reads_plainly(connection, text):
    read = kept(connection, amount=Decimal(text)).amount
    assert (read, format(read, "f")) == (Decimal(text), text)


@pytest.mark.parametrize(
    ("text", "plain"), [("100", "100"), ("1200000", "1200000"), ("2.50", "2.5"), ("1E+3", "1000")]
)
def test_an_amount_comes_back_without_needless_zeros_or_exponents(connection, text, plain):
    assert str(kept(connection, amount=Decimal(text)).amount) == plain


@settings(max_examples=25)
@given(st.lists(AMOUNTS, min_size=1, max_size=20))
def test_amounts_sort_and_sum_in_the_database(amounts):
    engine = create_engine("sqlite://")
    THING.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(THING), [{"amount": amount} for amount in amounts])
        assert connection.execute(select(THING.c.amount).order_by(THING.c.amount)).scalars().all() == sorted(
            amounts
        )
        assert connection.execute(select(func.sum(THING.c.amount))).scalar_one() == sum(amounts)
        assert connection.execute(select(func.min(THING.c.amount))).scalar_one() == min(amounts)
    engine.dispose()


@pytest.mark.parametrize("text", ["0.00001", "1.23456", "-0.00005"])
def test_an_amount_too_fine_to_keep_is_refused(connection, text):
    with pytest.raises((BridgeError, StatementError)) as raised:
        kept(connection, amount=Decimal(text))
    error = raised.value if isinstance(raised.value, BridgeError) else raised.value.orig
    assert (error.code, error.params) == ("store.amount_too_fine", {"amount": text})


def test_an_amount_with_many_zeros_is_not_too_fine(connection):
    assert kept(connection, amount=Decimal("12.3400000")).amount == Decimal("12.34")


def test_nothing_stays_nothing(connection):
    row = kept(connection, amount=None, at=None, fruit=None, words=None)
    assert (row.amount, row.at, row.fruit, row.words) == (None, None, None, None)


def test_an_instant_comes_back_aware_and_in_utc(connection):
    at = datetime(2026, 3, 2, 23, 30, 5, 7, tzinfo=timezone(timedelta(hours=-2)))
    read = kept(connection, at=at).at
    assert (read, read.utcoffset(), read.hour) == (at, timedelta(0), 1)


def test_an_instant_without_a_zone_is_a_bug(connection):
    with pytest.raises((ValueError, StatementError)):
        kept(connection, at=datetime(2026, 3, 2, 9))  # noqa: DTZ001


@settings(max_examples=40)
@given(st.lists(st.datetimes(datetime(1000, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC)), max_size=9))  # noqa: DTZ001
def test_instants_sort_as_their_text_does(instants):
    texts = [Instant().process_bind_param(at, None) for at in instants]
    assert [Instant().process_result_value(text, None) for text in sorted(texts)] == sorted(instants)
    assert {len(text) for text in texts} <= {27}


def test_a_choice_comes_back_as_itself_and_may_be_asked_for_by_its_text(connection):
    assert kept(connection, fruit=Fruit.PEAR).fruit is Fruit.PEAR
    assert connection.execute(select(THING.c.fruit).where(THING.c.fruit == "pear")).scalar_one() is Fruit.PEAR


def test_json_comes_back_as_the_kind_it_was(connection):
    assert kept(connection, words=("Þór", "a, b", '"')).words == ("Þór", "a, b", '"')
