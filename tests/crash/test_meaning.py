"""The check of twisted answers itself: it finds each way of believing too much, and nothing in a decoder that asks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from bridge_gui.app import registry
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.web.answer import Answer, Request
from bridge_gui.web.decode import Id, decode
from bridge_gui.web.manners import Manners
from tests.crash.fuzzing import Fuzzer, Score
from tests.crash.recording import Archive, Called, Exchange, Opened

URL = "https://toy.example/bills"
BILLS = [
    {"id": "a1", "total": 1240.5, "status": "open", "day": "2026-11-20", "hidden": {"x": [1]}},
    {"id": "b2", "total": 99, "status": "paid", "day": "2026-11-21", "hidden": {"x": [2]}},
]


class State(Enum):
    """How a bill stands."""

    OPEN = "open"
    PAID = "paid"


class Bill(Struct, frozen=True):
    """What an adapter makes of it."""

    id: str
    total: Decimal
    state: State
    day: date


class Row(Struct):
    """What stands in the answer, nothing taken for granted."""

    id: Id
    total: Decimal
    status: State
    day: date


def honest(body: bytes) -> list[Bill]:
    return [Bill(one.id, one.total, one.status, one.day) for one in decode(body, list[Row], vendor="Toy")]


def made(body: bytes, **lax: Callable[[dict[str, Any]], Any]) -> list[Bill]:
    """As the honest one, one field read in another way."""
    honest_ones = {"id": Id, "total": Decimal, "status": State, "day": date}
    bills = []
    for row in decode(body, list[dict[str, Any]], vendor="Toy"):
        shape = {name: kind for name, kind in honest_ones.items() if name not in lax}
        asked = msgspec.defstruct("Asked", list(shape.items()))
        told = decode(json.dumps(row).encode(), asked, vendor="Toy")
        values = {name: getattr(told, name) for name in shape} | {n: read(row) for n, read in lax.items()}
        bills.append(Bill(values["id"], values["total"], values["status"], values["day"]))
    return bills


def nought(row: dict[str, Any]) -> Decimal:
    told = row.get("total")
    return Decimal(str(told)) if isinstance(told, (int, float)) and told is not True else Decimal(0)


def rows_with_an_id(body: bytes) -> list[Bill]:
    rows = decode(body, list[dict[str, Any]], vendor="Toy")
    return honest(json.dumps([row for row in rows if isinstance(row.get("id"), str) and row["id"]]).encode())


def days_of(body: bytes) -> list[Bill]:
    def day(row: dict[str, Any]) -> date:
        try:
            return date.fromisoformat(str(row.get("day")))
        except ValueError:
            return date(2026, 11, 20)

    return made(body, day=day)


def believing(body: bytes) -> list[Bill]:
    try:
        return honest(body)
    except Exception:  # noqa: BLE001 - that is what is broken
        return []


BROKEN: dict[str, tuple[Callable[[bytes], list[Bill]], str]] = {
    "a missing amount is nought": (lambda body: made(body, total=nought), "invented at .*total"),
    "an amount in whole units": (
        lambda body: made(body, total=lambda row: Decimal(int(float(row["total"])))),
        "invented at .*total|ValueError|OverflowError|TypeError|KeyError",
    ),
    "what has no known status is paid": (
        lambda body: made(body, status=lambda row: State.OPEN if row.get("status") == "open" else State.PAID),
        "(invented|unnoticed) at .*state",
    ),
    "the first day there is": (
        days_of, "at .*day"
    ),
    "rows without an id are left out": (rows_with_an_id, "rows at #"),
    "a name that is not there": (
        lambda body: made(body, total=lambda row: Decimal(str(row["total"]))), "KeyError|InvalidOperation"
    ),
    "any answer is one": (believing, "taken for an answer"),
}  # fmt: skip


class Toy:
    """An adapter with one call."""

    def __init__(self, context: ConnectionContext, read: Callable[[bytes], list[Bill]]) -> None:
        self._wire = context.wire
        self._read = read

    def bills(self) -> list[Bill]:
        request = Request(method="GET", url=URL, headers={})
        return self._read(self._wire.transport.send(request, Manners(), self._wire.cancel).body)


def archive() -> Archive:
    body = json.dumps(BILLS).encode()
    answer = Answer(status=200, url=URL, headers={"content-type": "application/json"}, body=body)
    spec = registry().vendors["payday"]
    opened = Opened(spec=spec, name="toy", endpoint="https://toy.example", values={}, secrets={})
    call = Called(
        opened=opened, name="bills", arguments=(), named={}, now=datetime(2026, 11, 22, tzinfo=UTC),
        monotonic=1.0, token=("", "", 0.0), first=0, last=1,
    )  # fmt: skip
    return Archive([Exchange(Request(method="GET", url=URL, headers={}), answer)], [call])


def found(read: Callable[[bytes], list[Bill]], answers: int = 400) -> Score:
    fuzzer = Fuzzer(archive(), {"vendor.changed"}.__contains__, lambda context: Toy(context, read))
    return fuzzer.run(3, answers)


def test_a_decoder_that_asks_for_what_it_needs_is_complained_of_by_nobody():
    fuzzer = Fuzzer(archive(), lambda _code: True, lambda context: Toy(context, honest))
    score = fuzzer.run(3, 600)
    assert score.found == []
    assert score.decoded > 100, "what is not used may be anything"
    assert score.codes["vendor.changed"] > 100


@pytest.mark.parametrize("name", BROKEN)
def test_a_decoder_that_believes_too_much_is_found(name: str):
    read, why = BROKEN[name]
    whys = [one.why for one in found(read).found]
    assert [one for one in whys if re.search(why, one)], whys[:10]


def test_a_code_without_a_sentence_is_found():
    score = found(honest)
    assert any("unknown code net.not_json" in one.why for one in score.found)
