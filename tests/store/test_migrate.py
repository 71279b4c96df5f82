"""Migrations: the schema they make, what is refused, what is kept before anything is touched."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, migrate
from bridge_gui.store.database import Database
from bridge_gui.store.tables import metadata
from bridge_gui.store.types import Amount, Choice, Instant, Json
from tests.store.conftest import NOW

MADE = {"0001": "ef3e79b885b06aa43c1740dcbafc038222283f28a33ef1a3ae3e870c93dd5c8d"}
"""Each migration, and a digest of the schema it leaves: files of that version are on people's computers."""


def same_storage(context, inspected, column, inspected_type, type_):
    """A type of ours is kept in the plain one it is built on; anything else is compared as ever."""
    if isinstance(type_, Amount | Choice | Instant | Json):
        return str(inspected_type) != str(type_.impl_instance)
    return None


def shape(path):
    """Everything SQLite knows of a file's tables, columns, keys and indexes, in no order."""
    plain = sqlite3.connect(path)
    names = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for name in names:
        if name == "alembic_version" or name.startswith("sqlite_"):
            continue
        columns = {row[1:] for row in plain.execute(f"PRAGMA table_xinfo('{name}')")}
        keys = {row[2:] for row in plain.execute(f"PRAGMA foreign_key_list('{name}')")}
        indexes = {
            (row[2], row[4], tuple(part[2] for part in plain.execute(f"PRAGMA index_info('{row[1]}')")))
            for row in plain.execute(f"PRAGMA index_list('{name}')")
        }
        found[name] = (columns, keys, indexes)
    plain.close()
    return found


def set_version(path, version):
    plain = sqlite3.connect(path)
    plain.execute("UPDATE alembic_version SET version_num = ?", (version,))
    plain.commit()
    plain.close()


def version(database):
    with database.read() as connection:
        return migrate.version_of(connection)


@pytest.fixture
def older(path, monkeypatch):
    """A file whose version lies before the present one; migrating it changes nothing but the version."""
    set_version(path, "0000")

    def upgrade(database):
        with database.write() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (migrate.HEAD,))

    monkeypatch.setattr(migrate, "_upgrade", upgrade)
    return path


def test_the_schema_by_migrations_is_the_schema_from_scratch(database):
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": same_storage})
        assert compare_metadata(context, metadata) == []


def test_both_ways_lead_to_the_same_file_down_to_its_defaults_and_indexes(path, tmp_path):
    scratch = tmp_path / "scratch.db"
    engine = create_engine(f"sqlite:///{scratch}")
    metadata.create_all(engine)
    engine.dispose()
    made = shape(path)
    assert set(made) == set(metadata.tables)
    assert made == shape(scratch)


def test_the_last_migration_is_the_version_that_is_looked_for():
    assert ScriptDirectory(str(migrate.MIGRATIONS)).get_heads() == [migrate.HEAD]


@pytest.mark.parametrize("revision", MADE)
def test_a_migration_that_was_handed_out_is_never_changed(revision, tmp_path):
    database = Database(tmp_path / "bridge.db")
    migrate._upgrade(database, revision)
    with database.read() as connection:
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql")
        told = " ".join("\n".join(made.scalars()).split())
    database.close()
    assert hashlib.sha256(told.encode()).hexdigest() == MADE[revision]


def test_every_migration_is_held_to_what_it_made():
    scripts = ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions()
    assert {script.revision for script in scripts} == set(MADE)


def test_a_file_with_the_present_number_but_not_its_columns_is_refused_with_a_sentence(path):
    plain = sqlite3.connect(path)
    plain.execute("ALTER TABLE link DROP COLUMN checked_at")
    plain.commit()
    plain.close()
    before = path.read_bytes()
    database = Database(path)
    with pytest.raises(SetupError) as raised:
        migrate.migrate(database, NOW)
    assert (raised.value.code, raised.value.params["missing"]) == ("store.unfinished", "link.checked_at")
    database.close()
    assert path.read_bytes() == before
    assert not (path.parent / "snapshots").exists()


def test_a_new_file_is_migrated_without_a_snapshot(tmp_path):
    database = Database(tmp_path / "bridge.db")
    assert version(database) == ""
    migrate.migrate(database, NOW)
    assert version(database) == migrate.HEAD
    assert not (tmp_path / "snapshots").exists()
    database.close()


def test_a_file_at_the_present_version_is_left_alone(database, monkeypatch):
    monkeypatch.setattr(migrate, "_upgrade", lambda database: pytest.fail("migrated"))
    migrate.migrate(database, NOW)
    assert not (database.path.parent / "snapshots").exists()


def test_a_file_of_a_newer_bridge_is_refused_and_not_touched(path, monkeypatch):
    monkeypatch.setattr(migrate, "_upgrade", lambda database: pytest.fail("migrated"))
    set_version(path, "9999")
    database = Database(path)
    with pytest.raises(SetupError) as raised:
        migrate.migrate(database, NOW)
    assert (raised.value.code, raised.value.params["version"]) == ("store.newer", "9999")
    assert version(database) == "9999"
    assert not (path.parent / "snapshots").exists()
    database.close()


def test_an_older_file_is_copied_before_it_is_migrated(older):
    database = Database(older)
    with database.write() as connection:
        bridges.set_fact(connection, "folder", "as it was")
    migrate.migrate(database, NOW)
    assert version(database) == migrate.HEAD
    database.close()
    (kept,) = (older.parent / "snapshots").iterdir()
    copy = Database(kept)
    assert version(copy) == "0000"
    with copy.read() as connection:
        assert bridges.fact(connection, "folder") == "as it was"
    copy.close()


def test_the_copy_is_there_when_the_migration_fails_and_the_file_is_as_before(older, monkeypatch):
    def upgrade(database):
        with database.write() as connection:
            connection.exec_driver_sql("DROP TABLE link")
            raise RuntimeError("in the middle")

    monkeypatch.setattr(migrate, "_upgrade", upgrade)
    database = Database(older)
    with pytest.raises(RuntimeError):
        migrate.migrate(database, NOW)
    assert version(database) == "0000"
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM link").scalar_one() == 0
    assert len(list((older.parent / "snapshots").iterdir())) == 1
    database.close()


def test_a_real_migration_that_fails_half_way_leaves_an_empty_file(tmp_path, monkeypatch):
    from alembic import op

    made = []

    def break_at_the_third(name, *columns, **more):
        if len(made) == 2:
            raise RuntimeError("in the middle")
        made.append(name)
        return real(name, *columns, **more)

    real = op.create_table
    monkeypatch.setattr(op, "create_table", break_at_the_third)
    database = Database(tmp_path / "bridge.db")
    with pytest.raises(RuntimeError):
        migrate.migrate(database, NOW)
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0
    database.close()


def test_the_last_three_copies_stay(database):
    made = [migrate.snapshot(database, NOW + timedelta(minutes=minute)) for minute in range(5)]
    assert sorted((database.path.parent / "snapshots").iterdir()) == made[-3:]


def test_two_copies_in_one_second_are_two(database):
    made = {migrate.snapshot(database, NOW + timedelta(microseconds=at)) for at in range(3)}
    assert len(made) == 3
    assert set((database.path.parent / "snapshots").iterdir()) == made


def test_copies_are_private_to_the_user(database):
    made = migrate.snapshot(database, NOW)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


def test_a_copy_is_whole_and_sound(database):
    with database.write() as connection:
        bridges.set_fact(connection, "folder", "f1")
    copy = Database(migrate.snapshot(database, NOW))
    with copy.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert bridges.fact(connection, "folder") == "f1"
    copy.close()
