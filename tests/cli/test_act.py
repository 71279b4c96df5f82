"""`act` and `panel` by command lines, on a toy bridge over real HTTP."""

from __future__ import annotations

import importlib
import tomllib
from dataclasses import replace

import pytest

from bridge_gui.app import means as real_means
from bridge_gui.cli.codes import Exit, of_told
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.actions import How, Told
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import SystemClock, never
from tests.cli.program import Bridge
from tests.sync.test_toy_package import BRIDGE, drawn, host, registry, rooms, set_up
from tests.sync.toy_acting import ACTING

__all__ = ["host", "registry", "rooms"]


@pytest.fixture(autouse=True)
def acting(rooms, tmp_path):
    (tmp_path / "toy_bridges" / "stall_drawer.py").write_text(BRIDGE + ACTING, "utf-8")
    importlib.invalidate_caches()


@pytest.fixture
def look(registry, host, tmp_path):
    """One command line on a bridge that has synced once."""
    keychain = MemoryKeychain()
    house = House(DataFolder(tmp_path / "data"), registry, lambda folder: keychain, SystemClock())
    set_up(house, host)
    house.sync("toys", never(), nobody)
    house.close()
    means = replace(real_means(), registry=lambda: registry, keychain=lambda folder: keychain)
    return Bridge(tmp_path / "data", means=means).look


def test_what_there_is_to_do_and_to_see_is_listed(look):
    assert {one["action"] for one in look("act", "toys").data} >= {"void", "extra", "receipt", "look"}
    assert [one["panel"] for one in look("panel", "toys").data] == ["stock", "matches", "differing"]
    assert "stock" in look("panel", "toys", json=False).out


def test_what_cannot_be_undone_is_told_and_done_only_with_a_yes(look, host):
    asked = look("act", "toys", "void", "S0", json=False)
    assert (asked.code, "stays void for good" in asked.out) == (2, True)
    assert not any(thing.get("voided") for thing in host.simulators["drawer"].things.find())
    done = look("act", "toys", "void", "S0", "--yes")
    assert (done.code, done.data["orders"][0]["how"], done.data["orders"][0]["state"]) == (
        0,
        "done",
        "voided",
    )
    again = look("act", "toys", "void", "S0", "--yes")
    assert (again.code, again.data["orders"][0]["sentence"]) == (2, "S0 is void already.")


def test_the_same_request_given_twice_is_one(look, host):
    before = len(drawn(host))
    for _ in range(2):
        assert look("act", "toys", "extra", "S0", "--request", "one").data["orders"][0]["how"] == "done"
    assert len(drawn(host)) == before + 1


def test_a_form_is_printed_filled_in_and_sent_as_it_is_filled(look, host, tmp_path):
    printed = look("act", "toys", "extra", "S3", "--questions", json=False).out
    assert tomllib.loads(printed)["lines"] == [{"text": "One of S3", "amount": "103"}]
    file = tmp_path / "extra.toml"
    file.write_text(printed.replace('"103"', "40"), "utf-8")
    seen = look("act", "toys", "extra", "S3", "--answers", str(file), "--preview")
    assert seen.code == 0
    assert seen.data["orders"][0]["documents"][0]["total"] == "40"
    assert seen.data["orders"][0]["warnings"][0]["at"] == "lines.0.item"
    before = drawn(host)
    assert look("act", "toys", "extra", "S3", "--answers", str(file)).code == 0
    assert [thing for thing in drawn(host) if thing not in before] == [("XS3/1", 40)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('day = "soon"', "answers.type"),
        ("day = [1]", "answers.type"),
        ('digest = "x"', "answers.unknown_key"),
        ("day = ", "answers.not_toml"),
    ],
)
def test_wrong_answers_are_said_in_the_same_words(look, host, tmp_path, text, code):
    before = drawn(host)
    file = tmp_path / "extra.toml"
    file.write_text(text, "utf-8")
    said = look("act", "toys", "extra", "S3", "--answers", str(file))
    assert said.code == 2
    found = said.data.get("error") or said.data["orders"][0]
    assert found["code"] == code
    assert drawn(host) == before


def test_several_records_each_get_their_answer_and_the_worst_counts(look):
    told = look("act", "toys", "extra", "S0", "S77", "S3")
    assert told.code == 2
    assert {one["subject"]: one["how"] for one in told.data["orders"]} == {
        "S0": "done", "S77": "refused", "S3": "done",
    }  # fmt: skip


def test_a_file_is_written_where_the_user_says_and_nothing_is_overwritten_unsaid(look, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("_S0_receipt.pdf", "_S0_receipt (2).pdf"):
        written = look("act", "toys", "receipt", "S0", "--to", str(folder)).data["orders"][0]["file"]
        assert written == str(folder / name)
        assert (folder / name).read_bytes().startswith(b"%PDF-")
    assert (
        look("act", "toys", "receipt", "S0", "--to", str(tmp_path / "no" / "x.pdf")).error
        == "cli.not_written"
    )


def test_an_address_is_told_if_it_is_the_vendors_own(look):
    assert (
        look("act", "toys", "look", "S0")
        .data["orders"][0]["address"]
        .startswith("https://pages.stall.example/")
    )
    assert look("act", "toys", "look", "S1").data["orders"][0]["code"] == "action.foreign_address"


def test_a_panel_is_searched_filtered_and_read_row_by_row(look):
    found = look("panel", "toys", "stock", "--filter", "size=big").data
    assert [(row["id"], row["values"]["amount"]) for row in found["rows"]] == [("S3", "103"), ("S4", "104")]
    assert [row["id"] for row in look("panel", "toys", "stock", "--search", "s2").data["rows"]] == ["S2"]
    page = look("panel", "toys", "stock", "--offset", "1", "--limit", "2", json=False).out
    assert "S1" in page
    assert "2 of 5" in page
    assert look("panel", "toys", "stock", "--row", "S0").data["facts"] == [["Colour", "red"]]
    assert "Drawer 9 (D9)" in look("panel", "toys", "matches", json=False).out
    assert "Anne" in look("panel", "toys", "differing", json=False).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("act", "toys", "explode", "S0"), "action.unknown"),
        (("act", "toys", "void"), "cli.usage"),
        (("act", "toys", "void", "S9"), "action.no_document"),
        (("act", "bells", "void", "S0"), "bridge.unknown"),
        (("panel", "toys", "cellar"), "panel.unknown"),
        (("panel", "toys", "stock", "--filter", "size"), "cli.usage"),
        (("panel", "toys", "stock", "--filter", "colour=red"), "panel.no_filter"),
        (("panel", "toys", "stock", "--limit", "-1"), "cli.usage"),
    ],
)
def test_wrong_use_is_a_sentence(look, words, code):
    said = look(*words)
    assert (said.code, said.error) == (2, code)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (Told(how=How.DONE), Exit.DONE),
        (Told(how=How.REFUSED, code="stall_drawer.void_already"), Exit.WRONG),
        (Told(how=How.ASKED, code="outcome.several"), Exit.ATTENTION),
        (Told(how=How.WAITING, code="action.being_checked"), Exit.ATTENTION),
        (Told(how=How.WAITING, code="net.unreachable"), Exit.OUT_OF_REACH),
        (Told(how=How.WAITING, code="toy.expired"), Exit.SIGN_IN),
    ],
)
def test_the_exit_code_says_how_an_order_ended(told, code):
    assert of_told(told, lambda code: "Sign in again" if code == "toy.expired" else "") is code
