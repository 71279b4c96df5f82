"""The bridge with both its adapters at hand: its flows, panels, actions, what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bridge_gui.bridges.webcrm_uniconta.contacts import ContactFlow, PersonFlow
from bridge_gui.bridges.webcrm_uniconta.customers import BookedDebtors, Customers
from bridge_gui.bridges.webcrm_uniconta.deliveries import Deliveries
from bridge_gui.bridges.webcrm_uniconta.describing import described
from bridge_gui.bridges.webcrm_uniconta.goods import Goods
from bridge_gui.bridges.webcrm_uniconta.listing import BookFields, Listing
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.margins import Margins
from bridge_gui.bridges.webcrm_uniconta.orders import Orders
from bridge_gui.bridges.webcrm_uniconta.panel_specs import MARGINS
from bridge_gui.bridges.webcrm_uniconta.panels import Panels
from bridge_gui.bridges.webcrm_uniconta.parties import Debtors, Organisations
from bridge_gui.bridges.webcrm_uniconta.people import Contacts, Persons
from bridge_gui.bridges.webcrm_uniconta.rules import Rules, rules_of
from bridge_gui.bridges.webcrm_uniconta.settled import JoinPairs, KeepSides
from bridge_gui.bridges.webcrm_uniconta.staff import Employees, Register, Staff, Users
from bridge_gui.bridges.webcrm_uniconta.states import States
from bridge_gui.bridges.webcrm_uniconta.tying import Ties
from bridge_gui.sync.actions import Action
from bridge_gui.sync.flow import Flow
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Detail, Query, Rows
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.specs import Option
from bridge_gui.sync.step import Step
from bridge_gui.vendors.uniconta import SPEC as UNICONTA
from bridge_gui.vendors.webcrm import SPEC as WEBCRM


class WebcrmUniconta:
    """An opened bridge; nobody is called until something is asked for."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._rules = rules = rules_of(context)
        looks = Looks(context)
        organisations, debtors = Organisations(context, rules, looks), Debtors(context, rules, looks)
        self._deliveries = Deliveries(context, rules, looks, organisations)
        self.flows: Sequence[Flow] = _flows(context, rules, looks, organisations, debtors, self._deliveries)
        for flow in self.flows:
            flow.settle_after = max(UNICONTA.settle_after, WEBCRM.settle_after)
        self._listing = Listing(context)
        self._panels = Panels(context, rules, organisations, debtors)
        self._margins = Margins(context, self._deliveries)
        self.actions: Sequence[Action] = (JoinPairs(self._today), KeepSides(self._today))

    def describe(self, step: Step) -> PreviewDocument:
        """A step as a person reads it before it goes."""
        return described(step, self._context.words.text)

    def options(self, name: str) -> Sequence[Option]:
        """What a choice or one side of a mapping may be."""
        return self._listing.options(name)

    def suggest(self, name: str) -> Mapping[str, str]:
        """A first proposal for a mapping."""
        return self._listing.suggest(name)

    def tie_reads(self) -> Ties:
        """Both sides of a tie-out."""
        return Ties(self._context, self._rules, self._deliveries)

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        return self._margins.rows(query) if panel == MARGINS else self._panels.rows(panel, query)

    def detail(self, panel: str, row: str) -> Detail:
        """A delivery's lines with their margins."""
        if panel != MARGINS:
            raise LookupError(panel, row)
        return self._margins.detail(row)

    def search(self, name: str, text: str) -> Sequence[Option]:
        """Debtors for an organisation to be joined with."""
        del name
        return self._panels.search(text)

    def _today(self) -> date:
        return self._rules.today


def _flows(
    context: BridgeContext,
    rules: Rules,
    looks: Looks,
    organisations: Organisations,
    debtors: Debtors,
    deliveries: Deliveries,
) -> Sequence[Flow]:
    """All flows in the order in which they read: what others need first."""
    users, employees = Users(context, looks), Employees(context, rules, looks)
    persons, contacts = Persons(context, looks, debtors), Contacts(context, looks, debtors)
    return (
        Customers(organisations, debtors, rules, looks, context, BookFields(context, rules)),
        BookedDebtors(debtors, organisations, rules, looks),
        Goods(context, rules, looks),
        Staff(users, employees, rules, looks),
        Register(employees, users, rules, looks),
        Orders(context, rules, looks, deliveries),
        States(context, rules, looks),
        PersonFlow(persons, contacts, rules, looks),
        ContactFlow(contacts, persons, rules, looks),
    )
