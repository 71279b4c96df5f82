"""What every simulator is: a Flask application over a state, with a clock, settings and faults."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

import msgspec
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from bridge_gui.sandbox import control
from bridge_gui.sandbox.clock import Clock, Now, utcnow
from bridge_gui.sandbox.documents import Held
from bridge_gui.sandbox.faults import FaultBook
from bridge_gui.sandbox.gate import CONTROL, KEEP, Gate
from bridge_gui.sandbox.requests_log import RequestLog, plain_label
from bridge_gui.sandbox.settings import Settings
from bridge_gui.sandbox.state import Doc, State

Route = tuple[str, str, Callable[..., Any]]
Act = Callable[[Doc], Any]


class Refusal(Exception):
    """Ends a request with the vendor's refusal: text stays text, anything else is JSON.

    What the request wrote is undone, unless `keep` says that a part was accepted.
    """

    def __init__(
        self, status: int, body: Any = "", headers: Mapping[str, str] | None = None, *, keep: bool = False
    ) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = dict(headers or {})
        self.keep = keep


class Simulator(ABC):
    """A vendor imitated from its vendor file; all it knows is in its state."""

    key: ClassVar[str]
    defaults: ClassVar[Mapping[str, Any]] = {}
    """Switches for what the vendor's documentation leaves open, with their usual positions."""

    def __init__(self, state: State, now: Now = utcnow) -> None:
        self.state = state
        self.clock = Clock(state, now)
        self.settings = Settings(state, self.defaults)
        self.faults = FaultBook()
        self.requests = RequestLog(self.label)
        self.stopping = threading.Event()

    @abstractmethod
    def routes(self) -> Iterable[Route]:
        """Method, path and view of each endpoint."""

    @abstractmethod
    def plant(self) -> None:
        """Makes the demo company."""

    @abstractmethod
    def credentials(self) -> dict[str, str]:
        """The connection form's field keys with values that sign in here."""

    @abstractmethod
    def documents(self) -> Iterable[Held]:
        """Every document held here, as it is now and not as lists that lag show it."""

    def people(self) -> Mapping[str, Act]:
        """What a person can do at the vendor, by the action's name."""
        return {}

    def guard(self) -> None:  # noqa: B027 - not every vendor has one
        """Refuses a request whose sign-in does not hold; raises `Refusal`."""

    def expire_tokens(self) -> None:  # noqa: B027 - not every vendor has tokens
        """Makes every token given out so far worthless."""

    def trade(self, day: date) -> None:  # noqa: B027 - books do not trade
        """Lets one day of business happen; books systems do nothing by themselves."""

    def first_day(self) -> date:
        """The first day of trade; the day before is where `advance` begins."""
        return self.clock.now().date()

    def failure(self, status: int) -> Response:
        """The vendor's answer for an unknown path or a wrong method."""
        return Response(status=status)

    @staticmethod
    def label(path: str, body: bytes) -> str:
        """How a request is counted."""
        return plain_label(path, body)

    def seed(self) -> None:
        """Makes the demo company unless the state has it already."""
        with self.state.transaction():
            if not self.state.value("planted"):
                self.plant()
                self.state.set_value("planted", value=True)

    def traded_until(self) -> date:
        """The last day whose trade has happened."""
        told = self.state.value("traded_until")
        return date.fromisoformat(told) if told else self.first_day() - timedelta(days=1)

    def advance(self, until: date) -> None:
        """Lets trade happen up to and including that day; days already traded stay as they are."""
        day = self.traded_until()
        while day < until:
            day += timedelta(days=1)
            with self.state.transaction():
                self.trade(day)
                self.state.set_value("traded_until", day.isoformat())

    def app(self) -> Flask:
        """The application, seeded, with the control surface and the gate before it."""
        self.seed()
        app = Flask(f"sandbox.{self.key}", static_folder=None)
        app.config["PROPAGATE_EXCEPTIONS"] = True
        app.before_request(self._guarded)
        app.register_error_handler(Refusal, _refused)
        app.register_error_handler(HTTPException, self._failed)
        for method, path, view in (*self.routes(), *control.routes(self)):
            app.add_url_rule(path, f"{method} {path}", _shown(view), methods=[method], strict_slashes=False)
        app.wsgi_app = self._gate(app)  # type: ignore[method-assign]
        return app

    def _gate(self, app: Flask) -> Gate:
        return Gate(
            app.wsgi_app,
            self.state,
            faults=self.faults,
            log=self.requests,
            expire=self.expire_tokens,
            stopping=self.stopping,
        )

    def _guarded(self) -> None:
        if not request.path.startswith(CONTROL):
            self.guard()

    def _failed(self, error: HTTPException) -> Response:
        return self.failure(error.code or 500)


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer with its letters as they are, not escaped."""
    return Response(
        msgspec.json.encode(value), status, headers=dict(headers or {}), content_type="application/json"
    )


def _shown(view: Callable[..., Any]) -> Callable[..., Response]:
    def shown(**parts: str) -> Response:
        made = view(**parts)
        return made if isinstance(made, Response) else answer(made)

    return shown


def _refused(refusal: Refusal) -> Response:
    request.environ[KEEP] = refusal.keep
    if isinstance(refusal.body, str):
        return Response(refusal.body, refusal.status, refusal.headers, content_type="text/plain")
    return answer(refusal.body, refusal.status, refusal.headers)
