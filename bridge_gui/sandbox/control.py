"""The control surface under `/_sandbox/`: faults, requests, documents, settings, clock, trade, people.

JSON in, JSON out; a wrong call is a 400 with `error`. Served beside the vendor's own paths, loopback only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from flask import Response, request

from bridge_gui.sandbox.clock import instant
from bridge_gui.sandbox.faults import Fault

if TYPE_CHECKING:
    from bridge_gui.sandbox.simulator import Simulator

Route = tuple[str, str, Callable[..., Any]]


def routes(simulator: Simulator) -> Iterable[Route]:
    """The control surface's endpoints for one simulator."""
    desk = ControlDesk(simulator)
    return [
        ("GET", "/_sandbox/", _safe(desk.overview)),
        ("GET", "/_sandbox/faults", _safe(desk.faults)),
        ("POST", "/_sandbox/faults", _safe(desk.arm)),
        ("DELETE", "/_sandbox/faults", _safe(desk.disarm)),
        ("GET", "/_sandbox/requests", _safe(desk.requests)),
        ("DELETE", "/_sandbox/requests", _safe(desk.forget)),
        ("GET", "/_sandbox/state/<table>", _safe(desk.dump)),
        ("GET", "/_sandbox/documents", _safe(desk.documents)),
        ("GET", "/_sandbox/settings", _safe(desk.settings)),
        ("POST", "/_sandbox/settings", _safe(desk.set)),
        ("POST", "/_sandbox/advance", _safe(desk.advance)),
        ("GET", "/_sandbox/clock", _safe(desk.clock)),
        ("POST", "/_sandbox/clock", _safe(desk.set_clock)),
        ("POST", "/_sandbox/person", _safe(desk.person)),
    ]


class ControlDesk:
    """The views; each returns plain values."""

    def __init__(self, simulator: Simulator) -> None:
        self._sim = simulator

    def overview(self) -> Any:
        """What this simulator is and how it stands."""
        tables = {name: self._sim.state.table(name).count() for name in self._sim.state.tables()}
        return {
            "key": self._sim.key,
            "tables": tables,
            "actions": sorted(self._sim.people()),
            "traded_until": self._sim.traded_until().isoformat(),
            **self.clock(),
        }

    def faults(self) -> Any:
        """The armed faults."""
        return self._sim.faults.listed()

    def arm(self) -> Any:
        """Arms a fault or a list of them; `refuse` closes the door at once."""
        sent = _sent()
        faults = msgspec.convert(sent if isinstance(sent, list) else [sent], list[Fault])
        for fault in faults:
            if fault.kind == "refuse":
                _close_door(fault.seconds)
            else:
                self._sim.faults.arm(fault)
        return {"armed": len(faults)}

    def disarm(self) -> Any:
        """Disarms all faults."""
        self._sim.faults.clear()
        return {"armed": 0}

    def requests(self) -> Any:
        """Counts and the last requests (`?last=N`)."""
        return self._sim.requests.shown(int(request.args.get("last", 50)))

    def forget(self) -> Any:
        """Starts counting anew."""
        self._sim.requests.clear()
        return {"total": 0}

    def dump(self, table: str) -> Any:
        """A table's documents (`?limit=N&offset=N`)."""
        if table not in self._sim.state.tables():
            raise LookupError(table)
        limit, offset = int(request.args.get("limit", 1_000_000)), int(request.args.get("offset", 0))
        return self._sim.state.table(table).find(limit=limit, offset=offset)

    def documents(self) -> Any:
        """Every document the vendor holds, in the one form that all simulators answer in."""
        return list(self._sim.documents())

    def settings(self) -> Any:
        """All switches."""
        return self._sim.settings.all()

    def set(self) -> Any:
        """Sets some switches."""
        self._sim.settings.change(_sent())
        return self._sim.settings.all()

    def advance(self) -> Any:
        """Lets `days` more days of trade happen, or trade up to the day `until`."""
        sent = _sent()
        last = self._sim.traded_until()
        days = timedelta(days=int(sent.get("days", 0)))
        until = date.fromisoformat(sent["until"]) if "until" in sent else last + days
        self._sim.advance(until)
        return {"until": self._sim.traded_until().isoformat()}

    def clock(self) -> dict[str, Any]:
        """The simulator's time."""
        return {"now": self._sim.clock.now().isoformat()}

    def set_clock(self) -> Any:
        """Puts the clock to `now`; it stands still when `frozen`."""
        sent = _sent()
        self._sim.clock.set(instant(sent["now"]), frozen=bool(sent.get("frozen", False)))
        return self.clock()

    def person(self) -> Any:
        """Does what a person would do in the vendor's own window."""
        sent = _sent()
        return self._sim.people()[sent["action"]](sent) or {}


def _sent() -> Any:
    return msgspec.json.decode(request.get_data())


def _close_door(seconds: float) -> None:
    server = request.environ.get("sandbox.server")
    if server is None:
        raise ValueError("refuse needs a served simulator")
    server.close_door(seconds, besides=request.environ["sandbox.socket"])


def _safe(view: Callable[..., Any]) -> Callable[..., Any]:
    def safe(**parts: str) -> Any:
        try:
            return view(**parts)
        except (LookupError, ValueError, TypeError) as error:
            body = msgspec.json.encode({"error": f"{type(error).__name__}: {error}"})
            return Response(body, 400, content_type="application/json")

    return safe
