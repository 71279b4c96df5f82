"""Door A: `/api/Entities`: read, insert, update, delete, one by one and in lists.

Facts: uniconta.md 3, 3.1, 7. INFERRED: a changed record is known by its `PrimaryKeyId`; what an update leaves
out becomes empty; a list is saved whole or not at all; lists other than of new records are a switch.
"""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.uniconta.simulator.books import TEXT, Books
from bridge_gui.vendors.uniconta.simulator.entities import WRITABLE, Entity
from bridge_gui.vendors.uniconta.simulator.rules import Rules

BASE = "/api/Entities"


class Crud:
    """Answers door A."""

    def __init__(self, books: Books, rules: Rules) -> None:
        self._books = books
        self._rules = rules

    def routes(self) -> list[Route]:
        """The paths of door A."""
        return [
            ("GET", f"{BASE}/<asked>", self.read),
            ("GET", f"{BASE}/Read/<asked>", self.read),
            ("GET", f"{BASE}/<int:company>/<asked>", self.read_of),
            ("POST", f"{BASE}/Insert/<asked>", self.insert),
            ("POST", f"{BASE}/InsertList/<asked>", self.insert_list),
            ("PUT", f"{BASE}/Update/<asked>", self.update),
            ("PUT", f"{BASE}/UpdateList/<asked>", self.update_list),
            ("DELETE", f"{BASE}/Delete/<asked>", self.delete),
            ("DELETE", f"{BASE}/DeleteList/<asked>", self.delete_list),
        ]

    def read(self, asked: str) -> list[Doc]:
        """The whole table, or the rows whose field `Name` equals `Value`."""
        entity, own = self._right(asked, "read")
        empty = int(self._books.settings["empty_reads"])
        if empty:  # QUIRK: a list was seen to come back empty now and then (uniconta.md 4)
            self._books.settings.change({"empty_reads": empty - 1})
            return []
        rows = self._met(entity, own, self._books.table(entity.name).find())
        return [self._books.shown(entity, row, own=own) for row in rows]

    def read_of(self, company: int, asked: str) -> list[Doc]:
        """The same with the company in the path; the door has looked at it."""
        return self.read(asked)

    def insert(self, asked: str) -> Any:
        """A new record; answers it, or nothing at all."""
        entity, own = self._right(asked, "write")
        with self._books.whole():
            kept = self.add(entity, _body(), own=own)
        if self._books.settings["insert_answers"] == "empty":
            return Response(status=204)
        return self._books.shown(entity, kept, own=own)

    def insert_list(self, asked: str) -> Any:
        """New records, all or none."""
        entity, own = self._right(asked, "write")
        return self._listed(entity, own, lambda one: self.add(entity, one, own=own))

    def update(self, asked: str) -> Any:
        """A changed record, sent whole."""
        entity, own = self._right(asked, "write")
        with self._books.whole():
            kept = self.change(entity, _body(), own=own)
        if self._books.settings["update_answers"] == "empty":
            return Response(status=200)
        return self._books.shown(entity, kept, own=own)

    def update_list(self, asked: str) -> Any:
        """Changed records, all or none."""
        entity, own = self._right(asked, "write")
        self._lists()
        return self._listed(entity, own, lambda one: self.change(entity, one, own=own))

    def delete(self, asked: str) -> Any:
        """QUIRK: the record goes in the body of the DELETE (uniconta.md 3.1)."""
        entity, _ = self._right(asked, "write")
        with self._books.whole():
            self._rules.remove(entity, self._known(entity, _body()))
        return Response(status=200)

    def delete_list(self, asked: str) -> Any:
        """Records removed, all or none."""
        entity, own = self._right(asked, "write")
        self._lists()

        def gone(one: Any) -> Doc:
            known = self._known(entity, one)
            self._rules.remove(entity, known)
            return known

        return self._listed(entity, own, gone)

    def add(self, entity: Entity, sent: Any, *, own: bool = True) -> Doc:
        """A new record of what was sent."""
        return self._rules.save(entity, self._books.checked(entity, sent, own=own), None)

    def change(self, entity: Entity, sent: Any, *, own: bool = True) -> Doc:
        """QUIRK: what is left out of the whole record is taken as empty (uniconta.md 3.1, INFERRED)."""
        known = self._known(entity, sent)
        told = self._books.checked(entity, sent, own=own)
        form, shown = self._books.settings["partial_update"], self._books.shown(entity, known, own=own)
        if form == "refuse" and shown.keys() - sent.keys():
            raise self._books.refuse("CouldNotSave")
        custom = () if own else self._books.own_fields(entity)
        stays = {"id", "PrimaryKeyId", *entity.own, *custom}
        base = known if form == "keeps" else {name: known[name] for name in known if name in stays}
        return self._rules.save(entity, {**base, **told}, known)

    def _listed(self, entity: Entity, own: bool, act: Any) -> Any:
        rows = _body()
        if not isinstance(rows, list) or not rows:
            raise self._books.refuse("NoLinesToUpdate")
        with self._books.whole():
            kept = [act(one) for one in rows]
        if self._books.settings["list_answers"] == "empty":
            return Response(status=200)
        return [self._books.shown(entity, one, own=own) for one in kept]

    def _known(self, entity: Entity, sent: Any) -> Doc:
        key = sent.get("PrimaryKeyId") if isinstance(sent, dict) else None
        known = self._books.table(entity.name).get(str(key)) if key else None
        if known is None:
            raise self._books.refuse("CouldNotFind")
        return known

    def _met(self, entity: Entity, own: bool, rows: list[Doc]) -> list[Doc]:
        name, books = request.args.get("Name"), self._books
        if name is None:
            return rows
        fields = {**entity.fields, **(dict.fromkeys(books.own_fields(entity), TEXT) if own else {})}
        if name not in fields:
            if books.settings["unknown_filter"] == "ignored":
                return rows
            raise books.refuse("CouldNotFind")
        wanted, field = request.args.get("Value", ""), fields[name]
        return [row for row in rows if self._meets(books.value(name, field, row), wanted)]

    def _meets(self, found: Any, wanted: str) -> bool:
        """Equality, case left aside; where filters are lax the beginning will do."""
        if isinstance(found, bool) or found is None:
            return str(found or "").lower() == wanted.lower()
        if isinstance(found, (int, float)):
            return _figure(wanted) == found
        text = str(found).lower()
        return (
            text.startswith(wanted.lower()) if self._books.settings["lax_filters"] else text == wanted.lower()
        )

    def _right(self, asked: str, what: str) -> tuple[Entity, bool]:
        entity, own = self._books.entity(asked)
        may(self._books, entity, what)
        if what == "write" and entity.name not in WRITABLE:
            raise self._books.refuse("NoRights")
        return entity, own

    def _lists(self) -> None:
        if not self._books.settings["bulk_lists"]:
            raise self._books.refuse("NoRights")


def may(books: Books, entity: Entity, what: str) -> None:
    """Refuses what the login has no right to."""
    held = books.settings["rights"].get(entity.table, "write")
    if held == "none" or (held == "read" and what == "write"):
        refused = books.refuse("NoRights")
        refused.status = 403
        raise refused


def _body() -> Any:
    try:
        return msgspec.json.decode(request.get_data())
    except msgspec.DecodeError:
        return None


def _figure(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
