"""What the program ends with: exit codes for schedulers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

from bridge_gui.errors import BridgeError, Cancelled, Passing, SignInError, VendorChanged

if TYPE_CHECKING:
    from bridge_gui.store.rows import RunRow
    from bridge_gui.sync.actions import Told


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    ATTENTION = 1
    WRONG = 2
    SIGN_IN = 3
    OUT_OF_REACH = 4
    BUSY = 5
    UNEXPECTED = 6
    STOPPED = 130


RISING = (
    Exit.DONE,
    Exit.ATTENTION,
    Exit.OUT_OF_REACH,
    Exit.SIGN_IN,
    Exit.WRONG,
    Exit.BUSY,
    Exit.UNEXPECTED,
    Exit.STOPPED,
)
"""From good to bad: what passes by itself, what a person mends, what nobody foresaw, what was stopped."""

SIGN_IN_AGAIN = "Sign in again"
"""The button of every code that a new sign-in mends; vendors bring such codes along."""
_GARBLED = ("net.html", "net.not_json", "net.empty", "net.too_big", "net.redirected")
_AWAY = ("net.unreachable", "net.timeout", "net.cut", "net.proxy", "net.server_error")
_BUSY = ("folder.busy", "sandbox.in_use", "store.locked")
_DISK = ("store.", "folder.")
"""What the disk refuses may not even be noted on the bridge."""
_BUG = "unexpected"


def worst(codes: Iterable[Exit]) -> Exit:
    """The worst of several, DONE for none."""
    return max(codes, key=RISING.index, default=Exit.DONE)


def of_error(error: BaseException) -> Exit:
    """The exit code of an error that ended a command."""
    if isinstance(error, (Cancelled, KeyboardInterrupt)):
        return Exit.STOPPED
    if not isinstance(error, BridgeError):
        return Exit.UNEXPECTED
    if error.code in _BUSY:
        return Exit.BUSY
    if isinstance(error, SignInError) or error.code.startswith("keychain."):
        return Exit.SIGN_IN
    if isinstance(error, Passing) or error.code in _GARBLED:
        return Exit.OUT_OF_REACH
    return Exit.UNEXPECTED if isinstance(error, VendorChanged) else Exit.WRONG


def of_told(told: Told, button: Callable[[str], str]) -> Exit:
    """The exit code of an order: refused is wrong use, waiting goes on by itself."""
    how, code = told.how.value, told.code
    if how == "done":
        return Exit.DONE
    if how == "waiting" and code in (*_AWAY, *_GARBLED):
        return Exit.OUT_OF_REACH
    if how == "waiting" and (button(code) == SIGN_IN_AGAIN or code.startswith("keychain.")):
        return Exit.SIGN_IN
    return Exit.WRONG if how == "refused" else Exit.ATTENTION


def of_run(run: RunRow, button: Callable[[str], str], *, stopped: bool) -> Exit:
    """The exit code of a run.

    `button` gives a code's button, untranslated; `stopped` says that the bridge waits for the user.
    """
    outcome, code = run.outcome.value, run.code
    if outcome == "cancelled":
        return Exit.STOPPED
    if code in (*_AWAY, *_GARBLED):
        return Exit.OUT_OF_REACH
    if code in _BUSY:
        return Exit.BUSY
    if outcome != "failed":
        return Exit.ATTENTION if run.attention or run.failed else Exit.DONE
    if button(code) == SIGN_IN_AGAIN or code.startswith(("signin.no_secret", "signin.refused", "keychain.")):
        return Exit.SIGN_IN
    return Exit.WRONG if (stopped and code != _BUG) or code.startswith(_DISK) else Exit.UNEXPECTED
