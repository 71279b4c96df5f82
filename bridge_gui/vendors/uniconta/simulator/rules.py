"""What each kind of record must hold before it is saved, and what may be removed.

Facts: uniconta.md 3.4, 6. INFERRED: which code a broken rule gets, that a debtor with orders, invoices or
entries is in use, that a line's number is used once in its order.
"""

from __future__ import annotations

from collections.abc import Mapping

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.uniconta.simulator.books import CURRENCIES, Books
from bridge_gui.vendors.uniconta.simulator.entities import Entity
from bridge_gui.vendors.uniconta.simulator.totals import line_sums, order_sums

NEEDED: Mapping[str, tuple[str, ...]] = {
    "DebtorClient": ("Account", "Name", "Group"),
    "DebtorOrderClient": ("Account",),
    "DebtorOrderLineClient": ("OrderNumber",),
    "InvItemClient": ("Item", "Name", "Group"),
    "EmployeeClient": ("Number", "Name"),
    "ContactClient": ("Name",),
    "TableChangeEventClient": ("Table", "Url"),
}
POINTS: Mapping[str, Mapping[str, str]] = {
    "DebtorClient": {
        "Group": "DebtorGroupClient", "Payment": "PaymentTermClient", "Vat": "GLVatClient",
        "Employee": "EmployeeClient", "InvoiceAccount": "DebtorClient",
    },
    "DebtorOrderClient": {
        "Account": "DebtorClient", "Payment": "PaymentTermClient", "Vat": "GLVatClient",
        "Employee": "EmployeeClient",
    },
    "DebtorOrderLineClient": {
        "OrderNumber": "DebtorOrderClient", "Item": "InvItemClient", "Vat": "GLVatClient",
    },
    "InvItemClient": {"Group": "InvGroupClient"},
}  # fmt: skip
"""Which field must name a record that is there."""


