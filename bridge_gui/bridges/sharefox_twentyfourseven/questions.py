"""What is asked of the user, and the wizard's pages."""

from __future__ import annotations

from bridge_gui.accounting.ordering import OrderStage
from bridge_gui.accounting.rentals import RentalType
from bridge_gui.bridges.sharefox_twentyfourseven.rules import PRODUCT_NAME
from bridge_gui.sync.files.questions import COLUMNS, FIELDS, FROM_FILE, FROM_INTERFACE
from bridge_gui.sync.specs import Choice, Field, FieldKind
from bridge_gui.sync.usual import schedule_field, start_date_field
from bridge_gui.wording.message import mark

STATEMENT = (
    Field(
        key="orders_2",
        kind=FieldKind.FLAG,
        label=mark("Our shop uses Orders 2.0"),
        help=mark("An order then has a tab “Invoices”. Without it there is nothing that Bridge can send."),
        pattern="yes",
        wrong=mark("Ask Sharefox Support to switch on Orders 2.0 first."),
        only=FROM_INTERFACE,
    ),
)

TAKEN = (
    Field(
        key="types",
        kind=FieldKind.CHOICE,
        label=mark("Which invoices are sent"),
        help=mark("Bridge takes those of one type, once they are sent in Sharefox."),
        only=FROM_INTERFACE,
        default=RentalType.FOR_ACCOUNTING.value,
        choices=(
            Choice(
                key=RentalType.FOR_ACCOUNTING.value,
                title=mark("Data for accounting"),
                hint=mark("May exist only while Sharefox's own accounting link is on."),
            ),
            Choice(
                key=RentalType.PRINTED.value,
                title=mark("Printed"),
                hint=mark("Always there. Choose it if Sharefox's own link is off."),
            ),
        ),
    ),
    Field(
        key="prices",
        kind=FieldKind.CHOICE,
        label=mark("Prices in the shop are"),
        help=mark("One of your invoices is shown both ways: choose the one whose total is Sharefox's."),
        options="price_ways",
    ),
)

SHELF = (
    Field(
        key="product",
        kind=FieldKind.TEXT,
        label=mark("Product for rentals"),
        help=mark("All lines are on this product. It is made in 24SevenOffice if it is not there."),
        default=PRODUCT_NAME,
        pattern=r".{1,150}",
        wrong=mark("A name of at most 150 letters."),
    ),
    Field(
        key="category",
        kind=FieldKind.TEXT,
        label=mark("Its category"),
        help=mark("Left empty it has the same name as the product."),
        required=False,
        default="",
        pattern=r".{0,150}",
        wrong=mark("A name of at most 150 letters."),
    ),
)

ORDERS = (
    Field(
        key="stage",
        kind=FieldKind.CHOICE,
        label=mark("Orders arrive as"),
        help=mark("Nobody is billed before a person makes an invoice of the order in 24SevenOffice."),
        default=OrderStage.CONFIRMED.value,
        choices=(
            Choice(key=OrderStage.CONFIRMED.value, title=mark("Confirmed orders")),
            Choice(key=OrderStage.WEB.value, title=mark("Web orders")),
            Choice(key=OrderStage.DRAFT.value, title=mark("Drafts")),
        ),
    ),
    Field(
        key="invoice_by_itself",
        kind=FieldKind.FLAG,
        label=mark("Turn every order into an invoice at once"),
        help=mark("24SevenOffice then sends it to the customer. Nobody looks at it before."),
        required=False,
        default="no",
        advanced=True,
    ),
    Field(
        key="refresh",
        kind=FieldKind.FLAG,
        label=mark("Keep customers' addresses up to date"),
        help=mark("Address and telephone are written where they differ; names and numbers stay."),
        required=False,
        default="yes",
    ),
    Field(
        key="language",
        kind=FieldKind.CHOICE,
        label=mark("Language of the shop"),
        help=mark("For the few words that Bridge adds, such as “Kontakt”."),
        default="no",
        choices=(
            Choice(key="no", title=mark("Norwegian")),
            Choice(key="sv", title=mark("Swedish")),
            Choice(key="da", title=mark("Danish")),
            Choice(key="en", title=mark("English")),
        ),
    ),
)

ODD = (
    Field(
        key="home",
        kind=FieldKind.CHOICE,
        label=mark("Country of the company"),
        default="NO",
        choices=(
            Choice(key="NO", title=mark("Norway")),
            Choice(key="SE", title=mark("Sweden")),
            Choice(key="DK", title=mark("Denmark")),
        ),
        advanced=True,
    ),
    Field(
        key="foreign",
        kind=FieldKind.CHOICE,
        label=mark("Customers in other countries"),
        help=mark("Their VAT can be another than the shop reckons."),
        default="ask",
        choices=(
            Choice(key="ask", title=mark("Ask me each time")),
            Choice(key="send", title=mark("Send like any other")),
        ),
        advanced=True,
    ),
    Field(
        key="numberless",
        kind=FieldKind.CHOICE,
        label=mark("Companies without an organisation number"),
        help=mark("They are found by their e-mail address only."),
        default="ask",
        choices=(
            Choice(key="ask", title=mark("Ask me each time")),
            Choice(key="send", title=mark("Send like any other")),
        ),
        advanced=True,
    ),
)

BY_ITSELF = (
    start_date_field(mark("Invoices dated this day and later are sent, nothing older.")),
    Field(
        key="write_back",
        kind=FieldKind.FLAG,
        label=mark("Tell Sharefox what is paid"),
        help=mark("Where Sharefox does not let itself be told, Bridge shows it here all the same."),
        only=FROM_INTERFACE,
        required=False,
        default="yes",
    ),
    Field(
        key="window",
        kind=FieldKind.NUMBER,
        label=mark("Look back, in days"),
        help=mark("Sharefox does not tell what changed. An older invoice that changes is not noticed."),
        only=FROM_INTERFACE,
        default="180",
        pattern=r"[1-9]\d{0,3}",
        wrong=mark("A number of days such as 180."),
        required=False,
        advanced=True,
    ),
    schedule_field("60 min"),
)

WHERE = (
    *(one for one in FIELDS if one.key != COLUMNS),
    Field(
        key=COLUMNS,
        kind=FieldKind.COLUMNS,
        label=mark("Columns"),
        help=mark("Only where Bridge does not find them: order=Referanse; text=Tekst; price=Pris."),
        required=False,
        only=FROM_FILE,
        parts=(
            "order", "invoice", "day", "due", "customer", "company", "org_number", "email", "text", "product",
            "first", "last", "quantity", "price", "discount", "rate", "method", "paid", "net", "gross",
            "currency",
        ),
    ),
)  # fmt: skip

SETTINGS = (*WHERE, *STATEMENT, *TAKEN, *SHELF, *ORDERS, *ODD, *BY_ITSELF)

MAPPINGS = (
    Field(
        key="tax_rates",
        kind=FieldKind.MAPPING,
        label=mark("VAT in the shop and tax code in 24SevenOffice"),
        help=mark("Several codes have the same percentage. Take those for sales, not for purchases."),
        left="rates",
        right="taxes",
    ),
    Field(
        key="methods",
        kind=FieldKind.MAPPING,
        label=mark("Ways to pay"),
        help=mark("What is paid already is sent as paid by that method, or left out."),
        left="methods",
        right="pay_methods",
    ),
)
