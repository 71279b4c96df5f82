"""The WSGI layer before every simulator: notes each request, lets faults strike, commits the state."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from bridge_gui.sandbox.faults import Armed, FaultBook
from bridge_gui.sandbox.fuzz import twisted
from bridge_gui.sandbox.requests_log import RequestLog
from bridge_gui.sandbox.state import State

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HTML = b"<!DOCTYPE html><html><body><h1>Please wait</h1><p>Checking your browser.</p></body></html>"
CONTROL = "/_sandbox"
KEEP = "sandbox.keep"
"""Set in the environment by a refusal after a part was accepted: what was written stays."""


class Cut(ConnectionResetError):
    """Tells the server to reset the connection; `sent` leaves before."""

    def __init__(self, sent: Answer | None = None) -> None:
        super().__init__("cut")
        self.sent = sent


class Answer:
    """One whole answer, kept back until it is known whether it may leave."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    def with_body(self, body: bytes, kind: str | None = None) -> Answer:
        """The same answer with another body and its length."""
        kept = [(name, value) for name, value in self.headers if name.lower() != "content-length"]
        if kind is not None:
            kept = [(name, value) for name, value in kept if name.lower() != "content-type"]
            kept.append(("Content-Type", kind))
        return Answer(self.status, [*kept, ("Content-Length", str(len(body)))], body)


class _Undone(Exception):
    """A refusal leaves nothing behind in the state."""


class Gate:
    """Wraps a simulator's application; the control surface itself never suffers a fault."""

    def __init__(
        self,
        app: WSGIApplication,
        state: State,
        *,
        faults: FaultBook,
        log: RequestLog,
        expire: Callable[[], None],
        stopping: threading.Event,
    ) -> None:
        self._app = app
        self._state = state
        self._faults = faults
        self._log = log
        self._expire = expire
        self._stopping = stopping

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        answer = self._answer(environ)
        start_response(answer.status, answer.headers)
        return [answer.body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        path = environ["PATH_INFO"]
        if path == CONTROL or path.startswith(CONTROL + "/"):
            return self._act(environ)
        body = _read(environ)
        noted = self._log.note(environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), body)
        armed = self._faults.strike(environ["REQUEST_METHOD"], path, body)
        answer = self._act(environ) if armed is None else self._struck(armed, environ)
        noted.status = int(answer.status.split()[0])
        return answer

    def _act(self, environ: WSGIEnvironment) -> Answer:
        """Lets the simulator act; what it wrote is on disk when this returns."""
        taken: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            taken[:] = [status, headers]

        with suppress(_Undone), self._state.transaction():
            taken.append(b"".join(self._app(environ, start_response)))
            _undo_refused(taken[0], environ)
        return Answer(*taken)

    def _struck(self, armed: Armed, environ: WSGIEnvironment) -> Answer:
        fault = armed.fault
        if fault.kind == "cut_before":
            raise Cut
        if fault.kind == "expire_token":
            with self._state.transaction():
                self._expire()
        elif fault.kind == "delay" and fault.when == "before":
            self._stopping.wait(fault.seconds)
        elif fault.when == "before" and fault.kind in {"status", "html_200"}:
            return _replaced(armed)
        return self._spoilt(armed, self._act(environ))

    def _spoilt(self, armed: Armed, answer: Answer) -> Answer:
        """What leaves after the simulator has acted."""
        fault = armed.fault
        if fault.kind == "cut_after":
            raise Cut
        if fault.kind == "cut_middle":
            raise Cut(answer)
        if fault.kind == "delay" and fault.when == "after":
            self._stopping.wait(fault.seconds)
        if fault.kind in {"status", "html_200"}:
            return _replaced(armed)
        if fault.kind == "bad_json":
            return answer.with_body(answer.body[: max(1, len(answer.body) * 2 // 3)])
        if fault.kind == "fuzz":
            return answer.with_body(twisted(answer.body, armed.chance))
        if fault.kind == "drop_field":
            return answer.with_body(_without(answer.body, fault.field))
        if fault.kind == "repeat_page":
            armed.page = armed.page or answer
            return armed.page  # type: ignore[no-any-return]
        return answer


def _undo_refused(status: str, environ: WSGIEnvironment) -> None:
    if int(status[:3]) >= 400 and not environ.get(KEEP):
        raise _Undone


def _replaced(armed: Armed) -> Answer:
    fault = armed.fault
    if fault.kind == "html_200":
        return Answer("200 OK", [], b"").with_body(HTML, "text/html; charset=utf-8")
    headers = [] if fault.retry_after is None else [("Retry-After", f"{fault.retry_after}")]
    answer = Answer(f"{fault.status} Sandbox", headers, b"")
    return answer.with_body((fault.body or "").encode(), "text/plain; charset=utf-8")


def _read(environ: WSGIEnvironment) -> bytes:
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _without(body: bytes, field: str) -> bytes:
    try:
        return msgspec.json.encode(_stripped(msgspec.json.decode(body), field))
    except msgspec.DecodeError:
        return body


def _stripped(value: Any, field: str) -> Any:
    if isinstance(value, dict):
        return {name: _stripped(inner, field) for name, inner in value.items() if name != field}
    if isinstance(value, list):
        return [_stripped(inner, field) for inner in value]
    return value
