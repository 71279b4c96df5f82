"""Looking for contacts: the search with filters and its two ways of paging, the exact look-up, the old list.

Facts: highlevel.md 3.2, 7. Inferred: texts compare without regard to case; `query` looks at names, e-mail,
telephone and company; the usual order is the newest first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, Route, instant
from bridge_gui.vendors.highlevel.simulator.contacts import ContactDesk
from bridge_gui.vendors.highlevel.simulator.crm import Crm, sent, shown
from bridge_gui.vendors.highlevel.simulator.says import bad, unprocessable

MOST, REACH, LONGEST = 500, 10_000, 75
SORTABLE = {"dateAdded", "dateUpdated", "firstNameLowerCase", "lastNameLowerCase", "email"}
Test = Callable[[Doc], bool]


class SearchDesk:
    """Finds contacts."""

    def __init__(self, crm: Crm, contacts: ContactDesk) -> None:
        self._crm = crm
        self._contacts = contacts

    def routes(self) -> list[Route]:
        """The paths that answer several, or look one up."""
        return [
            ("POST", "/contacts/search", self.search),
            ("GET", "/contacts/search/duplicate", self.duplicate),
            ("GET", "/contacts/", self.listing),
        ]

    def search(self) -> Doc:
        """QUIRK: pages reach 10,000 rows, further only by the last row's `searchAfter` (highlevel.md 3.2)."""
        body = sent()
        rows = self._visible()
        if len(str(body.get("query") or "")) > LONGEST:
            raise unprocessable("query must be shorter than or equal to 75 characters")
        tests = [_test(one) for one in body.get("filters") or []]
        rows = [row for row in rows if all(test(row) for test in tests) and _mentions(row, body.get("query"))]
        ordered = _ordered(rows, body.get("sort") or [])
        size = body.get("pageLimit", 20)
        if not isinstance(size, int) or not 1 <= size <= MOST:
            raise unprocessable(f"pageLimit must not be greater than {MOST}")
        page = self._page(ordered, body, size)
        return {"contacts": [_found(row) for row in page], "total": len(rows), "traceId": self._crm.trace()}

    def duplicate(self) -> Doc:
        """One contact by the location's own rule, or nothing."""
        email, phone = request.args.get("email"), request.args.get("number")
        if not email and not phone:
            raise bad("Either email or number is required")
        found = self._contacts.twin(email, phone)
        return {"contact": shown(found) if found else None, "traceId": self._crm.trace()}

    def listing(self) -> Doc:
        """The deprecated list: `startAfter` and `startAfterId` of the last row."""
        limit = request.args.get("limit", "20")
        if not limit.isdigit() or not 1 <= int(limit) <= 100:
            raise unprocessable("limit must not be greater than 100")
        rows = _ordered(self._visible(), [{"field": "dateAdded", "direction": "desc"}])
        after = request.args.get("startAfterId")
        ids = [row["id"] for row in rows]
        begin = ids.index(after) + 1 if after in ids else 0
        page = rows[begin : begin + int(limit)]
        told: Doc = {"total": len(rows), "count": len(page)}
        if page:
            told |= {"startAfterId": page[-1]["id"], "startAfter": _millis(page[-1]["dateAdded"])}
        return {"contacts": [shown(row) for row in page], "count": len(page), "meta": told}

    def _visible(self) -> list[Doc]:
        """QUIRK: the index lags by seconds (highlevel.md 3.2); by how many is a switch."""
        until = self._crm.stamp(self._crm.now() - timedelta(seconds=self._crm.settings["index_lag"]))
        return [row for row in self._crm.contacts.find(("dateAdded", "<=", until)) if not row.get("_into")]

    @staticmethod
    def _page(rows: list[Doc], body: Doc, size: int) -> list[Doc]:
        if body.get("searchAfter"):
            last = str(body["searchAfter"][-1])
            ids = [row["id"] for row in rows]
            begin = ids.index(last) + 1 if last in ids else len(rows)
            return rows[begin : begin + size]
        begin = (int(body.get("page") or 1) - 1) * size
        if begin + size > REACH:
            raise bad("page and pageLimit reach 10,000 rows only; use searchAfter")
        return rows[begin : begin + size]


def _found(row: Doc) -> Doc:
    """QUIRK: a found row has its names in small letters only (highlevel.md 3.2)."""
    kept = shown(row)
    for name in ("firstName", "lastName"):
        kept.pop(name, None)
    return {"email": None, "phone": None, **kept, "searchAfter": [_millis(row["dateAdded"]), row["id"]]}


def _ordered(rows: list[Doc], sort: list[Doc]) -> list[Doc]:
    keys = [(one.get("field"), one.get("direction", "asc")) for one in sort] or [("dateAdded", "desc")]
    made = sorted(rows, key=lambda row: row["id"])
    for field, direction in reversed(keys):
        if field not in SORTABLE:
            raise bad(f"Sorting by {field} is not supported")
        made.sort(key=lambda row, name=field: str(row.get(name) or ""), reverse=direction == "desc")  # type: ignore[misc]
    return made


def _mentions(row: Doc, query: Any) -> bool:
    wanted = str(query or "").lower()
    told = (row.get(name) for name in ("firstName", "lastName", "email", "phone", "companyName"))
    return wanted in " ".join(str(one or "") for one in told).lower()


def _test(told: Doc) -> Test:
    if "group" in told:
        tests = [_test(one) for one in told.get("filters") or []]
        if told["group"] == "OR":
            return lambda row: any(test(row) for test in tests)
        return lambda row: all(test(row) for test in tests)
    field, operator, wanted = told.get("field"), told.get("operator"), told.get("value")
    if len(str(wanted or "")) > LONGEST and not isinstance(wanted, dict):
        raise unprocessable("value must be shorter than or equal to 75 characters")
    test = _one(str(field), str(operator), wanted)
    if test is None:
        raise bad(f"Operator {operator} is not supported")
    return test


def _one(field: str, operator: str, wanted: Any) -> Test | None:
    def texts(row: Doc) -> list[str]:
        value = row.get(field)
        return [
            str(one).lower()
            for one in (value if isinstance(value, list) else [value])
            if one not in {None, ""}
        ]

    small = str(wanted).lower() if not isinstance(wanted, dict) else ""
    low, high = (wanted.get("gte", ""), wanted.get("lte", "\uffff")) if isinstance(wanted, dict) else ("", "")
    tests: dict[str, Test] = {
        "eq": lambda row: small in texts(row),
        "not_eq": lambda row: small not in texts(row),
        "contains": lambda row: any(small in text for text in texts(row)),
        "not_contains": lambda row: not any(small in text for text in texts(row)),
        "exists": lambda row: bool(texts(row)),
        "not_exists": lambda row: not texts(row),
        "range": lambda row: str(low) <= str(row.get(field) or "") <= str(high),
    }
    return tests.get(operator)


def _millis(stamp: str) -> int:
    return int(instant(stamp).timestamp() * 1000)
