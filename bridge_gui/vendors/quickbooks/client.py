"""QuickBooks' calls in its own forms: queries that miss no row, writes with an id, batches, changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from bridge_gui.errors import (
    BridgeError,
    Cancelled,
    NoSuchTarget,
    OutcomeUnknown,
    Passing,
    Refused,
    VendorChanged,
)
from bridge_gui.vendors.quickbooks.payloads import VENDOR, Row
from bridge_gui.vendors.quickbooks.refusals import Refusals, error_of, fault_of, is_missing
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import UNREADABLE, decode
from bridge_gui.web.http import HttpClient
from bridge_gui.web.manners import Manners
from bridge_gui.web.signin import SignIn
from bridge_gui.web.waiting import Cancel, check
from bridge_gui.web.wire import Wire

Shape = TypeVar("Shape", bound=Struct)
Body = Mapping[str, Any]
PER_PAGE = 1000
MOST = 30
"""Items of one batch (quickbooks.md 4)."""
IDS = 100
"""Ids in one question, so that its address stays short."""
_TRIES = 3
_KEY, _BATCH_KEY = 50, 36
MANNERS = Manners(read=60, whole=120, tries=_TRIES, key_param="requestid")
MINOR = {"minorversion": "75"}


class BatchItem(NamedTuple):
    """One part of a batch: an entity's name, its body, and what is to be done."""

    entity: str
    body: Body
    operation: str = "create"


class Changes(NamedTuple):
    """What changed since an instant; `full` when the answer may leave some out."""

    rows: dict[str, list[msgspec.Raw]]
    full: bool


class _MovedError(Exception):
    """A list moved while it was read."""


