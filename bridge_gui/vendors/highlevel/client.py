"""HighLevel's calls in its own forms: lists by offset, single reads, writes that go once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from bridge_gui.errors import NoSuchTarget, OutcomeUnknown, Passing, Refused, VendorChanged
from bridge_gui.vendors.highlevel import assumed
from bridge_gui.vendors.highlevel.payloads import VENDOR, Found
from bridge_gui.vendors.highlevel.refusals import Refusals
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import decode
from bridge_gui.web.http import HttpClient
from bridge_gui.web.paging import PageGuard
from bridge_gui.web.waiting import Cancel, check
from bridge_gui.web.wire import Wire

Shape = TypeVar("Shape", bound=Struct)
Query = Mapping[str, str | int]
VERSION, OLDER = "2021-07-28", "2021-04-15"
"""The second is for conversations and calendars (highlevel.md 1)."""
PER_PAGE = 100
_TRIES = 3
_OWN_VERSION = ("conversations", "calendars")


class TokenSignIn:
    """The private integration's token; there is nothing to renew."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __repr__(self) -> str:
        return "TokenSignIn()"

    def headers(self, _method: str, _url: str, _body: bytes) -> Mapping[str, str]:
        """The header."""
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self, _stale: Mapping[str, str]) -> bool:
        """Nothing newer can be had."""
        return False


class HighLevelClient:
    """One location's HighLevel."""

    def __init__(self, base: str, location: str, token: str, wire: Wire) -> None:
        wire.redactor.learn(token)
        self._wire, self.location = wire, location
        self._http = HttpClient(
            base, wire=wire, sign_in=TokenSignIn(token), translate=Refusals(wire).translate
        )

    def __repr__(self) -> str:
        return f"HighLevelClient({self._http.base})"

    @property
    def here(self) -> dict[str, str]:
        """How money's calls name the location. QUIRK: other calls name it otherwise (highlevel.md 1)."""
        return {"altId": self.location, "altType": "location"}

    def read(self, path: str, shape: type[Shape], query: Query | None = None) -> Shape:
        """Ask; raises `NoSuchTarget` for what is gone, and any other refusal as a change of theirs."""
        return decode(self._read("GET", path, query), shape, vendor=VENDOR)

    def single(self, path: str, shape: type[Shape], query: Query | None = None) -> Shape | None:
        """One thing, None if it is gone."""
        try:
            return self.read(path, shape, query)
        except NoSuchTarget:
            return None

    def searched(self, body: Mapping[str, Any], shape: type[Shape]) -> Shape:
        """A question that goes as a POST and changes nothing."""
        return decode(self._read("POST", "contacts/search", None, body), shape, vendor=VENDOR)

    def pages(
        self,
        path: str,
        query: Query,
        turned: Callable[[Answer], tuple[list[Shape], int | None]],
        identity: Callable[[Shape], str],
        cancel: Cancel,
    ) -> Iterator[list[Shape]]:
        """A list by offset, each row once.

        QUIRK: pages overlap while new rows arrive (highlevel.md 4), and where one goes away the next slips
        by; so the rows are counted, and the list is read again if some are missing, until nothing new comes.
        """
        seen: set[str] = set()
        for _ in range(_TRIES):
            start, guard, total, before = 0, PageGuard(VENDOR), None, len(seen)
            while True:
                check(cancel)
                rows, total = turned(self._listed(path, {**query, "limit": PER_PAGE, "offset": start}))
                ids = [identity(row) for row in rows]
                fresh = [row for row, one in zip(rows, ids, strict=True) if one not in seen]
                seen.update(ids)
                if fresh:
                    yield list({identity(row): row for row in fresh}.values())
                if len(rows) < PER_PAGE:
                    break
                guard.see(ids)
                start += len(rows)
            if total is None or len(seen) >= total or before == len(seen) > 0:
                return
        raise Passing("highlevel.moving")

    def write(self, method: str, path: str, body: Mapping[str, Any]) -> dict[str, msgspec.Raw]:
        """Write something, sent once; the top of the answer."""
        answer = self._http.write(method, path, json=body, headers=self._version(path))
        try:
            return decode(answer, dict[str, msgspec.Raw], vendor=VENDOR)
        except VendorChanged as error:
            raise OutcomeUnknown("outcome.left_out", detail=str(error)) from error

    def _read(
        self, method: str, path: str, query: Query | None = None, body: Mapping[str, Any] | None = None
    ) -> Answer:
        try:
            return self._http.read(method, path, params=query, json=body, headers=self._version(path))
        except NoSuchTarget:
            raise
        except Refused as error:
            text = str(error.params.get("text") or error.detail)
            if assumed.is_gone(text):
                raise NoSuchTarget("highlevel.not_found", target="", text=text) from error
            raise VendorChanged("highlevel.question_refused", text=text) from error

    def _listed(self, path: str, query: Query) -> Answer:
        """A list is always there: where it is not, the place has moved."""
        try:
            return self._read("GET", path, query)
        except NoSuchTarget as error:
            raise VendorChanged(
                "highlevel.question_refused", text=str(error.params.get("text", ""))
            ) from error

    def _version(self, path: str) -> dict[str, str]:
        return {"Version": OLDER if path.startswith(_OWN_VERSION) else VERSION}


def listing(shape: type[Shape]) -> Callable[[Answer], tuple[list[Shape], int | None]]:
    """Reads a page of `data` with its count."""

    def turned(answer: Answer) -> tuple[list[Shape], int | None]:
        page = decode(answer, Found[shape], vendor=VENDOR)  # type: ignore[valid-type]
        return page.data, page.total_count

    return turned
