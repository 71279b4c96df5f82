"""Customers as QuickBooks exports them: which column is what, and each customer once.

INFERRED: the heads of the export are not documented; a person can say otherwise for every column.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from msgspec import Struct, convert
from msgspec.structs import replace

from bridge_gui.accounting.crm import Person
from bridge_gui.accounting.money import plain
from bridge_gui.errors import SetupError
from bridge_gui.sync.files.layout import column_names
from bridge_gui.sync.files.reading import Cell, Sheet, read_sheets
from bridge_gui.sync.specs import Option
from bridge_gui.wording.message import mark

LEAVE, FILE_MARK = "-", "file-"
PARTS = (
    Option(key="name", title=mark("Name")),
    Option(key="first_name", title=mark("First name")),
    Option(key="last_name", title=mark("Last name")),
    Option(key="company", title=mark("Company")),
    Option(key="email", title=mark("E-mail address")),
    Option(key="phone", title=mark("Telephone")),
    Option(key="street", title=mark("Street")),
    Option(key="city", title=mark("Town")),
    Option(key="region", title=mark("State or county")),
    Option(key="postal_code", title=mark("Postal code")),
    Option(key="country", title=mark("Country")),
    Option(key=LEAVE, title=mark("Leave out")),
)
_WORDS = {
    "name": ("name", "customer", "display name", "customer name", "full name", "customer full name"),
    "first_name": ("first name", "given name"),
    "last_name": ("last name", "family name", "surname"),
    "company": ("company", "company name", "business name"),
    "email": ("email", "e-mail", "email address", "e-mail address", "main email"),
    "phone": ("phone", "phone number", "phone numbers", "telephone", "main phone", "mobile"),
    "street": ("street address", "street", "address", "billing street", "billing address", "address line 1"),
    "city": ("city", "town", "city/town", "billing city"),
    "region": ("state", "county", "region", "province", "billing state"),
    "postal_code": ("zip", "zip code", "postcode", "postal code", "billing zip"),
    "country": ("country", "billing country"),
}
_HEAD_IN = 40
_BETWEEN = re.compile(r"[,;\s]+")


class FileCustomer(Struct, frozen=True, kw_only=True):
    """A customer of a file; `rows` is in how many of its rows it stands, `id` tells it from all others."""

    id: str
    person: Person
    rows: int = 1


class _Table(Struct, frozen=True, kw_only=True):
    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def columns_of(path: Path) -> tuple[str, ...]:
    """The file's columns by their heads."""
    return _table(path).names


def suggested(names: Sequence[str]) -> dict[str, str]:
    """What each column seems to be, by its head: the first of each kind, the others are left out."""
    found: dict[str, str] = {}
    for name in names:
        part = _part_of(name)
        found[name] = LEAVE if part in found.values() else part
    return found


def read_customers(path: Path, told: Mapping[str, str]) -> list[FileCustomer]:
    """The customers of a file; `told` says of columns what they are, the heads of the others."""
    table = _table(path)
    kinds = suggested(table.names) | {name: part for name, part in told.items() if name in table.names}
    if not {"email", "phone"} & set(kinds.values()):
        raise SetupError("customers.no_columns", file=path.name, columns=", ".join(table.names))
    found: dict[str, FileCustomer] = {}
    for person in _persons(table, kinds):
        one = FileCustomer(id=FILE_MARK + _identity(person), person=person)
        there = found.get(one.id)
        found[one.id] = one if there is None else _merged(there, person)
    return list(found.values())


def digits(phone: str) -> str:
    """A telephone number without what people write between its figures."""
    return "".join(sign for sign in phone if sign.isdigit())


def _table(path: Path) -> _Table:
    """The sheet and the row that look most like heads of customers; the first row where none does."""
    tables = [(_known(names), at, names, sheet) for sheet in read_sheets(path) for at, names in _heads(sheet)]
    best = max(tables, key=lambda one: one[0], default=None)
    if best is None:
        raise SetupError("file.not_a_table", file=path.name)
    _, at, names, sheet = best
    return _Table(names=names, rows=sheet.rows[at + 1 :])


def _heads(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    for at, row in enumerate(sheet.rows[:_HEAD_IN]):
        if sum(isinstance(cell, str) for cell in row) > 1:
            yield at, column_names(row)


def _known(names: Sequence[str]) -> int:
    return sum(part != LEAVE for part in suggested(names).values())


def _part_of(name: str) -> str:
    told = " ".join(name.partition("#")[0].casefold().replace("_", " ").split())
    return next((part for part, words in _WORDS.items() if told in words), LEAVE)


def _persons(table: _Table, kinds: Mapping[str, str]) -> Iterator[Person]:
    """Each row that names somebody."""
    for row in table.rows:
        told: dict[str, str] = {}
        for name, cell in zip(table.names, row, strict=False):
            part, text = kinds[name], _text(cell)
            if part != LEAVE and text:
                told.setdefault(part, text)
        if "email" in told:
            told["email"] = _BETWEEN.split(told["email"])[0]
        if told.keys() & {"name", "first_name", "last_name", "company", "email"}:
            yield _named(convert(told, Person))


def _named(person: Person) -> Person:
    name = person.name or " ".join(filter(None, (person.first_name, person.last_name)))
    return replace(person, name=name or person.company or person.email)


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return plain(cell)
    return "" if cell is None else str(cell).strip()


def _identity(person: Person) -> str:
    """By e-mail address, else by telephone, else by name."""
    word = person.email.casefold() or digits(person.phone) or " ".join(person.name.split()).casefold()
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def _merged(there: FileCustomer, person: Person) -> FileCustomer:
    """The first row counts; what it leaves empty the later ones fill."""
    names = [part.key for part in PARTS if part.key != LEAVE]
    filled = {name: getattr(person, name) for name in names if not getattr(there.person, name)}
    return replace(there, person=replace(there.person, **filled), rows=there.rows + 1)
