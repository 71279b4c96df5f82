"""The questions that bridges ask alike, so that they look, check and read the same in each."""

from __future__ import annotations

from bridge_gui.sync.schedule import MANUAL, PATTERN
from bridge_gui.sync.specs import Field, FieldKind
from bridge_gui.wording.message import mark

START = "start_date"
SCHEDULE = "schedule"


def start_date_field(taken: str) -> Field:
    """From which day on; `taken` says, marked, what is taken from then and what is not."""
    return Field(key=START, kind=FieldKind.DATE, label=mark("Start date"), help=taken, default="today")


def schedule_field(default: str = MANUAL) -> Field:
    """When the bridge runs by itself."""
    return Field(
        key=SCHEDULE,
        kind=FieldKind.TEXT,
        label=mark("When to sync by itself"),
        help=mark("A time of day such as 23:30, an interval such as 60 min, or manual."),
        required=False,
        default=default,
        pattern=PATTERN,
        wrong=mark("A time such as 23:30, an interval such as 60 min, or the word manual."),
    )
