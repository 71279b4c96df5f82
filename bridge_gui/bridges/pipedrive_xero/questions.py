"""What the user is asked, and in which order: the article's preferences with what differs for Bridge."""

from __future__ import annotations

from bridge_gui.bridges.pipedrive_xero.rules import ASK, NEVER, ONE_PERIOD, STAGE, WON
from bridge_gui.sync.specs import Choice, Field, FieldKind, Page
from bridge_gui.sync.usual import schedule_field, start_date_field
from bridge_gui.wording.message import mark

CUSTOMERS = (
    Field(
        key="recipient",
        kind=FieldKind.CHOICE,
        label=mark("Recipient"),
        help=mark("The organization's name is advised."),
        default="organization:name",
        options="fields",
    ),
    Field(
        key="address",
        kind=FieldKind.CHOICE,
        label=mark("Address"),
        help=mark(
            "The organization's address is advised. Xero keeps it with the contact, not on the invoice."
        ),
        default="organization:address",
        options="fields",
        required=False,
    ),
    Field(
        key="email",
        kind=FieldKind.CHOICE,
        label=mark("E-mail"),
        help=mark("The person's e-mail is advised: invoices are sent there."),
        default="person:emails",
        options="fields",
        required=False,
    ),
    Field(
        key="tax_number",
        kind=FieldKind.CHOICE,
        label=mark("The customer's VAT number"),
        help=mark(
            "Pipedrive has no field of its own for it; often it is a custom field of the organization."
        ),
        options="fields",
        required=False,
    ),
    Field(
        key="update_contacts",
        kind=FieldKind.FLAG,
        label=mark("Bring contacts in Xero up to date"),
        help=mark(
            "On: an address, e-mail or VAT number that differs is written to the contact. Off: contacts that "
            "are there stay as they are."
        ),
        required=False,
        default="no",
    ),
)

INVOICES = (
    Field(
        key="due_days",
        kind=FieldKind.NUMBER,
        label=mark("Days until due"),
        help=mark("Counted from the invoice's date: 13 March and seven days is 20 March."),
        default="14",
        pattern=r"\d{1,3}",
        wrong=mark("A number of days from 0 to 999."),
    ),
    Field(
        key="account",
        kind=FieldKind.CHOICE,
        label=mark("Account for lines whose item has none"),
        help=mark("Discounts on a whole deal go there too."),
        options="accounts",
    ),
    Field(
        key="template",
        kind=FieldKind.CHOICE,
        label=mark("Look of the invoice"),
        help=mark("One of Xero's branding themes; its standard one if you choose none."),
        options="templates",
        required=False,
    ),
    Field(
        key="save_as",
        kind=FieldKind.CHOICE,
        label=mark("Invoices arrive in Xero"),
        default="draft",
        choices=(
            Choice(key="draft", title=mark("As drafts"), hint=mark("You approve each of them yourself.")),
            Choice(key="submit", title=mark("Submitted for approval")),
            Choice(key="approve", title=mark("Approved"), hint=mark("Where your role in Xero allows it.")),
        ),
    ),
    Field(
        key="repeating",
        kind=FieldKind.CHOICE,
        label=mark("Products that are billed again and again"),
        help=mark("A deal with a monthly product, for example."),
        default=ASK,
        choices=(
            Choice(key=ASK, title=mark("Wait for me")),
            Choice(key=ONE_PERIOD, title=mark("Invoice one period")),
        ),
    ),
)

BY_ITSELF = (
    start_date_field(mark("Deals won on this day and later become invoices by themselves, nothing older.")),
    Field(
        key="automatic",
        kind=FieldKind.CHOICE,
        label=mark("Make invoices by itself"),
        help=mark("One invoice for each deal; a second one only when you make it."),
        default=NEVER,
        choices=(
            Choice(key=NEVER, title=mark("No"), hint=mark("You make each invoice from the list of deals.")),
            Choice(key=WON, title=mark("When a deal is won")),
            Choice(key=STAGE, title=mark("When a deal reaches a stage")),
        ),
    ),
    Field(
        key="stage",
        kind=FieldKind.CHOICE,
        label=mark("The stage"),
        help=mark("A deal in this stage or a later one of the same pipeline becomes an invoice."),
        options="stages",
        only=("automatic", STAGE),
    ),
    Field(
        key="notes",
        kind=FieldKind.FLAG,
        label=mark("Write a note on the deal"),
        help=mark("With the invoice's number, a link and how it stands; kept up to date."),
        required=False,
        default="yes",
    ),
    Field(
        key="pdf",
        kind=FieldKind.FLAG,
        label=mark("Attach the invoice's PDF to the deal"),
        help=mark("Once the invoice is approved."),
        required=False,
        default="no",
    ),
    schedule_field("60 min"),
)