class Rules:
    """Checks and saves; `known` is the record before, none for a new one."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def save(self, entity: Entity, made: Doc, known: Doc | None) -> Doc:
        """Saves a record by the rules of its kind."""
        self._prepare(entity, made, known)
        for name in NEEDED[entity.name]:
            if made.get(name) in {None, "", 0}:
                raise self._books.refuse("FieldCannotBeBlank")
        self._points(entity, made)
        self._unique(entity, made)
        self._special(entity, made, known)
        kept = self._books.put(entity, made)
        if entity.name == "DebtorOrderLineClient":
            self._credit(self.recount(kept["OrderNumber"]))
        elif entity.name == "DebtorOrderClient":
            kept = self.recount(kept["OrderNumber"])
        return kept

    def remove(self, entity: Entity, known: Doc, *, force: bool = False) -> None:
        """Removes a record unless something hangs on it."""
        books = self._books
        if entity.name == "DebtorClient" and not force:
            self._unused(known["Account"])
        if entity.name in {"DebtorOrderClient", "DebtorOrderLineClient"}:
            self._open(known["OrderNumber"])
        books.drop(entity, known)
        if entity.name == "DebtorOrderClient":
            for line in lines_of(books, known["OrderNumber"]):
                books.drop(books.entities["DebtorOrderLineClient"], line)
        elif entity.name == "DebtorOrderLineClient":
            self.recount(known["OrderNumber"])

    def recount(self, number: int) -> Doc:
        """The order's totals of its lines, as they are now."""
        books = self._books
        order = books.found("DebtorOrderClient", number)
        if order is None:
            raise books.refuse("CouldNotFind")
        debtor = books.found("DebtorClient", order["Account"]) or {}
        made = {**order, **order_sums(books, order, debtor, lines_of(books, number))}
        books.table("DebtorOrder").put(made)
        return made

    def _prepare(self, entity: Entity, made: Doc, known: Doc | None) -> None:
        """What Uniconta fills in itself."""
        books = self._books
        if entity.name == "DebtorClient" and known is None:
            if not made.get("Account") and books.settings["debtor_series"]:
                made["Account"] = str(self._next("debtor", 30001, entity))
            made["Created"] = books.now()
        if entity.name == "DebtorOrderClient":
            if known is None:
                made["OrderNumber"] = made.get("OrderNumber") or self._next("order", 101, entity)
                made |= {
                    "Created": books.now(),
                    "DeleteOrder": bool(made.get("DeleteOrder") or books.settings["delete_order"]),
                }
            made["UpdatedAt"] = books.now()
            debtor = books.found("DebtorClient", made.get("Account"))
            made["Name"] = debtor["Name"] if debtor else None
        if entity.name == "DebtorOrderLineClient":
            self._line(made)

    def _line(self, made: Doc) -> None:
        books = self._books
        item = books.found("InvItemClient", made["Item"]) if made.get("Item") else None
        if item is not None:
            made["ItemName"] = item["Name"]
            made["CostPrice"] = made.get("CostPrice") or item.get("CostPrice")
            made["Unit"] = made.get("Unit") or item.get("Unit")
        if not made.get("LineNumber"):
            lines = lines_of(books, made.get("OrderNumber"))
            made["LineNumber"] = max((line["LineNumber"] for line in lines), default=0) + 1
        made["UpdatedAt"] = books.now()
        made |= line_sums(made)

    def _points(self, entity: Entity, made: Doc) -> None:
        for name, target in POINTS.get(entity.name, {}).items():
            if made.get(name) and self._books.found(target, made[name]) is None:
                lost = entity.name == "DebtorOrderClient" and name == "Account"
                raise self._books.refuse("AccountIsMissing" if lost else "CouldNotFind")
        if made.get("Currency") and made["Currency"] not in CURRENCIES:
            raise self._books.refuse("CouldNotFind")

    def _unique(self, entity: Entity, made: Doc) -> None:
        if entity.key == "PrimaryKeyId":
            return
        twin = self._books.found(entity.name, made[entity.key])
        if twin is not None and twin["id"] != made.get("id"):
            raise self._books.refuse("KeyExists")

    def _special(self, entity: Entity, made: Doc, known: Doc | None) -> None:
        books, before = self._books, known or {}
        if entity.name == "DebtorOrderClient" and known is not None:
            self._open(known["OrderNumber"])
            if made["OrderNumber"] != known["OrderNumber"]:
                raise books.refuse("CouldNotSave")
        if entity.name == "DebtorOrderLineClient":
            self._special_line(made, before)
        if entity.name == "ContactClient" and made.get("DCType") == 1:
            debtor = books.found("DebtorClient", made.get("DCAccount"))
            if debtor is None:
                raise books.refuse("CouldNotFind")
            made["AccountName"] = debtor["Name"]
        if entity.name == "EmployeeClient" and made.get("Title"):
            titles = books.settings["titles"]
            if titles and made["Title"] not in titles:
                raise books.refuse("CouldNotFind")

    def _special_line(self, made: Doc, before: Doc) -> None:
        books = self._books
        self._open(made["OrderNumber"])
        if before and before["OrderNumber"] != made["OrderNumber"]:
            raise books.refuse("CouldNotSave")
        item = books.found("InvItemClient", made["Item"]) if made.get("Item") else None
        if item is None and not books.settings["free_lines"]:
            raise books.refuse("FieldCannotBeBlank")
        if item is not None and item.get("Blocked") and before.get("Item") != made["Item"]:
            raise books.refuse("ItemIsOnHold")
        for line in lines_of(books, made["OrderNumber"]):
            if line["LineNumber"] == made["LineNumber"] and line["id"] != made.get("id"):
                raise books.refuse("KeyExists")

    def _credit(self, order: Doc) -> None:
        """INFERRED: what is open and the order together stay within the debtor's limit."""
        books = self._books
        debtor = books.found("DebtorClient", order["Account"]) or {}
        if books.settings["credit_check"] and debtor.get("CreditMax"):
            owed = books.table("DebtorTransOpen").total("AmountOpen", ("Account", "=", order["Account"]))
            if owed + order["OrderTotal"] > debtor["CreditMax"]:
                raise books.refuse("CreditLimitExceeded")

    def _open(self, number: int) -> None:
        """INFERRED: an order that somebody has locked refuses every change."""
        order = self._books.found("DebtorOrderClient", number)
        if order is not None and order.get("Blocked"):
            raise self._books.refuse("CouldNotSave")

    def _unused(self, account: str) -> None:
        books = self._books
        for name in ("DebtorInvoice", "DebtorTrans", "DebtorTransOpen"):
            if books.table(name).first(("Account", "=", account)):
                raise books.refuse("CannotDeleteRecord")
        if books.table("DebtorOrder").first(("Account", "=", account)):
            raise books.refuse("CouldNotDeleteRecordThatIsReferred")

    def _next(self, name: str, start: int, entity: Entity) -> int:
        while True:
            number = self._books.state.next_number(name, start)
            key = str(number) if name == "debtor" else number
            if self._books.found(entity.name, key) is None:
                return number


def lines_of(books: Books, number: object) -> list[Doc]:
    """An order's lines by their numbers."""
    rows = books.table("DebtorOrderLine").find(("OrderNumber", "=", number))
    return sorted(rows, key=lambda row: float(row["LineNumber"]))
