"""A number in the folder and one in the keychain tell that an older snapshot was put back."""

import shutil
from contextlib import closing

import pytest

from bridge_gui.store import bridges
from bridge_gui.store.database import Database
from bridge_gui.sync import memory
from bridge_gui.web.keychain import MemoryKeychain


@pytest.fixture
def folder(world):
    """A data folder and the keychains of this computer; each run asks, works, remembers."""

    class Folder:
        def __init__(self):
            self.keychains = {}
            self.name("one")

        def name(self, name):
            with closing(Database(world.path)) as database, database.write() as connection:
                bridges.set_fact(connection, "folder", name)
            self.own = self.keychain(name)

        def keychain(self, name):
            return self.keychains.setdefault(name, MemoryKeychain())

        def ask(self, question=memory.restored):
            with closing(Database(world.path)) as database:
                return question(database, self.own, self.keychain, world.bridge)

        def run(self):
            told = self.ask()
            with closing(Database(world.path)) as database:
                memory.remember(database, self.own)
            return told

    return Folder()


def settled(world):
    world.change_bridge(surveyed=True, recovering=False)


def test_a_folder_that_goes_on_is_not_restored(folder):
    assert [folder.run() for _ in range(3)] == [False] * 3


def test_an_older_snapshot_is_noticed_once_and_written_into_the_folder_first(world, folder):
    folder.run()
    settled(world)
    snapshot = world.snapshot()
    folder.run()
    world.restore(snapshot)
    assert folder.ask()
    assert (world.bridge.surveyed, world.bridge.recovering) == (False, True)
    assert not folder.ask()
    assert not world.bridge.surveyed, "a run that died before its survey has one to make"


def test_a_snapshot_made_while_a_run_was_at_work_is_older_once_the_run_has_ended(world, folder):
    folder.ask()
    snapshot = world.snapshot()
    with closing(Database(world.path)) as database:
        memory.remember(database, folder.own)
    world.restore(snapshot)
    assert folder.ask()


def test_every_bridge_of_the_folder_is_concerned(world, folder):
    folder.run()
    snapshot = world.snapshot()
    folder.run()
    world.restore(snapshot)
    with closing(Database(world.path)) as database, database.write() as connection:
        bridges.add_bridge(
            connection, name="other", kind="toy", sales_id=1, books_id=2, settings={}, mappings={}, start=world.start,
            created_at=world.clock.now(), stopped_params={}, surveyed=True,
        )  # fmt: skip
    folder.ask()
    with closing(Database(world.path)) as database, database.read() as connection:
        assert [row.recovering for row in bridges.all_bridges(connection)] == [True, True]


def test_another_folder_for_the_same_company_is_noticed(world, folder):
    folder.run()
    settled(world)
    folder.name("two")
    assert folder.run()
    assert world.bridge.recovering
    assert not folder.run()
    folder.name("one")
    assert folder.run(), "the first folder comes back: the second has worked since"


def test_a_preview_asks_and_changes_nothing(world, folder):
    folder.run()
    settled(world)
    snapshot = world.snapshot()
    folder.run()
    world.restore(snapshot)
    kept = shutil.copy(world.path, world.path.with_suffix(".kept"))
    assert folder.ask(memory.older_than_known)
    assert folder.ask(memory.older_than_known)
    assert world.bridge.surveyed
    assert kept


def test_without_a_keychain_nothing_can_be_told(world, folder):
    from bridge_gui.errors import SetupError

    class Nothing:
        def get(self, connection, field):
            raise SetupError("keychain.none")

        set = get

    folder.own = Nothing()
    assert folder.run() is False
    assert folder.ask(memory.older_than_known) is False


def test_what_is_forgotten_is_not_in_the_keychain_any_more(world, folder):
    folder.run()
    companies = folder.keychain(memory.COMPANIES)
    memory.forget(folder.own, companies, [world.bridge])
    assert folder.own.get("folder", "snapshot") is None
    folder.name("another")
    assert not folder.ask(), "the company was still known"
