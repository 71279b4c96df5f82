"""Calls are counted and allowances kept, each for its connection."""

from __future__ import annotations

from bridge_gui.web.meter import Allowance, Meter


def test_calls_are_counted_by_connection():
    meter = Meter()
    for name in ("a", "b", "a"):
        meter.sent(name)
    assert meter.snapshot() == {"a": 2, "b": 1}


def test_the_last_word_on_an_allowance_counts():
    meter = Meter()
    assert meter.allowances() == {}
    meter.told("a", "day", 900, 1000)
    meter.told("a", "minute", 59, 60)
    meter.told("b", "day", 7)
    meter.told("a", "day", 890, 1000)
    assert meter.allowances() == {
        "a": (Allowance(span="day", left=890, limit=1000), Allowance(span="minute", left=59, limit=60)),
        "b": (Allowance(span="day", left=7),),
    }
