"""A simulator's whole memory: JSON documents by table, in one SQLite file or in memory.

A write is on disk before the vendor's answer leaves, so that the state outlives a killed program on
either side. Holding to no vendor; nothing here is taken from a vendor file.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

Doc = dict[str, Any]
Condition = tuple[str, str, Any]

_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">=", "like", "is", "in", "not in"})


class StateInUse(RuntimeError):
    """Another process serves this state file already."""


class State:
    """Documents by table; every change inside `transaction` is committed together or not at all."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._depth = 0
        self._tables: dict[str, Table] = {}
        self._connection = _connect(path)
        self._values = self.table("_values")

    def table(self, name: str, *, indices: tuple[str, ...] = ()) -> Table:
        """The table of that name, made when it is new; an index is `field` or `field,field`."""
        known = self._tables.get(name)
        if known is None:
            known = self._tables[name] = Table(self, name)
        for index in indices:
            known.index(index)
        return known

    def tables(self) -> list[str]:
        """The names of the tables made so far, without the kit's own."""
        return sorted(name for name in self._tables if not name.startswith("_"))

    def value(self, name: str, default: Any = None) -> Any:
        """One remembered value outside the tables."""
        found = self._values.get(name)
        return default if found is None else found["value"]

    def set_value(self, name: str, value: Any) -> None:
        """Remembers one value outside the tables."""
        self._values.put({"id": name, "value": value})

    def next_number(self, name: str, start: int = 1) -> int:
        """The next number of a counter that survives restarts."""
        with self.transaction():
            number = int(self.value(f"counter:{name}", start - 1)) + 1
            self.set_value(f"counter:{name}", number)
            return number

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Holds the state for one thread; commits at the outermost exit, rolls back on any exception."""
        with self._lock:
            if self._depth == 0:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._leave("ROLLBACK")
                raise
            self._leave("COMMIT")

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    def run(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Runs one statement, in the open transaction or in one of its own."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def _leave(self, verb: str) -> None:
        self._depth -= 1
        if self._depth == 0 and self._connection.in_transaction:
            self._connection.execute(verb)


class Table:
    """JSON documents with an `id`, in the order in which they were first put."""

    def __init__(self, state: State, name: str) -> None:
        _check(name)
        self._state = state
        self.name = name
        self._sql = f'"{name}"'
        state.run(
            f"CREATE TABLE IF NOT EXISTS {self._sql} (seq INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL,"
            " doc TEXT NOT NULL)"
        )

    def index(self, fields: str) -> None:
        """Makes look-ups and sorting by these fields quick."""
        columns = [field.strip() for field in fields.split(",")]
        name = f'"{self.name}_by_{"_".join(columns)}"'
        expressions = ", ".join(_column(field) for field in columns)
        self._state.run(f"CREATE INDEX IF NOT EXISTS {name} ON {self._sql} ({expressions})")

    def put(self, doc: Doc) -> None:
        """Stores the document under its `id`; an older one of that id is replaced in its place."""
        self._state.run(
            f"INSERT INTO {self._sql} (id, doc) VALUES (?, ?)"  # noqa: S608 - name checked
            " ON CONFLICT (id) DO UPDATE SET doc = excluded.doc",
            (doc["id"], msgspec.json.encode(doc).decode()),
        )

    def get(self, key: str) -> Doc | None:
        """The document of that id."""
        rows = self._state.run(f"SELECT doc FROM {self._sql} WHERE id = ?", (key,))  # noqa: S608
        return _doc(rows[0][0]) if rows else None

    def drop(self, key: str) -> None:
        """Forgets the document of that id, if there is one."""
        self._state.run(f"DELETE FROM {self._sql} WHERE id = ?", (key,))  # noqa: S608

    def find(
        self,
        *where: Condition,
        order: str = "",
        down: bool = False,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Doc]:
        """The documents that meet all conditions, sorted by `order` (`field` or `field,field`)."""
        clause, values = _where(where)
        sql = (
            f"SELECT doc FROM {self._sql}{clause}"  # noqa: S608 - names checked, values bound
            f" ORDER BY {_ordering(order, down=down)} LIMIT ? OFFSET ?"
        )
        rows = self._state.run(sql, (*values, -1 if limit is None else limit, offset))
        return [_doc(row[0]) for row in rows]

    def first(self, *where: Condition) -> Doc | None:
        """The oldest document that meets all conditions."""
        found = self.find(*where, limit=1)
        return found[0] if found else None

    def count(self, *where: Condition) -> int:
        """How many documents meet all conditions."""
        clause, values = _where(where)
        rows = self._state.run(f"SELECT count(*) FROM {self._sql}{clause}", values)  # noqa: S608
        return int(rows[0][0])

    def total(self, field: str, *where: Condition) -> float:
        """The sum of one field over the documents that meet all conditions."""
        clause, values = _where(where)
        sql = f"SELECT total({_column(field)}) FROM {self._sql}{clause}"  # noqa: S608
        return float(self._state.run(sql, values)[0][0])


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(
        path or ":memory:", check_same_thread=False, isolation_level=None, timeout=0.5, cached_statements=512
    )
    try:
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        connection.close()
        raise StateInUse(str(path)) from error
    return connection


def _check(name: str) -> str:
    if not _NAME.match(name):
        raise ValueError(f"not a name: {name}")
    return name


def _column(field: str) -> str:
    return "id" if field == "id" else f"json_extract(doc, '$.{_check(field)}')"


def _ordering(order: str, *, down: bool) -> str:
    turn = " DESC" if down else ""
    fields = [_column(field.strip()) for field in order.split(",") if field.strip()]
    return ", ".join(f"{field}{turn}" for field in [*fields, "seq"])


def _where(conditions: tuple[Condition, ...]) -> tuple[str, tuple[Any, ...]]:
    parts: list[str] = []
    values: list[Any] = []
    for field, operator, value in conditions:
        if operator not in _OPERATORS:
            raise ValueError(f"not an operator: {operator}")
        several = list(value) if operator.endswith("in") else [value]
        marks = f"({', '.join('?' * len(several))})" if operator.endswith("in") else "?"
        parts.append(f"{_column(field)} {operator} {marks}")
        values += several
    return (" WHERE " + " AND ".join(parts) if parts else ""), tuple(values)


def _doc(text: str) -> Doc:
    found: Doc = msgspec.json.decode(text)
    return found
