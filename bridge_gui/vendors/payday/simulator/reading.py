"""Bodies, query values and paged lists as Payday takes and gives them.

Facts: payday.md sections 1 (query names look case-insensitive), 3 (envelopes) and 4 (error shapes, paging).
Inferred: a page beyond the last is empty, no cap on `perpage` below 1,000.
"""

from __future__ import annotations

from typing import Any

import msgspec
from flask import request

from bridge_gui.sandbox.kit import Condition, Doc, Refusal, Table
from bridge_gui.vendors.payday.simulator.books import moment, public

MOST = 1000


def body() -> Doc:
    """The request's JSON object; also the `data` part of a multipart request."""
    raw = request.form.get("data", "").encode() if request.form else request.get_data()
    try:
        read = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        read = None
    if not isinstance(read, dict):
        raise Refusal(400, "Invalid JSON data")
    return read


def asked(name: str) -> str:
    """A query value, whatever the case of its name; empty when it is not there."""
    wanted = name.lower()
    return next((value for key, value in request.args.items() if key.lower() == wanted), "")


def invalid(text: str) -> Refusal:
    """The message-object shape of a refusal."""
    return Refusal(400, {"message": f"Invalid data. {text}"})


def missing() -> Refusal:
    """A thing that is not there; the body is empty, as happens (payday.md 4)."""
    return Refusal(404)


def page(
    table: Table,
    name: str,
    *where: Condition,
    order: str = "",
    down: bool = False,
    usual: int = 25,
) -> Doc:
    """One page in Payday's envelope."""
    size = min(MOST, max(1, _number("perpage", usual)))
    wanted = max(1, _number("page", 1))
    total = table.count(*where)
    rows = table.find(*where, order=order, down=down, limit=size, offset=(wanted - 1) * size)
    pages = -(-total // size)
    return {
        name: [public(row) for row in rows],
        "perPage": size,
        "total": total,
        "page": wanted,
        "pages": pages,
    }


def between(field: str, name: str) -> list[Condition]:
    """The filter of a pair of query values such as `dateFrom` and `dateTo`; the last day is included."""
    found: list[Condition] = []
    for suffix, operator in (("From", ">="), ("To", "<=")):
        told = asked(name + suffix)
        if not told:
            continue
        bound = moment(told, last=suffix == "To")
        if bound is None:
            raise invalid(f"{name}{suffix} is not a valid date.")
        found.append((field, operator, bound))
    return found


def _number(name: str, usual: int) -> int:
    told: Any = asked(name)
    return int(told) if told.isdigit() else usual
