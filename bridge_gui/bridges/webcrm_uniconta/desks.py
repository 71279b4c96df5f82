"""One side of a kind of record that is kept on both: read, changed and made as cards."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bridge_gui.bridges.webcrm_uniconta.cards import Card, same
from bridge_gui.bridges.webcrm_uniconta.steps import AddRecord
from bridge_gui.errors import CannotMap, Conflict, NoSuchTarget
from bridge_gui.web.waiting import Cancel, never

CHANGED = "pair.changed"


class Desk(ABC):
    """One side; `word` is what its ids begin with, `name` under which what was seen is kept."""

    word: str
    name: str

    @abstractmethod
    def changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Card]]:
        """Pages of what differs from the last look."""

    @abstractmethod
    def cards(self, ids: Sequence[str], cancel: Cancel) -> list[Card]:
        """Fresh copies; what is gone is left out."""

    @abstractmethod
    def write(self, now: Card, changes: Mapping[str, str]) -> Card:
        """Write these fields to a record that is as it was just read; as read back."""

    def forget(self) -> None:  # noqa: B027 - not every side keeps what it has read
        """What was read is no longer to be believed: something was written."""

    def change(self, record: str, changes: Mapping[str, str], before: Mapping[str, str]) -> Card:
        """Write these fields if they are still as they were; `Conflict` if not."""
        now = self.one(record)
        if any(not same(key, shown(now, key), was) for key, was in before.items()):
            raise Conflict(CHANGED, record=now.number or record)
        return self.rewrite(now, changes)

    def rewrite(self, now: Card, changes: Mapping[str, str]) -> Card:
        """Write what differs, if anything does; as read back."""
        wanted = {key: text for key, text in changes.items() if shown(now, key) != text}
        if not wanted:
            return now
        try:
            return self.write(now, wanted)
        finally:
            self.forget()

    def one(self, record: str) -> Card:
        """One record as it is now; `NoSuchTarget` if it is gone."""
        self.forget()
        found = self.cards([record], never())
        if not found:
            raise NoSuchTarget("pair.gone", target=record)
        return found[0]


class MakingDesk(Desk):
    """A side where records are made by us, and found again by our mark."""

    @abstractmethod
    def add(self, step: AddRecord) -> Card:
        """Make one; as read back."""

    @abstractmethod
    def found(self, step: AddRecord, cancel: Cancel) -> list[Card]:
        """What bears the step's mark now."""

    @abstractmethod
    def bears(self, card: Card, mark: str) -> bool:
        """Whether a record that was to bear our mark does."""

    def join(self, record: str, mark: str) -> Card:
        """Have a record that is there bear our mark."""
        del mark
        return self.one(record)


def shown(card: Card, key: str) -> str:
    """A field as the card has it, carried or not."""
    return card.values.get(key, card.extra.get(key, ""))


def fitting(values: Mapping[str, str], longest: Mapping[str, int], code: str) -> None:
    """Hold what the other side would cut or refuse; `CannotMap` naming the first such field."""
    for key, most in longest.items():
        lines = values.get(key, "").split("\n")
        if any(len(line) > most for line in lines):
            raise CannotMap(code, field=key, longest=most)
