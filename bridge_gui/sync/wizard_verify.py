"""The wizard's pages whose answers the bridge itself holds against both vendors before they are left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.specs import OpenBridge, Page, Verifies

if TYPE_CHECKING:
    from bridge_gui.sync.events import Listener
    from bridge_gui.sync.house import House
    from bridge_gui.sync.setup import Setup
    from bridge_gui.sync.wizard import What, Work
    from bridge_gui.web.waiting import Cancel


class Verifying:
    """What a wizard knows of the pages that were verified; asked in jobs only."""

    setup: Setup
    _house: House

    if TYPE_CHECKING:

        @property
        def page(self) -> Page: ...  # noqa: D102
        def _begin(self, what: What, run: Callable[[Cancel, Listener], Any]) -> Work: ...
        def _state(self) -> int: ...

    def __init__(self) -> None:
        self._verified: dict[str, int] = {}

    def verify_first(self) -> Work | None:
        """What has to be asked before the page in front is left, unless it was with just these answers."""
        page, state = self.page, self._state()
        if not page.verified or self._verified.get(page.key) == state:
            return None
        house, opener, draft = self._house, self.setup.opener, self.setup.draft()

        def run(cancel: Cancel, _tell: Listener) -> tuple[str, int]:
            with house.job(cancel) as job:
                verify(opener.bridge(draft, job), page)
            return page.key, state

        return self._begin("verify", run)

    def take_verified(self, result: tuple[str, int]) -> None:
        """The page is as it should be."""
        self._verified[result[0]] = result[1]


def verify(opened: OpenBridge, page: Page) -> None:
    """Have the bridge look whether what a page asks for is there; `SetupError` names what is not."""
    if page.verified:
        if not isinstance(opened, Verifies):
            raise TypeError(f"page {page.key}: the opened bridge verifies nothing")
        opened.verify(page.key)
