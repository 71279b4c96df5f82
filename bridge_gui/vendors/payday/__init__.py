"""Payday: accounting, invoicing and payroll in Iceland."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import HasChart, KeepsJournal, NamesCompany, ShowsLedger
from bridge_gui.sync.invoicing import KeepsContacts, KeepsDrafts, TellsClosing
from bridge_gui.sync.specs import Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.payday.messages import MESSAGES
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext

_HEX = "[0-9a-fA-F]{32}"


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.payday.adapter import PaydayAdapter

    return PaydayAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.payday.simulator import PaydaySimulator

    return PaydaySimulator


SPEC = VendorSpec(
    key="payday",
    title="Payday",
    role=Role.BOOKS,
    login="client_credentials",
    fields=(
        Field(
            key="client_id",
            kind=FieldKind.TEXT,
            label=mark("ClientID"),
            help=mark("Payday shows it when you add a connection: 32 letters and digits."),
            pattern=_HEX,
            wrong=mark("A ClientID has exactly 32 characters: the digits 0 to 9 and the letters a to f."),
        ),
        Field(
            key="client_secret",
            kind=FieldKind.SECRET,
            label=mark("ClientSecret"),
            help=mark("Payday shows it once, before you confirm the connection."),
            pattern=_HEX,
            wrong=mark("A ClientSecret has exactly 32 characters: the digits 0 to 9 and the letters a to f."),
        ),
    ),
    endpoints={"production": "https://api.payday.is", "sandbox": "https://api.test.payday.is"},
    # INFERRED: no limit is published; two calls a second, one at a time, has hurt nobody.
    pace=Pace(2.0),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.NONE,
    # QUIRK: reads lag writes by up to a minute (workit spike notes); on top come read time-out and margin.
    settle_after=timedelta(seconds=150),
    capabilities=(
        NamesCompany,
        HasChart,
        KeepsJournal,
        ShowsLedger,
        KeepsContacts,
        KeepsDrafts,
        TellsClosing,
    ),
    messages=MESSAGES,
    # INFERRED: the test system is at app.test.payday.is.
    site="https://app.payday.is",
)
