"""The file: private, WAL, immediate transactions, a reader that only reads, and what the disk refuses."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import exc, insert, select

from bridge_gui.errors import BridgeError, SetupError, classify
from bridge_gui.store import bridges, tables
from bridge_gui.store.database import Database
from bridge_gui.wording.render import Wording

WRITES = 200


def value(database, key):
    with database.read() as connection:
        return bridges.fact(connection, key)


def put(database, key, text):
    with database.write() as connection:
        bridges.set_fact(connection, key, text)


def pragma(connection, name):
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def code_of(work):
    """The code a failure is told with, which has a sentence."""
    with pytest.raises(SetupError) as raised:
        work()
    assert Wording().knows(raised.value.code)
    return raised.value.code


# how it is opened


def test_the_file_and_what_lies_beside_it_are_private(database):
    put(database, "a", "b")
    files = sorted(database.path.parent.glob("bridge.db*"))
    assert [file.name for file in files] == ["bridge.db", "bridge.db-shm", "bridge.db-wal"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files[1:]} == {
        stat.S_IMODE(files[0].stat().st_mode)
    }


def test_a_new_file_is_private_from_its_first_instant(tmp_path):
    old = os.umask(0)
    try:
        database = Database(tmp_path / "new.db")
        assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600
        put_table(database)
        modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.glob("new.db*")}
        database.close()
    finally:
        os.umask(old)
    assert modes == {0o600}


def put_table(database):
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE some (id INTEGER PRIMARY KEY, text TEXT)")


def test_what_each_side_is_opened_with(database):
    with database.write() as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "busy_timeout") == 5000
        assert pragma(connection, "query_only") == 0
    with database.read() as connection:
        assert pragma(connection, "query_only") == 1
        assert pragma(connection, "busy_timeout") == 5000


def test_a_write_holds_the_pen_from_its_first_moment(database):
    other = sqlite3.connect(database.path, isolation_level=None, timeout=0)
    with database.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_writing_where_only_reading_was_asked_for_is_an_error(database):
    put(database, "a", "before")

    def write():
        with database.read() as connection:
            bridges.set_fact(connection, "a", "after")

    assert code_of(write) == "store.read_only"
    assert value(database, "a") == "before"


def test_a_read_sees_one_instant_and_holds_up_no_writer(database):
    put(database, "a", "1")
    with database.read() as connection:
        assert bridges.fact(connection, "a") == "1"
        put(database, "a", "2")
        assert bridges.fact(connection, "a") == "1"
    assert value(database, "a") == "2"


def test_what_raises_is_rolled_back(database):
    def write():
        with database.write() as connection:
            bridges.set_fact(connection, "a", "1")
            raise LookupError

    with pytest.raises(LookupError):
        write()
    assert value(database, "a") == ""


def test_a_doubled_row_stays_an_integrity_error(database):
    put(database, "a", "1")
    with pytest.raises(exc.IntegrityError), database.write() as connection:
        connection.execute(insert(tables.meta).values(key="a", value=""))


def test_rows_of_a_bridge_go_with_it(database, bridge):
    with database.write() as connection:
        bridges.set_watermark(connection, bridge, "sales", bridges.all_bridges(connection)[0].created_at)
        bridges.remove_bridge(connection, bridges.all_bridges(connection)[0])
        left = [connection.execute(select(table)).all() for table in (tables.watermark, tables.connection)]
    assert left == [[], []]


# together


def test_two_threads_at_once_never_fail_as_locked(database):
    begin = threading.Barrier(2)

    def hammer(name):
        begin.wait()
        for _ in range(WRITES):
            with database.write() as connection:
                bridges.set_fact(connection, name, str(int(bridges.fact(connection, name) or 0) + 1))
                bridges.set_fact(connection, "both", str(int(bridges.fact(connection, "both") or 0) + 1))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(hammer, ["one", "two"]))
    assert [value(database, name) for name in ("one", "two", "both")] == ["200", "200", "400"]


def test_a_copy_made_while_others_write_is_one_instant(database, tmp_path):
    """Two facts change in one commit; a copy never shows one without the other."""
    ended = threading.Event()

    def write():
        number = 0
        while not ended.is_set():
            number += 1
            with database.write() as connection:
                bridges.set_fact(connection, "left", str(number))
                bridges.set_fact(connection, "right", str(number))

    target = tmp_path / "copies" / "copy.db"
    target.parent.mkdir()
    seen = set()
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            for _ in range(60):
                database.copy_to(target)
                seen.add(both(target))
                if len(seen) == 6:
                    break
        finally:
            ended.set()
        writing.result()
    assert all(left == right for left, right in seen)
    assert len(seen) > 1
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]


def both(path):
    plain = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = dict(plain.execute("SELECT key, value FROM meta"))
        return kept.get("left"), kept.get("right")
    finally:
        plain.close()


def test_what_an_interrupted_copy_left_is_in_nobodys_way(database, tmp_path):
    target = tmp_path / "copy.db"
    (tmp_path / "copy.db.part").write_bytes(b"half a copy")
    put(database, "left", "1")
    database.copy_to(target)
    assert both(target)[0] == "1"


# what the disk refuses


def test_a_file_that_is_none_of_ours_is_damaged(tmp_path):
    path = tmp_path / "bridge.db"
    path.write_bytes(b"this is a letter, not a database " * 100)
    database = Database(path)
    assert code_of(lambda: value(database, "a")) == "store.damaged"
    assert code_of(lambda: put(database, "a", "b")) == "store.damaged"
    database.close()


def test_a_file_with_a_torn_page_is_damaged(database, tmp_path):
    for number in range(300):
        put(database, f"key {number}", "x" * 200)
    target = tmp_path / "torn.db"
    database.copy_to(target)
    content = bytearray(target.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    target.write_bytes(content)
    torn = Database(target)
    assert code_of(lambda: all_facts(torn)) == "store.damaged"
    torn.close()


def all_facts(database):
    with database.read() as connection:
        return connection.execute(select(tables.meta)).all()


def test_a_full_disk_is_told_and_what_was_there_stays(database):
    put(database, "a", "before")

    def fill():
        with database.write() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pragma(connection, 'page_count')}")
            for number in range(2000):
                bridges.set_fact(connection, f"key {number}", "x" * 500)

    assert code_of(fill) == "store.disk_full"
    assert value(database, "a") == "before"
    assert value(database, "key 0") == ""


def test_a_disk_that_fills_up_within_a_savepoint_is_told(database):
    """SQLite ends the whole transaction; going back to the savepoint, which is gone, fails after that."""
    put(database, "a", "b")

    def fill():
        with database.write() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            with connection.begin_nested():
                connection.exec_driver_sql("INSERT INTO meta VALUES ('big', zeroblob(1000000))")

    assert code_of(fill) == "store.disk_full"
    assert value(database, "a") == "b"


def test_a_file_that_another_program_holds_is_told(database, monkeypatch):
    monkeypatch.setattr("bridge_gui.store.database.BUSY_MILLISECONDS", 50)
    patient = Database(database.path)
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert code_of(lambda: put(patient, "a", "b")) == "store.locked"
    other.execute("ROLLBACK")
    put(patient, "a", "c")
    assert value(patient, "a") == "c"
    other.close()
    patient.close()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_folder_that_may_not_be_written_to_is_told(database):
    database.close()
    folder = database.path.parent
    database.path.chmod(0o400)
    folder.chmod(0o500)
    try:
        again = Database(database.path)
        assert code_of(lambda: put(again, "a", "b")) in ("store.read_only", "store.cannot_open")
        again.close()
    finally:
        folder.chmod(0o700)
        database.path.chmod(0o600)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("attempt to write a readonly database", "store.read_only"),
        ("unable to open database file", "store.cannot_open"),
        ("database or disk is full", "store.disk_full"),
        ("database disk image is malformed", "store.damaged"),
    ],
)
def test_what_sqlite_says_becomes_a_code(database, text, code):
    def refuse():
        with database.write():
            raise exc.OperationalError("INSERT", {}, sqlite3.OperationalError(text))

    assert code_of(refuse) == code


def test_what_the_disk_refuses_stops_the_bridge_until_a_person_has_looked(database):
    with pytest.raises(BridgeError) as raised, database.write():
        raise exc.OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))
    verdict = classify(raised.value)
    assert (verdict.reaction.value, verdict.params["file"]) == ("stop bridge", str(database.path))


def test_anything_else_the_database_says_is_a_bug_and_stays_one(database):
    with pytest.raises(exc.OperationalError), database.write() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")
