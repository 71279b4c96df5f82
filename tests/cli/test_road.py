"""From the printed questions to booked orders, by command lines alone."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.cli.program import KIND, Bridge, Sandbox

DAYS = 2
ENTRY = "journal_entry"


def first_day():
    return datetime.now(UTC).date() - timedelta(days=DAYS)


def by_method(orders: list[dict[str, Any]]) -> Counter[str]:
    """What was paid with each method, as the till tells it."""
    totals: Counter[str] = Counter()
    for order in orders:
        for payment in order["payments"]:
            if payment["status"] == "SUCCESS":
                totals[payment["paymentMethod"]["title"]] += payment["amount"]
    return totals


def is_paid(order: dict[str, Any]) -> bool:
    """Whether the order belongs in the journal: closed, and nothing of it on account."""
    kinds = {payment["paymentMethod"]["type"] for payment in order["payments"]}
    return order["status"] == "CLOSED" and "invoice" not in kinds


def booked_by_method(documents: list[dict[str, Any]], orders: dict[str, dict[str, Any]]) -> Counter[str]:
    """What the documents hold for each method; each document's total is its orders' payments."""
    totals: Counter[str] = Counter()
    for document in documents:
        paid = by_method([orders[source["id"]] for source in document["sources"]])
        assert Decimal(document["total"]) == paid.total(), document
        totals.update(paid)
    return totals


def test_the_whole_road(bridge: Bridge, sandbox: Sandbox):
    connected = bridge.connect(days=DAYS)
    assert connected.code == 0
    assert connected.data["companies"] == {
        "salescloud": "Kaffihús Example ehf.",
        "payday": "Kaffihús Example ehf.",
    }
    assert (connected.data["unmapped"], connected.data["secrets_kept"]) == ([], False)
    assert "--secrets -" in connected.err

    shown = bridge("sync", "--preview", secrets=True)
    assert shown.code == 1
    would = shown.data["bridges"][0]["documents"]
    assert would
    assert sandbox.entries() == []
    assert bridge.look("documents").data == []

    synced = bridge("sync", secrets=True)
    assert synced.code == 1
    run = synced.data["bridges"][0]
    assert list(run) == [
        "bridge", "outcome", "read", "written", "skipped", "attention", "failed", "calls", "seconds",
    ]  # fmt: skip
    assert (run["bridge"], run["outcome"], run["failed"]) == (KIND, "finished", 0)
    assert run["written"] == len(would)
    assert len(sandbox.entries()) == sum(one["kind"] == ENTRY for one in would)
    assert set(run["calls"]) == {"payday", "salescloud"}

    again = bridge("sync", secrets=True).data["bridges"][0]
    assert (again["outcome"], again["written"]) == ("finished", 0)
    assert len(sandbox.entries()) == sum(one["kind"] == ENTRY for one in would)
    check_documents(bridge, sandbox)
    check_other_lists(bridge, run)
    check_answers(bridge)
    check_the_end(bridge, sandbox)
    check_secrets(bridge, sandbox)


def check_documents(bridge: Bridge, sandbox: Sandbox):
    documents = [one for one in bridge("documents").data if one["kind"] == ENTRY]
    assert list(documents[0]) == [
        "bridge", "kind", "number", "state", "date", "currency", "total", "sources", "target",
    ]  # fmt: skip
    assert {document["target"]["id"] for document in documents} == {one["id"] for one in sandbox.entries()}
    assert {document["state"] for document in documents} == {"posted"}
    orders = sandbox.orders(first_day())
    waiting = {row["source"] for row in bridge("attention").data}
    assert all(source["vendor"] == "salescloud" for one in documents for source in one["sources"])
    free = [order for key, order in orders.items() if key not in waiting and is_paid(order)]
    assert booked_by_method(documents, orders) == by_method(free)


def check_other_lists(bridge: Bridge, run: dict[str, Any]):
    waiting = bridge("attention")
    assert waiting.code == 1
    assert len(waiting.data) == run["attention"]
    assert all(row["sentence"] and row["code"] and row["number"] in row["sentence"] for row in waiting.data)
    status = bridge("status").data["bridges"][0]
    assert (status["bridge"], status["company"]) == (KIND, "Kaffihús Example ehf.")
    assert status["last_run"]["outcome"] == "finished"
    table = bridge.look("documents", "--csv", json=False).out.splitlines()
    assert len(table) == len(bridge.look("documents").data) + 1
    assert table[0].startswith("Bridge,Kind,Number,Date,")


def check_secrets(bridge: Bridge, sandbox: Sandbox):
    for secret in sandbox.secrets().values():
        for text in bridge.said:
            assert secret not in text
        for file in bridge.folder.rglob("*"):
            assert file.is_dir() or secret.encode() not in file.read_bytes(), file


def check_answers(bridge: Bridge):
    """A person's answer acts with the next sync."""
    first = bridge.look("attention").data[0]
    assert bridge.look("attention", "--answer", "source:999999", "skip").error == "cli.no_item"
    assert bridge.look("attention", "--answer", first["id"], "no-such-choice").error == "answer.unknown"
    assert first["choices"][-2:] == ["skip", "by_hand"]
    by_hand = ("attention", "--answer", first["id"], "by_hand", "--bridge", KIND)
    assert bridge.look(*by_hand).error == "answer.no_document"
    assert bridge.look(*by_hand, "--document", "F-77", "--reason", "Typed in").code == 0
    bridge("sync", secrets=True)
    assert first["id"] not in {row["id"] for row in bridge.look("attention").data}
    (made,) = [one for one in bridge.look("documents").data if one["kind"] == "by_hand"]
    assert (made["number"], made["target"]["id"], made["total"]) == ("F-77", "F-77", first["total"])


def check_the_end(bridge: Bridge, sandbox: Sandbox):
    """The same name changes the bridge; disconnecting leaves the books alone."""
    assert bridge.connect(days=DAYS, post_as="draft").code == 0
    assert len(bridge.look("status").data["bridges"]) == 1
    assert list((bridge.folder / "snapshots").iterdir())
    assert bridge("disconnect").error == "cli.usage"
    booked = len(sandbox.entries())
    gone = bridge("disconnect", KIND, "--forget", secrets=True)
    assert (gone.code, gone.data) == (0, {"disconnected": [KIND]})
    assert bridge.look("status").data["bridges"] == []
    assert not (bridge.folder / "snapshots").exists()
    assert len(sandbox.entries()) == booked
