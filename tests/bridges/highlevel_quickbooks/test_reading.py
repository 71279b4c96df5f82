"""How far back the CRM's lists are read: nothing that was made since the last look is ever left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from bridge_gui.bridges.highlevel_quickbooks.reading import INVOICES_SEEN, PAYMENTS_SEEN, Reading

START = date(2026, 1, 1)
BEGIN = datetime(2025, 12, 31, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class Notes(dict):
    def set(self, name, value):
        self[name] = value


@pytest.fixture
def context():
    return SimpleNamespace(start=START, clock=Clock(), notes=Notes(), sales=None)


def both_read(reading):
    reading.keep(PAYMENTS_SEEN, {})
    reading.keep(INVOICES_SEEN, {})


def test_the_first_reading_goes_back_to_the_start_and_later_ones_to_the_window(context):
    reading = Reading(context, 180)
    assert reading.since == BEGIN
    reading.keep(PAYMENTS_SEEN, {})
    assert reading.since == BEGIN, "invoices were not read yet"
    reading.keep(INVOICES_SEEN, {})
    assert reading.since == NOW - timedelta(days=180)


def test_after_a_long_time_without_a_sync_it_goes_back_to_the_last_one(context):
    reading = Reading(context, 180)
    both_read(reading)
    context.clock.at = NOW + timedelta(days=250)
    assert reading.since < NOW
    both_read(reading)
    assert reading.since == context.clock.at - timedelta(days=180)


def test_an_earlier_start_is_read_from_there(context):
    reading = Reading(context, 180)
    both_read(reading)
    context.start = date(2025, 6, 1)
    assert reading.since == datetime(2025, 5, 31, tzinfo=UTC)


def test_what_an_older_version_kept_is_read_once_more_from_the_start(context):
    for name in (PAYMENTS_SEEN, INVOICES_SEEN):
        context.notes.set(name, '{"start":"2026-01-01","seen":{}}')
    assert Reading(context, 180).since == BEGIN
