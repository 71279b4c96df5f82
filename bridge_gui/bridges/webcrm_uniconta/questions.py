"""What the user is asked, and in which order: the article's set-up with what differs for Bridge."""

from __future__ import annotations

from bridge_gui.bridges.webcrm_uniconta.cards import ASK, BOOKS, SALES
from bridge_gui.bridges.webcrm_uniconta.rules import (
    BOTH,
    FROM_CRM,
    HIDDEN,
    JOIN_ASK,
    JOIN_SURE,
    KEEP,
    MARKED,
    NEEDED_AT_FIRST,
    NEXT,
    OFF,
    SERIES,
    STATUS,
    TO_BOOKS,
    TO_SALES,
    TYPE,
)
from bridge_gui.sync.specs import Choice, Field, FieldKind, Page
from bridge_gui.sync.usual import schedule_field, start_date_field
from bridge_gui.wording.message import mark

_NAME = r"[A-Za-z_][A-Za-z0-9_]{0,49}"
_NAME_WRONG = mark("A name as Uniconta has it: letters and figures, no spaces.")
_WHICH = mark("Which side wins where both changed")


def _flag(key: str, label: str, default: str, help_: str = "") -> Field:
    return Field(
        key=key, kind=FieldKind.FLAG, label=label, help=help_, required=False, default=default
    )  # fmt: skip


def _own(key: str, label: str, help_: str, *, required: bool = False) -> Field:
    return Field(
        key=f"own_{key}",
        kind=FieldKind.CHOICE,
        label=label,
        help=help_,
        options="organisation_fields",
        required=required,
    )


CUSTOMERS = (
    Field(
        key="trigger",
        kind=FieldKind.CHOICE,
        label=mark("What makes an organisation a customer"),
        default=TYPE,
        choices=(
            Choice(key=TYPE, title=mark("Its type")),
            Choice(key=STATUS, title=mark("Its status")),
        ),
    ),
    Field(
        key="keywords",
        kind=FieldKind.TEXT,
        label=mark("Keyword"),
        help=mark("As in webcrm's list; several with commas. The first one is put back if it is changed."),
        default="Kunde",
        pattern=r".*\S.*",
        wrong=mark("At least one word is needed."),
    ),
    Field(
        key="numbers",
        kind=FieldKind.CHOICE,
        label=mark("Number of a new debtor"),
        help=mark("A number that stands in webcrm's field is always taken."),
        default=NEXT,
        choices=(
            Choice(key=NEXT, title=mark("The next one after the highest")),
            Choice(key=SERIES, title=mark("From Uniconta's number series")),
            Choice(key=FROM_CRM, title=mark("Only what stands in webcrm")),
        ),
    ),
    Field(
        key="join",
        kind=FieldKind.CHOICE,
        label=mark("Debtors that are there already"),
        default=JOIN_ASK,
        choices=(
            Choice(key=JOIN_ASK, title=mark("Ask me")),
            Choice(key=JOIN_SURE, title=mark("Join them where debtor number or CVR number is the same")),
        ),
    ),
    _flag(
        "pairs_first",
        mark("Look through existing pairs first"),
        "yes",
        mark("Nothing is written on either side before you have seen to the tabs of pairs."),
    ),
)

OWN = (
    _own("number", mark("Debtor number"), mark("Written by Bridge once there is a debtor."), required=True),
    _own("invoice_email", mark("Invoice e-mail"), mark("Kept in step both ways.")),
    _own("ean", mark("EAN"), mark("Shown from Uniconta.")),
    _own("payment_terms", mark("Payment terms"), mark("Shown from Uniconta.")),
    _own("group", mark("Debtor group"), mark("Shown from Uniconta.")),
    _own("currency", mark("Currency"), mark("Without a field every debtor has the currency below.")),
)

_NEEDED_LABELS = {
    "name": mark("Name"), "tax_number": mark("CVR number"), "street": mark("Address"),
    "postcode": mark("Postcode"), "city": mark("City"), "country": mark("Country"),
    "phone": mark("Telephone"), "currency": mark("Currency"), "vat_group": mark("VAT group"),
    "invoice_email": mark("Invoice e-mail"),
}  # fmt: skip
NEEDED = tuple(
    _flag(f"need_{key}", label, "yes" if key in NEEDED_AT_FIRST else "no")
    for key, label in _NEEDED_LABELS.items()
)

