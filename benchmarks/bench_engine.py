"""Orders collected, planned and journalled over loopback, both groupings, then a second run with nothing new.

The simulators are served by another process and the pace is off, as it is on loopback. The bare baseline of
the same run: as many plain POSTs to the same simulator as there are orders, and as many single-row immediate
commits to SQLite. `--orders N` for another volume, `--profile` prints the costliest functions of a sync.
"""

from __future__ import annotations

import argparse
import cProfile
import http.client
import json
import multiprocessing
import pstats
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

NAME, KIND = "cafe", "salescloud_payday"
SHOP = "salescloud"
BOOKS = ("order", "day", "bare")
"""One Payday for each measurement, so that none finds what another has written."""
ORDERS, DAYS = 10_000, 20
RUNS = 5
SPAWN = multiprocessing.get_context("spawn")
Figures = dict[str, float]


def serve(pipe: Connection, folder: Path, orders: int) -> None:
    """Another process: a shop with so many orders in the last days, and the books."""
    from bridge_gui.sandbox.host import Host
    from bridge_gui.vendors.payday.simulator import PaydaySimulator
    from bridge_gui.vendors.salescloud.simulator import SalesCloudSimulator

    each = orders // DAYS
    trade = {"first_day": str(first_day()), "orders_per_day": [each, each], "aur_after_days": DAYS + 1}
    settings: dict[str, dict[str, Any]] = {SHOP: trade} | {name: {"lag_seconds": 0} for name in BOOKS}
    factories = {SHOP: SalesCloudSimulator} | dict.fromkeys(BOOKS, PaydaySimulator)
    with Host(factories, folder, settings=settings) as host:
        pipe.send(host.vendors())
        pipe.recv()


def first_day() -> Any:
    return (datetime.now(UTC) - timedelta(days=DAYS)).date()


def synced(folder: Path, places: dict[str, Any], grouping: str, orders: int, profile: bool) -> Figures:
    """A process of its own: connect, sync, and sync again."""
    from bridge_gui import app
    from bridge_gui.store.folder import DataFolder
    from bridge_gui.sync.events import nobody
    from bridge_gui.sync.house import House
    from bridge_gui.sync.setup import Setup
    from bridge_gui.web.keychain import MemoryKeychain
    from bridge_gui.web.waiting import SystemClock, never

    keychain = MemoryKeychain()
    house = House(DataFolder(folder / grouping), app.registry(), lambda _folder: keychain, SystemClock())

    def connect() -> None:
        setup = Setup(house, KIND, NAME)
        answers = {"settings.start_date": str(first_day()), "settings.grouping": grouping}
        answers |= setup.spec.demo | answers_for(SHOP, places[SHOP]) | answers_for("payday", places[grouping])
        for place, value in answers.items():
            setup.answer(place, value)
        setup.finish(never())

    def run() -> Figures:
        """Syncs until one has finished."""
        done: Figures = {"runs": 0, "calls": 0, "read": 0, "written": 0, "attention": 0}
        for _ in range(RUNS):
            row = house.sync(NAME, never(), nobody)
            done["calls"] += sum(row.calls.values())
            done |= {"runs": done["runs"] + 1, "read": row.read, "attention": row.attention}
            done["written"] += row.written
            if row.outcome.value == "finished":
                return done
        raise RuntimeError(f"{row.outcome.value}: {row.code} {row.params}")

    told = {"connect seconds": timed(connect)[0], "memory before": peak()}
    processor = time.process_time()
    seconds, first = profiled(run, orders) if profile else timed(run)
    processor = time.process_time() - processor
    told |= {"sync seconds": seconds, "processor": processor, "memory peak": peak(), **first}
    seconds, second = timed(run)
    told |= {"again seconds": seconds, "again calls": second["calls"], "again written": second["written"]}
    house.close()
    return told


