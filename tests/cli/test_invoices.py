"""Deals and their invoices by command lines alone: every action, and a person at Xero in between."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridge_gui.app import registry
from tests.crash.world import Ended, World, plant

NAME = "pipedrive_xero"


class Desk:
    """A bookkeeper at a terminal."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder

    def ask(self, *words: str) -> Any:
        """A command that has to end well."""
        ended: Ended = self.world.command(*words)
        assert ended.code in (0, 1), (words, ended)
        return ended.data

    def text(self, *words: str) -> str:
        """The same, for a person to read."""
        ended = self.world.command(*words)
        assert ended.code == 0, ended
        return ended.out

    def act(self, action: str, subject: str, *words: str) -> dict[str, Any]:
        """One order, and what is told of it."""
        ended = self.world.command("act", NAME, action, subject, "--yes", *words)
        (told,) = ended.data["orders"]
        return told

    def person(self, vendor: str, action: str, **details: Any) -> Any:
        """A person does something at a vendor."""
        return self.world.vendors.control(vendor, "person", {"action": action, **details})

    def later(self) -> None:
        """A while later, after a sync."""
        self.world.wait(self.world.settle)
        self.ask("sync", NAME)

    def invoice(self, deal: str) -> dict[str, Any]:
        """The last invoice of a deal, by the deal's id."""
        rows = [row for row in self.ask("documents", NAME) if row["kind"] == "invoice"]
        return [row for row in rows if {one["id"] for one in row["sources"]} == {deal}][-1]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    spec = registry().bridges[NAME]
    plant(tmp_path / "planted", spec)
    (tmp_path / "world").mkdir()
    with World(tmp_path / "world", spec, tmp_path / "planted", {}) as world:
        world.wait(1)
        world.connect(30)
        yield Desk(world, tmp_path)


def test_every_action_from_both_sides(desk):
    desk.ask("sync", NAME)
    ours, theirs, third = (desk.invoice(deal) for deal in ("1", "6", "11"))
    assert {one["state"] for one in (ours, theirs, third)} == {"draft"}
    _ours(desk, ours["number"])
    _theirs(desk, theirs["number"], theirs["target"]["id"])
    _deleted_and_made_again(desk, third["number"])


def _ours(desk, number):
    """Submitted, approved, e-mailed, paid in part by a person, voided with its payment."""
    assert desk.act("submit", number)["state"] == "awaiting_approval"
    assert desk.act("approve", number)["state"] == "awaiting_payment"
    assert "approved already" in desk.act("submit", number)["sentence"]
    assert desk.act("email", number)["how"] == "done"
    target = desk.invoice("1")["target"]["id"]
    desk.person("xero", "pay_invoice", id=target, amount=100)
    desk.later()
    assert desk.invoice("1")["state"] == "partly_paid"
    file = desk.folder / "one.pdf"
    assert desk.act("pdf", number, "--to", str(file))["how"] == "done"
    assert file.read_bytes().startswith(b"%PDF")
    voided = desk.act("void", number)
    assert (voided["how"], voided["state"]) == ("done", "voided"), voided


def _theirs(desk, number, target):
    """Approved by a person, then voided by a person: followed, and nothing is made again."""
    desk.person("xero", "approve_invoice", id=target)
    desk.later()
    assert desk.invoice("6")["state"] == "awaiting_payment"
    assert "Only" not in desk.act("delete", number)["sentence"]
    desk.person("xero", "void_invoice", id=target)
    desk.later()
    assert desk.invoice("6")["state"] == "voided"
    assert "voided" in desk.act("email", number)["sentence"]
    desk.later()
    assert desk.invoice("6")["target"]["id"] == target


def _deleted_and_made_again(desk, number):
    """A draft is deleted; its deal gets another one only on purpose, from a file that is filled in."""
    assert desk.act("delete", number)["state"] == "deleted"
    desk.later()
    assert desk.invoice("11")["number"] == number
    printed = desk.text("act", NAME, "create_invoice", "11", "--questions")
    assert tomllib.loads(printed)["lines"]
    file = desk.folder / "invoice.toml"
    file.write_text(printed, "utf-8")
    seen = desk.ask("act", NAME, "create_invoice", "11", "--answers", str(file), "--preview")
    (document,) = seen["orders"][0]["documents"]
    assert document["total"] == "119.23"
    made = desk.act("create_invoice", "11", "--answers", str(file), "--request", "again")
    same = desk.act("create_invoice", "11", "--answers", str(file), "--request", "again")
    assert (made["how"], same["number"]) == ("done", made["number"]), (made, same)
    assert desk.invoice("11")["number"] == made["number"]
    assert desk.act("open", made["number"])["address"].startswith("https://go.xero.com/")


def test_an_invoice_of_xeros_own_and_a_contact_let_go(desk):
    desk.ask("sync", NAME)
    rows = desk.ask("panel", NAME, "invoices")["rows"]
    outside = next(row for row in rows if row["state"] == "awaiting_payment")
    file = desk.folder / "attach.toml"
    file.write_text('deal = "6"', "utf-8")
    attached = desk.act("attach", outside["id"], "--answers", str(file))
    assert attached["how"] == "done", attached
    desk.person("xero", "pay_invoice", id=outside["id"])
    desk.later()
    detail = desk.ask("panel", NAME, "deals", "--row", "6")
    (held,) = [one for one in detail["documents"] if one["kind"] == "outside_invoice"]
    assert held["state"] == "paid"
    assert desk.act("detach", held["number"])["how"] == "done"
    assert desk.act("disconnect_contact", "6")["how"] == "done"
    desk.later()
    assert desk.invoice("6")["state"] == "draft"
