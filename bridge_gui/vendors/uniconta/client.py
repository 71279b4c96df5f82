"""The way into one company at Uniconta: whole records at one door, filtered reading at the other."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from msgspec import Struct

from bridge_gui.errors import NoSuchTarget, Passing, Refused, SetupError, VendorChanged
from bridge_gui.vendors.uniconta import assumed
from bridge_gui.vendors.uniconta.budget import Budget, CountingTransport
from bridge_gui.vendors.uniconta.feed import Feed, Raw, Reader, once, records
from bridge_gui.vendors.uniconta.refusals import Refusals
from bridge_gui.vendors.uniconta.said import whole
from bridge_gui.vendors.uniconta.terms import READING, WRITING, user_name
from bridge_gui.web.answer import Answer
from bridge_gui.web.http import HttpClient, Params
from bridge_gui.web.waiting import Cancel
from bridge_gui.web.wire import Wire

_TRIES = 3
_NOT_THERE = frozenset({"uniconta.no_table", "uniconta.read_refused"})


class User(Struct, frozen=True, kw_only=True):
    """Who signs in, and the company that is meant."""

    company: str
    login: str
    password: str

    def __repr__(self) -> str:
        return f"User(company={self.company!r}, login={self.login!r})"


class BasicSignIn:
    """`Authorization: Basic ...`; there is nothing to renew."""

    def __init__(self, name: str, password: str, learn: Callable[[str], None]) -> None:
        pair = b64encode(f"{name}:{password}".encode()).decode()
        learn(password)
        learn(pair)
        self._header = f"Basic {pair}"

    def __repr__(self) -> str:
        return "BasicSignIn()"

    def headers(self, method: str, url: str, body: bytes) -> Mapping[str, str]:
        """The header that signs any request."""
        return {"Authorization": self._header}

    def renew(self, stale: Mapping[str, str]) -> bool:
        """Never worth another try: a password does not age."""
        return False


class UnicontaClient:
    """One company. A table is read whole at the door that also writes, or by filter at the other."""

    def __init__(self, base: str, user: User, wire: Wire, budget: Budget) -> None:
        self.budget = budget
        self.cancel = wire.cancel
        self.host = urlsplit(base).hostname or ""
        self.refusals = Refusals(wire.redactor.text)
        counted = replace(wire, transport=CountingTransport(wire, budget))
        named = BasicSignIn(user_name(user.company, user.login), user.password, wire.redactor.learn)
        bare = BasicSignIn(user.login, user.password, wire.redactor.learn)
        translate = self.refusals.translate
        self._whole = HttpClient(base, wire=counted, sign_in=named, translate=translate)
        fed = HttpClient(base, wire=counted, sign_in=bare, translate=translate)
        self._reader = Reader(self.refusals)
        self._unfed: set[str] = set()
        self._feed = Feed(fed, self._reader, f"{READING}/{user.company}")

    def __repr__(self) -> str:
        return f"UnicontaClient({self._whole.base})"

    def table(self, table: str) -> list[Raw]:
        """A whole table, each record once."""
        return once(table, self._records(table, {}))

    def matching(self, table: str, name: str, value: str) -> list[Raw]:
        """The records of a table whose field equals a value, perhaps others too: a filter may be ignored."""
        return once(table, self._records(table, {"Name": name, "Value": value}))

    def filtered(self, table: str, where: str, cancel: Cancel | None = None) -> list[Raw]:
        """The records that a filter lets through, perhaps others too, each once.

        A list that keeps moving while it is paged is read whole instead, as is one whose filter is refused.
        """
        for _ in range(0 if table in self._unfed else _TRIES):
            try:
                found = self._feed.all(table, where, cancel or self.cancel)
            except (SetupError, VendorChanged, Passing) as error:
                if error.code not in {*_NOT_THERE, "uniconta.trouble"}:
                    raise
                self._unfed |= {table} if error.code in _NOT_THERE else set()
                break
            if found is not None:
                return once(table, found)
        return self.table(table)

    def first(self, table: str, where: str = "", most: int = assumed.SURE_PAGE) -> list[Raw]:
        """Some records of a table, perhaps by a filter; one call."""
        return self._feed.first(table, where, most)

    def insert(self, table: str, body: Raw) -> Raw | None:
        """Make a record; what came of it, None where nothing is answered (204). Never sent twice."""
        return _record(self._made(f"{WRITING}/Insert/{table}", body))

    def insert_list(self, table: str, bodies: list[Raw]) -> None:
        """Make several records in one call. A refusal does not tell whether some were made."""
        self._made(f"{WRITING}/InsertList/{table}", bodies)

    def update(self, table: str, body: Raw) -> Raw | None:
        """Write a record whole, as it was read and changed in place."""
        return _record(self._written("PUT", f"{WRITING}/Update/{table}", body))

    def delete(self, table: str, body: Raw) -> None:
        """Delete a record, given whole as it was read."""
        self._written("DELETE", f"{WRITING}/Delete/{table}", body)

    def _made(self, path: str, body: object) -> Answer:
        """What is not found by an insert is something that the new record refers to."""
        try:
            return self._written("POST", path, body)
        except NoSuchTarget as error:
            raise Refused("uniconta.unknown_key", text=error.detail) from error

    def _written(self, method: str, path: str, body: object) -> Answer:
        answer = self._whole.write(method, path, json=body)
        fault = self.refusals.write_fault(answer)
        if fault is not None:
            raise fault
        return answer

    def _records(self, table: str, params: Params) -> list[Raw]:
        answer = self._reader.read(self._whole, f"{WRITING}/{table}", params, table)
        return records(answer)[0]


def _record(answer: Answer) -> Raw | None:
    """The record in the answer to a write; None where there is none."""
    if not answer.body.strip():
        return None
    told = whole(answer.body)
    if isinstance(told, list) and len(told) == 1:
        told = told[0]
    return told if isinstance(told, dict) else None