def answers_for(vendor: str, place: dict[str, Any]) -> dict[str, str]:
    credentials = {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
    return {f"{vendor}.endpoint": place["endpoint"], **credentials}


def bare(folder: Path, place: dict[str, Any], orders: int) -> Figures:
    """As many plain POSTs and as many plain commits, one after the other."""
    line = http.client.HTTPConnection(place["endpoint"].removeprefix("http://"))
    headers = {"Content-Type": "application/json", "Api-Version": "alpha"}

    def call(method: str, path: str, sent: Any = None) -> Any:
        body = None if sent is None else json.dumps(sent)
        line.request(method, path, body, headers)
        answer = line.getresponse()
        text = answer.read()
        assert answer.status == 200, text
        return json.loads(text)

    secrets = place["credentials"]
    pair = {"clientId": secrets["client_id"], "clientSecret": secrets["client_secret"]}
    headers["Authorization"] = f"Bearer {call('POST', '/auth/token', pair)['accessToken']}"
    ids = {row["code"]: row["id"] for row in call("GET", "/accounting/accounts")}
    lines = [
        {"amount": 1240, "ledgerAccountId": ids["3410"], "vatPercentType": "NotSet"},
        {"amount": -1240, "ledgerAccountId": ids["1100"], "vatPercentType": "StandardVAT"},
    ]
    day = datetime.now(UTC).date().isoformat()

    def post() -> None:
        for number in range(orders):
            entry = {"date": day, "description": str(number), "status": "POST", "lines": lines}
            call("POST", "/accounting/journal", entry)

    return {"posts": timed(post)[0], "commits": timed(lambda: commit(folder / "bare.db", orders))[0]}


def commit(path: Path, rows: int) -> None:
    """Single-row commits as the store makes them: immediate, WAL, on the disk before they return."""
    plain = sqlite3.connect(path, isolation_level=None)
    for pragma in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"):
        plain.execute(pragma)
    plain.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, state TEXT NOT NULL, step TEXT NOT NULL)")
    for number in range(rows):
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO entry (state, step) VALUES ('planned', ?)", (f"step {number:0500}",))
        plain.execute("COMMIT")
    plain.close()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made


def profiled(work: Callable[[], Any], orders: int) -> tuple[float, Any]:
    """As `timed`, and prints the functions that cost most."""
    profile = cProfile.Profile()
    seconds, made = timed(lambda: profile.runcall(work))
    print(f"-- {orders:,} orders under the profiler")
    stats = pstats.Stats(profile, stream=sys.stdout).strip_dirs()
    stats.sort_stats("cumulative").print_stats(70)
    stats.sort_stats("tottime").print_stats(30)
    return seconds, made


def peak() -> float:
    """This process's largest memory so far, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def alone(work: Callable[..., Figures], *arguments: Any) -> Figures:
    """Measure in a process of its own, so that its peak memory is its own."""
    with ProcessPoolExecutor(1, mp_context=SPAWN) as pool:
        return pool.submit(work, *arguments).result()


def tell(grouping: str, told: Figures, base: float, orders: int) -> None:
    """Print one grouping's figures and ratios."""
    print(
        f"one entry per {grouping}: connect {told['connect seconds']:.2f} s; "
        f"sync {told['sync seconds']:.1f} s in {told['runs']:.0f} run(s), {told['processor']:.1f} s of it "
        f"the processor's; read {told['read']:,.0f}, "
        f"written {told['written']:,.0f}, waiting for a person {told['attention']:,.0f}; "
        f"calls {told['calls']:,.0f}, per order {told['calls'] / orders:.3f}"
    )
    print(f"  memory {told['memory peak']:.0f} MB at its peak, {told['memory before']:.0f} MB before")
    print(
        f"  again with nothing new: {told['again seconds']:.2f} s, {told['again calls']:.0f} calls, "
        f"{told['again written']:.0f} written"
    )
    first, again = told["sync seconds"], told["again seconds"]
    print(f"ratio sync, one entry per {grouping} / bare POSTs and commits: {first / base:.2f}")
    print(f"ratio second sync, one entry per {grouping} / first: {again / first:.3f}")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--orders", type=int, default=ORDERS)
    asked.add_argument("--profile", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "vendors").mkdir()
        ours, theirs = SPAWN.Pipe()
        server = SPAWN.Process(target=serve, args=(theirs, folder / "vendors", given.orders), daemon=True)
        server.start()
        try:
            measure(folder, ours.recv(), given.orders, profile=given.profile)
        finally:
            ours.send("end")
            server.join(10)
    return 0


def measure(folder: Path, places: dict[str, Any], orders: int, *, profile: bool) -> None:
    """The baseline and both groupings, one after the other."""
    plain = alone(bare, folder, places["bare"], orders)
    base = plain["posts"] + plain["commits"]
    print(
        f"bare: {orders:,} POSTs {plain['posts']:.1f} s, {orders:,} commits {plain['commits']:.1f} s",
        flush=True,
    )
    for grouping in ("order", "day"):
        tell(grouping, alone(synced, folder, places, grouping, orders, profile), base, orders)
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
