"""The panels and the one action, as tabs, menus and the command line know them."""

from __future__ import annotations

from bridge_gui.sync.actions import ActionSpec
from bridge_gui.sync.panels import Column, ColumnKind, Filter, PanelKind, PanelSpec
from bridge_gui.sync.specs import Choice
from bridge_gui.wording.message import mark

REVIEWS, CUSTOMERS, BRING_IN = "reviews", "customers", "bring_in"
FROM_FILE, BRING_IN_FILE = "customers_file", "bring_in_file"
ASKED, NOT_ASKED = "asked", "not_asked"

PANELS = (
    PanelSpec(
        key=REVIEWS,
        title=mark("Reviews"),
        columns=(
            Column(key="customer", title=mark("Customer")),
            Column(key="invoice", title=mark("First invoice"), width=16),
            Column(key="paid", title=mark("Paid"), kind=ColumnKind.DATE, width=12),
            Column(key="asked", title=mark("Asked"), kind=ColumnKind.DATE, width=12),
            Column(key="why", title=mark("How, or why not"), width=44),
        ),
        filters=(
            Filter(
                key="state",
                title=mark("Shown"),
                choices=(
                    Choice(key=ASKED, title=mark("Asked")),
                    Choice(key=NOT_ASKED, title=mark("Not asked")),
                ),
            ),
        ),
        search=mark("Search customers"),
        text=mark("Each customer is asked once at most, when the first invoice is fully paid."),
        empty=mark("No customer has paid a first invoice since the start date."),
    ),
    PanelSpec(
        key=CUSTOMERS,
        title=mark("Existing customers"),
        kind=PanelKind.PAIRS,
        left=mark("Customer in QuickBooks"),
        right=mark("Contact in HighLevel"),
        text=mark(
            "Bring in customers from before the start date. Those without a contact become one; where there "
            "is one already only empty fields are filled."
        ),
        empty=mark("Every customer of QuickBooks that has an e-mail address or telephone is brought in."),
        keeps=BRING_IN,
    ),
    PanelSpec(
        key=FROM_FILE,
        title=mark("Customer file"),
        kind=PanelKind.PAIRS,
        left=mark("Customer in the file"),
        right=mark("Contact in HighLevel"),
        text=mark(
            "Bring in customers as exported from QuickBooks, those first who are contacts already: of these "
            "only empty fields are filled. Which column is what stands under Mappings."
        ),
        empty=mark("No file is chosen under Settings, or all of its customers are brought in."),
        keeps=BRING_IN_FILE,
    ),
)

ACTIONS = (
    ActionSpec(key=BRING_IN, title=mark("Bring in"), on=CUSTOMERS, flow="contacts", asks=False),
    ActionSpec(key=BRING_IN_FILE, title=mark("Bring in"), on=FROM_FILE, flow="contacts", asks=False),
)  # fmt: skip
