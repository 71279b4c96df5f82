"""What can go wrong, as codes, and what the engine does about it.

Codes, never sentences: `wording` makes the sentences. Parameters are plain values that may be
shown to the user; secrets and whole payloads never go into them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

Param = str | int | bool | None


class BridgeError(Exception):
    """Anything Bridge foresees; `code` names the sentence, `params` fill it, `detail` is for support."""

    def __init__(self, code: str, /, *, detail: str = "", **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, Param] = params
        self.detail = detail

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code}({shown})"


class SetupError(BridgeError):
    """The whole bridge needs the user: a setting, a plan, a right is missing."""


class SignInError(BridgeError):
    """One connection needs the user: the vendor does not accept its secrets."""


class Passing(BridgeError):
    """It will be better later: out of reach, too many calls; `retry_after` in seconds when told."""

    def __init__(
        self, code: str, /, *, retry_after: float | None = None, detail: str = "", **params: Param
    ) -> None:
        super().__init__(code, detail=detail, **params)
        self.retry_after = retry_after


class Refused(BridgeError):
    """The vendor definitely did not take this one document."""


class NoSuchTarget(Refused):
    """The vendor no longer has the document or contact that this write is about."""


class PartlyAccepted(Refused):
    """The vendor refused after it had taken a part; `target_id` names what is there now."""

    def __init__(self, code: str, /, *, target_id: str, detail: str = "", **params: Param) -> None:
        super().__init__(code, detail=detail, **params)
        self.target_id = target_id


class CannotMap(BridgeError):
    """This record cannot be put into the books' form; nothing was sent."""


class Conflict(BridgeError):
    """The document is no longer what the step was planned on; nothing was sent."""


class Ambiguous(BridgeError):
    """Several things fit and only a person can tell which; nothing was sent."""


class OutcomeUnknown(BridgeError):
    """A write was sent and no answer tells whether the vendor acted on it."""


class VendorChanged(BridgeError):
    """An answer lacks what the vendor's documentation promises; `path` names the place."""


class Cancelled(Exception):
    """The user, or the end of the program, stopped the job."""


class Reaction(Enum):
    """What the engine does next."""

    STOP_RUN = "stop run"
    STOP_BRIDGE = "stop bridge"
    STOP_ENTRY = "stop entry"
    LATER = "later"
    REPLAN = "replan"
    ASK = "ask"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One judged exception: the reaction, and the code and parameters to show for it."""

    reaction: Reaction
    code: str
    params: dict[str, Param]
    after: float | None = None
    bug: bool = False


_REACTIONS: tuple[tuple[type[BridgeError], Reaction], ...] = (
    (SetupError, Reaction.STOP_BRIDGE),
    (SignInError, Reaction.STOP_BRIDGE),
    (Passing, Reaction.LATER),
    (Refused, Reaction.STOP_ENTRY),
    (CannotMap, Reaction.STOP_ENTRY),
    (Conflict, Reaction.REPLAN),
    (Ambiguous, Reaction.ASK),
    (OutcomeUnknown, Reaction.UNKNOWN),
    (VendorChanged, Reaction.STOP_RUN),
)


def classify(error: BaseException) -> Verdict:
    """The one place where an exception becomes a decision; what is not foreseen is a bug."""
    for kind, reaction in _REACTIONS:
        if isinstance(error, kind):
            after = error.retry_after if isinstance(error, Passing) else None
            return Verdict(reaction=reaction, code=error.code, params=error.params, after=after)
    params: dict[str, Param] = {"what": type(error).__name__}
    return Verdict(reaction=Reaction.STOP_RUN, code="unexpected", params=params, bug=True)
