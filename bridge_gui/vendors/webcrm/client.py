"""webcrm's calls: lists to their end, queries in order of ids, single reads, writes that go once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Any, TypeVar

import msgspec

from bridge_gui.errors import NoSuchTarget, OutcomeUnknown, Refused, SetupError, SignInError, VendorChanged
from bridge_gui.vendors.webcrm import query
from bridge_gui.vendors.webcrm.refusals import Refusals, shortened
from bridge_gui.vendors.webcrm.row import Row
from bridge_gui.vendors.webcrm.sign_in import TokenSignIn
from bridge_gui.vendors.webcrm.terms import MOST, VENDOR, Table
from bridge_gui.web.address import origin
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE, decode
from bridge_gui.web.http import HttpClient, Params
from bridge_gui.web.oauth.access import Access
from bridge_gui.web.paging import PageGuard
from bridge_gui.web.waiting import Cancel, check
from bridge_gui.web.wire import Wire

Body = Mapping[str, Any]
Shape = TypeVar("Shape")
_IDS = 40
"""Ids in one question: its address stays below two thousand letters."""


class WebcrmClient:
    """One customer's webcrm, with the rights of one application token."""

    def __init__(self, base: str, code: str, wire: Wire, access: Access | None = None) -> None:
        refusals = Refusals(wire)
        sign_in = TokenSignIn(base, code, access or Access(), wire, refusals.translate_sign_in)
        self._http = HttpClient(base, wire=wire, sign_in=sign_in, translate=refusals.translate)
        self.cancel = wire.cancel
        self.host = origin(self._http.base)[1]

    def __repr__(self) -> str:
        return f"WebcrmClient({self._http.base})"

    def probe(self) -> None:
        """See that the token is let in, by the cheapest call; what it answers is not documented."""
        self._read("Auth")

    def one(self, path: str) -> Row:
        """One thing there is only one of."""
        return Row(decode(self._read(path), dict[str, msgspec.Raw], vendor=VENDOR))

    def shaped(self, path: str, shape: type[Shape]) -> Shape:
        """An answer whose form is known."""
        return decode(self._read(path), shape, vendor=VENDOR)

    def found(self, path: str) -> Row | None:
        """One thing by its id, None if it is gone."""
        try:
            answer = self._http_read(path)
            # INFERRED: how a thing that is gone answers; nothing at all, if it comes twice, is taken for it.
            if _is_nothing(answer):
                answer = self._http_read(path)
        except NoSuchTarget:
            return None
        return None if _is_nothing(answer) else Row(decode(answer, dict[str, msgspec.Raw], vendor=VENDOR))

    def whole(self, path: str) -> list[Row]:
        """A list that has no pages."""
        return _rows(self._read(path))

    def listed(self, path: str, key: str, cancel: Cancel, *, least: int = 1) -> Iterator[list[Row]]:
        """A list by pages, each row once, until a page has fewer rows than `least` (webcrm.md 4).

        A list has no promised order, so rows can slip by while it changes: for what changes often, `query`.
        """
        seen: set[str] = set()
        guard, number = PageGuard(VENDOR), 1
        while True:
            check(cancel)
            page = {one.id(key): one for one in _rows(self._read(path, {"Page": number, "Size": MOST}))}
            fresh = [row for one, row in page.items() if one not in seen]
            if fresh:
                yield fresh
            if len(page) < least:
                return
            guard.see(page)
            seen.update(page)
            number += 1

    def query(self, table: Table, condition: str, cancel: Cancel, key: str = "") -> Iterator[list[Row]]:
        """The rows of a question in order of their ids, each once; ends at an empty page.

        Pages by number slip when a row goes away while they are read, so each page is asked for from the
        last id on, with the same documented `>=` and ORDER BY; an answer that follows neither is a change.
        """
        key, first, guard = key or table.id, 1, PageGuard(VENDOR)
        while True:
            check(cancel)
            rows = self._asked(table, condition, key, first)
            if not rows:
                return
            ids = [int(row.id(key) or 0) for row in rows]
            if ids[0] < first or any(one >= other for one, other in pairwise(ids)):
                raise VendorChanged("vendor.changed", vendor=VENDOR, path=f"$.{key}")
            guard.see(map(str, ids))
            yield rows
            first = ids[-1] + 1

    def by_ids(self, table: Table, ids: Collection[str], cancel: Cancel) -> Iterator[list[Row]]:
        """Rows by their ids, some dozens a question; one alone is read singly. What is gone is left out."""
        numbers = sorted({int(one) for one in ids if one.isascii() and one.isdigit() and int(one) > 0})
        if len(numbers) == 1:
            row = self.found(f"{table.path}/{numbers[0]}")
            yield [row] if row is not None and row.id(table.id) == str(numbers[0]) else []
            return
        for start in range(0, len(numbers), _IDS):
            check(cancel)
            some = numbers[start : start + _IDS]
            asked = query.among(table.id, map(str, some))
            rows = {row.id(table.id): row for row in self._asked(table, asked, table.id, 1)}
            if not rows.keys() <= set(map(str, some)):
                raise VendorChanged("vendor.changed", vendor=VENDOR, path=f"$.{table.id}")
            yield list(rows.values())

    def make(self, path: str, body: Body) -> str:
        """Make something, sent once; its id, empty where the answer is silent about it."""
        return _made(self._write("POST", path, body))

    def change(self, path: str, body: Body) -> None:
        """Write these fields of one thing; what is not named stays (webcrm.md 4)."""
        _complaint(self._write("PUT", path, body))

    def delete(self, path: str) -> None:
        """Delete one thing; raises `ValueError` for a path that names none: that would empty a whole list."""
        if not path.rpartition("/")[2].isdigit():
            raise ValueError("only a thing with an id is deleted")
        _complaint(self._write("DELETE", path, None))

    def _asked(self, table: Table, condition: str, key: str, first: int) -> list[Row]:
        script = query.select(table.name, key, condition, first)
        return _rows(self._read("Queries", {"script": script, "Page": 1, "Size": MOST}, table.path))

    def _read(self, path: str, params: Params | None = None, area: str = "") -> Answer:
        try:
            return self._http_read(path, params, area)
        except NoSuchTarget as error:
            text = str(error.params.get("text", ""))
            raise VendorChanged("webcrm.question_refused", text=text, area=area or area_of(path)) from error

    def _http_read(self, path: str, params: Params | None = None, area: str = "") -> Answer:
        try:
            return self._http.read("GET", path, params=params)
        except NoSuchTarget:
            raise
        except Refused as error:
            text = str(error.params.get("text", ""))
            raise VendorChanged("webcrm.question_refused", text=text, area=area or area_of(path)) from error
        except (SignInError, SetupError) as error:
            raise _named(error, area or area_of(path)) from error

    def _write(self, method: str, path: str, body: Body | None) -> Answer:
        try:
            return self._http.write(method, path, json=body)
        except (SignInError, SetupError) as error:
            raise _named(error, area_of(path)) from error
        except NoSuchTarget as error:
            text = str(error.params.get("text", ""))
            raise NoSuchTarget("webcrm.not_found", target=path.rpartition("/")[2], text=text) from error


