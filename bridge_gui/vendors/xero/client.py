"""Xero's calls in Xero's own forms: pages that do not slip, keys for one call, and the quota that is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from bridge_gui.errors import BridgeError, NoSuchTarget, Refused, VendorChanged
from bridge_gui.vendors.xero.payloads import VENDOR, Connection, Rows
from bridge_gui.vendors.xero.refusals import translate
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE, decode, decode_written
from bridge_gui.web.http import HttpClient
from bridge_gui.web.manners import Manners
from bridge_gui.web.paging import PageGuard
from bridge_gui.web.signin import SignIn
from bridge_gui.web.waiting import check
from bridge_gui.web.wire import Wire

Shape = TypeVar("Shape")
Params = Mapping[str, str | int]
Told = Callable[[str, int], None]
"""Hears how many calls Xero says are left of a "minute" or a "day"."""
PER_PAGE = 500
KEY = "Idempotency-Key"
# A key lives six minutes (xero.md 4): all tries of one call and the waits between them stay within that.
MANNERS = Manners(read=45, whole=60, tries=3, key_header=KEY)
PDF_MAGIC = b"%PDF"
_SECOND = timedelta(seconds=1)


class XeroClient:
    """One organisation's Xero; `tenant` empty only while the user has not chosen one yet."""

    def __init__(
        self,
        base: str,
        tenant: str,
        wire: Wire,
        sign_in: SignIn,
        told: Callable[[str, int], None] | None = None,
    ) -> None:
        self._wire = wire
        self._told = told
        self._api = HttpClient(
            f"{base}/api.xro/2.0", wire=wire, sign_in=sign_in, translate=self._translate, manners=MANNERS,
            headers={"xero-tenant-id": tenant} if tenant else {},
        )  # fmt: skip
        self._root = HttpClient(base, wire=wire, sign_in=sign_in, translate=self._translate, manners=MANNERS)

    def __repr__(self) -> str:
        return f"XeroClient({self._api.base})"

    def connections(self) -> list[Connection]:
        """The organisations that this user has let this app into."""
        return decode(self._root.read("GET", "connections"), list[Connection], vendor=VENDOR)

    def disconnect(self, connection: str) -> None:
        """End the access to one organisation; one that has ended already is no error."""
        try:
            self._root.write("DELETE", f"connections/{connection}")
        except NoSuchTarget:
            return

    def listed(self, path: str, shape: type[Shape], params: Params | None = None) -> list[Shape]:
        """A collection that has no pages."""
        return self._page(path, shape, params or {}).rows

    def pages(
        self,
        path: str,
        shape: type[Shape],
        params: Params,
        *,
        identity: Callable[[Shape], str],
        changed: Callable[[Shape], datetime],
        since: datetime | None = None,
    ) -> Iterator[list[Shape]]:
        """A list in order of change, each row as often as it changed meanwhile.

        The next page is asked for by the last row's change, not by its number: a row that somebody edits
        while we read moves to the end, and would let another one slip from page 2 to page 1, unseen.
        """
        guard, seen, number = PageGuard(VENDOR), set[tuple[str, datetime]](), 1
        asked = {"order": "UpdatedDateUTC ASC", "pageSize": PER_PAGE, **params}
        while True:
            check(self._wire.cancel)
            page = self._page(path, shape, {**asked, "page": number}, _since(since))
            keys = [(identity(row), changed(row)) for row in page.rows]
            fresh = [row for row, key in zip(page.rows, keys, strict=True) if key not in seen]
            seen.update(keys)
            if fresh:
                yield fresh
            told = page.pagination
            if not page.rows or (told is not None and number >= told.page_count):
                return
            if told is None and not fresh:
                return
            guard.see(f"{since} {keys}".encode())
            times = [when for _, when in keys]
            onwards = times[-1] - _SECOND
            if times == sorted(times) and (since is None or onwards > since):
                since, number = onwards, 1
            else:
                number += 1

    def sent(
        self,
        method: str,
        path: str,
        body: Any,
        shape: type[Shape],
        *,
        key: str,
        params: Params | None = None,
    ) -> list[Shape]:
        """Write something; the collection as the answer shows it."""
        answer = self._api.write(method, path, params=params, json=body, key=key or None)
        return decode_written(_collection(answer), Rows[shape], vendor=VENDOR).rows  # type: ignore[valid-type]

    def done(self, path: str, body: Any) -> None:
        """Do something that nobody can look up afterwards: sent once, whatever comes of it."""
        self._api.write("POST", path, json=body)

    def pdf(self, path: str) -> bytes:
        """A document as its reader sees it."""
        answer = self._api.read("GET", path, headers={"Accept": "application/pdf"})
        if not answer.body.startswith(PDF_MAGIC):
            raise VendorChanged("xero.not_pdf")
        return answer.body

    def _page(
        self, path: str, shape: type[Shape], params: Params, headers: Mapping[str, str] | None = None
    ) -> Rows[Shape]:
        try:
            answer = self._api.read("GET", path, params=params, headers=headers)
        except NoSuchTarget:
            raise
        except Refused as error:
            text = str(error.params.get("text", ""))
            raise VendorChanged("xero.question_refused", text=text) from error
        return decode(_collection(answer), Rows[shape], vendor=VENDOR)  # type: ignore[valid-type]

    def _translate(self, answer: Answer) -> BridgeError | None:
        for name, header in (("minute", "x-minlimit-remaining"), ("day", "x-daylimit-remaining")):
            left = answer.header(header).strip()
            if left.isascii() and left.isdigit():
                self._wire.meter.told(self._wire.connection, name, int(left))
                if self._told is not None:
                    self._told(name, int(left))
        return translate(answer)


def _since(since: datetime | None) -> dict[str, str]:
    """Whole seconds of UTC (xero.md 4)."""
    if since is None:
        return {}
    return {"If-Modified-Since": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")}


def _collection(answer: Answer) -> bytes:
    """The answer with its one collection under a name of ours; anything else as it is, to be judged."""
    try:
        envelope = msgspec.json.decode(answer.body, type=dict[str, msgspec.Raw])
    except UNREADABLE:
        return answer.body
    name = next((key for key, value in envelope.items() if _is_collection(key, value)), None)
    if name is None:
        return answer.body
    kept = {"rows": envelope[name]}
    if "pagination" in envelope:
        kept["pagination"] = envelope["pagination"]
    return msgspec.json.encode(kept)


def _is_collection(key: str, value: msgspec.Raw) -> bool:
    return key not in ("Warnings", "Elements") and bytes(value).lstrip()[:1] == b"["
