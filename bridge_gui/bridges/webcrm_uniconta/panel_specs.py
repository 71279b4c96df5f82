"""The panels and actions, as tabs, menus and the command line know them."""

from __future__ import annotations

from bridge_gui.sync.actions import ActionSpec
from bridge_gui.sync.panels import PanelKind, PanelSpec
from bridge_gui.wording.message import mark

PAIRS, COMPARE, JOIN_PAIRS, KEEP_SIDES = "pairs", "compare", "join_pairs", "keep_sides"

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
)

ACTIONS = (
    ActionSpec(key=JOIN_PAIRS, title=mark("Join"), on=PAIRS, flow="organisations", asks=False),
    ActionSpec(key=KEEP_SIDES, title=mark("Keep these"), on=COMPARE, flow="organisations", asks=False),
)
