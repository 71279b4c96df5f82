"""Xero: accounting for small businesses, by OAuth 2 with the user's own app."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.billing import KeepsBills, KeepsCustomers, KeepsManyCustomers, SellsItems
from bridge_gui.sync.capabilities import NamesCompany, ReachesCompanies
from bridge_gui.sync.specs import Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.xero.messages import MESSAGES
from bridge_gui.vendors.xero.terms import PRODUCTION, terms
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext
    from bridge_gui.web.oauth.terms import OAuth


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.xero.adapter import XeroAdapter

    return XeroAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.xero.simulator import XeroSimulator

    return XeroSimulator


def _oauth(endpoint: str, values: Mapping[str, str]) -> OAuth:
    return terms(endpoint, values)


SPEC = VendorSpec(
    key="xero",
    title="Xero",
    role=Role.BOOKS,
    login="oauth2",
    fields=(
        Field(
            key="client_id",
            kind=FieldKind.TEXT,
            label=mark("Client id"),
            help=mark("Xero shows it on the page of your own app: 32 letters and digits."),
            pattern=r"[0-9A-Za-z-]{20,40}",
            wrong=mark("A client id has 32 letters and digits, without spaces."),
        ),
        Field(
            key="sign_in",
            kind=FieldKind.SIGN_IN,
            label=mark("Sign-in at Xero"),
            help=mark("Xero asks for your name and password on its own page; Bridge never sees them."),
        ),
        Field(
            key="tenant",
            kind=FieldKind.TEXT,
            label=mark("Organisation"),
            help=mark("Filled in when you sign in: the organisation that invoices are made in."),
            required=False,
            advanced=True,
        ),
    ),
    endpoints={"production": PRODUCTION},
    # 60 calls a minute and organisation (xero.md 4).
    pace=Pace(1.0),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.PER_REQUEST,
    # INFERRED: no lag of reads is known; a request time-out and a margin.
    settle_after=timedelta(seconds=120),
    capabilities=(
        NamesCompany,
        ReachesCompanies,
        KeepsBills,
        KeepsCustomers,
        KeepsManyCustomers,
        SellsItems,
    ),
    messages=MESSAGES,
    site="https://developer.xero.com/app/manage",
    hosts=("go.xero.com", "login.xero.com"),
    oauth=_oauth,
    company_field="tenant",
)