DEFAULTS = (
    Field(
        key="group", kind=FieldKind.CHOICE, label=mark("Debtor group of new debtors"),
        options="debtor_groups",
    ),
    Field(
        key="terms", kind=FieldKind.CHOICE, label=mark("Payment terms of new debtors"),
        options="payment_terms", required=False,
    ),
    Field(
        key="vat_group", kind=FieldKind.CHOICE, label=mark("VAT group where webcrm has none"),
        options="vat_groups", required=False,
    ),
    Field(
        key="currency", kind=FieldKind.TEXT, label=mark("Currency"), default="DKK",
        help=mark("Of the company, and of whoever has none in webcrm."), pattern=r"[A-Z]{3}",
        wrong=mark("Three capital letters such as DKK."),
    ),
    Field(
        key="countries", kind=FieldKind.MAPPING, label=mark("Countries"), left="country_names",
        right="countries", required=False,
        help=mark("Only names that Bridge does not know have to be joined here."),
    ),
)  # fmt: skip

MARKS = (
    Field(
        key="debtor_field", kind=FieldKind.TEXT, label=mark("Field of debtors"), default="xWebcrmId",
        pattern=_NAME, wrong=_NAME_WRONG, help=mark("Keeps which organisation it is."),
    ),
    Field(
        key="order_field", kind=FieldKind.TEXT, label=mark("Field of debtor orders"), default="xWebcrmId",
        pattern=_NAME, wrong=_NAME_WRONG, help=mark("Keeps which delivery it is; no order is made twice."),
    ),
    Field(
        key="line_field", kind=FieldKind.TEXT, label=mark("Field of debtor order lines"),
        default="xWebcrmLine", pattern=_NAME, wrong=_NAME_WRONG,
    ),
    Field(
        key="employee_field", kind=FieldKind.TEXT, label=mark("Field of employees"), default="xWebcrmId",
        pattern=_NAME, wrong=_NAME_WRONG,
    ),
)  # fmt: skip

ITEMS = (
    _flag("items", mark("Items become webcrm's price list"), "yes"),
    Field(
        key="item_column", kind=FieldKind.CHOICE, label=mark("Column of the item number"), default="1",
        options="columns",
    ),
    Field(
        key="name_column", kind=FieldKind.CHOICE, label=mark("Column of the name"), default="2",
        options="columns",
    ),
    Field(
        key="unit_column", kind=FieldKind.CHOICE, label=mark("Column of the unit"), options="columns",
        required=False,
    ),
    Field(
        key="blocked", kind=FieldKind.CHOICE, label=mark("Blocked items"), default=MARKED,
        choices=(
            Choice(key=MARKED, title=mark("Stay, marked as blocked")),
            Choice(key=HIDDEN, title=mark("Are taken off the list")),
            Choice(key=KEEP, title=mark("Stay as they are")),
        ),
    ),
)  # fmt: skip

ORDERS = (
    start_date_field(mark("Deliveries of this day and later become orders, nothing older.")),
    _flag("orders", mark("Deliveries become debtor orders"), "yes"),
    Field(
        key="order_status", kind=FieldKind.CHOICE, label=mark("From which status on"), default="planned",
        choices=(
            Choice(key="any", title=mark("Any")),
            Choice(key="planned", title=mark("Planned")),
            Choice(key="ongoing", title=mark("Ongoing")),
        ),
    ),
    Field(
        key="text_item", kind=FieldKind.TEXT, label=mark("Item for lines without one"), required=False,
        help=mark("An item number in Uniconta. Without it such lines wait for you."), advanced=True,
    ),
    _flag(
        "states", mark("Move the delivery's status on"), "yes",
        mark("Invoiced: ongoing. Paid: completed. It never goes back."),
    ),
    _flag("revenue", mark("Write order value and margin to the delivery's own figures"), "no"),
    Field(
        key="delivery_margin", kind=FieldKind.CHOICE, label=mark("Field for the margin"),
        options="delivery_fields", required=False,
    ),
    Field(
        key="delivery_percent", kind=FieldKind.CHOICE, label=mark("Field for the margin in per cent"),
        options="delivery_fields", required=False,
    ),
    Field(
        key="delivery_invoice", kind=FieldKind.CHOICE, label=mark("Field for the invoice number"),
        options="delivery_fields", required=False,
    ),
    Field(
        key="delivery_state", kind=FieldKind.CHOICE, label=mark("Field for the order's state"),
        options="delivery_fields", required=False,
    ),
    Field(
        key="numbering_off", kind=FieldKind.FLAG, default="no",
        label=mark("webcrm's automatic numbering of deliveries is off"),
        help=mark(
            "A webcrm administrator sees to it. Of two deliveries with one number webcrm lets no program "
            "change either, so Bridge could not tell them their order, invoice and state."
        ),
        required=False,
    ),
)  # fmt: skip


