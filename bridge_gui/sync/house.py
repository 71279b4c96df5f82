"""The house: one data folder with its bridges, and every job that can be done with them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bridge_gui.errors import SetupError
from bridge_gui.store import attention, bridges, documents, migrate, runs
from bridge_gui.store.database import Database
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import (
    AttentionRow,
    BridgeRow,
    LinkRow,
    LogRow,
    RunRow,
)
from bridge_gui.sync import answers, copies, disuse, memory, notices_kept
from bridge_gui.sync.actions import Acts
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.engine import execute, read_side
from bridge_gui.sync.events import Listener
from bridge_gui.sync.house_acting import HouseActing
from bridge_gui.sync.house_reading import HouseReading
from bridge_gui.sync.notes import KeptNotes
from bridge_gui.sync.opener import Job, Opener, pace_of
from bridge_gui.sync.preview import scratch, show
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.report import write_report
from bridge_gui.sync.run import Run
from bridge_gui.sync.schedule import next_run
from bridge_gui.sync.service import BridgeStatus, Place, Preview
from bridge_gui.sync.sessions import Sessions
from bridge_gui.sync.specs import BridgeSpec, OpenBridge
from bridge_gui.sync.step import decoder
from bridge_gui.sync.tieout import TieOut
from bridge_gui.sync.usual import SCHEDULE
from bridge_gui.web.keychain import Keychain
from bridge_gui.web.meter import Meter
from bridge_gui.web.waiting import Cancel, Clock
from bridge_gui.wording.catalogue import Catalogue


class House(HouseActing, HouseReading):
    """Implements `Service`. Jobs that write need the folder's lock, which the caller holds."""

    def __init__(
        self,
        folder: DataFolder,
        registry: Registry,
        keychain: Callable[[str], Keychain],
        clock: Clock,
        words: Catalogue | None = None,
    ) -> None:
        super().__init__()
        self.folder = folder
        self.registry = registry
        self.clock = clock
        folder.make()
        self.database = Database(folder.database)
        migrate.migrate(self.database, clock.now())
        self._keychain_of = keychain
        self.keychain = keychain(self._folder_id())
        self.opener = Opener(registry, lambda: self.keychain, clock, noted=self.noted)
        self.opener.words = words or Catalogue()
        self.sessions = Sessions(lambda: self.opener, clock, lambda row: KeptNotes(self.database, row.id))

    def close(self) -> None:
        """Let go of the file and of what is open."""
        self.sessions.close()
        self.database.close()

    def _folder_id(self) -> str:
        """The data folder's own id: secrets are kept under it."""
        with self.database.read() as connection:
            known = bridges.fact(connection, "folder")
        if known:
            return known
        made = uuid.uuid4().hex
        with self.database.write() as connection:
            bridges.set_fact(connection, "folder", made)
        return made

    # Reading: quick, without the lock.

    def bridges(self) -> Sequence[BridgeStatus]:
        """Every bridge with its status."""
        with self.database.read() as connection:
            found = [
                self._status(
                    row,
                    attention.count(connection, row.id),
                    next(iter(runs.latest(connection, row.name, 1)), None),
                    runs.finished_at(connection, row.id),
                )
                for row in bridges.all_bridges(connection)
            ]
        now = self.clock.now()
        ending = disuse.endings(self.database, self.registry, [one.row for one in found], now)
        own = {one.row.name: tuple(end for end in ending if end.bridge == one.row.name) for one in found}
        return [replace(one, endings=own[one.row.name]) for one in found]

    def _status(
        self, row: BridgeRow, waiting: int, last: RunRow | None, synced: datetime | None
    ) -> BridgeStatus:
        """One bridge with what is shown of it."""
        spec = self.registry.bridge(row.kind)
        due = next_run(row, last, ZoneInfo(spec.time_zone))
        company = row.books.company or row.sales.company or row.name
        return BridgeStatus(
            row=row,
            title=spec.title,
            company=company,
            attention=waiting,
            last_run=last,
            next_run=due,
            synced_at=synced,
        )

    def bridge(self, name: str) -> BridgeRow:
        """One bridge, or a sentence naming those there are."""
        with self.database.read() as connection:
            row = bridges.bridge_named(connection, name)
            if row is None:
                names = ", ".join(other.name for other in bridges.all_bridges(connection))
                raise SetupError("bridge.unknown", name=name, names=names)
        return row

    def exported(self, name: str) -> Sequence[LinkRow]:
        """Every document of a bridge with its sources, oldest first."""
        with self.database.read() as connection:
            return documents.exported(connection, self.bridge(name).id)

    def log(self, bridge: str, *, before: int | None, limit: int, level: str = "") -> Sequence[LogRow]:
        """Log lines, newest first."""
        with self.database.read() as connection:
            return runs.lines(connection, bridge, before=before, limit=limit, level=level)

    def attention(self, bridge: str = "") -> Sequence[AttentionRow]:
        """What needs a person."""
        with self.database.read() as connection:
            return attention.rows(connection, bridge)

    def runs(self, bridge: str, limit: int) -> Sequence[RunRow]:
        """The last runs, newest first."""
        with self.database.read() as connection:
            return runs.latest(connection, bridge, limit)

    # Jobs: they may ask vendors and the keychain, so never on the main thread.

    @contextmanager
    def job(self, cancel: Cancel) -> Iterator[Job]:
        """One job's stop button, call counter and open connections."""
        with ExitStack() as ending:
            yield Job(cancel=cancel, meter=Meter(), ending=ending)

    def sync(
        self, name: str, cancel: Cancel, tell: Listener, not_now: frozenset[Place] = frozenset()
    ) -> RunRow:
        """Run a bridge once; never raises for what a run may meet, the outcome says it."""
        row = self.bridge(name)
        with self.job(cancel) as job, self.alone(name).held(cancel):
            run = self.run_of(row, job, tell)
            run.not_now = not_now

            def prepare() -> bool:
                restored = self.restored(row)
                self.furnish(run, self.opener.bridge(row, job, KeptNotes(self.database, row.id)))
                return restored

            meter, titles = job.meter, self.registry.vendors
            report = execute(
                run, prepare=prepare, calls=meter.snapshot, report=self.report,
                left=lambda: {titles[key].title: told for key, told in meter.allowances().items()},
            )  # fmt: skip
            memory.remember(self.database, self.keychain)
            copies.keep_snapshot(self.database, self.clock.now())
            return report

    def preview(self, name: str, cancel: Cancel, tell: Listener) -> Preview:
        """What `sync` would send now; works on a copy of the store, and changes nothing."""
        row = self.bridge(name)
        with self.job(cancel) as job, scratch(self.database) as copy:
            run = self._run(row, copy, job, tell)
            opened = self.opener.bridge(row, job, KeptNotes(copy, row.id))
            self.furnish(run, opened)
            doubt = memory.older_than_known(self.database, self.keychain, self._keychain_of, row)
            read_side(run, restored=doubt)
            books = self.registry.vendors[row.books.vendor]
            pace = pace_of(books, row.books).per_second
            shown = show(run, opened, job.meter.snapshot(), books.key, pace)
        vendors = self.registry.vendors
        return replace(shown, titles={key: vendors[key].title for key in shown.calls if key in vendors})

    def tie_out(self, name: str, first: date | None, last: date | None, cancel: Cancel) -> TieOut:
        """Compare what was sold with what the books show; from the start date to today if not told."""
        from bridge_gui.sync.tieout_job import tie_out

        return tie_out(self, name, first, last, cancel)

    def answer(self, bridge: str, item: str, choice: str, reason: str = "", document: str = "") -> None:
        """Carry out what a person decided about an attention item, and keep why."""
        chosen = answers.Choice(name=choice, reason=reason, document=document)
        answers.answer(self.database, self.clock, self.bridge(bridge), item, chosen)

    def noted(self, connection: str, at: datetime) -> None:
        """A connection's sign-in was renewed."""
        disuse.note(self.database, connection, at)

    def endings(self) -> tuple[disuse.Ending, ...]:
        """The sign-ins that end soon for lack of use."""
        return tuple(ending for status in self.bridges() for ending in status.endings)

    def back_up(self, folder: Path) -> Path:
        """A copy of all that is known here, in that folder; there are no secrets in it."""
        return copies.back_up(self.database, folder, self.clock.now())

    def pack(self, folder: Path) -> Path:
        """A copy to go on with on another computer."""
        return copies.pack(self.database, folder, self.clock.now())

    def snapshots(self) -> Sequence[Path]:
        """The copies that Bridge keeps by itself, the latest first."""
        return copies.snapshots(self.folder)

    def disconnect(self, name: str) -> None:
        """Remove a bridge, its access and its secrets; what it booked stays at the vendors."""
        from bridge_gui.sync.leaving import leave

        row = self.bridge(name)
        leave(self, row)
        self.forget_secrets(row)
        with self.database.write() as connection:
            bridges.remove_bridge(connection, row)

    def forget_work(self, rows: Iterable[BridgeRow]) -> None:
        """Take out of the keychain which folder last worked for these bridges' companies."""
        memory.forget(self.keychain, self._keychain_of(memory.COMPANIES), rows)

    def forget_secrets(self, row: BridgeRow) -> None:
        """Take a bridge's secrets out of the keychain."""
        for connection in (row.sales, row.books):
            for field in self.registry.vendors[connection.vendor].fields:
                if field.kind.is_hidden:
                    self._forget(connection.name, field.key)
        self._forget(row.books.name, notices_kept.SECRET)

    def _forget(self, connection: str, field: str) -> None:
        """Forget one secret; a keychain that is not there, or not trusted, never held it."""
        try:
            self.keychain.delete(connection, field)
        except SetupError as error:
            unusable = ("keychain.none", "keychain.refused")
            if error.code not in unusable or self._is_kept(connection, field):
                raise

    def _is_kept(self, connection: str, field: str) -> bool:
        """Whether the keychain can be read and holds this."""
        try:
            return self.keychain.get(connection, field) is not None
        except SetupError:
            return False

    def report(self, error: BaseException) -> None:
        """Write a report about something unforeseen, if the disk lets us."""
        with suppress(OSError):
            write_report(self.folder.reports, error, self.clock.now())

    def _run(self, row: BridgeRow, database: Database, job: Job, tell: Listener) -> Run:
        """A run, its flows still to be opened."""
        spec = self.registry.bridge(row.kind)
        return Run(
            database=database,
            bridge=row,
            flows={},
            steps=decoder(spec.steps()),
            clock=self.clock,
            cancel=job.cancel,
            tell=tell,
            proven=row.books.proven_at is not None,
            fingerprint=fingerprint(spec, row),
        )

    def run_of(self, row: BridgeRow, job: Job, tell: Listener) -> Run:
        """A run on the store itself, its flows still to be opened."""
        return self._run(row, self.database, job, tell)

    def restored(self, row: BridgeRow) -> bool:
        """Whether an older copy of the store was put back; noted in it."""
        return memory.restored(self.database, self.keychain, self._keychain_of, row)

    def furnish(self, run: Run, opened: OpenBridge) -> None:
        """Give a run its flows and its actions."""
        run.flows = {flow.key: flow for flow in opened.flows}
        run.actions = {action.key: action for action in opened.actions} if isinstance(opened, Acts) else {}


def fingerprint(spec: BridgeSpec, row: BridgeRow) -> str:
    """A short name for the settings and mappings that plans depend on."""
    asked = {field.key for field in spec.settings} - {SCHEDULE}
    settings = {key: value for key, value in row.settings.items() if key in asked}
    return digest_of(canonical([settings, row.mappings, str(row.start)]))