STATEMENT = (
    Field(
        key="sign_in_guard",
        kind=FieldKind.CHOICE,
        label=mark("How you sign in to Pipedrive"),
        help=mark("Pipedrive does not tell other programs, so Bridge keeps what you say here."),
        choices=(
            Choice(key="two_factor", title=mark("With a second factor")),
            Choice(key="single_sign_on", title=mark("By single sign-on")),
        ),
    ),
    Field(
        key="guard_confirmed_by",
        kind=FieldKind.TEXT,
        label=mark("Confirmed by"),
        help=mark("Your name and today's date. Asked again whenever you sign in anew."),
        renews="pipedrive",
        pattern=r".{3,120}",
        wrong=mark("A name and a date, such as Anna Esimerkki, 20.11.2026."),
    ),
)

SETTINGS = (*STATEMENT, *CUSTOMERS, *INVOICES, *BY_ITSELF)

MAPPINGS = (
    Field(
        key="tax_rates",
        kind=FieldKind.MAPPING,
        label=mark("Tax in Pipedrive and tax rate in Xero"),
        help=mark("Pipedrive only knows a percentage; several of Xero's rates can have the same."),
        left="deal_taxes",
        right="taxes",
    ),
    Field(
        key="items",
        kind=FieldKind.MAPPING,
        label=mark("Products and items"),
        help=mark("A product without an item waits until it has one."),
        left="products",
        right="items",
        required=False,
    ),
)

PAGES = (
    Page(
        key="pipedrive",
        title=mark("Pipedrive"),
        text=mark(
            "In Pipedrive open your personal preferences and copy your API token. It can do what you can do, "
            "so take that of a user who sees all deals."
        ),
        menu=("Personal preferences", "API"),
        fields=(
            "pipedrive.domain",
            "pipedrive.way",
            "pipedrive.api_token",
            "pipedrive.client_id",
            "pipedrive.client_secret",
            "pipedrive.sign_in",
            "settings.sign_in_guard",
            "settings.guard_confirmed_by",
        ),
        check="pipedrive",
        opens="pipedrive",
    ),
    Page(
        key="xero",
        title=mark("Xero"),
        text=mark(
            "Make an app of your own at developer.xero.com, of the type mobile or desktop app. Give it the "
            "redirect address shown here and copy its client id. Sign in as an adviser or standard user."
        ),
        fields=("xero.client_id", "xero.sign_in", "xero.tenant"),
        check="xero",
        opens="xero",
    ),
    Page(
        key="customers",
        title=mark("Customers"),
        text=mark("Choose which of Pipedrive's fields fill what stands on an invoice."),
        fields=tuple(f"settings.{field.key}" for field in CUSTOMERS),
    ),
    Page(
        key="invoices",
        title=mark("Invoices"),
        text=mark("The defaults suit most companies. Everything here can be changed later."),
        fields=tuple(f"settings.{field.key}" for field in INVOICES),
        opens="xero",
    ),
    Page(
        key="taxes",
        title=mark("Tax rates"),
        text=mark("Choose for each percentage in Pipedrive the tax rate in Xero that it means."),
        fields=("mappings.tax_rates",),
        opens="xero",
    ),
    Page(
        key="items",
        title=mark("Products"),
        text=mark("Choose for each product its item in Xero. You can also do it later, line by line."),
        fields=("mappings.items",),
        opens="xero",
        aside_title=mark("An item is missing?"),
        aside=mark("Make it in Xero under Business, Products and services, then load the lists again."),
    ),
    Page(
        key="by_itself",
        title=mark("By itself"),
        text=mark("What Bridge does without being asked."),
        fields=tuple(f"settings.{field.key}" for field in BY_ITSELF),
    ),
)
