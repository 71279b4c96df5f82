"""Killed, stopped, or not alone: each order is booked once."""

from __future__ import annotations

import signal
import subprocess
from collections import Counter

from tests.cli.program import Bridge, Sandbox, wait_until

AFTER_SETTLING = 300.0
"""Seconds: later than a look at Payday may miss what was written."""


def begun(bridge: Bridge, sandbox: Sandbox, entries: int) -> subprocess.Popen[bytes]:
    """A sync under way that has booked a few documents and has more to do."""
    before = len(sandbox.entries())
    sandbox.slow(0.15)
    process = bridge.start("sync", secrets=True)
    assert process.stdin is not None
    process.stdin.write(bridge.secrets_toml().encode())
    process.stdin.close()
    process.stdin = None
    wait_until(lambda: len(sandbox.entries()) >= before + entries)
    return process


def once_each(bridge: Bridge, sandbox: Sandbox) -> int:
    """Every document is in the books once, and every entry in the books is a document's."""
    documents = [one for one in bridge.look("documents").data if one["kind"] == "journal_entry"]
    targets = [document["target"]["id"] for document in documents]
    assert max(Counter(source["id"] for one in documents for source in one["sources"]).values()) == 1
    assert sorted(targets) == sorted(entry["id"] for entry in sandbox.entries())
    assert len(set(targets)) == len(targets)
    return len(targets)


def test_killed_in_the_middle(bridge: Bridge, sandbox: Sandbox):
    bridge.connect(days=1)
    for _ in range(2):
        process = begun(bridge, sandbox, 3)
        process.send_signal(signal.SIGKILL)
        assert bridge.ended(process).code == -signal.SIGKILL
    sandbox.quick()
    assert bridge.look("status").data["bridges"][0]["last_run"]["outcome"] == "running"
    bridge("sync", secrets=True)
    ended = bridge("sync", secrets=True, later=AFTER_SETTLING).data["bridges"][0]
    assert ended["outcome"] == "finished"
    assert once_each(bridge, sandbox) > 10


def test_two_at_once_and_stopped(bridge: Bridge, sandbox: Sandbox):
    bridge.connect(days=1)
    process = begun(bridge, sandbox, 2)
    second = bridge("sync", secrets=True)
    assert (second.code, second.error) == (5, "folder.busy")
    assert bridge.look("connect", "salescloud_payday", "--answers", "x").code == 2
    assert bridge.look("status").code == 0
    assert bridge.look("documents").data
    assert bridge.look("attention").code in (0, 1)

    process.send_signal(signal.SIGINT)
    stopped = bridge.ended(process)
    assert stopped.code == 130
    assert stopped.data["bridges"][0]["outcome"] == "cancelled"

    sandbox.quick()
    assert bridge("sync", secrets=True).data["bridges"][0]["outcome"] == "finished"
    assert once_each(bridge, sandbox) > 10


def test_a_second_signal_leaves_at_once(bridge: Bridge, sandbox: Sandbox):
    bridge.connect(days=1)
    process = begun(bridge, sandbox, 1)
    sandbox.slow(8)
    wait_until(lambda: sandbox.control("payday", "requests")["total"] > 0)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    assert b"Once more" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(1.5) == 130
    process.stderr.close()
    assert process.stdout is not None
    process.stdout.close()


def test_watch_catches_up_and_stops(bridge: Bridge, sandbox: Sandbox):
    bridge.connect(days=1, schedule="manual")
    assert bridge("watch", secrets=True).error == "cli.nothing_scheduled"
    bridge.connect(days=1, schedule="1 min")
    process = bridge.start("watch", secrets=True, later=120)
    assert process.stdin is not None
    process.stdin.write(bridge.secrets_toml().encode())
    process.stdin.close()
    process.stdin = None
    assert process.stdout is not None
    line = process.stdout.readline()
    assert b'"outcome":"finished"' in line
    assert bridge("sync", secrets=True).code == 5
    process.send_signal(signal.SIGTERM)
    assert bridge.ended(process).code == 130
    assert once_each(bridge, sandbox) > 5
