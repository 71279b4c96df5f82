"""A shop, its books, a data folder and a clock: runs, deaths, and what must be true afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bridge_gui.errors import Param
from bridge_gui.store import attention, bridges, decisions, journal, migrate, runs, sources, tables
from bridge_gui.store.database import Database
from bridge_gui.store.rows import (
    AttentionRow,
    BridgeRow,
    ConnectionRow,
    DecisionRow,
    EntryRow,
    EntryState,
    LinkRow,
    Outcome,
    RunRow,
    SourceRow,
)
from bridge_gui.store.select import many, query
from bridge_gui.sync import answers
from bridge_gui.sync.actions import Action
from bridge_gui.sync.engine import execute, read_side
from bridge_gui.sync.events import nobody
from bridge_gui.sync.flow import Flow
from bridge_gui.sync.preview import scratch, sendable
from bridge_gui.sync.run import Run
from bridge_gui.sync.specs import KeyStyle
from bridge_gui.sync.step import Step, decoder
from tests.sync.fate import BEGIN, Fate, Killed, MortalDatabase, VirtualCancel, VirtualClock
from tests.sync.memory_vendor import Books, Shop
from tests.sync.toy_flow import STEPS, Rules, Sales

NAME = "toy"
START = date(2026, 3, 1)


def fresh_folder(path: Path, *, start: date = START, at: datetime = BEGIN) -> None:
    """A data file with one bridge, made as setting up makes it."""
    with closing(Database(path)) as database:
        migrate.migrate(database, at)
        with database.write() as connection:
            sides = [
                bridges.save_connection(
                    connection,
                    ConnectionRow(id=0, name=side, vendor=side, endpoint="", values={}, company_id="1"),
                )
                for side in ("shop", "books")
            ]
            bridges.add_bridge(
                connection,
                name=NAME,
                kind=NAME,
                sales_id=sides[0],
                books_id=sides[1],
                settings={},
                mappings={},
                start=start,
                created_at=at,
                stopped_params={},
            )


class World:
    """Everything a test needs; `flows` makes the flows anew for each run, as a process does."""

    def __init__(
        self,
        folder: Path,
        *,
        lag: float = 0.0,
        keys: KeyStyle = KeyStyle.NONE,
        shop_lag: float = 0.0,
        start: date = START,
        template: Path | None = None,
        **rules: object,
    ) -> None:
        self.clock = VirtualClock()
        self.fate = Fate()
        self.path = folder / "bridge.db"
        self.shop = Shop(self.clock, self.fate, timedelta(seconds=shop_lag))
        self.books = Books(self.clock, self.fate, lag=timedelta(seconds=lag), keys=keys)
        self.rules = Rules(**rules)
        self.steps: tuple[type[Step], ...] = STEPS
        self.actions: tuple[Action, ...] = ()
        self.make_flows: Callable[[], Sequence[Flow]] = lambda: (Sales(self.shop, self.books, self.rules),)
        self.adjust: Callable[[Flow], None] = lambda flow: None
        self.settings = "s1"
        self.bugs: list[BaseException] = []
        self.start = start
        self.put_back = False
        self.not_now: set[tuple[str, str]] = set()
        if template is None:
            fresh_folder(self.path, start=start)
        else:
            shutil.copy(template, self.path)

    # runs

    def run(self, *, restored: bool = False, cancel: VirtualCancel | None = None) -> RunRow | None:
        """One run in a process of its own; None if it died. A bug in it fails the test."""
        with closing(MortalDatabase(self.path, self.fate)) as database:
            try:
                run = self._run(database, cancel)
                done = execute(
                    run, prepare=lambda: self._notice(restored), calls=dict, report=self.bugs.append
                )
            except Killed:
                return None
        return done

    def _notice(self, restored: bool) -> bool:
        """The keychain tells once that an older copy was put back; the folder keeps that in mind by itself."""
        noticed, self.put_back = self.put_back or restored, False
        if noticed:
            with closing(Database(self.path)) as database, database.write() as connection:
                bridges.doubt_bridge(connection)
        return noticed

    def _run(self, database: Database, cancel: VirtualCancel | None = None) -> Run:
        flows = {flow.key: flow for flow in self.make_flows()}
        for flow in flows.values():
            self.adjust(flow)
        row = self._bridge(database)
        return Run(
            database=database,
            bridge=row,
            flows=flows,
            steps=decoder(self.steps),
            clock=self.clock,
            cancel=cancel or VirtualCancel(self.clock),
            tell=nobody,
            fingerprint=self.settings,
            actions={action.key: action for action in self.actions},
            proven=row.books.proven_at is not None,
            not_now=frozenset(self.not_now),
        )

    def ok(self, **how: object) -> RunRow:
        """A run that must come to its end."""
        done = self.run(**how)
        assert done is not None
        assert not self.bugs, self.bugs
        assert done.outcome in (Outcome.FINISHED, Outcome.PAUSED), (done.outcome, done.code, done.params)
        return done

    def die_at(self, point: int | str) -> None:
        """A run that is killed at its n-th instant, or at the first of this name."""
        self.fate.points = 0
        if isinstance(point, int):
            self.fate.kill_at = point
        else:
            self.fate.kill_on = point
        died = self.run() is None
        self.fate.born_again()
        assert died or isinstance(point, int), f"never came to {point}"

    def wait(self, seconds: float = 1000.0) -> None:
        self.clock.advance(seconds)

    def rest(self, runs: int = 12) -> None:
        """Run on, past every settle_after, until nothing is open and a run writes nothing."""
        for _ in range(runs):
            self.wait()
            before = self.books.writes()
            done = self.ok()
            if self.books.writes() == before and not self.unsettled() and done.outcome is Outcome.FINISHED:
                return
        raise AssertionError("it does not come to rest")

    def preview(self) -> list[Step]:
        """What a preview shows, in order."""
        with closing(Database(self.path)) as database, scratch(database) as copy:
            run = self._run(copy)
            read_side(run)
            return [run.step(entry) for entry in sendable(run)]

    def job(self, work: Callable[[Run], object]) -> object:
        """Some other job on the same folder."""
        with closing(Database(self.path)) as database:
            return work(self._run(database))

    # asking the store

    def _bridge(self, database: Database) -> BridgeRow:
        with database.read() as connection:
            row = bridges.bridge_named(connection, NAME)
        assert row is not None
        return row

    @property
    def bridge(self) -> BridgeRow:
        with closing(Database(self.path)) as database:
            return self._bridge(database)

    def change_bridge(self, **values: object) -> None:
        with closing(Database(self.path)) as database, database.write() as connection:
            bridges.change_bridge(connection, 1, **values)

    def links(self) -> list[LinkRow]:
        with closing(Database(self.path)) as database, database.read() as connection:
            return many(LinkRow, connection.execute(query(tables.link, LinkRow).order_by(tables.link.c.id)))

    def link(self, source: str, ordinal: int = 1) -> LinkRow:
        return next(link for link in self.links() if (link.source_id, link.ordinal) == (source, ordinal))

    def entries(self, source: str = "") -> list[EntryRow]:
        with closing(Database(self.path)) as database, database.read() as connection:
            found = connection.execute(select(tables.entry.c.id).order_by(tables.entry.c.id)).scalars().all()
            rows = [journal.get(connection, entry_id) for entry_id in found]
        return [row for row in rows if row is not None and source in ("", row.source_id)]

    def states(self, source: str = "") -> list[str]:
        return [entry.state.value for entry in self.entries(source)]

    def source(self, source: str, flow: str = "sales") -> SourceRow:
        with closing(Database(self.path)) as database, database.read() as connection:
            row = sources.get(connection, 1, flow, source)
        assert row is not None
        return row

    def unsettled(self) -> int:
        with closing(Database(self.path)) as database, database.read() as connection:
            return journal.count(connection, 1, EntryState.UNKNOWN, EntryState.SENDING)

    def attention(self) -> list[AttentionRow]:
        with closing(Database(self.path)) as database, database.read() as connection:
            return attention.rows(connection)

    def answer(self, choice: str, which: int = 0, **more: str) -> None:
        self.answer_item(self.attention()[which].id, choice, **more)

    def answer_item(self, item: str, choice: str, **more: str) -> None:
        chosen = answers.Choice(name=choice, **more)
        with closing(Database(self.path)) as database:
            answers.answer(database, self.clock, self._bridge(database), item, chosen)

    def decisions(self, source: str, flow: str = "sales") -> list[DecisionRow]:
        with closing(Database(self.path)) as database, database.read() as connection:
            return decisions.of_source(connection, 1, flow, source)

    def log(self) -> list[tuple[str, dict[str, Param]]]:
        with closing(Database(self.path)) as database, database.read() as connection:
            lines = runs.lines(connection, NAME, before=None, limit=1000, level="")
        return [(line.code, line.params) for line in reversed(lines)]

    # folders

    def snapshot(self, name: str = "snapshot.db") -> Path:
        target = self.path.with_name(name)
        with closing(Database(self.path)) as database:
            database.copy_to(target)
        return target

    def restore(self, snapshot: Path) -> None:
        self._clear()
        shutil.copy(snapshot, self.path)

    def new_folder(self) -> None:
        """Another computer: nothing is known but the start date."""
        self._clear()
        fresh_folder(self.path, start=self.start, at=self.clock.now())

    def _clear(self) -> None:
        for part in self.path.parent.glob("bridge.db*"):
            part.unlink()

    # what must be true

    def check(self, *, reversing: bool = False) -> None:
        """One document per sale with its amount, one link to it, nothing open."""
        assert not self.unsettled()
        for sale in self.shop.shelf.all():
            papers = self.books.papers(sale.id)
            assert self.books.total(sale.id) == sale.amount * self.rules.factor, (sale, papers)
            if not reversing:
                assert len(papers) == 1, papers
        self.check_links()

    def check_links(self) -> None:
        """Each paper has one link, each link its paper."""
        targets = sorted(link.target_id for link in self.links())
        assert targets == sorted(paper.id for paper in self.books.papers()), (targets, self.books.papers())


def utc(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)