class QuickBooksClient:
    """One company's QuickBooks; `realm` is asked for at the first call."""

    def __init__(self, base: str, realm: Callable[[], str], wire: Wire, sign_in: SignIn) -> None:
        self._wire, self._realm = wire, realm
        self._host = base
        translate = Refusals(wire).translate
        self._http = HttpClient(base, wire=wire, sign_in=sign_in, translate=translate, manners=MANNERS)

    def __repr__(self) -> str:
        return f"QuickBooksClient({self._host})"

    def one(self, path: str, entity: str, shape: type[Shape]) -> Shape:
        """A thing there is only one of, such as the preferences."""
        return decode(bytes(self._only(self._read(path), entity)), shape, vendor=VENDOR)

    def read(self, entity: str, row: str) -> msgspec.Raw | None:
        """One row whole; None if it is gone. QUIRK: what is gone is a 400 (quickbooks.md 3)."""
        try:
            answer = self._read(f"{entity.lower()}/{row}")
        except NoSuchTarget:
            return None
        return self._only(answer, entity)

    def listed(self, entity: str, shape: type[Shape], where: str = "") -> list[Shape]:
        """All rows of a query."""
        return [row for page in self.pages(entity, shape, where, self._wire.cancel) for row in page]

    def by_ids(
        self, entity: str, shape: type[Shape], ids: Sequence[str], cancel: Cancel, also: str = ""
    ) -> Iterator[list[Shape]]:
        """Rows by their ids, a hundred at a time."""
        for start in range(0, len(ids), IDS):
            some = ", ".join(f"'{one}'" for one in ids[start : start + IDS] if one.isdigit())
            if some:
                yield from self.pages(entity, shape, f"Id IN ({some}){also}", cancel)

    def pages(self, entity: str, shape: type[Shape], where: str, cancel: Cancel) -> Iterator[list[Shape]]:
        """Rows in order of their ids, each once.

        QUIRK: a row that is deleted while we read moves the others up, and one would slip by unseen
        (quickbooks.md 0.5). So each page begins with the last row of the page before: if another one stands
        there, it is begun anew. A list of several pages is counted at its end.
        """
        seen: set[str] = set()
        for _ in range(_TRIES):
            try:
                yield from self._sweep(entity, shape, where, seen, cancel)
            except _MovedError:
                continue
            return
        raise Passing("quickbooks.moving")

    def count(self, entity: str, where: str) -> int:
        """How many rows a query has."""
        answer = self._query(f"SELECT COUNT(*) FROM {entity}{_clause(where)}")  # noqa: S608 - values are `quoted`
        total = _response(answer).get("totalCount")
        if total is None:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.QueryResponse.totalCount")
        return decode(bytes(total), int, vendor=VENDOR)

    def few(self, entity: str, shape: type[Shape], where: str, limit: int) -> list[Shape]:
        """The first rows of a query."""
        return self._rows(entity, shape, where, "", 1, limit)

    def changes(self, entities: Sequence[str], since: datetime) -> Changes:
        """What changed or was deleted; at most a thousand rows come in one answer."""
        params = {"entities": ",".join(entities), "changedSince": stamp(since)}
        envelope = decode(self._read("cdc", params), _Cdc, vendor=VENDOR)
        rows: dict[str, list[msgspec.Raw]] = {}
        for response in (one for told in envelope.cdc_response for one in told.query_response):
            for entity, raw in response.items():
                if entity in entities:
                    rows.setdefault(entity, []).extend(decode(bytes(raw), list[msgspec.Raw], vendor=VENDOR))
        return Changes(rows, sum(map(len, rows.values())) >= PER_PAGE)

    def write(
        self, entity: str, body: Body, key: str, params: Mapping[str, str] | None = None
    ) -> msgspec.Raw:
        """Write one thing; as the answer shows it."""
        answer = self._write(entity.lower(), body, key[:_KEY], params)
        told = _told(answer)
        if entity not in told:
            raise OutcomeUnknown("outcome.left_out")
        return told[entity]

    def batch(self, items: Sequence[BatchItem], key: str) -> list[msgspec.Raw | BridgeError]:
        """Several writes in one call, none depending on another; one answer each, in order."""
        if not 0 < len(items) <= MOST:
            raise ValueError("between one and thirty items")
        body = {
            "BatchItemRequest": [
                {"bId": str(number), "operation": item.operation, item.entity: item.body}
                for number, item in enumerate(items, 1)
            ]
        }
        told = _told(self._write("batch", body, sha256(key.encode()).hexdigest()[:_BATCH_KEY]))
        rows = _batch_rows(told.get("BatchItemResponse"))
        return [_result(rows.get(str(number)), item.entity) for number, item in enumerate(items, 1)]

    def _sweep(
        self, entity: str, shape: type[Shape], where: str, seen: set[str], cancel: Cancel
    ) -> Iterator[list[Shape]]:
        """Once through the list; `_MovedError` when it moved meanwhile."""
        start, last, met = 1, "", 0
        while True:
            check(cancel)
            raws = self._raws(entity, where, " ORDERBY Id", start, PER_PAGE)
            ids = [decode(bytes(raw), Row, vendor=VENDOR).id for raw in raws]
            if last and (not ids or ids[0] != last):
                raise _MovedError
            met += len(ids) - bool(last)
            fresh = [raw for raw, one in zip(raws, ids, strict=True) if one not in seen]
            seen.update(ids)
            if fresh:
                yield [decode(bytes(raw), shape, vendor=VENDOR) for raw in fresh]
            if len(ids) < PER_PAGE:
                break
            start, last = start + len(ids) - 1, ids[-1]
        if last and self.count(entity, where) > met:
            raise _MovedError

    def _rows(
        self, entity: str, shape: type[Shape], where: str, order: str, start: int, most: int
    ) -> list[Shape]:
        raws = self._raws(entity, where, order, start, most)
        return [decode(bytes(raw), shape, vendor=VENDOR) for raw in raws]

    def _raws(self, entity: str, where: str, order: str, start: int, most: int) -> list[msgspec.Raw]:
        query = f"SELECT * FROM {entity}{_clause(where)}{order} STARTPOSITION {start} MAXRESULTS {most}"  # noqa: S608
        found = _response(self._query(query)).get(entity)
        return [] if found is None else decode(bytes(found), list[msgspec.Raw], vendor=VENDOR)

    def _query(self, query: str) -> Answer:
        return self._read("query", {"query": query})

    def _read(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        """Ask; what is gone is `NoSuchTarget`, any other refusal a change of theirs."""
        for tried in range(1, _TRIES + 1):
            try:
                return self._http.read("GET", self._path(path), params={**(params or {}), **MINOR})
            except OutcomeUnknown as error:  # QUIRK: a breakdown can come with a 200 (quickbooks.md 0.3)
                broke = error
            except Refused as error:
                if is_missing(error):
                    raise NoSuchTarget("quickbooks.not_found", target=path.rpartition("/")[2]) from error
                text = str(error.params.get("text") or error.detail)
                raise VendorChanged("quickbooks.question_refused", text=text) from error
            if tried == _TRIES:
                raise Passing("quickbooks.broke_down_reading", text=str(broke.params.get("text", "")))
        raise AssertionError

    def _write(self, path: str, body: Body, key: str, params: Mapping[str, str] | None = None) -> Answer:
        """Send; repeated with the same id when the answer is lost or a breakdown, within this one call."""
        asked = {**(params or {}), **MINOR}
        try:
            return self._http.write("POST", self._path(path), params=asked, json=body, key=key)
        except OutcomeUnknown as error:
            if error.code != "quickbooks.broke_down":
                raise
            doubt = error
        try:
            return self._http.write("POST", self._path(path), params=asked, json=body, key=key)
        except (BridgeError, Cancelled) as error:  # a refusal may only say that the first one was done
            raise doubt from error

    def _path(self, path: str) -> str:
        return f"v3/company/{self._realm()}/{path}"

    def _only(self, answer: Answer, entity: str) -> msgspec.Raw:
        told = decode(answer, dict[str, msgspec.Raw], vendor=VENDOR)
        if entity not in told:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path=f"$.{entity}")
        return told[entity]