_WAYS = (
    Choice(key=BOTH, title=mark("Both ways")), Choice(key=TO_BOOKS, title=mark("Only to Uniconta")),
    Choice(key=TO_SALES, title=mark("Only to webcrm")), Choice(key=OFF, title=mark("Not at all")),
)  # fmt: skip
_WINNERS = (
    Choice(key=ASK, title=mark("Ask me")), Choice(key=BOOKS, title=mark("Uniconta")),
    Choice(key=SALES, title=mark("webcrm")),
)  # fmt: skip


def _ways(kind: str, label: str) -> tuple[Field, Field]:
    """Which way a kind of record goes; who wins is asked where it goes both ways."""
    way = Field(key=f"way_{kind}", kind=FieldKind.CHOICE, label=label, default=BOTH, choices=_WAYS)
    wins = Field(
        key=f"wins_{kind}", kind=FieldKind.CHOICE, label=_WHICH, default=ASK, choices=_WINNERS,
        only=(way.key, BOTH),
    )  # fmt: skip
    return way, wins


WAYS = (
    *_ways("parties", mark("Organisations and debtors")),
    *_ways("people", mark("Persons and contacts")),
    *_ways("staff", mark("Users and employees")),
    Field(
        key="employee_title", kind=FieldKind.TEXT, label=mark("Title of new employees"), required=False,
        default="Sælger", help=mark("As in Uniconta's list of titles."), advanced=True,
    ),
    Field(
        key="employee_group", kind=FieldKind.TEXT, label=mark("Group of new employees"), required=False,
        advanced=True,
    ),
    schedule_field("1 min"),
)  # fmt: skip

SETTINGS = tuple(
    field
    for field in (*CUSTOMERS, *OWN, *NEEDED, *DEFAULTS, *MARKS, *ITEMS, *ORDERS, *WAYS)
    if field.kind is not FieldKind.MAPPING
)
MAPPINGS = tuple(field for field in DEFAULTS if field.kind is FieldKind.MAPPING)


def _named(fields: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(
        f"{'mappings' if field.kind is FieldKind.MAPPING else 'settings'}.{field.key}" for field in fields
    )


PAGES = (
    Page(
        key="webcrm",
        title=mark("webcrm"),
        text=mark("Make an application token with rights to read and change, and paste it here."),
        menu=("Configuration", "Integration", "API", "REST"),
        fields=("webcrm.token", "webcrm.name"),
        check="webcrm",
        opens="webcrm",
    ),
    Page(
        key="uniconta",
        title=mark("Uniconta"),
        text=mark("Sign in as a user of this company, best one made for Bridge."),
        warning=mark("Does another program join webcrm with Uniconta? Switch it off first."),
        fields=("uniconta.company_id", "uniconta.login", "uniconta.password"),
        check="uniconta",
        opens="uniconta",
    ),
    Page(
        key="customers",
        title=mark("Customers"),
        text=mark("Which organisations become debtors, and what those are that are there already."),
        fields=_named(CUSTOMERS),
    ),
    Page(
        key="own",
        title=mark("Fields in webcrm"),
        text=mark(
            "webcrm has no fields of its own for these. Choose the custom fields of organisations that keep "
            "them; where one is missing, make it under custom fields. Its id stands in the right column."
        ),
        menu=("Configuration", "Custom fields", "Organisation"),
        fields=_named(OWN),
        verified=True,
        opens="webcrm",
    ),
    Page(
        key="marks",
        title=mark("Fields in Uniconta"),
        text=mark(
            "Bridge keeps in a field of yours which record of webcrm it is, so that nothing is made twice. "
            "Make these as text fields; here the names count."
        ),
        menu=("Værktøj", "Brugerdefinerede felter"),
        important=mark("Without them nothing can be sent: Uniconta drops what it does not know silently."),
        fields=_named(MARKS),
        verified=True,
        opens="uniconta",
    ),
    Page(
        key="needed",
        title=mark("Filled in first"),
        text=mark("A debtor is made only when these are filled in."),
        fields=_named(NEEDED),
    ),
    Page(
        key="defaults",
        title=mark("New debtors"),
        text=mark("What a new debtor gets that webcrm does not tell."),
        fields=_named(DEFAULTS),
        opens="uniconta",
    ),
    Page(
        key="items",
        title=mark("Items"),
        text=mark("Every item can be chosen on a quotation line, with its cost and sales price."),
        fields=_named(ITEMS),
        verified=True,
    ),
    Page(
        key="orders",
        title=mark("Orders"),
        text=mark("A delivery with lines becomes a debtor order and is followed until it is paid."),
        fields=_named(ORDERS),
        verified=True,
    ),
    Page(
        key="ways",
        title=mark("Both ways"),
        text=mark("Which records take part, and who wins. Deletions are shown and never passed on."),
        fields=_named(WAYS),
    ),
)
