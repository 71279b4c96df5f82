"""The bridge with both its adapters at hand: its flows, panels, actions, what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge_gui.bridges.highlevel_quickbooks.bringing import BringIn
from bridge_gui.bridges.highlevel_quickbooks.contacts import Contacts
from bridge_gui.bridges.highlevel_quickbooks.describing import described
from bridge_gui.bridges.highlevel_quickbooks.file_bringing import BringInFile
from bridge_gui.bridges.highlevel_quickbooks.invoices import Invoices
from bridge_gui.bridges.highlevel_quickbooks.listing import Listing
from bridge_gui.bridges.highlevel_quickbooks.panels import Panels
from bridge_gui.bridges.highlevel_quickbooks.payments import Payments
from bridge_gui.bridges.highlevel_quickbooks.reading import Reading
from bridge_gui.bridges.highlevel_quickbooks.reviews import Reviews
from bridge_gui.bridges.highlevel_quickbooks.rules import window_of
from bridge_gui.bridges.highlevel_quickbooks.tying import Ties
from bridge_gui.sync.actions import Action
from bridge_gui.sync.flow import Flow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Detail, Query, Rows
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.specs import Option
from bridge_gui.sync.step import Step
from bridge_gui.vendors.highlevel import SPEC as HIGHLEVEL
from bridge_gui.vendors.quickbooks import SPEC as QUICKBOOKS


class HighLevelQuickBooks:
    """An opened bridge; nobody is called until something is asked for."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._listing = listing = Listing(context)
        reading = Reading(context, window_of(context.settings))
        self._payments = Payments(context, listing, reading, QUICKBOOKS.settle_after)
        self._invoices = Invoices(context, listing, reading, QUICKBOOKS.settle_after)
        contacts = Contacts(context, listing, HIGHLEVEL.settle_after)
        reviews = Reviews(context, listing, HIGHLEVEL.settle_after)
        self.flows: Sequence[Flow] = (self._payments, self._invoices, contacts, reviews)
        self._panels = Panels(context, reviews)
        self.actions: Sequence[Action] = (BringIn(context), BringInFile(context))

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
        return Ties(self._context, self._listing, self._payments, self._invoices)

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        return self._panels.rows(panel, query)

    def detail(self, panel: str, row: str) -> Detail:
        """No row of this bridge has more to show."""
        raise LookupError(panel, row)

    def search(self, name: str, text: str) -> Sequence[Option]:
        """Contacts by name or address, for a customer to be paired with."""
        return self._panels.search(name, text)
