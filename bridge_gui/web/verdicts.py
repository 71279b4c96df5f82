"""The general reading of losses and statuses, where a vendor says nothing of its own."""

from __future__ import annotations

from bridge_gui.errors import (
    BridgeError,
    OutcomeUnknown,
    Passing,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.web.answer import Answer, Loss, Lost
from bridge_gui.web.redact import Redactor

_PASSING = {
    Loss.NOT_FOUND: "net.unreachable",
    Loss.NOT_CONNECTED: "net.unreachable",
    Loss.CONNECT_TIMEOUT: "net.timeout",
    Loss.TIMEOUT: "net.timeout",
    Loss.CUT: "net.cut",
    Loss.PROXY: "net.proxy",
}


def of_loss(lost: Lost, host: str) -> BridgeError:
    """The error for a request without an answer (for a write that left, it only names the reason)."""
    if lost.loss is Loss.TLS:
        return SetupError("net.tls", host=host, why=lost.why)
    if lost.loss is Loss.TOO_BIG:
        return VendorChanged("net.too_big", host=host)
    return Passing(_PASSING[lost.loss], host=host, detail=lost.why)


def of_status(answer: Answer, redactor: Redactor) -> BridgeError | None:
    """The error for a status of 400 or over; None below."""
    status, host = answer.status, answer.host
    if status < 400:
        return None
    detail = redactor.detail(answer)
    if status == 401:
        return SignInError("signin.refused", host=host, detail=detail)
    if status == 403:
        return SetupError("signin.forbidden", host=host, detail=detail)
    if status == 429:
        return Passing("net.too_many", detail=detail)
    if status == 408 or status >= 500:
        return Passing("net.server_error", host=host, status=status, detail=detail)
    return Refused("net.refused", host=host, status=status, detail=detail)


def unknown(host: str, why: str) -> OutcomeUnknown:
    """A write is in doubt; `why` is the code of what happened."""
    return OutcomeUnknown("net.outcome_unknown", host=host, why=why)
