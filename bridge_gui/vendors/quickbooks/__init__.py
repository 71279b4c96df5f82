"""QuickBooks Online: accounting, by OAuth 2 with the user's own Intuit app."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import NamesCompany, ReachesCompanies
from bridge_gui.sync.selling import KeepsSales, KnowsBuyers, OffersSelling, TakesPayments
from bridge_gui.sync.specs import Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.quickbooks.messages import MESSAGES
from bridge_gui.vendors.quickbooks.terms import PRODUCTION, SANDBOX, terms
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext
    from bridge_gui.web.oauth.terms import OAuth


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.quickbooks.adapter import QuickBooksAdapter

    return QuickBooksAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.quickbooks.simulator import QuickBooksSimulator

    return QuickBooksSimulator


def _oauth(endpoint: str, values: Mapping[str, str]) -> OAuth:
    return terms(endpoint, values)


SPEC = VendorSpec(
    key="quickbooks",
    title="QuickBooks",
    role=Role.BOOKS,
    login="oauth2",
    fields=(
        Field(
            key="client_id",
            kind=FieldKind.TEXT,
            label=mark("Client id"),
            help=mark("Intuit shows it on your app's page under Keys and credentials."),
            pattern=r"[0-9A-Za-z_-]{20,100}",
            wrong=mark("A client id has at least 20 letters and digits, without spaces."),
        ),
        Field(
            key="client_secret",
            kind=FieldKind.SECRET,
            label=mark("Client secret"),
            help=mark("It stands below the client id; kept in this computer's keychain only."),
        ),
        Field(
            key="sign_in",
            kind=FieldKind.SIGN_IN,
            label=mark("Sign-in at Intuit"),
            help=mark("Intuit asks for your name and password on its own page; Bridge never sees them."),
        ),
        Field(
            key="realm",
            kind=FieldKind.TEXT,
            label=mark("Company"),
            help=mark("Filled in when you sign in: the company you chose on Intuit's page."),
            required=False,
            advanced=True,
        ),
    ),
    endpoints={"production": PRODUCTION, "sandbox": SANDBOX},
    # 10 calls a second and 500 a minute for one company (quickbooks.md 4).
    pace=Pace(8.0),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.PER_REQUEST,
    # INFERRED: no lag of reads is known; all tries of one write and a margin.
    settle_after=timedelta(seconds=180),
    capabilities=(NamesCompany, ReachesCompanies, KeepsSales, TakesPayments, KnowsBuyers, OffersSelling),
    messages=MESSAGES,
    site="https://developer.intuit.com",
    hosts=("qbo.intuit.com", "app.qbo.intuit.com", "appcenter.intuit.com"),
    oauth=_oauth,
    company_field="realm",
)
