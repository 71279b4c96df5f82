"""Uniconta: the books of a company, by its two public doors."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.debtors import (
    HasDailyCalls,
    HasLists,
    KeepsBookContacts,
    KeepsDebtors,
    KeepsEmployees,
    KeepsStock,
    TakesDebtorOrders,
)
from bridge_gui.sync.specs import Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.uniconta.messages import MESSAGES
from bridge_gui.vendors.uniconta.terms import PRODUCTION, VENDOR
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.uniconta.adapter import UnicontaAdapter

    return UnicontaAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.uniconta.simulator import UnicontaSimulator

    made: type = UnicontaSimulator
    return made


SPEC = VendorSpec(
    key="uniconta",
    title=VENDOR,
    role=Role.BOOKS,
    login="password",
    fields=(
        Field(
            key="company_id",
            kind=FieldKind.TEXT,
            label=mark("Company number"),
            help=mark("Uniconta's own number of the company, not its CVR number."),
            pattern=r"\s*[0-9]{1,12}\s*",
            wrong=mark("A company number has figures only."),
        ),
        Field(
            key="login",
            kind=FieldKind.TEXT,
            label=mark("Login"),
            help=mark("Best of a user made for Bridge, in English, with access from other programs."),
            pattern=r".*\S.*",
            wrong=mark("The login cannot be empty."),
        ),
        Field(
            key="password",
            kind=FieldKind.SECRET,
            label=mark("Password"),
            help=mark("Kept in this computer's keychain and sent to Uniconta only."),
        ),
        Field(
            key="daily_calls",
            kind=FieldKind.NUMBER,
            label=mark("Calls a day"),
            help=mark("What the subscription includes: 5000 unless more were bought."),
            required=False,
            default="5000",
            pattern=r"[0-9]{2,6}",
            wrong=mark("A number such as 5000 is needed."),
            advanced=True,
        ),
    ),
    endpoints={"production": PRODUCTION},
    # INFERRED: no number a second is published; five reads at once have hurt nobody (uniconta.md 4).
    pace=Pace(4.0),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.NONE,
    # INFERRED: no lag of reads is known; a request time-out and a margin.
    settle_after=timedelta(seconds=120),
    capabilities=(
        NamesCompany,
        HasDailyCalls,
        HasLists,
        KeepsDebtors,
        KeepsStock,
        TakesDebtorOrders,
        KeepsBookContacts,
        KeepsEmployees,
    ),
    messages=MESSAGES,
    site="https://www.uniconta.com",
    hosts=("uniconta.com", "*.uniconta.com"),
)
