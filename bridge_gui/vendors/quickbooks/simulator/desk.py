"""The paths of the accounting interface: every entity alike, queries, batches, changes.

Facts: quickbooks.md 1, 3, 4. Inferred: a batch of more than 30 is refused as a whole; an id of a request is
remembered for a day (a switch), with its answer unless that was a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Refusal, Route, answer, instant
from bridge_gui.vendors.quickbooks.simulator.books import BY_PATH, LISTS, SALES, Books
from bridge_gui.vendors.quickbooks.simulator.changes import ReadDesk
from bridge_gui.vendors.quickbooks.simulator.lists import ListDesk
from bridge_gui.vendors.quickbooks.simulator.sales import SaleDesk
from bridge_gui.vendors.quickbooks.simulator.says import (
    Trouble,
    Unsure,
    fault,
    missing,
    not_supported,
    too_long,
)
from bridge_gui.vendors.quickbooks.simulator.writing import Writer, void_of

API = "/v3/company/"
BASE = f"{API}<realm>"
MOST, LONGEST, LONGEST_BATCH = 30, 50, 36
SYSTEM_FAULT = Trouble(
    10000, "An application error has occurred while processing your request", "System Failure Error: null"
)
View = Callable[..., Doc]


class Desk:
    """Reads and writes over HTTP."""

    def __init__(
        self, books: Books, lists: ListDesk, sales: SaleDesk, writer: Writer, reads: ReadDesk
    ) -> None:
        self._books = books
        self._lists = lists
        self._sales = sales
        self._writer = writer
        self._reads = reads
        self._answers = books.state.table("answers")

    def routes(self) -> list[Route]:
        """All paths of one company."""
        return [
            ("GET", f"{BASE}/query", self._said(self.query)),
            ("POST", f"{BASE}/query", self._said(self.query)),
            ("POST", f"{BASE}/batch", self._said(self.batch)),
            ("GET", f"{BASE}/cdc", self._said(self.changes)),
            ("GET", f"{BASE}/companyinfo/<key>", self._said(self.company)),
            ("GET", f"{BASE}/preferences", self._said(self.preferences)),
            ("POST", f"{BASE}/<entity>", self._said(self.write)),
            ("GET", f"{BASE}/<entity>/<key>", self._said(self.read)),
            ("POST", f"{BASE}/<entity>/<key>/send", self._said(self.send)),
            ("GET", f"{BASE}/<entity>/<key>/pdf", self.pdf),
        ]

    def query(self) -> Doc:
        """A query by its parameter, or by the body of a POST."""
        text = request.args.get("query", "") if request.method == "GET" else request.get_data(as_text=True)
        return {"QueryResponse": self._reads.query(text)}

    def changes(self) -> Doc:
        """What changed since an instant."""
        return self._reads.changes(request.args.get("entities", ""), request.args.get("changedSince", ""))

    def company(self, key: str) -> Doc:
        """The company itself."""
        if key != request.view_args["realm"]:  # type: ignore[index]
            raise Trouble(610, "Object Not Found", f"Object Not Found : CompanyInfo {key}")
        return {"CompanyInfo": self._lists.company()}

    def preferences(self) -> Doc:
        """How the company is set."""
        return {"Preferences": self._lists.preferences()}

    def read(self, entity: str, key: str) -> Doc:
        """One row by its id."""
        kind = _kind(entity)
        return {kind: self._writer.show(kind, self._books.need(kind, key))}

    def write(self, entity: str) -> Doc:
        """Makes, changes, voids, deletes."""
        kind = _kind(entity)
        operation, include = request.args.get("operation", ""), request.args.get("include", "")
        key = _request_id(LONGEST)
        covered = kind not in LISTS or self._books.settings["requestid_covers_names"]
        known = self._remembered(key) if covered else None
        if known is not None:
            return known
        return self._kept(
            key, self._stumbled(lambda: {kind: self._writer.write(kind, _sent(), operation, include)})
        )

    def send(self, entity: str, key: str) -> Doc:
        """E-mails an invoice."""
        kind = _kind(entity)
        if kind != "Invoice":
            raise not_supported("send")
        doc = self._sales.send(self._books.need(kind, key), request.args.get("sendTo", ""))
        return {kind: self._writer.show(kind, doc)}

    def pdf(self, realm: str, entity: str, key: str) -> Response:
        """A document on paper."""
        try:
            kind = _kind(entity)
            if kind not in SALES:
                raise not_supported("pdf")
            doc = self._books.need(kind, key)
        except Trouble as trouble:
            raise self._refusal(trouble) from trouble
        text = f"%PDF-1.4\n% {kind} {doc.get('DocNumber', '')} {doc['TotalAmt']}\n%%EOF\n"
        return Response(text.encode(), content_type="application/pdf")

    def batch(self) -> Doc:
        """QUIRK: partial success is usual; each item has its row or its own fault (quickbooks.md 4)."""
        key = _request_id(LONGEST_BATCH)
        known = self._remembered(key)
        if known is not None:
            return known
        items = _sent().get("BatchItemRequest") or []
        names = [str(item.get("bId") or "") for item in items]
        if (
            len(items) > MOST
            or len(set(names)) < len(names)
            or (key and max(map(len, names), default=0) > 10)
        ):
            raise Trouble(2030, "Invalid batch", Unsure.BATCH)
        if self._books.settings["void_ignored"] and any(item.get("optionsData") == "void" for item in items):
            return {"BatchItemResponse": []}
        return self._kept(key, self._stumbled(lambda: self._batch(items)))

    def _batch(self, items: list[Doc]) -> Doc:
        """QUIRK: answers come in no order; that some are left out is a fault (quickbooks.md 4, 6)."""
        settings = self._books.settings
        answers = [self._item(item) for item in items]
        if settings["batch_leaves_out"]:
            answers = answers[: -settings["batch_leaves_out"]]
            settings.change({"batch_leaves_out": 0})
        return {"BatchItemResponse": answers[::-1] if settings["batch_turns"] else answers}

    def _item(self, item: Doc) -> Doc:
        told = {"bId": str(item.get("bId") or "")}
        try:
            if "Query" in item:
                return {**told, "QueryResponse": self._reads.query(str(item["Query"]))}
            kind = next((name for name in item if name in BY_PATH.values()), "")
            if not kind:
                raise missing("entity")
            operation = str(item.get("operation") or "create")
            options = str(item.get("optionsData") or "")
            operation, include = void_of(kind, options) if operation == "update" else (operation, "")
            return {**told, kind: self._writer.write(kind, item[kind], operation, include)}
        except Trouble as trouble:
            return {**told, "Fault": fault(trouble, self._books.settings["language"])}

    def _stumbled(self, act: Callable[[], Doc]) -> Doc:
        """QUIRK: a system fault may come inside a 200, done or not (quickbooks.md 0)."""
        settings = self._books.settings
        if not settings["system_faults"]:
            return act()
        settings.change({"system_faults": settings["system_faults"] - 1})
        if settings["system_fault_acts"]:
            act()
        return {"Fault": fault(SYSTEM_FAULT)}

    def _remembered(self, key: str) -> Doc | None:
        known = self._answers.get(key) if key else None
        if known is None:
            return None
        life = timedelta(hours=self._books.settings["requestid_hours"])
        if self._books.settings["requestid_refuses"]:
            raise Trouble(600, "Duplicate request id", f"Duplicate request id : {key}")
        told: Doc = known["answer"]
        return told if instant(known["at"]) + life > self._books.now() else None

    def _kept(self, key: str, told: Doc) -> Doc:
        if key and "Fault" not in told:
            told = {**told, "time": self._books.time()}
            self._answers.put({"id": key, "at": self._books.now().isoformat(), "answer": told})
        return told

    def _said(self, view: View) -> Callable[..., Any]:
        def said(realm: str, **parts: str) -> Response:  # noqa: ARG001 - the guard has seen it
            try:
                told = view(**parts)
            except Trouble as trouble:
                raise self._refusal(trouble) from trouble
            return answer({"time": self._books.time(), **told})

        return said

    def _refusal(self, trouble: Trouble) -> Refusal:
        told = {"Fault": fault(trouble, self._books.settings["language"]), "time": self._books.time()}
        return Refusal(400, told)


def _kind(entity: str) -> str:
    if entity not in BY_PATH:
        raise not_supported(entity)
    return BY_PATH[entity]


def _sent() -> Doc:
    try:
        read = msgspec.json.decode(request.get_data())
    except msgspec.DecodeError as error:
        raise Trouble(2010, "Request has invalid or unsupported property", "Invalid JSON") from error
    if not isinstance(read, dict):
        raise Trouble(2010, "Request has invalid or unsupported property", "Invalid JSON")
    return read


def _request_id(longest: int) -> str:
    key = request.args.get("requestid", "")
    if len(key) > longest:
        raise too_long("requestid")
    return key
