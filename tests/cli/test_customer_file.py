"""Customers out of a file become contacts by command lines alone, in real processes against both sandboxes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bridge_gui.app import registry
from tests.crash.world import World, plant

NAME, PANEL, ACTION = "highlevel_quickbooks", "customers_file", "bring_in_file"
EXPORT = """Kunde,Post,Nummer
Mara Again,MARA@sample.example,
Gil New,gil@new.example,+44 7700 900201
Gil New,"gil@new.example, second@new.example",
Uma Unreachable,,
"""
COLUMNS = '\n[mappings.customer_columns]\nKunde = "name"\nPost = "email"\nNummer = "phone"\n'


@pytest.fixture
def world(tmp_path: Path):
    spec = registry().bridges[NAME]
    plant(tmp_path / "planted", spec)
    (tmp_path / "world").mkdir()
    with World(tmp_path / "world", spec, tmp_path / "planted", {}) as one:
        one.wait(1)
        one.connect(1)
        yield one


def connected_with(world, file):
    """The same answers once more, with the file and what its columns are."""
    answers = world.folder / "answers.toml"
    text = answers.read_text("utf-8").replace("[settings]", f'[settings]\n"customers_file" = "{file}"')
    answers.write_text(text + COLUMNS, "utf-8")
    words = ("connect", NAME, "--answers", str(answers), "--secrets", "-")
    assert world.command(*words, stdin=world.secrets()).code == 0


def contacts(world, text):
    held = world.vendors.control("highlevel", "documents")
    return [one for one in held if one["kind"] == "contact" and text in str(one["texts"])]


def test_the_questions_propose_pairs_and_their_answers_are_brought_in_once(world):
    file = world.folder / "Kunden Liste.csv"
    file.write_text(EXPORT, "utf-8")
    connected_with(world, file)
    asked = world.command("act", NAME, ACTION, PANEL, "--questions").out
    (sure,) = tomllib.loads(asked)["pairs"]
    assert "# Mara Again MARA@sample.example = mara sample" in asked
    chosen = world.folder / "pairs.toml"
    rows = {row["left"]: row for row in world.command("panel", NAME, PANEL).data["rows"]}
    gil = rows["Gil New"]
    chosen.write_text(
        f'[[pairs]]\nleft = "{sure["left"]}"\nright = "{sure["right"]}"\n'
        f'[[pairs]]\nleft = "{gil["id"]}"\nright = "{gil["right_id"]}"\n'
    )
    done = world.command("act", NAME, ACTION, PANEL, "--answers", str(chosen), "--yes")
    assert (done.code, done.data["orders"][0]["how"]) == (0, "done")
    assert [len(contacts(world, name)) for name in ("gil@new.example", "mara@sample.example")] == [1, 1]
    again = world.command("act", NAME, ACTION, PANEL, "--answers", str(chosen), "--yes")
    assert (again.code, again.data["orders"][0]["code"]) == (2, "customer.not_in_file")
    assert len(contacts(world, "gil@new.example")) == 1
