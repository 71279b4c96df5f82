"""Sharefox: a rental shop on the web, by its administrators' interface."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.rentals import HearsPayments, RentsOut
from bridge_gui.sync.specs import Choice, Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.sharefox.messages import MESSAGES
from bridge_gui.vendors.sharefox.terms import BY_PASSWORD, BY_TOKEN, PRODUCTION, SECOND, VENDOR
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.sharefox.adapter import SharefoxAdapter

    return SharefoxAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.sharefox.simulator import SharefoxSimulator

    made: type = SharefoxSimulator
    return made


SPEC = VendorSpec(
    key="sharefox",
    title=VENDOR,
    role=Role.SALES,
    login="api_token",
    fields=(
        Field(
            key="shop_domain",
            kind=FieldKind.TEXT,
            label=mark("Address of the shop"),
            help=mark("The whole address as your browser shows it, such as example.mysharefox.com."),
            pattern=r"(https?://)?([A-Za-z0-9-]+\.)+[A-Za-z]{2,}(/.*)?",
            wrong=mark("The whole address is needed, with all its dots."),
        ),
        Field(
            key="way",
            kind=FieldKind.CHOICE,
            label=mark("Sign in with"),
            help=mark("A token is enough. With the password Bridge fetches a new token by itself."),
            required=False,
            advanced=True,
            default=BY_TOKEN,
            choices=(
                Choice(key=BY_TOKEN, title=mark("An administrator's token")),
                Choice(key=BY_PASSWORD, title=mark("An administrator's e-mail and password")),
            ),
        ),
        Field(
            key="email",
            kind=FieldKind.TEXT,
            label=mark("E-mail"),
            help=mark("Of an administrator of the shop."),
            pattern=r"\S+@\S+",
            wrong=mark("An e-mail address has an @ and no spaces."),
            only=("way", BY_PASSWORD),
        ),
        Field(
            key="password",
            kind=FieldKind.SECRET,
            label=mark("Password"),
            help=mark("Kept in this computer's keychain and sent to Sharefox only."),
            only=("way", BY_PASSWORD),
        ),
        Field(
            key="token",
            kind=FieldKind.SECRET,
            label=mark("Administrator token"),
            help=mark("As you got it from Sharefox; it stays valid for a long time."),
            pattern=r"\S+",
            wrong=mark("A token has no spaces."),
            only=("way", BY_TOKEN),
        ),
    ),
    endpoints={"production": PRODUCTION, "api-v2": SECOND},
    # INFERRED: no limit is published; one or two calls a second has hurt nobody.
    pace=Pace(1.5),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.NONE,
    # INFERRED: no lag of reads is known; a request time-out and a margin.
    settle_after=timedelta(seconds=120),
    capabilities=(NamesCompany, RentsOut, HearsPayments),
    messages=MESSAGES,
    # INFERRED: each shop is managed at its own address; this is the one that all of them share.
    site="https://mysharefox.com",
    hosts=("*.mysharefox.com", "*.shop.mysharefox.com"),
)
