"""What people do in Uniconta's own window, for tests and for trying things out.

Each action takes the JSON sent to `/_sandbox/person`: `number` names the record (account, item, order,
invoice, employee, a contact's row id), the rest are its fields as Uniconta names them.
Facts: uniconta.md 3.4, 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.sandbox.kit import Act, Doc, Refusal
from bridge_gui.vendors.uniconta.simulator.books import Books
from bridge_gui.vendors.uniconta.simulator.door import Door
from bridge_gui.vendors.uniconta.simulator.invoicing import Invoicing
from bridge_gui.vendors.uniconta.simulator.rules import Rules, lines_of

KINDS = {
    "debtor": "DebtorClient", "item": "InvItemClient", "contact": "ContactClient",
    "employee": "EmployeeClient", "order": "DebtorOrderClient",
}  # fmt: skip
NOT_FIELDS = {"action", "number", "fields", "force", "line", "lines"}


class People:
    """Those who work in the company."""

    def __init__(self, books: Books, rules: Rules, invoicing: Invoicing, door: Door) -> None:
        self._books = books
        self._rules = rules
        self._invoicing = invoicing
        self._door = door

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name; what Uniconta refuses them is a `ValueError` with its words."""
        acts: dict[str, Act] = {}
        for kind, entity in KINDS.items():
            acts |= self._usual(kind, entity)
        acts |= {
            "add_order": self.add_order,
            "block_item": lambda sent: self.edit("InvItemClient", sent["number"], {"Blocked": True}),
            "unblock_item": lambda sent: self.edit("InvItemClient", sent["number"], {"Blocked": False}),
            "block_debtor": lambda sent: self.edit("DebtorClient", sent["number"], {"Blocked": True}),
            "add_order_line": lambda sent: self.add(
                "DebtorOrderLineClient", {**_fields(sent), "OrderNumber": int(sent["number"])}
            ),
            "edit_order_line": lambda sent: self._save(
                "DebtorOrderLineClient", self._line(sent), _fields(sent)
            ),
            "delete_order_line": lambda sent: self._rules.remove(
                self._books.entities["DebtorOrderLineClient"], self._line(sent)
            ),
            "lock_order": lambda sent: self.lock(sent["number"], locked=True),
            "unlock_order": lambda sent: self.lock(sent["number"], locked=False),
            "invoice_order": self.invoice_order,
            "pay_invoice": lambda sent: self._invoicing.pay(
                int(sent["number"]), sent.get("amount"), sent.get("day", "")
            ),
            "credit_invoice": lambda sent: self._invoicing.credit(int(sent["number"]), sent.get("day", "")),
            "void_invoice": lambda sent: self._invoicing.void(int(sent["number"])),
            "remove_user_field": lambda sent: self.user_field(sent, there=False),
            "add_user_field": lambda sent: self.user_field(sent, there=True),
            "new_password": lambda _: {"password": self._door.new_password()},
            "calls": lambda _: self._door.calls(),
            "use_calls": lambda sent: self._door.use(int(sent["count"])),
            "add_change_url": lambda sent: self.add("TableChangeEventClient", _fields(sent)),
            "take_notices": lambda _: self.take_notices(),
        }
        return {name: _honest(act) for name, act in acts.items()}

    def _usual(self, kind: str, entity: str) -> dict[str, Act]:
        return {
            f"add_{kind}": lambda sent: self.add(entity, _fields(sent)),
            f"edit_{kind}": lambda sent: self.edit(entity, sent["number"], _fields(sent)),
            f"delete_{kind}": lambda sent: self.delete(entity, sent),
        }

    def add(self, entity: str, fields: Doc) -> Doc:
        """Adds a record."""
        kind = self._books.entities[entity]
        return self._rules.save(kind, self._books.checked(kind, fields, own=True), None)

    def edit(self, entity: str, number: Any, fields: Doc) -> Doc:
        """Changes a record; what is told as null is emptied."""
        return self._save(entity, self._need(entity, number), fields)

    def delete(self, entity: str, sent: Doc) -> Doc:
        """Removes a record; `force` removes a debtor that is in use too."""
        known = self._need(entity, sent["number"])
        self._rules.remove(self._books.entities[entity], known, force=bool(sent.get("force")))
        return {}

    def add_order(self, sent: Doc) -> Doc:
        """An order of a person's own, with its `lines`."""
        made = self.add("DebtorOrderClient", {**_fields(sent), "OrderNumber": int(sent.get("number", 0))})
        for line in sent.get("lines", ()):
            self.add("DebtorOrderLineClient", {**line, "OrderNumber": made["OrderNumber"]})
        return self._need("DebtorOrderClient", made["OrderNumber"])

    def lock(self, number: Any, *, locked: bool) -> Doc:
        """INFERRED: a person keeps an order from being changed by others."""
        known = self._need("DebtorOrderClient", number)
        return self._books.put(self._books.entities["DebtorOrderClient"], {**known, "Blocked": locked})

    def invoice_order(self, sent: Doc) -> Doc:
        """Invoices order `number` on `day`, or a `part` of it; `invoice` sets the number."""
        made = self._invoicing.invoice(
            int(sent["number"]), sent.get("day", ""), sent.get("part", 1), int(sent.get("invoice", 0))
        )
        return {**made, "invoice": made["InvoiceNumber"]}

    def user_field(self, sent: Doc, *, there: bool) -> Doc:
        """Adds or removes the user-defined field `name` of table `table`; what was written stays unseen."""
        held: Doc = {name: list(fields) for name, fields in self._books.settings["user_fields"].items()}
        kept = [name for name in held.get(sent["table"], []) if name != sent["name"]]
        held[sent["table"]] = [*kept, sent["name"]] if there else kept
        self._books.settings.change({"user_fields": held})
        return held

    def take_notices(self) -> list[Doc]:
        """What `Change URL` would have called since the last time."""
        taken = self._books.notices.find()
        for row in taken:
            self._books.notices.drop(row["id"])
        return [{name: row[name] for name in ("method", "url", "body")} for row in taken]

    def _save(self, entity: str, known: Doc, fields: Doc) -> Doc:
        kind = self._books.entities[entity]
        return self._rules.save(kind, {**known, **self._books.checked(kind, fields, own=True)}, known)

    def _line(self, sent: Doc) -> Doc:
        for line in lines_of(self._books, int(sent["number"])):
            if line["LineNumber"] == sent["line"]:
                return line
        raise ValueError(f"order {sent['number']} has no line {sent['line']}")

    def _need(self, entity: str, number: Any) -> Doc:
        kind = self._books.entities[entity]
        key = number if kind.fields[kind.key].kind == "text" else int(number)
        found = self._books.found(entity, str(key) if kind.fields[kind.key].kind == "text" else key)
        if found is None:
            raise ValueError(f"{entity} {number} is not there")
        return found


def _fields(sent: Doc) -> Doc:
    """What was told of the record, either beside the action or under `fields`."""
    own = {name: value for name, value in sent.items() if name not in NOT_FIELDS}
    return {**own, **sent.get("fields", {})}


def _honest(act: Act) -> Act:
    def acted(sent: Doc) -> Any:
        try:
            return act(sent)
        except Refusal as refusal:
            raise ValueError(str(refusal.body)) from refusal

    return acted
