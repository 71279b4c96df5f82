"""Pipedrive: a CRM whose deals become invoices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.deals import SellsDeals, TakesNotes
from bridge_gui.sync.specs import Choice, Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.pipedrive.messages import MESSAGES
from bridge_gui.vendors.pipedrive.terms import BY_APP, BY_TOKEN, PRODUCTION, terms
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext
    from bridge_gui.web.oauth.terms import OAuth


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.pipedrive.adapter import PipedriveAdapter

    return PipedriveAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.pipedrive.simulator import PipedriveSimulator

    return PipedriveSimulator


def _oauth(endpoint: str, values: Mapping[str, str]) -> OAuth:
    return terms(endpoint, values)


SPEC = VendorSpec(
    key="pipedrive",
    title="Pipedrive",
    role=Role.SALES,
    login="api_token",
    fields=(
        Field(
            key="domain",
            kind=FieldKind.TEXT,
            label=mark("Company address"),
            help=mark("What stands before .pipedrive.com in your browser when you are signed in."),
            pattern=r"(https://)?[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.pipedrive\.com)?/?",
            wrong=mark("Only the company's part, such as “example” of example.pipedrive.com."),
        ),
        Field(
            key="way",
            kind=FieldKind.CHOICE,
            label=mark("Sign in with"),
            help=mark("Your own token is enough; an app is for companies that switched tokens off."),
            required=False,
            advanced=True,
            default=BY_TOKEN,
            choices=(
                Choice(key=BY_TOKEN, title=mark("Your personal API token")),
                Choice(key=BY_APP, title=mark("A private app of your company")),
            ),
        ),
        Field(
            key="api_token",
            kind=FieldKind.SECRET,
            label=mark("API token"),
            help=mark("From Personal preferences > API. A new token there ends the old one at once."),
            pattern=r"\S+",
            wrong=mark("An API token has no spaces."),
            only=("way", BY_TOKEN),
        ),
        Field(
            key="client_id",
            kind=FieldKind.TEXT,
            label=mark("Client ID"),
            help=mark("In the Developer Hub, on the page of your private app."),
            pattern=r"\S+",
            wrong=mark("A client ID has no spaces."),
            only=("way", BY_APP),
        ),
        Field(
            key="client_secret",
            kind=FieldKind.SECRET,
            label=mark("Client secret"),
            help=mark("Below the client ID in the Developer Hub."),
            pattern=r"\S+",
            wrong=mark("A client secret has no spaces."),
            only=("way", BY_APP),
        ),
        Field(
            key="sign_in",
            kind=FieldKind.SIGN_IN,
            label=mark("Sign-in at Pipedrive"),
            help=mark("Pipedrive asks for your name and password on its own page; Bridge never sees them."),
            only=("way", BY_APP),
        ),
    ),
    endpoints={"production": PRODUCTION},
    # The smallest plan takes 20 calls in two seconds from one token (pipedrive.md 4); some room for others.
    pace=Pace(8.0),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.NONE,
    # INFERRED: whether reads lag writes is not told; read time-out and a margin.
    settle_after=timedelta(seconds=120),
    capabilities=(NamesCompany, SellsDeals, TakesNotes),
    messages=MESSAGES,
    site="https://app.pipedrive.com",
    hosts=("*.pipedrive.com",),
    oauth=_oauth,
)
