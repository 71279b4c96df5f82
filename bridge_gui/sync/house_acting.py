"""The part of the house that acts on the user's word and shows a bridge's panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from bridge_gui.sync.actions import Checked, Form, Told, Wanted
from bridge_gui.sync.events import Listener
from bridge_gui.sync.panels import Detail, Query, Rows
from bridge_gui.sync.service import Offers
from bridge_gui.sync.sessions import Lock, Sessions
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import Cancel

if TYPE_CHECKING:
    from bridge_gui.sync.house import House


class HouseActing:
    """What `House` can do besides syncing; the work is in `acting` and `showing`."""

    sessions: Sessions

    def __init__(self) -> None:
        self._alone: dict[str, Lock] = {}

    @property
    def _house(self) -> House:
        return cast("House", self)

    def alone(self, name: str) -> Lock:
        """Held by whoever writes for a bridge, a sync or an order."""
        return self._alone.setdefault(name, Lock())

    def offers(self, name: str) -> Offers:
        """What a bridge lets a user do and see besides."""
        spec = self._house.registry.bridge(self._house.bridge(name).kind)
        return Offers(actions=spec.actions, panels=spec.panels)

    def begin(self, name: str, action: str, subject: str, cancel: Cancel) -> Form | Told:
        """What an action asks, filled from the record; or why it cannot be done as things stand."""
        from bridge_gui.sync import acting

        return acting.begin(self._house, name, action, subject, cancel)

    def find(self, name: str, action: str, which: str, text: str, cancel: Cancel) -> Sequence[Option]:
        """Options for a CHOICE of an action's form that is searched."""
        from bridge_gui.sync import acting

        return acting.find(self._house, name, action, which, text, cancel)

    def check(self, name: str, action: str, wanted: Wanted, cancel: Cancel) -> Checked:
        """What an order would come to; changes nothing."""
        from bridge_gui.sync import acting

        return acting.check(self._house, name, action, wanted, cancel)

    def act(
        self, name: str, action: str, wanted: Sequence[Wanted], cancel: Cancel, tell: Listener
    ) -> tuple[Told, ...]:
        """Give orders and see them carried out, by the running sync or at once; an answer for each."""
        from bridge_gui.sync import acting

        return acting.act(self._house, name, action, wanted, cancel, tell)

    def panel_rows(self, name: str, panel: str, query: Query, cancel: Cancel) -> Rows:
        """A slice of a panel."""
        from bridge_gui.sync import showing

        return showing.rows(self._house, name, panel, query, cancel)

    def panel_detail(self, name: str, panel: str, row: str, cancel: Cancel) -> Detail:
        """One row of a panel in full."""
        from bridge_gui.sync import showing

        return showing.detail(self._house, name, panel, row, cancel)

    def panel_search(self, name: str, panel: str, text: str, cancel: Cancel) -> Sequence[Option]:
        """What may be chosen at the right of a PAIRS panel."""
        from bridge_gui.sync import showing

        return showing.search(self._house, name, panel, text, cancel)

    def panel_options(self, name: str, which: str, cancel: Cancel) -> Sequence[Option]:
        """What a panel's filter may be."""
        from bridge_gui.sync import showing

        return showing.options(self._house, name, which, cancel)
