"""A disk that is full, a data file that is held, broken or newer: a clear word, and nothing sent unrecorded."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.crash.tally import tally, told
from tests.crash.world import Ended, World


def held(world: World) -> int:
    return len(world.documents(world.spec.books))


def refused(world: World) -> Ended:
    """A sync that could not work: it said why, and sent nothing."""
    before = held(world)
    ended = world.sync()
    assert ended.code not in (0, 1)
    assert held(world) == before
    return ended


def code_of(ended: Ended) -> str:
    return ended.data["error"]["code"] if "error" in ended.data else ended.err.strip()


def unsound(world: World) -> str:
    """Break the data file in its middle."""
    file = world.data / "bridge.db"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = file.stat().st_size
    with file.open("r+b") as opened:
        opened.truncate(whole // 2 // 4096 * 4096 + 100)
    return str(file)


def test_a_disk_that_fills_up_in_mid_run(world: World):
    world.trade(1)
    with closing(sqlite3.connect(world.data / "bridge.db")) as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
    for more in (0, 2, 5, 9, 14):
        ended = world.sync(pages=pages + more)
        assert ended.code not in (0, 1) or more
        if ended.code not in (0, 1):
            assert "disk is full" in ended.err, ended
        seen = told(world)
        known = {link.target_id for link in seen.links}
        claimed = {entry.mark for entry in seen.entries if entry.claimed_at is not None}
        for one in seen.books:
            assert one.id in known or any(mark and mark in text for mark in claimed for text in one.texts), (
                one
            )
    world.rest()
    found = tally(world)
    assert found.good, found


def test_a_data_file_that_another_program_holds(world: World):
    world.trade(1)
    with closing(sqlite3.connect(world.data / "bridge.db", isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        ended = refused(world)
        assert (ended.code, "Another program holds" in ended.err) == (5, True)
    world.rest()
    assert tally(world).good


def test_a_data_file_cut_short_and_the_last_snapshot_put_back(world: World):
    world.trade(1)
    world.rest()
    unsound(world)
    world.trade(1)
    ended = refused(world)
    assert "restore" in ended.err
    assert code_of(ended) == "store.damaged"
    restored = world.command("restore")
    assert restored.code == 0, restored
    assert "snapshots" in restored.data["file"]
    assert list(world.data.glob("replaced-*.db"))
    world.rest()
    found = tally(world)
    assert found.good, found


def test_a_data_file_of_a_newer_bridge(world: World):
    with closing(sqlite3.connect(world.data / "bridge.db")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    assert code_of(refused(world)) == "store.newer"
