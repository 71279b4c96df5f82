"""What Uniconta means when it says no, whatever the status and the form in which it says it."""

from __future__ import annotations

import re

from bridge_gui.errors import (
    BridgeError,
    NoSuchTarget,
    OutcomeUnknown,
    Passing,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.vendors.uniconta import assumed
from bridge_gui.vendors.uniconta.said import Hide, shown, whole, words
from bridge_gui.vendors.uniconta.terms import VENDOR
from bridge_gui.web.answer import Answer

_KNOWN = frozenset({*assumed.REFUSED, *assumed.DOUBTFUL, assumed.GONE}) | {
    assumed.NO_RIGHTS, assumed.NO_SUBSCRIPTION, assumed.NO_COMPANY,
}  # fmt: skip
_NAME = re.compile(r"\b[A-Z][A-Za-z]+\b")
_FAULTS = frozenset({"err", "error", "errors", "odata.error", "errorcode", "exceptionmessage"})


class Refusals:
    """Reads every answer of one connection; `hide` takes secrets out of texts."""

    def __init__(self, hide: Hide) -> None:
        self._hide = hide

    def translate(self, answer: Answer) -> BridgeError | None:
        """The error that a status of 400 or over stands for; None leaves it to the general rules."""
        status = answer.status
        if status < 400 or status == 429:
            return None
        text = self.words(answer) or str(status)
        if status == 401:
            return SignInError("uniconta.sign_in", detail=text)
        return _by_name(text) or _by_status(status, text)

    def read_fault(self, answer: Answer, table: str) -> BridgeError | None:
        """The error that a good status hides in the answer to a question, where a list should be.

        QUIRK: a refusal may come as 200 with a text in it (uniconta.md 2 and 6, code).
        """
        told = _json(answer)
        if isinstance(told, list) or (isinstance(told, dict) and isinstance(told.get("value"), list)):
            return None
        if told is None and answer.body.lstrip()[:1] in (b"", b"<"):
            return VendorChanged("net.html" if answer.body.strip() else "net.empty", vendor=VENDOR)
        text = self.words(answer)
        known = _by_name(text)
        if isinstance(known, SetupError):
            return known
        if _is_doubtful(text):
            return Passing("uniconta.trouble", text=text)
        return VendorChanged("uniconta.read_refused", table=table, text=text)

    def write_fault(self, answer: Answer) -> BridgeError | None:
        """The error that a good status hides in the answer to a write: refused, or nobody can tell."""
        told = _json(answer)
        if told is None and not answer.body.strip():
            return None
        if isinstance(told, list) or (isinstance(told, dict) and not _holds_fault(told)):
            return None
        text = self.words(answer)
        if not isinstance(told, dict) and text in assumed.WELL:
            return None
        return _by_name(text) or OutcomeUnknown("uniconta.unclear", text=text)

    def words(self, answer: Answer) -> str:
        """Uniconta's own words, on one line, bounded, without secrets."""
        return words(answer.body, self._hide)

    def shown(self, text: str) -> str:
        """A text out of a record, fit to be shown."""
        return shown(text, self._hide)


def _by_name(text: str) -> BridgeError | None:
    """The error that a code's name in the text stands for; None where none is in it, or none that tells."""
    name = next((found for found in _NAME.findall(text) if found in _KNOWN), "")
    if name in assumed.REFUSED:
        return Refused(assumed.REFUSED[name], text=text)
    if name == assumed.GONE:
        return NoSuchTarget("uniconta.gone", detail=text)
    if name == assumed.NO_RIGHTS:
        return SetupError("uniconta.no_rights", text=text)
    if name == assumed.NO_SUBSCRIPTION:
        return SetupError("uniconta.no_subscription", text=text)
    if name == assumed.NO_COMPANY:
        return SetupError("uniconta.no_company", text=text)
    return None


def _by_status(status: int, text: str) -> BridgeError:
    """The error of a refusal that names no code we know."""
    if status == 408 or status >= 500:
        return Passing("uniconta.trouble", text=text)
    if status == 403:
        return SetupError("uniconta.forbidden", text=text)
    if status in (404, 410):
        return NoSuchTarget("uniconta.gone", detail=text)
    if _is_doubtful(text):
        return OutcomeUnknown("uniconta.unclear", text=text)
    return Refused("uniconta.refused", text=text)


def _is_doubtful(text: str) -> bool:
    """Whether it names a code that does not tell what was done."""
    return any(name in assumed.DOUBTFUL for name in _NAME.findall(text))


def _holds_fault(told: dict[str, object]) -> bool:
    """Whether an object is no record but an error."""
    return any(value not in (None, "", 0, [], {}) for key, value in told.items() if key.casefold() in _FAULTS)


def _json(answer: Answer) -> object:
    """The body as JSON; None for anything else."""
    try:
        told: object = whole(answer.body)
    except ValueError:
        return None
    return told
