"""The imitated webcrm and Uniconta over HTTP, a data folder, and the bridge set up as a user does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bridge_gui.bridges.webcrm_uniconta.spec import SPEC
from bridge_gui.sandbox.host import Host
from bridge_gui.store import sources
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.vendors.uniconta import SPEC as UNICONTA
from bridge_gui.vendors.webcrm import SPEC as WEBCRM
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import never
from tests.bridges.at_work import Ahead, AtWork
from tests.office_hours import CLOCK

NAME = "salg"


class Office(AtWork):
    """Both sides, and the house that joins them."""

    name = NAME
    key = SPEC.key

    def books(self, action: str, **details: object) -> Any:
        """The bookkeeper does something in Uniconta."""
        return self.acts("uniconta", action, **details)

    def seller(self, action: str, **details: object) -> Any:
        """Somebody does something in webcrm."""
        return self.acts("webcrm", action, **details)

    def set_up(self, **settings: str) -> None:
        """The wizard's answers: the demo's, and what a test wants otherwise."""
        answers: dict[str, Any] = dict(SPEC.demo)
        answers |= {"settings.start_date": (CLOCK.now().date() - timedelta(days=30)).isoformat()}
        self.connect(answers | {f"settings.{key}": one for key, one in settings.items()})

    def rest(self, times: int = 4) -> None:
        """Syncs with time between them, until there is nothing more to write."""
        for _ in range(times):
            run = self.house.sync(NAME, never(), nobody)
            assert run.outcome.value in ("finished", "paused"), (run.outcome, run.code, run.params)
            self.pass_time(minutes=6)

    def today(self) -> str:
        """The day of both vendors."""
        return self.clock.now().date().isoformat()

    def waiting(self) -> dict[str, str]:
        """What needs a person: the code by the record."""
        return {f"{row.number}": row.code for row in self.house.attention(NAME)}

    def table(self, vendor: str, name: str) -> list[dict[str, Any]]:
        """All rows of a simulator's own table."""
        simulator: Any = self.host.simulators[vendor]
        side = simulator.crm if vendor == "webcrm" else simulator.books
        return [dict(row) for row in side.table(name).find()]

    def organisation(self, number: int) -> dict[str, Any]:
        """An organisation of webcrm."""
        return self._one("webcrm", "Organisation", OrganisationId=number)

    def delivery(self, number: int) -> dict[str, Any]:
        """A delivery of webcrm."""
        return self._one("webcrm", "Delivery", DeliveryId=number)

    def debtor(self, account: str) -> dict[str, Any]:
        """A debtor of Uniconta."""
        return self._one("uniconta", "DebtorClient", Account=account)

    def _one(self, vendor: str, table: str, **key: object) -> dict[str, Any]:
        return next(row for row in self.table(vendor, table) if key.items() <= row.items())

    def source(self, flow: str, source: str) -> Any:
        """How a record stands."""
        with self.house.database.read() as connection:
            return sources.get(connection, self.house.bridge(NAME).id, flow, source)


@contextmanager
def office(folder: Path, **told: dict[str, Any]) -> Iterator[Office]:
    """Both vendors with the demo's companies; nothing set up yet."""
    registry, keychain = Registry([UNICONTA, WEBCRM], [SPEC]), MemoryKeychain()
    both = {"uniconta": UNICONTA.simulator(), "webcrm": WEBCRM.simulator()}
    with Host(both, settings=told, now=CLOCK.now) as host:
        clock = Ahead()
        house = House(DataFolder(folder), registry, lambda folder: keychain, clock)
        one = Office(host, house, clock)
        yield one
        house.close()
