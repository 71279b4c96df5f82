"""The bridge with both its adapters at hand: its flows, panels, actions, what can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bridge_gui.bridges.webcrm_uniconta.cards import SALES
from bridge_gui.bridges.webcrm_uniconta.comparing import (
    Comparing,
    joined_customers,
    joined_people,
    joined_staff,
)
from bridge_gui.bridges.webcrm_uniconta.contacts import ContactFlow, PersonFlow
from bridge_gui.bridges.webcrm_uniconta.customers import BookedDebtors, Customers
from bridge_gui.bridges.webcrm_uniconta.deliveries import Deliveries
from bridge_gui.bridges.webcrm_uniconta.describing import described
from bridge_gui.bridges.webcrm_uniconta.goods import Goods
from bridge_gui.bridges.webcrm_uniconta.listing import BookFields, Listing
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.margins import Margins
from bridge_gui.bridges.webcrm_uniconta.orders import Orders
from bridge_gui.bridges.webcrm_uniconta.pairing import CustomerPairs, ItemPairs, Pairing, PeoplePairs
from bridge_gui.bridges.webcrm_uniconta.panel_specs import (
    COMPARE,
    ITEM_PAIRS,
    JOIN_PAIRS,
    JOIN_PEOPLE,
    KEEP_PEOPLE,
    KEEP_SIDES,
    KEEP_STAFF,
    MARGINS,
    PAIRS,
    PEOPLE_COMPARE,
    PEOPLE_PAIRS,
    STAFF_COMPARE,
)
from bridge_gui.bridges.webcrm_uniconta.panels import Panels
from bridge_gui.bridges.webcrm_uniconta.parties import Debtors, Organisations
from bridge_gui.bridges.webcrm_uniconta.people import Contacts, Persons
from bridge_gui.bridges.webcrm_uniconta.rules import PARTIES, PEOPLE, STAFF, Rules, rules_of
from bridge_gui.bridges.webcrm_uniconta.settled import JoinItems, JoinPairs, KeepSides
from bridge_gui.bridges.webcrm_uniconta.staff import Employees, Register, Staff, Users
from bridge_gui.bridges.webcrm_uniconta.standing import Standing
from bridge_gui.bridges.webcrm_uniconta.states import States
from bridge_gui.bridges.webcrm_uniconta.steps import CONTACT, DEBTOR, EMPLOYEE
from bridge_gui.bridges.webcrm_uniconta.tying import Ties
from bridge_gui.bridges.webcrm_uniconta.verifying import Verifying
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
        desks = _desks(context, rules, looks)
        self._deliveries = Deliveries(context, rules, looks, desks.organisations)
        self.flows: Sequence[Flow] = _flows(context, rules, looks, desks, self._deliveries)
        for flow in self.flows:
            flow.settle_after = max(UNICONTA.settle_after, WEBCRM.settle_after)
        self._listing = Listing(context)
        self._panels = _panels(context, rules, desks)
        self._margins = Margins(context, self._deliveries)
        self.actions: Sequence[Action] = _actions(self._today)

    def describe(self, step: Step) -> PreviewDocument:
        """A step as a person reads it before it goes."""
        return described(step, self._context.words.text)

    def options(self, name: str) -> Sequence[Option]:
        """What a choice or one side of a mapping may be."""
        return self._listing.options(name)

    def suggest(self, name: str) -> Mapping[str, str]:
        """A first proposal for a mapping."""
        return self._listing.suggest(name)

    def verify(self, page: str) -> None:
        """Whether what a page of the wizard asks for is there."""
        Verifying(self._context, self._rules).verify(page)

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
        """What a record at the left may be joined with."""
        return self._panels.search(name, text)

    def _today(self) -> date:
        return self._rules.today


class _Desks(NamedTuple):
    """Both sides of every kind of record that is kept on both."""

    organisations: Organisations
    debtors: Debtors
    users: Users
    employees: Employees
    persons: Persons
    contacts: Contacts


def _desks(context: BridgeContext, rules: Rules, looks: Looks) -> _Desks:
    debtors = Debtors(context, rules, looks)
    return _Desks(
        Organisations(context, rules, looks), debtors, Users(context, looks),
        Employees(context, rules, looks), Persons(context, looks, debtors), Contacts(context, looks, debtors),
    )  # fmt: skip


def _flows(
    context: BridgeContext, rules: Rules, looks: Looks, desks: _Desks, deliveries: Deliveries
) -> Sequence[Flow]:
    """All flows in the order in which they read: what others need first."""
    standing = Standing(context, looks, rules)
    return (
        Customers(desks.organisations, desks.debtors, rules, looks, context, BookFields(context, rules)),
        BookedDebtors(desks.debtors, desks.organisations, rules, looks),
        Goods(context, rules, looks),
        Staff(desks.users, desks.employees, rules, looks),
        Register(desks.employees, desks.users, rules, looks),
        Orders(context, rules, looks, deliveries, standing, desks.debtors),
        States(context, rules, looks, standing),
        PersonFlow(desks.persons, desks.contacts, rules, looks),
        ContactFlow(desks.contacts, desks.persons, rules, looks, context.notes),
    )


def _panels(context: BridgeContext, rules: Rules, desks: _Desks) -> Panels:
    """What feeds each panel of pairs and of differences."""
    orgs, debtors, users, employees, persons, contacts = desks
    pairings: dict[str, Pairing] = {
        PAIRS: CustomerPairs(orgs, debtors), ITEM_PAIRS: ItemPairs(context, rules),
        PEOPLE_PAIRS: PeoplePairs(context, rules, persons, contacts),
    }  # fmt: skip
    comparings = {
        COMPARE: Comparing(rules.merging(PARTIES, SALES), lambda: joined_customers(orgs, debtors)),
        PEOPLE_COMPARE: Comparing(rules.merging(PEOPLE, SALES), lambda: joined_people(persons, contacts)),
        STAFF_COMPARE: Comparing(rules.merging(STAFF, SALES), lambda: joined_staff(users, employees)),
    }
    return Panels(pairings, comparings)


def _actions(today: Callable[[], date]) -> Sequence[Action]:
    return (
        JoinPairs(JOIN_PAIRS, "organisations", DEBTOR, today), JoinItems(today),
        JoinPairs(JOIN_PEOPLE, "persons", CONTACT, today),
        KeepSides(KEEP_SIDES, "organisations", DEBTOR, today),
        KeepSides(KEEP_PEOPLE, "persons", CONTACT, today), KeepSides(KEEP_STAFF, "users", EMPLOYEE, today),
    )  # fmt: skip
