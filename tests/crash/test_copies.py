"""Older copies put back, other computers, two of them at once: nothing is booked twice."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.crash.tally import tally
from tests.crash.world import World


def later_day(world: World):
    world.trade(1)
    world.rest()


def fine(world: World):
    found = tally(world)
    assert found.good, found


def test_a_backup_put_back_makes_nothing_twice(world: World, tmp_path: Path):
    made = world.command("backup", str(tmp_path / "kept"))
    assert made.code == 0, made
    file = Path(made.data["file"])
    assert oct(file.stat().st_mode)[-3:] == "600"
    later_day(world)
    before = len(world.documents(world.spec.books))
    assert world.command("restore", str(file)).code == 0
    world.rest()
    assert len(world.documents(world.spec.books)) == before
    fine(world)


def test_an_older_file_put_there_by_hand_makes_nothing_twice(world: World, tmp_path: Path):
    kept = Path(world.command("backup", str(tmp_path / "kept")).data["file"])
    later_day(world)
    before = len(world.documents(world.spec.books))
    for file in world.data.glob("bridge.db*"):
        file.unlink()
    shutil.copy(kept, world.data / "bridge.db")
    world.rest()
    assert len(world.documents(world.spec.books)) == before
    fine(world)


def test_a_new_computer_with_a_start_date_in_the_past_makes_nothing_twice(world: World):
    later_day(world)
    before = {one.id for one in world.documents(world.spec.books)}
    world.another_computer("new")
    world.connect(2)
    world.rest()
    assert {one.id for one in world.documents(world.spec.books)} == before
    fine(world)


def test_moved_to_another_computer_with_all_links_and_no_secrets(world: World, tmp_path: Path):
    moved = Path(world.command("move", str(tmp_path / "stick")).data["file"])
    for line in world.secrets().splitlines():
        secret = line.partition(" = ")[2].strip('"')
        assert not secret or secret.encode() not in moved.read_bytes()
    later_day(world)
    before = {one.id for one in world.documents(world.spec.books)}
    world.another_computer("moved")
    assert world.command("restore", str(moved)).code == 0
    assert world.sync().code == 3
    world.rest(secrets=True)
    assert {one.id for one in world.documents(world.spec.books)} == before
    fine(world)


def test_a_second_bridge_at_work_is_noticed_and_asked_about(world: World):
    """Both know the first day; one books the second, and the other must not book it again."""
    first = world.data, world.keys
    world.another_computer("second")
    world.connect(2)
    world.rest()
    second = world.data, world.keys
    world.trade(1)
    world.data, world.keys = first
    world.rest()
    before = {one.id for one in world.documents(world.spec.books)}
    world.data, world.keys = second
    world.wait(world.settle)
    for _ in range(2):
        ended = world.sync()
        assert (ended.code, "Another Bridge books" in ended.err) == (2, True), ended
    (item,) = [one["id"] for one in world.command("attention").data if one["code"] == "bridge.second"]
    assert world.command("attention", "--answer", item, "seen").code == 0
    world.rest()
    assert {one.id for one in world.documents(world.spec.books)} == before
    fine(world)


def test_what_is_no_copy_is_not_put_back(world: World, tmp_path: Path):
    nothing, text, other = tmp_path / "nothing", tmp_path / "text", tmp_path / "other.db"
    text.write_text("this is no data file at all, but long enough to be looked at" * 20, "utf-8")
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("CREATE TABLE things (name)")
        raw.commit()
    for file, code in ((nothing, "not_found"), (text, "not_ours"), (other, "not_ours")):
        ended = world.command("restore", str(file))
        assert (ended.code, ended.data["error"]["code"]) == (2, f"copies.{code}")
    assert world.command("backup", str(text)).data["error"]["code"] == "copies.no_place"
    assert not list(world.data.glob("*.restoring*"))
    world.rest()
    fine(world)
