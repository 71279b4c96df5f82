"""Finding, making and changing single records: what all tables have in common.

QUIRK: there is no lock and no key. A record is read just before it is written whole, and read again after
that (uniconta.md 3.1 and 4, spec).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from bridge_gui.errors import (
    BridgeError,
    Cancelled,
    CannotMap,
    Conflict,
    NoSuchTarget,
    OutcomeUnknown,
    PartlyAccepted,
    Passing,
    Refused,
    SetupError,
    VendorChanged,
)
from bridge_gui.vendors.uniconta import rows
from bridge_gui.vendors.uniconta.client import UnicontaClient
from bridge_gui.vendors.uniconta.contents import body_of, said, same
from bridge_gui.vendors.uniconta.countries import Countries
from bridge_gui.vendors.uniconta.feed import Raw
from bridge_gui.vendors.uniconta.shapes import Shape
from bridge_gui.web.verdicts import unknown
from bridge_gui.web.waiting import Cancel, check

Record = TypeVar("Record")
FEW = 5
"""So many records are looked for one by one; then the whole table costs fewer calls."""

REFUSING = frozenset({"uniconta.no_table", "uniconta.read_refused", "uniconta.trouble"})
"""INFERRED: how the refusal of a name may come; nothing tells it from other trouble but a second question."""
CALLS = 4
"""So many calls a record takes to be made or changed and read back."""


class Records:
    """The tables of one company; remembers which fields the vendor's filter has been seen to know."""

    def __init__(self, client: UnicontaClient) -> None:
        self.client = client
        self.countries = Countries()
        self._trusted: set[tuple[str, str]] = set()

    def one(self, shape: Shape, key: str) -> Raw | None:
        """A record by its key, None if it is gone."""
        found = self.having(shape, shape.key, key)
        return found[0] if found else None

    def some(self, shape: Shape, keys: Collection[str], cancel: Cancel) -> list[Raw]:
        """Records by their keys; what is gone is left out."""
        wanted = dict.fromkeys(keys)
        if len(wanted) > FEW:
            return [row for row in self.client.table(shape.table) if rows.text(row, shape.key) in wanted]
        found = []
        for key in wanted:
            check(cancel)
            row = self.one(shape, key)
            found += [row] if row is not None else []
        return found

    def having(self, shape: Shape, name: str, value: str) -> list[Raw]:
        """Records whose field is just this, case left aside.

        A filter that finds nothing is believed only for a key, or once it has found something: INFERRED, an
        unknown name may as well find nothing. Otherwise the whole table is looked through.
        """
        if not value.strip():
            return []
        asked = self._asked(shape, name, value)
        if asked is None:
            return self._looked_through(shape, name, value)
        found = _equal(asked, name, value)
        if found or name == shape.key != "PrimaryKeyId" or (shape.table, name) in self._trusted:
            self._trusted |= {(shape.table, name)} if found else set()
            return found
        everything = self.client.table(shape.table)
        sample = next((told for row in everything if (told := rows.text(row, name))), "")
        found = _equal(everything, name, value)
        if sample and not found and self.client.matching(shape.table, name, sample):
            self._trusted.add((shape.table, name))
        return found

    def _asked(self, shape: Shape, name: str, value: str) -> list[Raw] | None:
        """What a filter finds; None where it is refused for a user-defined field."""
        try:
            return self.client.matching(shape.table, name, value)
        except (SetupError, VendorChanged, Passing) as error:
            if name in shape.known or error.code not in REFUSING:
                raise
            return None

    def _looked_through(self, shape: Shape, name: str, value: str) -> list[Raw]:
        """As `having`, where the filter is refused: a field that no record shows is then not there at all."""
        everything = self.client.table(shape.table)
        if all(row.get(name) is None for row in everything):
            raise SetupError("uniconta.field_missing", field=name, table=shape.table)
        return _equal(everything, name, value)

    def make(self, shape: Shape, body: Raw, marks: Mapping[str, str]) -> Raw:
        """Make a record; as read back. `marks` are what it can be found by, the best first."""
        self.client.budget.check(CALLS)
        made = self.client.insert(shape.table, body)
        key = rows.text(made, shape.key) if made else ""
        key = "" if key == "0" else key
        with begun(key, self.client.host):
            there = self.one(shape, key) if key else self._marked(shape, marks)
            if there is None:
                raise OutcomeUnknown("uniconta.unclear", text="")
            return there

    def change(
        self,
        shape: Shape,
        key: str,
        changes: Mapping[str, str],
        before: Mapping[str, str],
        read: Callable[[rows.Row], Record],
    ) -> Record:
        """Write some fields of a record that still is as it was read; as read back."""
        self.client.budget.check(CALLS)
        row = self.one(shape, key)
        if row is None:
            raise NoSuchTarget("uniconta.gone", target=key)
        there = read(row)
        for field, text in before.items():
            if not same(said(there, field), text):
                raise Conflict("uniconta.changed", field=field, table=shape.table)
        new = {field: text for field, text in changes.items() if not same(said(there, field), text)}
        if not new:
            return there
        body = body_of(shape, new, self.countries, row)
        after = self._updated(shape, row, body)
        missing = self.lost(shape, new, after)
        if missing:
            raise Refused("uniconta.field_missing", field=missing, table=shape.table)
        return read(after)

    def _updated(self, shape: Shape, row: Raw, body: Raw) -> Raw:
        """Write a record whole; as read back.

        An answer that holds the record is as good, unless it may only echo a field that was not there.
        """
        key = rows.text(row, shape.key)
        told = self.client.update(shape.table, {**row, **body})
        with written(self.client.host):
            if told and rows.text(told, shape.key) == key and body.keys() <= {*row, *shape.known}:
                return told
            after = self.one(shape, key)
        if after is None:
            raise NoSuchTarget("uniconta.gone", target=key)
        return after

    def lost(self, shape: Shape, own: Mapping[str, str], row: rows.Row) -> str:
        """The first user-defined field that was written and is not in the record; empty if all are."""
        sent = (name for name, text in own.items() if text and name not in {*shape.names, "street"})
        return next((name for name in sent if not _there(row, name)), "")

    def _marked(self, shape: Shape, marks: Mapping[str, str]) -> Raw | None:
        """The one record that bears a mark; None where none or several do."""
        for name, value in marks.items():
            found = self.having(shape, name, value)
            if found:
                return found[0] if len(found) == 1 else None
        return None


@contextmanager
def begun(target: str, host: str) -> Iterator[None]:
    """Something is there already: a refusal names it, anything else is settled by looking for it."""
    try:
        yield
    except (OutcomeUnknown, PartlyAccepted):
        raise
    except (Refused, SetupError, Conflict, CannotMap) as error:
        if not target:
            raise unknown(host, error.code) from error
        raise PartlyAccepted(error.code, target_id=target, detail=error.detail, **error.params) from error
    except (BridgeError, Cancelled) as error:
        raise unknown(host, getattr(error, "code", "stopped")) from error


@contextmanager
def written(host: str) -> Iterator[None]:
    """A write went through and is being read back: what goes wrong now leaves it in doubt."""
    try:
        yield
    except OutcomeUnknown:
        raise
    except (BridgeError, Cancelled) as error:
        raise unknown(host, getattr(error, "code", "stopped")) from error


def _there(row: rows.Row, name: str) -> bool:
    value = row.get(name)
    return value is not None and rows.plain(value) != ""


def _equal(found: list[Raw], name: str, value: str) -> list[Raw]:
    wanted = value.strip().casefold()
    return [row for row in found if rows.text(row, name).casefold() == wanted]
