"""Reading many: queries by the language, and what changed since an instant.

Facts: quickbooks.md 4. Inferred: of more than 1000 changed objects the oldest come; a mark older than 30 days
is refused; a time without a zone is Pacific.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.quickbooks.simulator.books import ENTITIES, LISTS, PACIFIC, TXNS, Books
from bridge_gui.vendors.quickbooks.simulator.lists import ListDesk
from bridge_gui.vendors.quickbooks.simulator.query import ordered, understood
from bridge_gui.vendors.quickbooks.simulator.says import Trouble, Unsure, missing
from bridge_gui.vendors.quickbooks.simulator.writing import Writer

UNTRACKED = {"TaxCode", "TaxRate", "TaxAgency"}
MOST, REACH = 1000, timedelta(days=30)


class ReadDesk:
    """Answers queries and changes."""

    def __init__(self, books: Books, lists: ListDesk, writer: Writer) -> None:
        self._books = books
        self._lists = lists
        self._writer = writer

    def query(self, text: str) -> Doc:
        """A `QueryResponse`. QUIRK: nothing found is an empty object (quickbooks.md 4)."""
        query = understood(text)
        if query.kind == "CompanyInfo":
            return {"CompanyInfo": [self._lists.company()], "startPosition": 1, "maxResults": 1}
        if query.kind == "Preferences":
            return {"Preferences": [self._lists.preferences()], "startPosition": 1, "maxResults": 1}
        rows = [self._raw(query.kind, row) for row in self._books.table(query.kind).find(*query.hints)]
        if query.kind in LISTS and not query.asks_active:
            rows = [row for row in rows if row.get("Active") is not False]
        rows = [row for row in rows if all(test(row) for test in query.tests)]
        if query.counting:
            return {"totalCount": len(rows)}
        page = ordered(rows, query)[query.start - 1 : query.start - 1 + query.most]
        if not page:
            return {}
        shown = [self._writer.show(query.kind, row) for row in page]
        return {query.kind: shown, "startPosition": query.start, "maxResults": len(shown)}

    def changes(self, entities: str, since: str) -> Doc:
        """A `CDCResponse`: whole objects, the deleted ones as a line each; 1000 at most."""
        kinds = [name.strip() for name in entities.split(",") if name.strip()]
        if not kinds:
            raise missing("entities")
        for kind in kinds:
            if kind not in ENTITIES or kind in UNTRACKED:
                raise Trouble(4001, "Invalid query", f"{kind} is not supported by CDC")
        begin = self._begin(since)
        if begin < self._books.now() - REACH:
            raise Trouble(4001, "Invalid query", Unsure.TOO_OLD)
        found = sorted(
            ((at, kind, row) for kind in kinds for at, row in self._since(kind, begin)),
            key=lambda one: one[0],
        )[:MOST]
        grouped: list[Doc] = []
        for kind in kinds:
            rows = [row for _, name, row in found if name == kind]
            grouped.append({kind: rows, "startPosition": 1, "maxResults": len(rows)} if rows else {})
        return {"CDCResponse": [{"QueryResponse": grouped}], "time": self._books.time()}

    def _begin(self, since: str) -> datetime:
        try:
            begin = datetime.fromisoformat(since.replace(" ", "+"))  # a plus sign that nobody escaped
        except ValueError as error:
            raise Trouble(4000, "Error parsing query", f"Invalid changedSince {since}") from error
        return begin if begin.tzinfo else begin.replace(tzinfo=PACIFIC)

    def _since(self, kind: str, begin: datetime) -> list[tuple[str, Any]]:
        mark = begin.timestamp()
        stamp = datetime.fromtimestamp(int(mark), UTC).strftime("%Y-%m-%dT%H:%M:%S")
        changed = ("_updated", ">=", stamp)
        rows = [
            (row["_updated"], self._writer.show(kind, self._raw(kind, row)))
            for row in self._books.table(kind).find(changed)
        ]
        gone = [
            (row["_updated"], _gone(row))
            for row in self._books.deleted.find(("kind", "=", kind), changed)
            if kind in TXNS
        ]
        return [*rows, *gone]

    def _raw(self, kind: str, row: Doc) -> Doc:
        return self._lists.dressed(kind, row) if kind == "Customer" else row


def _gone(row: Doc) -> Doc:
    return {"domain": "QBO", "status": "Deleted", "Id": row["Id"], "MetaData": {"LastUpdatedTime": row["at"]}}
