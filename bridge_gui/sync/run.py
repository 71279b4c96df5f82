"""One run of one bridge: what its phases share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from bridge_gui.accounting.documents import Ref
from bridge_gui.errors import Param
from bridge_gui.store import bridges, links, runs
from bridge_gui.store.database import Database
from bridge_gui.store.rows import BridgeRow, EntryRow
from bridge_gui.sync.actions import Action
from bridge_gui.sync.events import Line, Listener, Phase, Progress
from bridge_gui.sync.flow import Flow, Written
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel, Clock


@dataclass
class Counts:
    """What a run has done so far."""

    read: int = 0
    written: int = 0
    skipped: int = 0
    failed: int = 0


@dataclass
class Run:
    """A run under way.

    `flows` and `actions` by key; `until` is set when it has to go on later; `first` is the connection's
    first document, with its flow, as long as nobody has compared it with the ledger (`proven`);
    `fingerprint` is that of the settings and mappings; `looked` what this run has read, by flow and id;
    `unanswered` how many writes in a row had no answer; `not_now` the sources (flow and id) a person
    has put off: nothing of theirs is sent by this run.
    """

    database: Database
    bridge: BridgeRow
    flows: Mapping[str, Flow]
    steps: msgspec.json.Decoder[Any]
    clock: Clock
    cancel: Cancel
    tell: Listener
    id: int | None = None
    counts: Counts = field(default_factory=Counts)
    until: datetime | None = None
    proven: bool = False
    first: tuple[str, Step, Written] | None = None
    fingerprint: str = ""
    actions: Mapping[str, Action] = field(default_factory=dict)
    looked: set[tuple[str, str]] = field(default_factory=set)
    unanswered: int = 0
    not_now: frozenset[tuple[str, str]] = frozenset()

    def now(self) -> datetime:
        """The present instant."""
        return self.clock.now()

    def reload(self) -> None:
        """Take the bridge's row afresh after a phase has changed it."""
        with self.database.read() as connection:
            row = bridges.bridge_named(connection, self.bridge.name)
        assert row is not None
        self.bridge = row

    def step(self, entry: EntryRow) -> Step:
        """An entry's step, with the target that was chosen when it was claimed."""
        decoded: Step = self.steps.decode(entry.step)
        if entry.target_id:
            return msgspec.structs.replace(decoded, target=Ref(id=entry.target_id))
        return decoded

    def filled(self, entry: EntryRow) -> Step:
        """An entry's step as it is written: with where the things it needs are now."""
        step = self.step(entry)
        if not step.needs:
            return step
        with self.database.read() as connection:
            return step.with_targets(self._resolved(connection, step))

    def _resolved(self, connection: Connection, step: Step) -> dict[str, str]:
        """The targets of a step's LinkTo, as "kind/source/ordinal"."""
        found: dict[str, str] = {}
        for need in step.needs:
            row = links.at(connection, self.bridge.id, need.kind, need.source_id, need.ordinal)
            if row is not None:
                found[need.name] = row.target_id
        return found

    def flow_of(self, entry: EntryRow) -> Flow:
        """The flow an entry belongs to."""
        return self.flows[entry.flow]

    def puts_off(self, entry: EntryRow) -> bool:
        """Whether a person wants this not to be sent by this run."""
        return (entry.flow, entry.source_id) in self.not_now

    def note(self, connection: Connection, level: str, code: str, /, **params: Param) -> None:
        """A line for the log, in the same commit as what it tells of."""
        runs.note(connection, self.bridge.id, self.id, self.now(), level, code, params)
        self.tell(Line(bridge=self.bridge.name, level=level, code=code, params=params))

    def log(self, level: str, code: str, /, **params: Param) -> None:
        """A line for the log on its own."""
        with self.database.write() as connection:
            self.note(connection, level, code, **params)

    def progress(self, phase: Phase, done: int = 0, total: int = 0, left: float | None = None) -> None:
        """Tell how far the run is."""
        self.tell(Progress(bridge=self.bridge.name, phase=phase, done=done, total=total, seconds_left=left))

    def later(self, at: datetime) -> None:
        """The run has to go on at this instant, or earlier if something else asks for that."""
        self.until = at if self.until is None else min(self.until, at)

    def settled_at(self, flow: Flow, since: datetime) -> datetime:
        """When a look at the vendor says something about a write at `since`."""
        return since + flow.settle_after
