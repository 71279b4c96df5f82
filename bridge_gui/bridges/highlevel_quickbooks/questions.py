"""What the user is asked, and in which order: the vendor's own set-up with what differs for Bridge."""

from __future__ import annotations

from bridge_gui.bridges.highlevel_quickbooks.review_questions import REVIEWS
from bridge_gui.bridges.highlevel_quickbooks.rules import (
    BOOKED_KINDS,
    CODES,
    FOLD,
    OTHER_KINDS,
    REFUND_SALE,
    REFUND_SEEN,
)
from bridge_gui.bridges.highlevel_quickbooks.sale_kinds import KIND_TITLES
from bridge_gui.sync.specs import Choice, Field, FieldKind, Page
from bridge_gui.sync.usual import schedule_field, start_date_field
from bridge_gui.wording.message import mark

KINDS = tuple(
    Field(
        key=f"take_{kind.value}",
        kind=FieldKind.FLAG,
        label=KIND_TITLES[kind],
        required=False,
        default="yes" if kind in BOOKED_KINDS else "no",
        advanced=kind in OTHER_KINDS,
    )
    for kind in (*BOOKED_KINDS, *OTHER_KINDS)
)

SALES = (
    Field(
        key="income_account",
        kind=FieldKind.CHOICE,
        label=mark("Income account"),
        help=mark("For the item “HighLevel sales”, which Bridge makes where you choose no item."),
        options="income_accounts",
    ),
    Field(
        key="deposit_account",
        kind=FieldKind.CHOICE,
        label=mark("Account for money"),
        help=mark("Where money goes, and where refunds are paid from, unless you choose one for a provider."),
        options="deposit_accounts",
    ),
    Field(
        key="refund_day",
        kind=FieldKind.CHOICE,
        label=mark("Refunds are dated"),
        default=REFUND_SEEN,
        choices=(
            Choice(key=REFUND_SEEN, title=mark("On the day they were made")),
            Choice(key=REFUND_SALE, title=mark("On the day of the sale")),
        ),
    ),
)

TAXES = (
    Field(
        key="us_tax",
        kind=FieldKind.CHOICE,
        label=mark("Sales tax, companies in the US"),
        help=mark("Only asked of companies in the US; elsewhere each rate has its own tax code."),
        default=FOLD,
        choices=(
            Choice(
                key=FOLD,
                title=mark("Folded into the prices"),
                hint=mark("Totals always agree; QuickBooks reports no sales tax for them."),
            ),
            Choice(
                key=CODES,
                title=mark("With a tax code"),
                hint=mark("QuickBooks reports the tax; its automatic sales tax may reckon otherwise."),
            ),
        ),
    ),
    Field(
        key="us_tax_code",
        kind=FieldKind.CHOICE,
        label=mark("Tax code, companies in the US"),
        options="taxes",
        required=False,
        only=("us_tax", CODES),
    ),
    Field(
        key="untold_tax",
        kind=FieldKind.CHOICE,
        label=mark("Tax in payments without an order"),
        help=mark("A subscription's later payments tell no tax; this one is taken to be in them."),
        options="taxes",
        required=False,
    ),
    Field(
        key="tolerance",
        kind=FieldKind.TEXT,
        label=mark("Largest difference from rounding"),
        help=mark("Tax that HighLevel and QuickBooks round differently. More than this waits for you."),
        default="0.05",
        pattern=r"\d{1,2}([.,]\d{1,2})?",
        wrong=mark("An amount such as 0.05."),
        required=False,
        advanced=True,
    ),
)

BY_ITSELF = (
    start_date_field(mark("Payments and invoices made on this day and later are sent, nothing older.")),
    Field(
        key="contacts",
        kind=FieldKind.FLAG,
        label=mark("New QuickBooks customers become contacts"),
        help=mark("Tags and e-mail addresses of contacts that are there are never changed."),
        required=False,
        default="yes",
    ),
    Field(
        key="window",
        kind=FieldKind.NUMBER,
        label=mark("Look back, in days"),
        help=mark(
            "HighLevel does not tell what changed. Not noticed is a refund of an older payment, and what "
            "becomes of an older invoice once it is paid. Open invoices and drafts are followed for good."
        ),
        default="180",
        pattern=r"[1-9]\d{0,3}",
        wrong=mark("A number of days such as 180."),
        required=False,
        advanced=True,
    ),
    Field(
        key="customers_file",
        kind=FieldKind.TEXT,
        label=mark("File of customers"),
        help=mark(
            "An XLSX or CSV that QuickBooks exports under Sales, Customers: to bring in who is in it, and "
            "nobody else. Bridge can also read the older customers itself."
        ),
        required=False,
        advanced=True,
    ),
    schedule_field("5 min"),
)

