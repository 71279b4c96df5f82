"""The bridge with both its adapters at hand: its flows, panels, actions, what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge_gui.bridges.sharefox_twentyfourseven.acts import CheckStatus
from bridge_gui.bridges.sharefox_twentyfourseven.describing import described
from bridge_gui.bridges.sharefox_twentyfourseven.exported import ExportedShop
from bridge_gui.bridges.sharefox_twentyfourseven.file_rentals import (
    FileRentals,
    RestingFiles,
    RestingRentals,
)
from bridge_gui.bridges.sharefox_twentyfourseven.listing import Listing
from bridge_gui.bridges.sharefox_twentyfourseven.panels import Panels
from bridge_gui.bridges.sharefox_twentyfourseven.rentals import Rentals
from bridge_gui.bridges.sharefox_twentyfourseven.telling import Standings
from bridge_gui.bridges.sharefox_twentyfourseven.tying import Ties
from bridge_gui.sync.actions import Action
from bridge_gui.sync.flow import Flow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Detail, Query, Rows
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.specs import Option
from bridge_gui.sync.step import Step
from bridge_gui.vendors.sharefox import SPEC as SHAREFOX
from bridge_gui.vendors.twentyfoursevenoffice import SPEC as OFFICE


class SharefoxTwentyFourSeven:
    """An opened bridge; nobody is called until something is asked for."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._listing = Listing(context)
        self._rentals, resting = self._sources()
        self.flows: Sequence[Flow] = (self._rentals, Standings(context, SHAREFOX.settle_after), resting)
        self.actions: Sequence[Action] = (CheckStatus(),)
        self._panels = Panels(context, self._listing)

    def _sources(self) -> tuple[Rentals, Rentals]:
        """The one source, and the other one at rest."""
        context, listing, after = self._context, self._listing, OFFICE.settle_after
        if isinstance(context.sales, ExportedShop):
            files = FileRentals(context, listing, after, context.sales)
            return files, RestingRentals(context, listing, after)
        return Rentals(context, listing, after), RestingFiles(context, listing, after)

    def describe(self, step: Step) -> PreviewDocument:
        """A step as a person reads it before it goes."""
        return described(step)

    def options(self, name: str) -> Sequence[Option]:
        """What a choice or one side of a mapping may be."""
        return self._listing.options(name)

    def suggest(self, name: str) -> Mapping[str, str]:
        """A first proposal for a mapping."""
        return self._listing.suggest(name)

    def tie_reads(self) -> Ties:
        """Both sides of a tie-out."""
        return Ties(self._context, self._listing, self._rentals)

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        return self._panels.rows(panel, query)

    def detail(self, panel: str, row: str) -> Detail:
        """One row in full."""
        return self._panels.detail(panel, row)

    def search(self, name: str, text: str) -> Sequence[Option]:
        """No panel of this bridge pairs."""
        raise LookupError(name, text)
