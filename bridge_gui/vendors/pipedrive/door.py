"""The way in: one question, a list in either of the two paging styles, one write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from bridge_gui.errors import NoSuchTarget, Refused, SetupError, VendorChanged
from bridge_gui.vendors.pipedrive.payloads import OldPage, One, Page
from bridge_gui.vendors.pipedrive.refusals import Refusals
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import decode, decode_written, exact_json
from bridge_gui.web.http import HttpClient
from bridge_gui.web.paging import PageGuard
from bridge_gui.web.signin import SignIn
from bridge_gui.web.waiting import Cancel, check
from bridge_gui.web.wire import Wire

VENDOR = "Pipedrive"
V1, V2 = "api/v1", "api/v2"
Shape = TypeVar("Shape", bound=Struct)
Query = Mapping[str, str | int | list[int]]
_OLD_LIMIT = 100
_OF_ONE = re.compile(r"/\d+/")


class Listing(NamedTuple):
    """One page of a v2 list: its items typed, the same whole, and the cursor of the next."""

    items: tuple[Any, ...]
    whole: tuple[dict[str, Any], ...]
    following: str


class Door:
    """One account's Pipedrive; what it answers is checked here, what it means elsewhere."""

    def __init__(self, base: str, sign_in: SignIn, wire: Wire) -> None:
        self._cancel = wire.cancel
        translate = Refusals(wire).translate
        self._http = HttpClient(base, wire=wire, sign_in=sign_in, translate=translate)

    def __repr__(self) -> str:
        return f"Door({self._http.base})"

    def read(self, path: str, query: Query | None = None, *, lists: bool = False) -> Answer:
        """Ask; what the account may not see is a matter of set-up, any other refusal a change of theirs.

        Raises `NoSuchTarget` for what is gone; a place that `lists` everything is always there.
        """
        try:
            return self._http.read("GET", path, params=query)
        except NoSuchTarget as error:
            if not lists:
                raise
            refused: Refused = error
        except Refused as error:
            refused = error
        text = refused.params.get("text") or refused.detail
        if refused.code == "pipedrive.not_allowed":
            raise SetupError("pipedrive.forbidden", text=text) from refused
        raise VendorChanged("pipedrive.read_refused", text=text, path=path) from refused

    def one(self, path: str, shape: type[Shape], query: Query | None = None) -> Shape:
        """One thing, without its envelope."""
        return decode(self.read(path, query), One[shape], vendor=VENDOR).data  # type: ignore[valid-type]

    def page(self, path: str, query: Query, shape: type[Shape]) -> Listing:
        """One page of a v2 list."""
        answer = self.read(f"{V2}/{path}", query, lists=not _OF_ONE.search(path))
        page = decode(answer, Page[shape], vendor=VENDOR)  # type: ignore[valid-type]
        return Listing(page.data, _whole(answer), page.following)

    def pages(
        self, path: str, query: Query, shape: type[Shape], cancel: Cancel | None = None
    ) -> Iterator[Listing]:
        """The pages of a v2 list to its end."""
        guard = PageGuard(VENDOR)
        following = ""
        while True:
            check(cancel or self._cancel)
            listing = self.page(path, {**query, **({"cursor": following} if following else {})}, shape)
            yield listing
            following = listing.following
            if not following:
                return
            guard.see([str(one.get("id", one.get("field_code"))) for one in listing.whole])

    def all(self, path: str, query: Query, shape: type[Shape]) -> tuple[Shape, ...]:
        """A whole v2 list."""
        return tuple(item for listing in self.pages(path, query, shape) for item in listing.items)

    def old_list(
        self, path: str, shape: type[Shape], query: Query, cancel: Cancel | None = None
    ) -> Iterator[Shape]:
        """A whole v1 list, by offset."""
        guard = PageGuard(VENDOR)
        start = 0
        while True:
            check(cancel or self._cancel)
            answer = self.read(f"{V1}/{path}", {**query, "start": start, "limit": _OLD_LIMIT})
            page = decode(answer, OldPage[shape], vendor=VENDOR)  # type: ignore[valid-type]
            yield from page.data or ()
            following = page.following(start)
            if following is None:
                return
            guard.see([str(getattr(item, "id", "")) for item in page.data or ()])
            start = following

    def old_whole(self, path: str, shape: type[Shape]) -> tuple[Shape, ...]:
        """A v1 list that has no pages."""
        answer = self.read(f"{V1}/{path}", lists=True)
        return decode(answer, OldPage[shape], vendor=VENDOR).data or ()  # type: ignore[valid-type]

    def write(self, method: str, path: str, body: Mapping[str, Any], shape: type[Shape]) -> Shape:
        """Write something; never sent twice unless the first was surely in vain."""
        answer = self._http.write(method, path, json=body)
        return decode_written(answer, One[shape], vendor=VENDOR).data  # type: ignore[valid-type]

    def upload(self, path: str, body: bytes, media_type: str, shape: type[Shape]) -> Shape:
        """As `write`, with a body that is made already."""
        answer = self._http.write("POST", path, body=body, headers={"Content-Type": media_type})
        return decode_written(answer, One[shape], vendor=VENDOR).data  # type: ignore[valid-type]


def _whole(answer: Answer) -> tuple[dict[str, Any], ...]:
    """The same items with all their fields; amounts stay exact."""
    try:
        return tuple(exact_json(answer.body)["data"])
    except ValueError:  # in a field that the shape does not name
        raise VendorChanged("net.not_json", vendor=VENDOR) from None
