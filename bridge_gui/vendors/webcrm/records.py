"""Reading and changing records of any kind: looked at just before, only what changes is sent, read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from bridge_gui.accounting.trade import Holder
from bridge_gui.errors import BridgeError, Cancelled, CannotMap, Conflict, NoSuchTarget, OutcomeUnknown
from bridge_gui.vendors.webcrm.client import Body, WebcrmClient
from bridge_gui.vendors.webcrm.fields import Fields, form_of, is_own
from bridge_gui.vendors.webcrm.forms import TEXT, Form, is_number
from bridge_gui.vendors.webcrm.row import Row
from bridge_gui.web.verdicts import unknown

Result = TypeVar("Result")


class Named(NamedTuple):
    """Where a field of our struct stands in webcrm, and in what form."""

    name: str
    form: Form = TEXT


class Kind(NamedTuple):
    """One kind of record that is changed: its path, its id, what of it may be written."""

    holder: Holder
    path: str
    id: str
    names: Mapping[str, Named]
    also: Callable[[Body], Body] = dict

    def named(self, key: str) -> Named:
        """A field by our name, or an own field by its key; raises `CannotMap`."""
        if key in self.names:
            return self.names[key]
        if is_own(self.holder, key):
            return Named(key, form_of(key))
        raise CannotMap("webcrm.no_such_field", field=key)


class Records:
    """The way to single records of one customer's webcrm."""

    def __init__(self, client: WebcrmClient, fields: Fields) -> None:
        self.client, self.fields = client, fields

    def add(self, kind: Kind, given: Mapping[str, str]) -> str:
        """Make one; its id, empty where the answer is silent about it."""
        return self.client.make(kind.path, self._body(kind, "0", given))

    def change(self, kind: Kind, row: str, changes: Mapping[str, str], before: Mapping[str, str]) -> Row:
        """Write `changes` if all of `before` still stands there; nothing is sent where nothing differs."""
        now = self.now(kind, row)
        for key, text in before.items():
            name, form = kind.named(key)
            if form.shown(now, name) != form.spelt(text):
                raise Conflict("webcrm.changed", field=self._label(name))
        wanted = {key: text for key, text in changes.items() if _differs(now, kind.named(key), text)}
        if not wanted:
            return now
        self.client.change(f"{kind.path}/{row}", self._body(kind, row, wanted))
        return self.seen(lambda: self.now(kind, row))

    def now(self, kind: Kind, row: str) -> Row:
        """One as it stands; `NoSuchTarget` if it is gone."""
        found = self.client.found(f"{kind.path}/{row}") if row.isdigit() else None
        if found is None:
            raise NoSuchTarget("webcrm.not_found", target=row, text="")
        return found

    def in_words(self, kind: Kind, rows: Iterable[Row], *names: str) -> Iterator[Row]:
        """The rows with their choices in words; what has numbers there is read again singly.

        INFERRED: single reads are documented to tell words, the answers to questions are not (webcrm.md 3.6).
        """
        for row in rows:
            known: Row | None = row
            if any(is_number(row.text(name)) for name in names):
                known = self.client.found(f"{kind.path}/{row.id(kind.id)}")
            if known is not None:
                yield known

    def seen(self, look: Callable[[], Result]) -> Result:
        """What was written, as read back; a look that fails leaves open how it stands, never undone."""
        try:
            return look()
        except OutcomeUnknown:
            raise
        except (BridgeError, Cancelled) as error:
            raise unknown(self.client.host, getattr(error, "code", "stopped")) from error

    def _body(self, kind: Kind, row: str, given: Mapping[str, str]) -> Body:
        named = {key: kind.named(key) for key in given}
        body = {one.name: one.form.sent(one.form.spelt(given[key])) for key, one in named.items()}
        self.fields.check(body)
        return {kind.id: int(row), **kind.also(body)}

    def _label(self, name: str) -> str:
        known = self.fields.all.get(name)
        return (known.label if known else None) or name


def _differs(row: Row, named: Named, text: str) -> bool:
    return named.form.shown(row, named.name) != named.form.spelt(text)