class _CdcPart(Struct, frozen=True):
    query_response: list[dict[str, msgspec.Raw]] = msgspec.field(name="QueryResponse", default_factory=list)


class _Cdc(Struct, frozen=True):
    cdc_response: list[_CdcPart] = msgspec.field(name="CDCResponse")


def stamp(moment: datetime) -> str:
    """An instant as queries and lists of changes take it."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def _clause(where: str) -> str:
    return f" WHERE {where}" if where else ""


def _response(answer: Answer) -> dict[str, msgspec.Raw]:
    told = decode(answer, dict[str, msgspec.Raw], vendor=VENDOR)
    if "QueryResponse" not in told:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.QueryResponse")
    return decode(bytes(told["QueryResponse"]), dict[str, msgspec.Raw], vendor=VENDOR)


def _told(answer: Answer) -> dict[str, msgspec.Raw]:
    """The top of an answer to a write; what cannot be read leaves it unknown."""
    try:
        return decode(answer, dict[str, msgspec.Raw], vendor=VENDOR)
    except VendorChanged as error:
        raise OutcomeUnknown("outcome.left_out", detail=str(error)) from error


def _batch_rows(raw: msgspec.Raw | None) -> dict[str, dict[str, msgspec.Raw]]:
    """The answers by the short name of their item; an item answered twice counts as left out.

    QUIRK: an empty list comes for what was not done at all (quickbooks.md 6, live).
    """
    found: dict[str, dict[str, msgspec.Raw]] = {}
    twice: set[str] = set()
    for row in _items(raw):
        key = _bid(row.get("bId"))
        twice |= {key} & set(found)
        found[key] = row
    return {key: row for key, row in found.items() if key not in twice}


def _bid(raw: msgspec.Raw | None) -> str:
    """The short name of an item; what is no text names none."""
    try:
        return msgspec.json.decode(raw, type=str) if raw is not None else ""
    except UNREADABLE:
        return ""


def _items(raw: msgspec.Raw | None) -> list[dict[str, msgspec.Raw]]:
    if raw is None:
        return []
    try:
        return msgspec.json.decode(raw, type=list[dict[str, msgspec.Raw]])
    except UNREADABLE:
        return []


def _result(row: dict[str, msgspec.Raw] | None, entity: str) -> msgspec.Raw | BridgeError:
    """One item's own answer."""
    if row is None:
        return OutcomeUnknown("outcome.left_out")
    told = row.get("Fault", row.get("fault"))
    fault = fault_of(told) if told is not None else None
    if fault is not None:
        return error_of(fault)
    return row[entity] if entity in row else OutcomeUnknown("outcome.left_out")
