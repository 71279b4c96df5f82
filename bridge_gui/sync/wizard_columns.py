"""The wizard's page about a file: read when it is named, its columns mapped, and read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.files.questions import COLUMNS, PLACE
from bridge_gui.sync.specs import FieldKind

if TYPE_CHECKING:
    from bridge_gui.sync.events import Listener
    from bridge_gui.sync.files.mapper import FileLook
    from bridge_gui.sync.setup import Setup
    from bridge_gui.sync.specs import BridgeSpec, Field, Page
    from bridge_gui.sync.wizard import Trouble, What, Work
    from bridge_gui.web.waiting import Cancel

FILE = f"settings.{PLACE}"


class FileColumns:
    """What a wizard knows of the file that is named on the page in front; read in jobs only."""

    setup: Setup
    spec: BridgeSpec
    error: Trouble | None

    if TYPE_CHECKING:

        @property
        def page(self) -> Page: ...  # noqa: D102
        def asked(self, place: str) -> Field: ...  # noqa: D102
        def value(self, place: str) -> str: ...  # noqa: D102
        def answer(self, place: str, value: str) -> None: ...  # noqa: D102
        def _begin(self, what: What, run: Callable[[Cancel, Listener], Any]) -> Work: ...

    def __init__(self) -> None:
        self.look: FileLook | None = None
        self.layout: Any = None
        self.mapped_part = ""
        self._looked: tuple[str, str] | None = None

    def columns_place(self) -> str:
        """The page's question about columns, empty if it has none."""
        return next((p for p in self.page.fields if self.asked(p).kind is FieldKind.COLUMNS), "")

    def map_column(self, part: str, value: str) -> None:
        """Take another column for a part; the file is to be read again before the page is left."""
        from bridge_gui.sync.files.kind import kind_of

        kind = kind_of(self.spec)
        if self.layout is not None:
            self.mapped_part, self.layout = part, kind.mapped(self.layout, part, value)
            self.answer(self.columns_place(), kind.as_text(self.layout))

    def look_again(self) -> Work:
        """Read the file as it is named and mapped now."""
        self.error, state, door, spec = None, self._named(), self._door, self.spec

        def run(_cancel: Cancel, _tell: Listener) -> tuple[tuple[str, str], FileLook]:
            from bridge_gui.sync.files.kind import kind_of

            return state, kind_of(spec).look(door(*state))

        return self._begin("columns", run)

    def look_on_arrival(self) -> Work | None:
        """The file that was named before."""
        return self.look_again() if self._unseen() and self.value(FILE) else None

    def look_first(self) -> Work | None:
        """A page with a file is left once the file was seen and is understood."""
        from bridge_gui.sync.wizard import Trouble

        if self._unseen():
            return self.look_again()
        if self.columns_place() and self.look is not None and self.look.trouble:
            self.error = Trouble(code=self.look.trouble, params=self.look.params)
        return None

    def take_look(self, result: tuple[tuple[str, str], FileLook]) -> None:
        """The file as it was read."""
        self._looked, self.look = result
        self.layout = self.look.layout

    def _unseen(self) -> bool:
        return bool(self.columns_place()) and self._looked != self._named()

    def _named(self) -> tuple[str, str]:
        return self.value(FILE).strip(), self.value(self.columns_place()).strip()

    def _door(self, file: str, told: str) -> Any:
        from bridge_gui.sync.files.kind import kind_of

        before = self.setup.before
        kept = before.settings if before is not None else {}
        settings = {**kept, PLACE: file, COLUMNS: told}
        return kind_of(self.spec).open("", settings, self.spec.currency)
