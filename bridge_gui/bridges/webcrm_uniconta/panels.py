"""The panels of pairs and of differences: both sides are read whole when a panel opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge_gui.bridges.webcrm_uniconta.comparing import Comparing
from bridge_gui.bridges.webcrm_uniconta.pairing import Pairing
from bridge_gui.sync.panels import Compared, Pair, Query, Rows
from bridge_gui.sync.specs import Option


class Panels:
    """Rows of the panels by key; the pages of one reading come from one look."""

    def __init__(self, pairings: Mapping[str, Pairing], comparings: Mapping[str, Comparing]) -> None:
        self._pairings = pairings
        self._comparings = comparings
        self._read: dict[str, Sequence[Pair | Compared]] = {}

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        if query.offset == 0 or panel not in self._read:
            self._read[panel] = self._all(panel)
        text = query.text.casefold()
        found = [one for one in self._read[panel] if text in _title(one).casefold()]
        return Rows(rows=tuple(found[query.offset : query.offset + query.limit]), total=len(found))

    def search(self, panel: str, text: str) -> Sequence[Option]:
        """What may be chosen at the right of a panel of pairs."""
        return self._pairings[panel].search(text)

    def _all(self, panel: str) -> Sequence[Pair | Compared]:
        if panel in self._pairings:
            return self._pairings[panel].pairs()
        return self._comparings[panel].differing()


def _title(one: Pair | Compared) -> str:
    return one.left if isinstance(one, Pair) else one.title
