"""The panels and actions, as tabs, menus and the command line know them."""

from __future__ import annotations

from bridge_gui.sync.actions import ActionSpec
from bridge_gui.sync.panels import Column, ColumnKind, PanelKind, PanelSpec
from bridge_gui.wording.message import mark

PAIRS, COMPARE, JOIN_PAIRS, KEEP_SIDES = "pairs", "compare", "join_pairs", "keep_sides"
MARGINS = "margins"

LINE_COLUMNS = (
    Column(key="item", title=mark("Item"), width=12),
    Column(key="text", title=mark("Text")),
    Column(key="quantity", title=mark("Quantity"), kind=ColumnKind.NUMBER, width=10),
    Column(key="net", title=mark("Net"), kind=ColumnKind.MONEY, width=14),
    Column(key="cost", title=mark("Cost"), kind=ColumnKind.MONEY, width=14),
    Column(key="margin", title=mark("Margin"), kind=ColumnKind.MONEY, width=14),
    Column(key="percent", title=mark("In per cent"), kind=ColumnKind.NUMBER, width=12),
)

PANELS = (
    PanelSpec(
        key=PAIRS,
        title=mark("Pairs"),
        kind=PanelKind.PAIRS,
        left=mark("Organisation in webcrm"),
        right=mark("Debtor in Uniconta"),
        text=mark(
            "Customers that may be on both sides already. Take what is proposed or choose another debtor. "
            "Who is left becomes a new one once “Look through existing pairs first” is off."
        ),
        empty=mark("No customer of webcrm may be a debtor that is there already."),
        keeps=JOIN_PAIRS,
    ),
    PanelSpec(
        key=COMPARE,
        title=mark("Compare"),
        kind=PanelKind.COMPARE,
        left=mark("webcrm"),
        right=mark("Uniconta"),
        text=mark("Customers whose details differ. Choose for each field which side is right."),
        empty=mark("Both sides say the same of every customer."),
        keeps=KEEP_SIDES,
    ),
    PanelSpec(
        key=MARGINS,
        title=mark("Margins"),
        columns=(
            Column(key="number", title=mark("Delivery"), width=12),
            Column(key="customer", title=mark("Customer")),
            Column(key="day", title=mark("Date"), kind=ColumnKind.DATE, width=12),
            Column(key="net", title=mark("Net"), kind=ColumnKind.MONEY, width=16),
            Column(key="margin", title=mark("Margin"), kind=ColumnKind.MONEY, width=16),
            Column(key="percent", title=mark("In per cent"), kind=ColumnKind.NUMBER, width=12),
        ),
        search=mark("Search deliveries"),
        text=mark("What each delivery earns: its price before VAT less what the goods cost."),
        empty=mark("No delivery since the start date has lines."),
        documents_of="orders",
    ),
)

ACTIONS = (
    ActionSpec(key=JOIN_PAIRS, title=mark("Join"), on=PAIRS, flow="organisations", asks=False),
    ActionSpec(key=KEEP_SIDES, title=mark("Keep these"), on=COMPARE, flow="organisations", asks=False),
)
