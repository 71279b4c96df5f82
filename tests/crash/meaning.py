"""Whether what was made of a twisted answer is honest.

A *place* is the way to one plain value in what a call gave and in what it sent. A value in the answer
*governs* the places that change when it is replaced by another one of its kind, which is tried out: so nothing
here knows a vendor's fields. Money, days, states, ids, currencies, counts and flags are *weighty*.

A call either is refused with a known code, or what it gave is held against what it gave before the twist:

* `LOST` (gone, null, of another kind, no day, no number): a weighty place that the value governs must be unknown
  now (None or an empty text, or not there); staying as it was is *unnoticed*, another value is *invented*, unless
  it is what stands in the answer. Every other weighty place stays as it was or is unknown, and no row appears or
  disappears: a vanished row would be a lost source, or a second document.
* `SAME` (a number in quotes): every weighty place as before, or unknown.
* `OTHER` (a number, day or word that might stand there): where the value was copied (a governed place with
  just this value) now stands the new one exactly, or unknown; so nothing becomes 0 or is rounded in silence.
* `NO_NUMBER` (NaN, 1,5 in a text): as `LOST`, for governed amounts that were copied from it.
* `FREE`: only that it is a value or a refusal with a known code.

A body that is no answer at all must be refused, or nothing of the recorded body was used.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec

from bridge_gui.sandbox.fuzz import Meaning, Twist
from bridge_gui.web.decode import UNREADABLE
from tests.crash.replaying import Outcome, pattern

Place = tuple[Any, ...]
_NAMES = {"id", "key", "code", "number", "currency", "ref", "state", "status", "kind"}
_COUNT = "#"
_ROW = "row"
_OPEN = {"OTHER", "UNKNOWN"}
"""Members of an enumeration that say so themselves."""


def places(outcome: Outcome) -> dict[Place, Any]:
    """Every plain value that a call gave or sent, by its place."""
    told = dict(_places(outcome.value))
    nth: Counter[str] = Counter()
    for request in outcome.sent:
        kind = pattern(request)
        try:
            body = msgspec.json.decode(request.body)
        except UNREADABLE:
            body = request.body
        told |= {("sent", kind, nth[kind], *place): value for place, value in _places(body)}
        nth[kind] += 1
    return told


def _places(value: Any) -> Iterator[tuple[Place, Any]]:
    inner = _inner(value)
    if inner is None:
        yield (), value
        return
    if not isinstance(value, (msgspec.Struct, Mapping)):
        yield (_COUNT,), len(inner)
    for key, one in inner.items():
        for place, leaf in _places(one):
            yield (key, *place), leaf


def _inner(value: Any) -> dict[Any, Any] | None:
    """The parts of a value by name or position; None if it is plain."""
    if isinstance(value, msgspec.Struct):
        return {name: getattr(value, name) for name in value.__struct_fields__}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (list, tuple)):
        return _by_identity(value)
    if isinstance(value, AbstractSet):
        return dict(enumerate(sorted(value, key=repr)))
    return None


def _by_identity(rows: Sequence[Any]) -> dict[Any, Any]:
    """Rows by their id where they have their own, so that another order is no difference; else by position."""
    ids = [_identity(row) for row in rows]
    return {
        (_ROW, one) if one and ids.count(one) == 1 else number: row
        for number, (row, one) in enumerate(zip(rows, ids, strict=True))
    }


def _identity(row: Any) -> str:
    found = (getattr(row, name, None) for name in ("ref", "id", "key", "code"))
    told = next((one for one in found if one), "") if isinstance(row, msgspec.Struct) else ""
    return str(getattr(told, "id", told))


def is_weighty(place: Place, value: Any) -> bool:
    """Whether a wrong value here books something wrong."""
    if isinstance(value, (Decimal, date, Enum, bool, int, float)):
        return True
    names = [part for part in place if isinstance(part, str)]
    return bool(names) and (names[-1] in _NAMES or names[-1].endswith("_id"))


def differing(before: Mapping[Place, Any], after: Mapping[Place, Any]) -> set[Place]:
    """The places where two outcomes differ; of a list that grew or shrank only that."""
    told = {place for place in {*before, *after} if before.get(place) != after.get(place)}
    moved = {place[:-1] for place in told if place[-1:] == (_COUNT,)}
    return {one for one in told if one[-1:] == (_COUNT,) or not any(one[: len(at)] == at for at in moved)}


def complaint(
    before: Mapping[Place, Any],
    after: Mapping[Place, Any],
    twist: Twist,
    was: Any,
    governed: AbstractSet[Place],
) -> str:
    """What is dishonest in the outcome of a twist; empty if nothing is."""
    stands = _stands(twist.raw)
    if twist.meaning is Meaning.FREE:
        return ""
    if twist.meaning is Meaning.OTHER:
        return _copied(before, after, was, stands, governed)
    if twist.meaning is Meaning.NO_NUMBER:
        governed = {
            one for one in governed if isinstance(before.get(one), Decimal) and _is_copy(before[one], was)
        }
        before = {place: before[place] for place in governed}
        after = {place: value for place, value in after.items() if place in governed}
    if nameless := [place for place in after if any(_is_nameless(part, stands) for part in place)]:
        return f"a row without an id at {_shown(nameless[0])}"
    for place in sorted({*before, *after}, key=repr):
        if is_weighty(place, before.get(place, after.get(place))) and _is_compared(place, before):
            why = _against(place, before, after, twist.meaning, stands, governed)
            if why:
                return f"{why} at {_shown(place)}: {after.get(place)!r} for {before.get(place)!r}"
    return ""


def _is_nameless(part: Any, stands: AbstractSet[str]) -> bool:
    """Whether a row goes by an id of blanks."""
    return isinstance(part, tuple) and not part[1].strip() and part[1] in stands


def _is_compared(place: Place, before: Mapping[Place, Any]) -> bool:
    """A request sent once more, as after a new sign-in, is compared with nothing; so is a row of another id."""
    if place in before:
        return True
    if place[:1] == ("sent",):
        return any(one[:3] == place[:3] for one in before)
    news = [number for number, part in enumerate(place) if isinstance(part, tuple)]
    return all(any(one[: number + 1] == place[: number + 1] for one in before) for number in news)


def _against(
    place: Place, before: Mapping[Place, Any], after: Mapping[Place, Any], meaning: Meaning,
    stands: AbstractSet[str], governed: AbstractSet[Place],
) -> str:  # fmt: skip
    """What is wrong with one weighty place."""
    old, new = before.get(place), after.get(place)
    if place[-1:] == (_COUNT,):
        return "rows" if place in before and place in after and old != new else ""
    if old == new:
        is_told = place in governed and meaning is not Meaning.SAME
        return "unnoticed" if is_told and not is_unknown(old) else ""
    is_text_for_text = isinstance(new, str) and stands and _is_text(stands, new)
    if place[:1] == ("sent",) and str(new) in stands:
        return ""  # what was read is written back as it stands
    return "" if is_unknown(new) or is_text_for_text else "invented"


def _copied(
    before: Mapping[Place, Any],
    after: Mapping[Place, Any],
    was: Any,
    stands: AbstractSet[str],
    governed: AbstractSet[Place],
) -> str:
    for place in sorted(governed, key=repr):
        old, new = before.get(place), after.get(place)
        if not is_weighty(place, old) or isinstance(old, Enum) or not _is_copy(old, was):
            continue
        if not is_unknown(new) and not any(_is_copy(new, one) for one in stands):
            return f"invented at {_shown(place)}: {new!r} in place of {sorted(stands)}"
    return ""


def _is_copy(value: Any, of: Any) -> bool:
    """Whether it is the same number, day or text."""
    if isinstance(value, bool) or isinstance(of, bool):
        return value is of or str(value).lower() == str(of).lower()
    if isinstance(value, (Decimal, int, float)):
        try:
            return (told := Decimal(str(of))) == told and abs(told.adjusted()) < 100 and value == told
        except ArithmeticError:
            return False
    if isinstance(value, date):
        return str(of)[:10] == value.isoformat()[:10]
    return isinstance(value, str) and (value == str(of) or _is_copy_of_number(value, of))


def _is_copy_of_number(text: str, of: Any) -> bool:
    try:
        return _is_copy(Decimal(text), of)
    except ArithmeticError:
        return False


def _stands(raw: bytes | None) -> frozenset[str]:
    """The plain values in what stands in the answer now, as texts."""
    if raw is None or len(raw) > 1000:
        return frozenset()
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return frozenset({raw.decode("utf-8", "replace")})
    told = {str(leaf) for _, leaf in _places(value)}
    return frozenset(told | ({raw.decode()} if isinstance(value, (int, float)) else set()))


def is_unknown(value: Any) -> bool:
    """Whether it says that nothing is known."""
    return value is None or value == "" or (isinstance(value, Enum) and value.name in _OPEN)


def _is_text(stands: AbstractSet[str], new: str) -> bool:
    """Whether a text shows what stands in the answer."""
    return any(one and (new in one or one.strip() in new) for one in stands)


def _shown(place: Place) -> str:
    return ".".join(part[1] if isinstance(part, tuple) else str(part) for part in place)
