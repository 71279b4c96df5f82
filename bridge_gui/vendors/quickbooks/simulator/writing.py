"""One write, whichever desk it is for: made, changed, voided or deleted, with the token held against it.

Facts: quickbooks.md 3. Both the entity's own path and each item of a batch come through here.
"""

from __future__ import annotations

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.quickbooks.simulator.books import LISTS, SALES, Books, shown
from bridge_gui.vendors.quickbooks.simulator.lists import ListDesk
from bridge_gui.vendors.quickbooks.simulator.payments import PaymentDesk
from bridge_gui.vendors.quickbooks.simulator.sales import SaleDesk
from bridge_gui.vendors.quickbooks.simulator.says import missing, not_supported, stale


class Writer:
    """Writes to any entity."""

    def __init__(self, books: Books, lists: ListDesk, sales: SaleDesk, payments: PaymentDesk) -> None:
        self._books = books
        self._lists = lists
        self._sales = sales
        self._payments = payments

    def write(self, kind: str, sent: Doc, operation: str = "", include: str = "") -> Doc:
        """The row as it is afterwards, as an answer shows it; `Trouble` where it is refused."""
        if operation not in {"", "create", "update", "delete", "void"}:
            raise not_supported(operation)
        if not sent.get("Id"):
            if operation in {"update", "delete", "void"}:
                raise missing("Id")
            return self.show(kind, self._made(kind, sent))
        known = self._books.need(kind, sent["Id"])
        if sent.get("SyncToken") is None:
            raise missing("SyncToken")
        if str(sent["SyncToken"]) != known["SyncToken"]:
            raise stale()
        if operation == "delete":
            return self._deleted(kind, known)
        if include == "void" or operation == "void":
            return self.show(kind, self._voided(kind, known, operation))
        return self.show(kind, self._changed(kind, known, sent))

    def show(self, kind: str, doc: Doc) -> Doc:
        """A row as answers show it."""
        return shown(self._lists.dressed(kind, doc) if kind in LISTS else doc)

    def _made(self, kind: str, sent: Doc) -> Doc:
        if kind in SALES:
            made = self._sales.make(kind, sent)
            return self._payments.swallow(made) if kind == "Invoice" else made
        return self._payments.make(sent) if kind == "Payment" else self._lists.make(kind, sent)

    def _changed(self, kind: str, known: Doc, sent: Doc) -> Doc:
        if kind in SALES:
            return self._sales.change(kind, known, sent)
        if kind == "Payment":
            return self._payments.change(known, sent)
        return self._lists.change(kind, known, sent)

    def _voided(self, kind: str, known: Doc, operation: str) -> Doc:
        """QUIRK: an invoice is voided by its own operation, the others by `include` (quickbooks.md 3)."""
        by_include = kind in {"SalesReceipt", "Payment"}
        if kind not in {"Invoice", "SalesReceipt", "Payment"} or (by_include and operation == "void"):
            raise not_supported("void")
        if self._books.settings["void_ignored"]:
            return known
        return self._payments.void(known) if kind == "Payment" else self._sales.void(kind, known)

    def _deleted(self, kind: str, known: Doc) -> Doc:
        if kind in LISTS:
            raise not_supported("delete")
        if kind == "Payment":
            self._payments.remove(known)
        else:
            self._sales.remove(kind, known)
        return {"status": "Deleted", "domain": "QBO", "Id": known["Id"]}


def void_of(kind: str, options: str) -> tuple[str, str]:
    """The operation and the include of a batch's `optionsData`."""
    if options != "void":
        return "update", ""
    return ("void", "") if kind == "Invoice" else ("update", "void")
