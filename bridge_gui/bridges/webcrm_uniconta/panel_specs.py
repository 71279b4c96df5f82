"""The panels and actions, as tabs, menus and the command line know them."""

from __future__ import annotations

from bridge_gui.sync.actions import ActionSpec
from bridge_gui.sync.panels import Column, ColumnKind, PanelKind, PanelSpec
from bridge_gui.wording.message import mark

PAIRS, COMPARE, JOIN_PAIRS, KEEP_SIDES = "pairs", "compare", "join_pairs", "keep_sides"
ITEM_PAIRS, JOIN_ITEMS = "item_pairs", "join_items"
PEOPLE_PAIRS, JOIN_PEOPLE = "people_pairs", "join_people"
PEOPLE_COMPARE, KEEP_PEOPLE = "compare_people", "keep_people"
STAFF_COMPARE, KEEP_STAFF = "compare_staff", "keep_staff"
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

_PAIRS = (
    PanelSpec(
        key=PAIRS,
        title=mark("Customer pairs"),
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
        key=ITEM_PAIRS,
        title=mark("Item pairs"),
        kind=PanelKind.PAIRS,
        left=mark("Item in Uniconta"),
        right=mark("Row of webcrm's price list"),
        text=mark(
            "Items that may be on webcrm's price list already. Joined rows take Uniconta's number, name and "
            "prices. Nothing is written to the list before “Look through existing pairs first” is off."
        ),
        empty=mark("No item waits to be joined with a row of the price list."),
        keeps=JOIN_ITEMS,
    ),
    PanelSpec(
        key=PEOPLE_PAIRS,
        title=mark("Contact pairs"),
        kind=PanelKind.PAIRS,
        left=mark("Person in webcrm"),
        right=mark("Contact in Uniconta"),
        text=mark(
            "Persons that may be contacts of the same customer already. Join the customers under Pairs "
            "first: only people of joined customers stand here."
        ),
        empty=mark("No person of a joined customer waits to be joined with a contact."),
        keeps=JOIN_PEOPLE,
    ),
)


def _compare(key: str, title: str, keeps: str, text: str, empty: str) -> PanelSpec:
    return PanelSpec(
        key=key, title=title, kind=PanelKind.COMPARE, left=mark("webcrm"), right=mark("Uniconta"),
        text=text, empty=empty, keeps=keeps,
    )  # fmt: skip


PANELS = (
    *_PAIRS,
    _compare(
        COMPARE,
        mark("Compare customers"),
        KEEP_SIDES,
        mark("Customers whose details differ. Choose for each field which side is right."),
        mark("Both sides say the same of every customer."),
    ),
    _compare(
        PEOPLE_COMPARE,
        mark("Compare contacts"),
        KEEP_PEOPLE,
        mark("Persons and contacts whose details differ. Choose for each field which side is right."),
        mark("Both sides say the same of every contact."),
    ),
    _compare(
        STAFF_COMPARE,
        mark("Compare employees"),
        KEEP_STAFF,
        mark("Users and employees whose details differ. Choose for each field which side is right."),
        mark("Both sides say the same of every employee."),
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

_JOIN, _KEEP = mark("Join"), mark("Keep these")
ACTIONS = (
    ActionSpec(key=JOIN_PAIRS, title=_JOIN, on=PAIRS, flow="organisations", asks=False),
    ActionSpec(key=JOIN_ITEMS, title=_JOIN, on=ITEM_PAIRS, flow="items", asks=False),
    ActionSpec(key=JOIN_PEOPLE, title=_JOIN, on=PEOPLE_PAIRS, flow="persons", asks=False),
    ActionSpec(key=KEEP_SIDES, title=_KEEP, on=COMPARE, flow="organisations", asks=False),
    ActionSpec(key=KEEP_PEOPLE, title=_KEEP, on=PEOPLE_COMPARE, flow="persons", asks=False),
    ActionSpec(key=KEEP_STAFF, title=_KEEP, on=STAFF_COMPARE, flow="users", asks=False),
)
