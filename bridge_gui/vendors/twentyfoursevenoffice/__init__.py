"""24SevenOffice (Finago Office): accounting and orders, by the customer's own application."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.billing import KeepsCustomers
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.ordering import HasShelf, TakesOrders, TellsStanding
from bridge_gui.sync.specs import Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.twentyfoursevenoffice.classic import CLASSIC
from bridge_gui.vendors.twentyfoursevenoffice.messages import MESSAGES
from bridge_gui.vendors.twentyfoursevenoffice.terms import PRODUCTION, VENDOR
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.twentyfoursevenoffice.adapter import TwentyFourSevenOfficeAdapter

    return TwentyFourSevenOfficeAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.twentyfoursevenoffice.simulator import TwentyFourSevenOfficeSimulator

    made: type = TwentyFourSevenOfficeSimulator
    return made


SPEC = VendorSpec(
    key="twentyfoursevenoffice",
    title=VENDOR,
    role=Role.BOOKS,
    login="client_credentials",
    fields=(
        Field(
            key="company_name",
            kind=FieldKind.TEXT,
            label=mark("Account name"),
            help=mark("Exactly as it stands at the top right of 24SevenOffice."),
            pattern=r".*\S.*",
            wrong=mark("The account name cannot be empty."),
        ),
        Field(
            key="client_id",
            kind=FieldKind.TEXT,
            label=mark("Application ID"),
            help=mark("On the page of your own application in the Developer panel."),
            pattern=r"\S+",
            wrong=mark("An Application ID has no spaces."),
        ),
        Field(
            key="client_secret",
            kind=FieldKind.SECRET,
            label=mark("Application secret"),
            help=mark("On the same page. It opens only the organisations that connect this application."),
            pattern=r"\S+",
            wrong=mark("An application secret has no spaces."),
        ),
        Field(
            key="organization_id",
            kind=FieldKind.TEXT,
            label=mark("Organization ID"),
            help=mark("Under Administration > Integrations, in Info, once the application is connected."),
            pattern=r"\S+",
            wrong=mark("An Organization ID has no spaces."),
        ),
        *CLASSIC,
    ),
    endpoints={"production": PRODUCTION},
    # INFERRED: no number is published for REST ("ask the API team"); SOAP allows two calls a second.
    pace=Pace(2.0),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.NONE,
    # INFERRED: no lag of reads is known; a request time-out and a margin.
    settle_after=timedelta(seconds=120),
    capabilities=(NamesCompany, KeepsCustomers, HasShelf, TakesOrders, TellsStanding),
    messages=MESSAGES,
    site="https://app.24sevenoffice.com",
    hosts=("24sevenoffice.com", "*.24sevenoffice.com"),
)
