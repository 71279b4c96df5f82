"""Field by field: what goes over, what is put back, what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_gui.bridges.webcrm_uniconta.cards import (
    ASK,
    BOOKS,
    SALES,
    Carried,
    Content,
    Merged,
    Merging,
    Way,
    agreed,
    same,
)

FIELDS = (
    Carried(key="name", label="name", needed=True),
    Carried(key="city", label="city"),
    Carried(key="ean", label="EAN", way=Way.BOOKS),
)


def merged(
    side: str, mine: dict[str, str], theirs: dict[str, str], base: object = None, **how: str
) -> Merged:
    merging = Merging(side=side, fields=FIELDS, policy=how.get("policy", ASK))
    before = (None, None) if base is None else base
    contents = Content(values=mine), Content(values=theirs)
    return merging.merged(*contents, before, how.get("answer"))  # type: ignore[arg-type]


def both(values: dict[str, str]) -> tuple[Content, Content]:
    return Content(values=values), Content(values=values)


def test_a_change_of_one_side_goes_over_and_the_others_own_waits_for_its_direction() -> None:
    base = both({"name": "A", "city": "B"})
    seen = merged(SALES, {"name": "A2", "city": "B"}, {"name": "A", "city": "B2"}, base)
    assert (seen.write, seen.back, seen.asked) == ({"name": "A2"}, {}, ())
    assert seen.theirs == {"city": "B"}, "what the other side changed is not agreed on yet"


@pytest.mark.parametrize(("policy", "write"), [(SALES, {"city": "X"}), (BOOKS, {}), (ASK, {})])
def test_one_field_changed_on_both_sides(policy: str, write: dict[str, str]) -> None:
    base = both({"city": "B"})
    seen = merged(SALES, {"city": "X"}, {"city": "Y"}, base, policy=policy)
    assert seen.write == write
    assert seen.asked == (("city",) if policy == ASK else ())


def test_an_answer_decides() -> None:
    base = both({"city": "B"})
    assert merged(SALES, {"city": "X"}, {"city": "Y"}, base, answer=SALES).write == {"city": "X"}
    assert merged(BOOKS, {"city": "Y"}, {"city": "X"}, base, answer=SALES).write == {}


def test_an_answer_told_to_the_side_that_loses_is_no_question_for_the_other() -> None:
    mine, theirs = {"name": "B2", "city": "Y"}, {"name": "A", "city": "X"}
    base = both({"name": "A", "city": "C"})
    seen = merged(BOOKS, mine, theirs, base, answer=SALES)
    assert seen.write == {"name": "B2"}
    books = agreed(Content(values=mine), seen.mine)
    sales = agreed(Content(values=theirs | seen.write), seen.theirs)
    then = merged(SALES, theirs | seen.write, mine, (sales, books))
    assert (then.write, then.asked) == ({"city": "X"}, ())


def test_what_was_never_agreed_on_is_filled_both_ways_from_one_look() -> None:
    seen = merged(SALES, {"name": "A", "city": ""}, {"name": "A", "city": "B"})
    assert (seen.write, seen.back) == ({}, {"city": "B"})
    assert merged(SALES, {"city": "X"}, {"city": ""}).write == {"city": "X"}
    assert merged(SALES, {"city": "X"}, {"city": "Y"}).asked == ("city",)


def test_what_is_the_other_sides_to_say_is_put_back() -> None:
    assert merged(SALES, {"ean": "1"}, {"ean": "2"}, both({"ean": "2"})).back == {"ean": "2"}
    assert merged(BOOKS, {"ean": "2"}, {"ean": "1"}, both({"ean": "2"})).write == {"ean": "2"}


def test_a_needed_field_is_never_emptied() -> None:
    base = both({"name": "A"})
    seen = merged(SALES, {"name": ""}, {"name": "A"}, base)
    assert (seen.write, seen.back) == ({}, {"name": "A"})


@pytest.mark.parametrize(
    ("key", "one", "other", "equal"),
    [
        ("tax_number", "DK 10 00 00 09", "10000009", True),
        ("phone", "+45 11 22 33 44", "+4511223344", True),
        ("invoice_email", "A@b.example", "a@B.example", True),
        ("city", "Aarhus  C", "Aarhus C", True),
        ("city", "Aarhus", "aarhus", False),
    ],
)  # fmt: skip
def test_the_same_said_differently(key: str, one: str, other: str, equal: bool) -> None:
    assert same(key, one, other) is equal


TEXTS = st.sampled_from(["", "a", "b", "c"])
VALUES = st.fixed_dictionaries({"name": st.sampled_from(["a", "b", "c"]), "city": TEXTS, "ean": TEXTS})


@given(base=VALUES, mine=VALUES, theirs=VALUES, wins=st.sampled_from([SALES, BOOKS]))
def test_both_directions_one_after_the_other_end_equal(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str], wins: str
) -> None:
    """Whatever was changed: once each direction has written what it is to write, both sides are equal."""
    sales, books = Content(values=mine), Content(values=theirs)
    before = both(base)
    for side in (SALES, BOOKS, SALES):
        own, other = (sales, books) if side == SALES else (books, sales)
        bases = before if side == SALES else (before[1], before[0])
        seen = Merging(side=side, fields=FIELDS, policy=wins).merged(own, other, bases)
        new_own = Content(values={**own.values, **seen.back})
        new_other = Content(values={**other.values, **seen.write})
        if seen.write:
            kept = agreed(own, seen.mine), agreed(new_other, seen.theirs)
            before = kept if side == SALES else (kept[1], kept[0])
        sales, books = (new_own, new_other) if side == SALES else (new_other, new_own)
    assert sales.values == books.values