def area_of(path: str) -> str:
    """What a call is about, for a person: the first word of its path, two for the price list."""
    words = path.split("/")
    return "/".join(words[:2]) if words[1:2] == ["LinkedData"] else words[0]


def _named(error: SignInError | SetupError, area: str) -> SignInError | SetupError:
    """INFERRED: refused with an access token of a moment ago means a right that is missing (webcrm.md 2)."""
    if error.code not in ("webcrm.not_let_in", "webcrm.right"):
        return error
    return SetupError("webcrm.right", area=area, text=str(error.params.get("text", "")))


def _rows(answer: Answer) -> list[Row]:
    return [Row(one) for one in decode(answer, list[dict[str, msgspec.Raw]], vendor=VENDOR)]


def _complaint(answer: Answer) -> None:
    """INFERRED: a text where nothing is expected tells what is wrong, as in bulk answers (webcrm.md 3)."""
    body = answer.body.strip()
    if body[:1] == b'"' and (text := _text(body)):
        raise Refused("webcrm.refused", text=text)


def _made(answer: Answer) -> str:
    """QUIRK: a number, an object with the new thing, or nothing at all (webcrm.md 7.1)."""
    body = answer.body.strip()
    if body in (b"", b"null"):
        return ""
    number = _number(body)
    if number is None and body[:1] == b'"' and (text := _text(body)):
        raise Refused("webcrm.refused", text=text)
    if not number:
        raise OutcomeUnknown("outcome.left_out")
    return str(number)


def _number(body: bytes) -> int | None:
    """The id in an answer, in each of the forms seen; None if there is none."""
    try:
        value = msgspec.json.decode(body)
    except UNREADABLE:
        return None
    if isinstance(value, dict):
        ids = [one for name, one in value.items() if name.endswith("Id") and isinstance(one, int)]
        value = ids[0] if len(ids) == 1 else None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _is_nothing(answer: Answer) -> bool:
    return answer.body.strip() in (b"", b"null")


def _text(body: bytes) -> str:
    try:
        return shortened(msgspec.json.decode(body, type=str))
    except UNREADABLE:
        return ""
