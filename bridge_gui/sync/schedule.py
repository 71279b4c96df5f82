"""When a bridge runs by itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bridge_gui.store.rows import BridgeRow, RunRow

MANUAL = "manual"
_DAILY = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_EVERY = re.compile(r"(\d{1,4}) ?min")
PATTERN = f"{MANUAL}|{_DAILY.pattern}|{_EVERY.pattern}"
"""What says when to run: "manual", "18:00" (daily) or "15 min"."""


def understood(schedule: str) -> bool:
    """Whether this says when to run: "manual", "18:00" (daily) or "15 min"."""
    return schedule in (MANUAL, "") or bool(_DAILY.fullmatch(schedule) or _EVERY.fullmatch(schedule))


def next_run(bridge: BridgeRow, last: RunRow | None, zone: ZoneInfo) -> datetime | None:
    """When the bridge is due; in the past if a run was missed; None if only by hand."""
    schedule = bridge.settings.get("schedule", MANUAL)
    began = last.started_at if last is not None else bridge.created_at
    planned = _planned(schedule, began, zone)
    if bridge.paused_until is not None and schedule != MANUAL:
        return min(bridge.paused_until, planned) if planned is not None else bridge.paused_until
    return planned


def _planned(schedule: str, began: datetime, zone: ZoneInfo) -> datetime | None:
    """The first time after `began` that the schedule names."""
    if daily := _DAILY.fullmatch(schedule):
        return _daily(time(int(daily[1]), int(daily[2])), began, zone)
    if every := _EVERY.fullmatch(schedule):
        return began + timedelta(minutes=max(1, int(every[1])))
    return None


def _daily(at: time, began: datetime, zone: ZoneInfo) -> datetime:
    """The next time the company's clock shows `at`; an hour that summer time leaves out comes late."""
    local = began.astimezone(zone)
    day = local.date() if at > local.time() else local.date() + timedelta(days=1)
    return datetime.combine(day, at, zone).astimezone(UTC)