SETTINGS = (*KINDS, *SALES, *TAXES, *BY_ITSELF, *REVIEWS)

MAPPINGS = (
    Field(
        key="items",
        kind=FieldKind.MAPPING,
        label=mark("Kinds of sales and items"),
        help=mark("Without an item a kind is sold as “HighLevel sales”."),
        left="sale_kinds",
        right="items",
        without=mark("They are sold as “HighLevel sales”."),
        required=False,
    ),
    Field(
        key="deposits",
        kind=FieldKind.MAPPING,
        label=mark("Providers and accounts for money"),
        help=mark("Where a provider pays out to, often an account of its own until the money arrives."),
        left="providers",
        right="deposit_accounts",
        without=mark("Their money goes to the account for money under Settings."),
        apart=mark("One account for each is advised: it can then be compared with what was paid out."),
        required=False,
    ),
    Field(
        key="methods",
        kind=FieldKind.MAPPING,
        label=mark("Providers and payment methods"),
        left="providers",
        right="payment_methods",
        without=mark("Their payments stand in QuickBooks without a payment method."),
        required=False,
    ),
    Field(
        key="tax_rates",
        kind=FieldKind.MAPPING,
        label=mark("Tax rates and tax codes"),
        help=mark("HighLevel only knows a percentage; several of QuickBooks' codes can have the same."),
        left="rates",
        right="taxes",
        required=False,
    ),
    Field(
        key="customer_columns",
        kind=FieldKind.MAPPING,
        label=mark("Columns of the file of customers"),
        help=mark("Only where Bridge does not see by a column's head what it is."),
        left="customer_columns",
        right="customer_parts",
        without=mark("Bridge goes by their heads."),
        required=False,
        advanced=True,
    ),
)

PAGES = (
    Page(
        key="highlevel",
        title=mark("HighLevel"),
        text=mark(
            "In the sub-account make a private integration, tick the scopes Bridge needs and copy its token: "
            "it is shown once. The location id stands in the business profile."
        ),
        menu=("Settings", "Private Integrations"),
        warning=mark(
            "Is HighLevel's own QuickBooks link on? Switch it off under Settings, Integrations. What it has "
            "sent already Bridge leaves out."
        ),
        fields=("highlevel.token", "highlevel.location"),
        check="highlevel",
        opens="highlevel",
    ),
    Page(
        key="quickbooks",
        title=mark("QuickBooks"),
        text=mark(
            "Make an app of your own at developer.intuit.com and copy its client id and secret. Register the "
            "redirect address shown here, then sign in and choose the company."
        ),
        aside_title=mark("Production keys"),
        aside=mark(
            "Intuit takes no address on this computer for them. Register the playground's address; after "
            "signing in, copy the address of the last page and paste it here."
        ),
        fields=(
            "quickbooks.client_id",
            "quickbooks.client_secret",
            "quickbooks.sign_in",
            "quickbooks.realm",
        ),
        check="quickbooks",
        opens="quickbooks",
    ),
    Page(
        key="kinds",
        title=mark("What is booked"),
        text=mark("Each payment of these kinds becomes a sales receipt. Invoices are always sent."),
        fields=tuple(f"settings.{field.key}" for field in KINDS),
    ),
    Page(
        key="sales",
        title=mark("Items and accounts"),
        text=mark("Choose what sales are booked as, and where the money goes."),
        fields=(
            *(f"settings.{field.key}" for field in SALES),
            "mappings.items",
            "mappings.deposits",
            "mappings.methods",
        ),
        opens="quickbooks",
    ),
    Page(
        key="taxes",
        title=mark("Tax"),
        text=mark("Outside the US choose a tax code for each rate; in the US choose how tax is booked."),
        fields=("mappings.tax_rates", *(f"settings.{field.key}" for field in TAXES)),
        opens="quickbooks",
    ),
    Page(
        key="reviews",
        title=mark("Review requests"),
        text=mark("When a customer's first invoice is fully paid, HighLevel can ask for a review, once."),
        fields=tuple(f"settings.{field.key}" for field in REVIEWS),
    ),
    Page(
        key="by_itself",
        title=mark("By itself"),
        text=mark("What Bridge does without being asked."),
        fields=(*(f"settings.{field.key}" for field in BY_ITSELF), "mappings.customer_columns"),
    ),
)
