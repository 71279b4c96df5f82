"""Answers of a wrong shape: one value somewhere in a JSON body becomes of another kind than it was."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import msgspec

Place = tuple[Any, Any]
WRONG: dict[type, tuple[Any, ...]] = {
    str: (7, True, ["?"], {"unforeseen": 1}),
    int: ("no number", [1], {"unforeseen": 1}),
    float: ("no number", [1.5], {"unforeseen": 1}),
    bool: ("perhaps", [], {"unforeseen": 1}),
    list: ("nothing", 7, {"unforeseen": 1}, [["?"]]),
    dict: ("nothing", 7, ["?"]),
}
"""What no reader of the kind may take for it."""


def twisted(body: bytes, chance: random.Random) -> bytes:
    """The body with one value of another kind; what is no JSON, or holds nothing, stays as it is."""
    try:
        whole = [msgspec.json.decode(body)]
    except msgspec.DecodeError:
        return body
    places = list(_places(whole))
    if not places:
        return body
    holder, key = chance.choice(places)
    holder[key] = chance.choice(WRONG[type(holder[key])])
    return msgspec.json.encode(whole[0])


def _places(holder: Any) -> Iterator[Place]:
    """Every value with where it stands; nothing is not a value."""
    pairs = holder.items() if isinstance(holder, dict) else enumerate(holder)
    for key, value in list(pairs):
        if type(value) in WRONG:
            yield holder, key
        if isinstance(value, (dict, list)):
            yield from _places(value)
