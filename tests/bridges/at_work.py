"""What the offices of all bridges share: vendors over HTTP, a data folder, a clock, and the wizard's answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from bridge_gui.sandbox.host import Host
from bridge_gui.store.rows import DocumentFilter, DocumentRow, RunRow
from bridge_gui.sync import signing
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.setup import Setup
from bridge_gui.web.waiting import never
from tests.control import control
from tests.office_hours import CLOCK


class Ahead:
    """The time, as far ahead as a test has let pass."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def now(self) -> datetime:
        return CLOCK.now() + self.by

    def monotonic(self) -> float:
        return CLOCK.monotonic() + self.by.total_seconds()


@dataclass
class AtWork:
    """The vendors as they are served, and the house that joins them by one bridge."""

    name: ClassVar[str]
    key: ClassVar[str]
    host: Host
    house: House
    clock: Ahead

    def pass_time(self, *, ours_ahead: timedelta = timedelta(0), **time: float) -> None:
        """Later, here and at the vendors; our own clock may be wrong."""
        self.clock.by += timedelta(**time)
        for vendor in self.host.addresses:
            self.control(vendor, "clock", {"now": (self.clock.now() - ours_ahead).isoformat()})

    def control(self, vendor: str, path: str, body: object = None, method: str | None = None) -> Any:
        """Ask a simulator's control surface, or tell it something."""
        return control(self.host.addresses[vendor], path, body, method)

    def acts(self, vendor: str, action: str, **details: object) -> Any:
        """Somebody does something at a vendor by hand."""
        return self.control(vendor, "person", {"action": action, **details})

    def connect(self, answers: Mapping[str, Any]) -> None:
        """The wizard to its end: these answers by place, each vendor's own credentials, and the sign-ins."""
        setup = Setup(self.house, self.key, self.name)
        given = dict(answers)
        for vendor, place in self.host.vendors().items():
            given |= {f"{vendor}.{field}": value for field, value in place["credentials"].items()}
            given[f"{vendor}.endpoint"] = place["endpoint"]
        for place, value in given.items():
            setup.form.answer(place, value)
        with self.house.job(never()) as job:
            signing.sandboxes(setup, job)
        setup.finish(never())

    def sync(self, outcome: str = "finished") -> RunRow:
        """One run, which has to end so."""
        run = self.house.sync(self.name, never(), nobody)
        assert run.outcome.value == outcome, (run.outcome, run.code, run.params)
        return run

    def documents(self, kind: str) -> list[DocumentRow]:
        """What the Documents list shows of one kind."""
        rows = self.house.documents(DocumentFilter(bridge=self.name), 0, 500)
        return [row for row in rows if row.kind == kind]

    def at(self, vendor: str, kind: str) -> list[Any]:
        """The documents of one kind that a vendor holds, by people or by us."""
        return [one for one in self.control(vendor, "documents") if one["kind"] == kind]
