"""A record that is kept on both sides, as field texts, and what becomes of each field: pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from enum import Enum

import msgspec
from msgspec import Struct

SALES, BOOKS, ASK = "sales", "books", "ask"
"""Who wins where both sides changed one field; also the answers to that question."""


class Way(Enum):
    """In which direction a field is carried."""

    BOTH = "both"
    SALES = "sales"
    BOOKS = "books"


class Carried(Struct, frozen=True, kw_only=True):
    """A field kept on both sides; `way` names the side it comes from. A `needed` one is never emptied."""

    key: str
    label: str
    way: Way = Way.BOTH
    needed: bool = False


class Content(Struct, frozen=True, kw_only=True):
    """What one side holds: the carried fields, and what else a plan depends on.

    A field that is missing from an agreed content was never agreed on.
    """

    values: dict[str, str]
    extra: dict[str, str] = {}


class Card(Struct, frozen=True, kw_only=True):
    """One record of one side; `number` and `party` are how a person knows it."""

    id: str
    content: Content
    number: str = ""
    party: str = ""

    @property
    def values(self) -> dict[str, str]:
        """Its carried fields."""
        return self.content.values

    @property
    def extra(self) -> dict[str, str]:
        """What else a plan depends on."""
        return self.content.extra


class Merged(Struct, frozen=True, kw_only=True):
    """What becomes of a pair, seen from one side.

    `write` goes to the other side; `back` is taken over on this one, because it is the other side's to say or
    was never agreed on; `asked` is for a person; the rest is left to the other direction. `mine` and `theirs`
    are what was agreed before of the fields that this does not settle, None where nothing was.
    """

    write: dict[str, str] = {}
    back: dict[str, str] = {}
    asked: tuple[str, ...] = ()
    mine: dict[str, str | None] = {}
    theirs: dict[str, str | None] = {}
    equal: bool = False


def read_content(content: bytes | None) -> Content | None:
    """What was agreed on, None if nothing was."""
    return msgspec.json.decode(content, type=Content) if content else None


def agreed(content: Content, before: Mapping[str, str | None]) -> Content:
    """A content as it is agreed on: fields that are still open stand as before."""
    values = {key: value for key, value in content.values.items() if key not in before}
    values |= {key: value for key, value in before.items() if value is not None}
    return Content(values=values, extra=content.extra)


def same(key: str, one: str, other: str) -> bool:
    """Whether two texts say the same in this field, as far as the field's nature goes."""
    alike = _ALIKE.get(key, _plain)
    return alike(one) == alike(other)


class Merging(Struct, frozen=True, kw_only=True):
    """How pairs of one kind are merged, seen from `side`."""

    side: str
    fields: tuple[Carried, ...]
    policy: str = ASK

    def merged(
        self,
        mine: Content,
        theirs: Content,
        before: tuple[Content | None, Content | None] = (None, None),
        answer: str | None = None,
    ) -> Merged:
        """What becomes of each field; `before` is what both agreed on, the own side first."""
        bases = before if None not in before else (None, None)
        found = _Found()
        for field in self.fields:
            if field.key in mine.values and field.key in theirs.values:
                values = mine.values[field.key], theirs.values[field.key]
                base = tuple(None if one is None else one.values.get(field.key) for one in bases)
                self._one(field, values, (base[0], base[1]), answer, found)
        return Merged(
            write=found.write, back=found.back, asked=tuple(found.asked), mine=found.mine,
            theirs=found.theirs, equal=not found.differ,
        )  # fmt: skip

    def _one(
        self,
        field: Carried,
        values: tuple[str, str],
        base: tuple[str | None, str | None],
        answer: str | None,
        found: _Found,
    ) -> None:
        """One field: agreed, written, put back, left to the other direction, or asked about."""
        if same(field.key, *values):
            return
        found.differ = True
        mine, theirs = values
        winner = self._winner(field, values, base, answer)
        if winner == self.side and not (field.needed and not mine):
            found.write[field.key] = mine
        elif winner == self.side:
            found.back[field.key] = theirs
        else:
            # A decision that the other side counts settles this one: what it holds now is no change any more.
            settled = bool(winner) and winner != ASK and None not in base
            found.mine[field.key], found.theirs[field.key] = (mine if settled else base[0]), base[1]
            mine_to_take = field.way is not Way.BOTH or None in base
            if winner == ASK:
                found.asked.append(field.key)
            elif winner and mine_to_take and not (field.needed and not theirs):
                found.back[field.key] = theirs

    def _winner(
        self, field: Carried, values: tuple[str, str], base: tuple[str | None, str | None], answer: str | None
    ) -> str:
        """The side whose text counts, or that a person is to be asked; "" where nothing has changed."""
        if field.way is not Way.BOTH:
            return str(field.way.value)
        other = BOOKS if self.side == SALES else SALES
        changed = [
            was is None or not same(field.key, now, was) for now, was in zip(values, base, strict=True)
        ]
        if None in base and not all(values):
            return self.side if values[0] else other
        if changed == [True, True]:
            return answer if answer in (SALES, BOOKS) else self.policy
        if changed == [False, False]:
            return ""
        return self.side if changed[0] else other


class _Found:
    """What a merge comes to, gathered field by field."""

    def __init__(self) -> None:
        self.write: dict[str, str] = {}
        self.back: dict[str, str] = {}
        self.asked: list[str] = []
        self.mine: dict[str, str | None] = {}
        self.theirs: dict[str, str | None] = {}
        self.differ = False


def missing(values: Mapping[str, str], needed: Collection[str]) -> list[str]:
    """The needed fields that are empty."""
    return [key for key in needed if not values.get(key, "").strip()]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _lower(text: str) -> str:
    return _plain(text).casefold()


def _figures(text: str) -> str:
    return re.sub(r"[\s()/.-]", "", text)


def bare_number(text: str) -> str:
    """A company number without what people write around it."""
    return re.sub(r"[\s.-]", "", text).upper().removeprefix("DK")


_ALIKE: dict[str, Callable[[str], str]] = {
    "email": _lower,
    "invoice_email": _lower,
    "country": _lower,
    "currency": _lower,
    "phone": _figures,
    "mobile": _figures,
    "tax_number": bare_number,
    "street": _plain,
}
