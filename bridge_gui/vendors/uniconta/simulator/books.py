"""What all of Uniconta's desks share: tables, ids, time, and how a record is read, checked and shown.

Facts: uniconta.md 3, 3.1, 3.4, 5, 7. INFERRED: a property of no entity is refused, one that looks like a
user-defined field of another company is dropped; a plain entity drops user-defined fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bridge_gui.sandbox.kit import Clock, Doc, Post, Refusal, Settings, State, Table
from bridge_gui.sandbox.wholesale import ZONE
from bridge_gui.vendors.uniconta.simulator.countries import CHOICES, index_of, name_of
from bridge_gui.vendors.uniconta.simulator.entities import EMPTY, Entity, Field, entities
from bridge_gui.vendors.uniconta.simulator.says import refusal

COMPANY = "12345"
CURRENCIES = {"DKK", "EUR", "GBP", "NOK", "SEK", "USD"}
TEXT = Field("text")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LIKE_OWN = re.compile(r"x[A-Z]\w*")


class Books:
    """One company's books; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self.entities = entities()
        for entity in self.entities.values():
            state.table(entity.table, indices=(entity.key,))
        for name in ("DebtorOrderLine", "DebtorInvoice", "DebtorTransOpen"):
            state.table(name, indices=("OrderNumber",))
        self.notices = state.table("notices")
        self.post = Post(state, self.notices)

    def refuse(self, code: str) -> Refusal:
        """A refusal in the form of the day."""
        return refusal(self.settings, code)

    def table(self, name: str) -> Table:
        """A table by its entity, with or without `Client`."""
        return self.state.table(name.removesuffix("Client"))

    def entity(self, asked: str) -> tuple[Entity, bool]:
        """The entity of that name, and whether it was asked for with its user-defined fields."""
        name = asked.removesuffix("User")
        if name not in self.entities:
            raise Refusal(404, self.refuse("CouldNotFind").body)
        return self.entities[name], name != asked

    def found(self, entity: str, key: Any) -> Doc | None:
        """The record of a key, or none."""
        return self.table(entity).first((self.entities[entity].key, "=", key))

    def own_fields(self, entity: Entity) -> list[str]:
        """The user-defined fields that the company has there."""
        return list(self.settings["user_fields"].get(entity.table, []))

    def now(self) -> str:
        """This instant as Uniconta writes it: Danish, without a zone."""
        return self.clock.now().astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M:%S")

    def today(self) -> str:
        """The company's calendar date."""
        return self.now()[:10]

    def language(self) -> str:
        """What the login's texts are in."""
        return str(self.settings["language"])

    def put(self, entity: Entity, doc: Doc) -> Doc:
        """Stores a record; a new one gets its row id."""
        made = {name: value for name, value in doc.items() if value not in {None, ""}}
        if "id" not in made:
            key = self.state.next_number(f"row {entity.table}")
            made |= {"id": str(key), "PrimaryKeyId": key}
            self.tell(entity, made, "add")
        else:
            self.tell(entity, made, "update")
        self.table(entity.name).put(made)
        return made

    def drop(self, entity: Entity, doc: Doc) -> None:
        """Removes a record."""
        self.table(entity.name).drop(doc["id"])
        self.tell(entity, doc, "delete")

    def tell(self, entity: Entity, doc: Doc, what: str) -> None:
        """The notices of `Change URL` are called, or wait to be taken (uniconta.md 4.1)."""
        number = TABLES.get(entity.table)
        for hook in self.table("TableChangeEvent").find(("Table", "=", number)) if number else ():
            told = _notice(self, entity, hook, doc, what)
            self.notices.put({"id": str(self.state.next_number("notice")), **told})
            if self.settings["post_notices"]:
                self.post.soon()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All of it or nothing, also where the refusal is a 200."""
        self.state.run("SAVEPOINT whole")
        try:
            yield
        except Refusal:
            self.state.run("ROLLBACK TO whole")
            raise
        finally:
            self.state.run("RELEASE whole")

    def shown(self, entity: Entity, doc: Doc, *, own: bool) -> Doc:
        """A record as answers carry it; QUIRK: empty texts are left out (uniconta.md 3.1)."""
        fields = entity.fields
        told = {**entity.blank, **{name: value for name, value in doc.items() if name in fields}}
        if own:
            told |= {name: doc[name] for name in self.own_fields(entity) if name in doc}
        for name in entity.choices:
            told[name] = self._choice(name, doc)
        told = self._dressed(entity, told, own=own)
        if "Country" in doc and self.settings["country_form"] == "number and name":
            told["CountryName"] = name_of("Country", doc["Country"], self.language())
        return told

    def _dressed(self, entity: Entity, told: Doc, *, own: bool) -> Doc:
        form = self.settings["figures"]
        if form != "number":
            numbers = {
                name for name in told if name in entity.fields and entity.fields[name].kind == "number"
            }
            told |= {name: _figure(told[name], form) for name in numbers}
        if self.settings["nulls_left_out"]:
            return {name: value for name, value in told.items() if value is not None}
        names = [*entity.fields, *(self.own_fields(entity) if own else ())]
        return {name: told.get(name) for name in names}

    def value(self, name: str, field: Field, doc: Doc) -> Any:
        """One value of a record; none where there is nothing to show."""
        return self._choice(name, doc) if name in CHOICES else doc.get(name, EMPTY.get(field.kind))

    def checked(self, entity: Entity, sent: Any, *, own: bool) -> Doc:
        """What was sent, by the kinds of its fields; what Uniconta fills in itself is not taken."""
        if not isinstance(sent, dict):
            raise self.refuse("Exception")
        custom, made = self.own_fields(entity), {}
        for name, value in sent.items():
            if name in entity.fields:
                if name not in entity.own:
                    made[name] = self._taken(name, entity.fields[name], value)
            elif name in custom:
                made |= {name: self._taken(name, TEXT, value)} if own else {}
            elif not self._droppable(name):
                raise self.refuse("Exception")
        return made

    def _droppable(self, name: str) -> bool:
        """QUIRK: a user-defined field that is not there is lost without a word (uniconta.md 7.3)."""
        known = name == "CountryName" or _LIKE_OWN.fullmatch(name) is not None
        return known or self.settings["unknown_fields"] == "drop"

    def _choice(self, name: str, doc: Doc) -> Any:
        number = doc.get(name)
        if name.endswith("Country"):
            if self.settings["country_form"] != "text":
                return number or 0
            return name_of(name, number, self.language()) if number else None
        number = number or 0
        return name_of(name, number, self.language()) if number in CHOICES[name] else None

    def _taken(self, name: str, field: Field, value: Any) -> Any:
        if value is None or value == "":
            return None
        if name in CHOICES:
            if name.endswith("Country") and value == 0:
                return None
            number = index_of(name, value, self.language())
            if number is None:
                raise self.refuse("CouldNotFind")
            return number
        if field.kind == "text":
            if not isinstance(value, str) or (field.limit and len(value) > field.limit):
                raise self.refuse("CouldNotSave")
            return value
        return self._plain(field, value)

    def _plain(self, field: Field, value: Any) -> Any:
        """QUIRK: a figure may come as text, with a point (uniconta.md 5)."""
        if field.kind == "flag" and isinstance(value, bool):
            return value
        if field.kind == "date" and isinstance(value, str):
            return self._day(value)
        if isinstance(value, str) and self.settings["figures"] == "comma":
            value = value.replace(",", ".")
        if isinstance(value, str) and field.kind in {"int", "number"} and _NUMBER.fullmatch(value):
            value = float(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if field.kind == "number":
                return value
            if field.kind == "int" and value == int(value):
                return int(value)
        raise self.refuse("Exception")

    def _day(self, text: str) -> str | None:
        """A date as it is kept; QUIRK: a zone is not minded (uniconta.md 5)."""
        try:
            moment = datetime.fromisoformat(text.strip().replace("Z", ""))
        except ValueError as error:
            raise self.refuse("Exception") from error
        kept = moment.replace(tzinfo=None, microsecond=0)
        return None if kept.year == 1 else kept.isoformat()


def _figure(value: Any, form: str) -> Any:
    """QUIRK: a client was seen to defend itself against decimal commas (uniconta.md 5): a switch."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if form == "comma" else text


TABLES = {"Debtor": 50, "InvItem": 23, "Contact": 60, "Employee": 95}


def _notice(books: Books, entity: Entity, hook: Doc, doc: Doc, what: str) -> Doc:
    """QUIRK: the example has `?` between all parameters; the operation has two names (uniconta.md 4.1)."""
    url, key = hook["Url"], doc.get(entity.key, "")
    if hook.get("UsePost"):
        return {"method": "POST", "url": url, "body": books.shown(entity, doc, own=True)}
    named = books.settings["notice_operation"]
    told = {"CompanyId": COMPANY, "Table": entity.table, "RowId": doc["id"], "Key": key, named: what}
    if hook.get("Argument"):
        told["Argument"] = hook["Argument"]
    parts = [f"{name}={value}" for name, value in told.items()]
    return {"method": "GET", "url": f"{url}?{books.settings['notice_separator'].join(parts)}", "body": None}
