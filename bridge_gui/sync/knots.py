"""Entries that may go before earlier ones of their lane: those all wait for them, and would wait for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.store import journal, links
from bridge_gui.store.rows import EntryRow, EntryState, LinkRow
from bridge_gui.sync.run import Run

_OPEN = (EntryState.PLANNED, EntryState.SENDING, EntryState.UNKNOWN, EntryState.STOPPED, EntryState.ASKED)


def overtaking(run: Run) -> list[EntryRow]:
    """What may be sent though it is not first in its lane: all before it wait for it, directly or not.

    So it is with what was refused and is planned anew, behind what had been planned to follow it.
    """
    with run.database.read() as connection:
        if not journal.count(connection, run.bridge.id, EntryState.PLANNED):
            return []
        opened = journal.in_states(connection, run.bridge.id, *_OPEN)
        planned = [entry for entry in opened if entry.state is EntryState.PLANNED]
        by_link = {entry.link_id: entry.id for entry in opened if run.step(entry).creates}
        makers = {entry.id: _makers(connection, run, entry, by_link) for entry in planned}
    web = _web(opened, makers)
    wanted = {maker for found in makers.values() for maker in found}
    return [one for one in planned if one.id in wanted and web.frees(one) and not _later(run, one)]


@dataclass(frozen=True, kw_only=True)
class _Web:
    """Open entries: the first of each lane, the one before each in its lane, and who makes what each needs.

    None where nobody makes it.
    """

    first: Mapping[str, int]
    before: Mapping[int, int | None]
    makers: Mapping[int, Sequence[int | None]]

    def frees(self, entry: EntryRow) -> bool:
        """Whether an entry only stands behind what waits for it; whoever stands behind those does too."""
        first = self.first[entry.lane]
        return first != entry.id and not self.makers[entry.id] and self._waits(first, entry.id)

    def _waits(self, entry: int, other: int) -> bool:
        """Whether an entry cannot go before another one has."""
        seen: set[int | None] = {None}
        ahead: list[int | None] = [entry]
        while ahead:
            now = ahead.pop()
            if now == other:
                return True
            if now is not None and now not in seen:
                seen.add(now)
                ahead += [self.before[now], *self.makers.get(now, ())]
        return False


def _web(opened: Sequence[EntryRow], makers: Mapping[int, Sequence[int | None]]) -> _Web:
    """How open entries, in their order, stand to each other."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    before: dict[int, int | None] = {}
    for entry in opened:
        first.setdefault(entry.lane, entry.id)
        before[entry.id] = last.get(entry.lane)
        last[entry.lane] = entry.id
    return _Web(first=first, before=before, makers=makers)


def _makers(
    connection: Connection, run: Run, entry: EntryRow, by_link: Mapping[int | None, int]
) -> list[int | None]:
    """Who makes what an entry needs and is not there yet; None where nobody does."""
    found: list[int | None] = []
    for need in run.step(entry).needs:
        link = links.at(connection, run.bridge.id, need.kind, need.source_id, need.ordinal)
        if link is None or not is_there(link):
            found.append(by_link.get(link.id) if link is not None else None)
    return found


def is_there(link: LinkRow) -> bool:
    """Whether what a link leads to can be built on: not gone, not to be looked at first."""
    return bool(link.target_id) and not link.doubtful and link.state != DocumentState.DELETED.value


def _later(run: Run, entry: EntryRow) -> bool:
    """Whether an entry's time has not come."""
    return entry.due_at is not None and entry.due_at > run.now()
