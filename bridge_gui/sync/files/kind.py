"""What kind of files feed a bridge: a report by days and accounts, unless its SPEC says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bridge_gui.sync.files.questions import COLUMNS, LAYOUTS, PLACE

if TYPE_CHECKING:
    from bridge_gui.sync.files.mapper import FileLook
    from bridge_gui.sync.specs import BridgeSpec


class Door(Protocol):
    """The files of a bridge; `scope` is this bridge's own. `files` raises where there is no such place."""

    scope: str

    def files(self) -> list[Path]:
        """The file, or those of the folder, the latest last."""
        ...

    def kept(self) -> str:
        """The layouts of all files that are there, as a setting keeps them; raises if one cannot be read."""
        ...


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """A kind of file. A layout is a struct with a text for each part (a column) and each way, and `complete`.

    `open` makes the door from a bridge's name, its settings and its currency.
    """

    open: Callable[[str, Mapping[str, str], str], Any]
    look: Callable[[Any], FileLook]
    mapped: Callable[[Any, str, str], Any]
    as_text: Callable[[Any], str]


def kind_of(spec: BridgeSpec) -> FileKind:
    """The kind of files of a bridge."""
    return spec.file_kind() if spec.file_kind is not None else _days()


def _days() -> FileKind:
    from bridge_gui.sync.files.layout import as_text
    from bridge_gui.sync.files.mapper import look, mapped

    return FileKind(open=_day_door, look=look, mapped=mapped, as_text=as_text)


def _day_door(name: str, settings: Mapping[str, str], currency: str) -> Any:
    from bridge_gui.sync.files.door import FileDoor

    return FileDoor(
        Path(settings.get(PLACE, "")).expanduser(), name, told=settings.get(COLUMNS, ""),
        remembered=settings.get(LAYOUTS, ""), currency=currency,
    )  # fmt: skip
