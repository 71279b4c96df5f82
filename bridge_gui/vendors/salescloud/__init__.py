"""SalesCloud: commerce and point of sale in Iceland."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridge_gui.sync.capabilities import NamesCompany, SellsOrders
from bridge_gui.sync.specs import Choice, Field, FieldKind, KeyStyle, Role, VendorSpec
from bridge_gui.vendors.salescloud.messages import MESSAGES
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.opening import ConnectionContext

_UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_NOT_A_UUID = mark("This looks like 9b1de000-0000-4000-8000-000000000001: 36 characters with four hyphens.")


def _open(context: ConnectionContext) -> Any:
    from bridge_gui.vendors.salescloud.adapter import SalesCloudAdapter

    return SalesCloudAdapter.open(context)


def _simulator() -> type:
    from bridge_gui.vendors.salescloud.simulator import SalesCloudSimulator

    return SalesCloudSimulator


SPEC = VendorSpec(
    key="salescloud",
    title="SalesCloud",
    role=Role.SALES,
    login="signed_requests",
    fields=(
        Field(
            key="app",
            kind=FieldKind.TEXT,
            label=mark("App uuid"),
            help=mark("The App that SalesCloud made for you, from the Developer portal."),
            pattern=_UUID,
            wrong=_NOT_A_UUID,
        ),
        Field(
            key="public_key",
            kind=FieldKind.TEXT,
            label=mark("Public key"),
            help=mark("In the App's security section."),
            pattern=r"\S+",
            wrong=mark("A public key has no spaces."),
        ),
        Field(
            key="secret_key",
            kind=FieldKind.SECRET,
            label=mark("Secret key"),
            help=mark("Shown once when it is generated. A new one ends the old one at once."),
            pattern=r"\S+",
            wrong=mark("A secret key has no spaces."),
        ),
        Field(
            key="organization",
            kind=FieldKind.TEXT,
            label=mark("Organisation uuid"),
            help=mark("The shop whose orders are read; the App must be installed there."),
            pattern=_UUID,
            wrong=_NOT_A_UUID,
        ),
        Field(
            key="signature",
            kind=FieldKind.CHOICE,
            label=mark("Signature recipe"),
            help=mark("Leave it as it is unless SalesCloud tells you otherwise."),
            required=False,
            advanced=True,
            default="hex",
            choices=(
                Choice(key="hex", title=mark("Standard (hexadecimal)")),
                Choice(key="base64", title=mark("Base64")),
                Choice(key="hex-lines", title=mark("Hexadecimal, parts on lines of their own")),
                Choice(key="hex-body-first", title=mark("Hexadecimal, request first")),
            ),
        ),
    ),
    endpoints={"production": "https://graph.salescloud.is"},
    # INFERRED: no limit is published; one call at a time, four a second at the most.
    pace=Pace(4.0),
    open=_open,
    simulator=_simulator,
    key_style=KeyStyle.NONE,
    capabilities=(NamesCompany, SellsOrders),
    messages=MESSAGES,
    site="https://admin.salescloud.is",
)
