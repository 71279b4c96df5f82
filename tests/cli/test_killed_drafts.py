"""Killed while sales on account are put on drafts: each sale is once on one draft, to the króna."""

from __future__ import annotations

import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count, islice

from tests.cli.program import Bridge, Sandbox, wait_until
from tests.cli.test_stops import AFTER_SETTLING

NUMBERS = ("7112992110", "3112998000")
SALES = 5


def sell(sandbox: Sandbox) -> Counter[str]:
    """Sales on account to two customers, one after the other; what each customer owes."""
    owed: Counter[str] = Counter()
    day = datetime.now(UTC).date() - timedelta(days=1)
    for at in range(SALES * len(NUMBERS)):
        number, price = NUMBERS[at % 2], 1000 + 37 * at
        closed = f"{day}T23:5{at // 6}:{at % 6:02}+00:00"
        order = {
            "lineItems": [{"title": f"Sala {at}", "quantity": 1, "unitPrice": price, "taxRate": (24, 11)[at % 3 > 1]}],
            "closed": closed, "created": closed,
            "customer": {"uuid": f"c{at % 2}", "label": "Example ehf.", "idNumber": number, "email": "a@example.is"},
            "payments": [["Í reikning", price]],
        }  # fmt: skip
        sandbox.control("salescloud", "person", {"action": "add_order", "order": order})
        owed[number] += price
    return owed


def ours(sandbox: Sandbox) -> list[tuple[str, str, float]]:
    """Whose draft, which sale, how much: every line that says something."""
    return [
        (invoice["customer"]["ssn"], line["description"], line["unitPriceIncludingVat"] * line["quantity"])
        for invoice in sandbox.control("payday", "state/invoices")
        for line in invoice["lines"]
        if line["unitPriceIncludingVat"] and "Sala " in line["description"]
    ]


def begun(bridge: Bridge, sandbox: Sandbox, slow: str, time: Iterator[float]) -> subprocess.Popen[bytes]:
    """A sync that has just put one more sale on a draft.

    What was under way when one was killed waits until a look at Payday can be relied on, and so does all that
    follows a company's first entry: such a sync is paused, and the next one goes on.
    """
    sandbox.quick()
    match = {"method": slow, "path_prefix": "/invoices"}
    sandbox.control("payday", "faults", {"kind": "delay", "times": None, "seconds": 0.3, "match": match})
    before = len(ours(sandbox))
    for later in islice(time, 4):
        process = bridge.start("sync", secrets=True, later=later)
        assert process.stdin is not None
        process.stdin.write(bridge.secrets_toml().encode())
        process.stdin.close()
        process.stdin = None
        wait_until(partial(moved, sandbox, before, process))
        if process.poll() is None:
            return process
        assert '"outcome":"paused"' in bridge.ended(process).out
    raise AssertionError("no sale went on a draft")


def moved(sandbox: Sandbox, before: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether a sale went on a draft, or the sync has ended."""
    return len(ours(sandbox)) > before or process.poll() is not None


def test_killed_while_sales_are_put_on_drafts(bridge: Bridge, sandbox: Sandbox):
    owed = sell(sandbox)
    bridge.connect(days=1, grouping="day")
    time = count(AFTER_SETTLING, AFTER_SETTLING)
    for slow in ("GET", "PUT", "GET"):
        process = begun(bridge, sandbox, slow, time)
        process.send_signal(signal.SIGKILL)
        assert bridge.ended(process).code == -signal.SIGKILL
    sandbox.quick()
    for later in islice(time, 4):
        ended = bridge("sync", secrets=True, later=later).data["bridges"][0]
    assert ended["outcome"] == "finished"
    lines = ours(sandbox)
    assert Counter(text for _, text, _ in lines).most_common(1)[0][1] == 1
    billed: Counter[str] = Counter()
    for number, _, amount in lines:
        billed[number] += round(amount)
    assert billed == owed
    drafts = Counter(one["customer"]["ssn"] for one in sandbox.control("payday", "state/invoices"))
    assert [drafts[number] for number in NUMBERS] == [1, 1]
