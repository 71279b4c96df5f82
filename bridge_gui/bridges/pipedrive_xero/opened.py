"""The bridge with both its adapters at hand: its flows, actions and panels, what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.bridges.pipedrive_xero.create import CreateInvoice
from bridge_gui.bridges.pipedrive_xero.deals import Deals
from bridge_gui.bridges.pipedrive_xero.listing import Listing
from bridge_gui.bridges.pipedrive_xero.notes import Notes
from bridge_gui.bridges.pipedrive_xero.panels import Panels
from bridge_gui.bridges.pipedrive_xero.steps import MakeBill, WriteNote
from bridge_gui.bridges.pipedrive_xero.turning import (
    Attach,
    Detach,
    Disconnect,
    Email,
    OpenAtXero,
    Pdf,
    Turn,
    Void,
)
from bridge_gui.bridges.pipedrive_xero.tying import Ties
from bridge_gui.sync.actions import Action
from bridge_gui.sync.flow import Flow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Detail, Query, Rows
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.specs import Option
from bridge_gui.sync.step import Step
from bridge_gui.vendors.pipedrive import SPEC as PIPEDRIVE
from bridge_gui.vendors.xero import SPEC as XERO


class PipedriveXero:
    """An opened bridge; nobody is called until something is asked for."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._listing = Listing(context)
        self._panels = Panels(context, self._listing)
        self._deals = deals = Deals(context, self._listing, XERO.settle_after)
        self.flows: Sequence[Flow] = (deals, Notes(context, PIPEDRIVE.settle_after))
        books = context.books
        self.actions: Sequence[Action] = (
            CreateInvoice(self._listing, books, deals.one, context.cancel, context.words),
            Turn("submit", DocumentState.AWAITING_APPROVAL),
            Turn("approve", DocumentState.AWAITING_PAYMENT),
            Turn("delete", DocumentState.DELETED),
            Void(books, context.cancel),
            Email(),
            Pdf(books),
            OpenAtXero(books),
            Attach(books, context.sales, context.cancel),
            Detach(),
            Disconnect(deals.one),
        )

    def describe(self, step: Step) -> PreviewDocument:
        """A step as a person reads it before it goes."""
        made = step if isinstance(step, MakeBill) else None
        text = made.bill.reference if made is not None else step.mark
        return PreviewDocument(
            kind=step.link.kind,
            number=step.number,
            party=step.party,
            day=step.day.isoformat(),
            total=step.total,
            currency=step.currency,
            text=step.content if isinstance(step, WriteNote) else text,
            lines=made.shown_lines if made is not None else (),
            tax=made.shown_tax if made is not None else (),
        )

    def options(self, name: str) -> Sequence[Option]:
        """What a choice or one side of a mapping may be."""
        return self._listing.options(name)

    def suggest(self, name: str) -> Mapping[str, str]:
        """A first proposal for a mapping."""
        return self._listing.suggest(name)

    def tie_reads(self) -> Ties:
        """Both sides of a tie-out."""
        return Ties(self._context, self._listing, self._deals)

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        return self._panels.rows(panel, query)

    def detail(self, panel: str, row: str) -> Detail:
        """One row in full."""
        return self._panels.detail(panel, row)

    def search(self, name: str, text: str) -> Sequence[Option]:
        """No panel of this bridge pairs."""
        raise LookupError(name)
