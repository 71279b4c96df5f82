"""What the composition root hands to the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bridge_gui.web.keychain import Keychain
from bridge_gui.web.waiting import Clock

if TYPE_CHECKING:
    from bridge_gui.sync.registry import Registry
    from bridge_gui.sync.service import Service


class Picture(Protocol):
    """Photographs the window on a house; not `whole`: its fullest bridge only."""

    def __call__(
        self, service: Service, registry: Registry, folder: Path, clock: Clock, /, *, whole: bool
    ) -> Sequence[Path]:
        """Where the pictures are."""
        ...


@dataclass(frozen=True, kw_only=True)
class Means:
    """Registry, keychain (by the data folder's id), clock, data folder, and what is done with windows.

    `window` opens the program's window (on the demo companies if told so, `hidden` in the tray) and gives an
    exit code;
    `check_window` shows one without a display and says what it saw; `pictures` photographs it.
    `dismiss` asks the window that is open on a data folder to leave and says whether there was one;
    `stay_away` has Bridge start no more with the computer on a data folder, and says whether that went well.
    """

    registry: Callable[[], Registry]
    keychain: Callable[[str], Keychain]
    clock: Clock
    folder: Callable[[], Path]
    window: Callable[..., int]
    check_window: Callable[[Callable[[], Service]], str]
    pictures: Picture
    dismiss: Callable[[Path], bool]
    stay_away: Callable[[Path], bool]
