"""Answers of a wrong shape: one value somewhere in a JSON body becomes another, or the body becomes none.

What a twist means says what a reader may make of it: `LOST` values tell nothing any more, `SAME` ones say
the same in another form, `OTHER` ones say something else that may well be so, `NO_NUMBER` ones are a text as
good as another but no number, `FREE` ones may mean anything.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

import msgspec

Place = tuple[Any, ...]
"""The way to a value: names and positions."""
WRONG: dict[type, tuple[Any, ...]] = {
    str: (7, True, ["?"], {"unforeseen": 1}),
    int: ("no number", [1], {"unforeseen": 1}),
    float: ("no number", [1.5], {"unforeseen": 1}),
    bool: ("perhaps", [], {"unforeseen": 1}),
    list: ("nothing", 7, {"unforeseen": 1}, [["?"]]),
    dict: ("nothing", 7, ["?"]),
}
"""What no reader of the kind may take for it."""
DEEP = 20_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WRONG_DAYS = ("2026-02-30", "31.12.26", "yesterday", "0000-00-00", "+999999-01-01")
_ODD_TEXTS = (rb'"\ud800"', rb'"\u0000\u202e"', b'"' + b"long " * 2000 + b'"')
_ODD_NUMBERS = (
    b"1e400",
    b"-1e-400",
    b"1e999999999",
    b"1e15",
    b"123456789012345678901234567890",
    b"-0.0",
    b"9" * 5000,
)


class Meaning(Enum):
    """What a twisted value says."""

    LOST = "nothing any more"
    SAME = "the same in another form"
    OTHER = "something else"
    NO_NUMBER = "no number, if one is expected here"
    FREE = "anything"


class Twist(NamedTuple):
    """What one value becomes; `raw` is its JSON, None if its name is gone too."""

    name: str
    meaning: Meaning
    raw: bytes | None


def twisted(body: bytes, chance: random.Random) -> bytes:
    """The body with one value of another kind; what is no JSON, or holds nothing, stays as it is."""
    try:
        whole = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return body
    places = [place for place, value in values([whole]) if type(value) in WRONG]
    if not places:
        return body
    place = chance.choice(places)
    wrong = chance.choice(WRONG[type(at([whole], place))])
    return changed([whole], place, msgspec.json.encode(wrong))[1:-1]


def values(whole: Any) -> Iterator[tuple[Place, Any]]:
    """Every value within with its place."""
    if not isinstance(whole, (dict, list)):
        return
    for key, value in whole.items() if isinstance(whole, dict) else enumerate(whole):
        yield (key,), value
        for place, inner in values(value):
            yield (key, *place), inner


def at(whole: Any, place: Place) -> Any:
    """The value at a place."""
    for key in place:
        whole = whole[key]
    return whole


def changed(whole: Any, place: Place, raw: bytes | None) -> bytes:
    """The JSON of all of it with this in place of one value; None takes it out."""
    return msgspec.json.encode(_with(whole, place, None if raw is None else msgspec.Raw(raw)))


def _with(whole: Any, place: Place, made: msgspec.Raw | None) -> Any:
    copy: Any = dict(whole) if isinstance(whole, dict) else list(whole)
    if len(place) > 1:
        copy[place[0]] = _with(whole[place[0]], place[1:], made)
    elif made is None:
        del copy[place[0]]
    else:
        copy[place[0]] = made
    return copy


def twists(value: Any, *, named: bool) -> Iterator[Twist]:
    """Everything that a value may become; only what has a name can be gone."""
    if value is None:
        for wrong in (7, "?", ["?"], {"unforeseen": 1}):
            yield _twist(f"{wrong} for null", Meaning.FREE, wrong)
        return
    if named:
        yield Twist("gone", Meaning.LOST, None)
    yield _twist("null", Meaning.LOST, None)
    for wrong in WRONG[type(value)]:
        yield _twist(f"{wrong} for {type(value).__name__}", Meaning.LOST, wrong)
    yield Twist("deep", Meaning.LOST, b"[" * DEEP + b"]" * DEEP)
    yield from _of_kind(value)


def _of_kind(value: Any) -> Iterator[Twist]:
    if isinstance(value, bool):
        yield _twist("the opposite", Meaning.OTHER, not value)
        yield _twist("a flag as text", Meaning.SAME, str(value).lower())
    elif isinstance(value, str):
        yield from _texts(value)
    elif isinstance(value, (int, float)):
        yield from _numbers(value)
    elif isinstance(value, list) and value:
        yield _twist("the first one twice", Meaning.FREE, [value[0], *value])
        yield _twist("null in it", Meaning.LOST, [None, *value[1:]])
        yield _twist("a list in it", Meaning.LOST, [[value[0]], *value[1:]])
    elif isinstance(value, dict) and value:
        yield _twist("an object without its names", Meaning.LOST, list(value.values()))
        yield _twist("in a list", Meaning.LOST, [value])
        yield _twist("an empty object", Meaning.LOST, {})


def _texts(value: str) -> Iterator[Twist]:
    if value:
        yield _twist("an empty text", Meaning.LOST, "")
        yield _twist("spaces", Meaning.LOST, "   ")
    for odd in _ODD_TEXTS:
        yield Twist(f"odd text {odd[:12].decode()}", Meaning.FREE, odd)
    if _DAY.match(value):
        for wrong in _WRONG_DAYS:
            yield _twist(f"the day {wrong}", Meaning.LOST, wrong + value[10:])
    elif _NUMBER.fullmatch(value):
        with suppress(ValueError):
            yield _twist("text as number", Meaning.SAME, int(value) if value.isdigit() else float(value))
        for wrong in ("NaN", "-Infinity", "twelve", "1,5", "0x10", "1_000", "\N{ARABIC-INDIC DIGIT ONE}"):
            yield _twist(f"the number {wrong}", Meaning.NO_NUMBER, wrong)
        yield _twist("a huge number as text", Meaning.FREE, "1e999999999")
    elif value:
        yield _twist("an unknown word", Meaning.OTHER, "UNFORESEEN")
    yield from alternatives(value)


def _numbers(value: float) -> Iterator[Twist]:
    yield _twist("number as text", Meaning.SAME, str(value))
    yield Twist("NaN", Meaning.LOST, b"NaN")
    for odd in _ODD_NUMBERS:
        yield Twist(f"the number {odd.decode()}", Meaning.OTHER, odd)
    yield from alternatives(value)


def alternatives(value: Any) -> Iterator[Twist]:
    """What might as well have stood there."""
    if isinstance(value, bool):
        yield _twist("the opposite", Meaning.OTHER, not value)
    elif isinstance(value, (int, float)):
        yield Twist("a little more", Meaning.OTHER, str(Decimal(str(value)) + 1).encode())
        yield Twist("negative", Meaning.OTHER, str(-Decimal(str(value)) - 1).encode())
    elif isinstance(value, str) and _DAY.match(value):
        with suppress(ValueError, OverflowError):
            day = date.fromisoformat(value[:10]) - timedelta(days=1)
            yield _twist("the day before", Meaning.OTHER, day.isoformat() + value[10:])
    elif isinstance(value, str) and _NUMBER.fullmatch(value):
        yield _twist("one more", Meaning.OTHER, str(Decimal(value) + 1))


def spoilt(body: bytes, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """The body as a whole in ways that leave no answer of it."""
    cut = chance.randrange(1, len(body)) if len(body) > 1 else 0
    text = body.decode("utf-8", "replace")
    yield "cut short", body[:cut].rstrip()
    yield "a web page", b"<!DOCTYPE html><html><body><h1>Please wait</h1></body></html>"
    yield "XML", b'<?xml version="1.0"?><error><message>no</message></error>'
    yield "in UTF-16", text.encode("utf-16")
    yield "a byte that is no UTF-8", body[:cut] + b"\xff" + body[cut:]
    yield "empty", b""
    yield "null", b"null"
    yield "a number", b"7"
    yield "a text", b'"ok"'
    yield "deep", b"[" * DEEP + b"]" * DEEP
    yield "twice", body + body


def _twist(name: str, meaning: Meaning, value: Any) -> Twist:
    return Twist(name, meaning, msgspec.json.encode(value))
