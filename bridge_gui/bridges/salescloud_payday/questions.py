"""What the user is asked, and in which order: the set-up article's steps with what differs for Bridge."""

from __future__ import annotations

from bridge_gui.sync.files.questions import FROM_INTERFACE
from bridge_gui.sync.specs import Choice, Field, FieldKind, Page
from bridge_gui.sync.usual import schedule_field, start_date_field
from bridge_gui.wording.message import mark

_WHOLE = r"\d{1,6}"

BOOKING = (
    start_date_field(mark("Sales closed on this day and later are booked, nothing older.")),
    Field(
        key="grouping",
        kind=FieldKind.CHOICE,
        label=mark("Journal entries"),
        help=mark("Payday takes two calls a second: 10,000 single entries take well over an hour."),
        default="order",
        choices=(
            Choice(
                key="order",
                title=mark("One for each order"),
                hint=mark("As the vendors' own link does. Good up to some fifty orders a day."),
            ),
            Choice(
                key="day",
                title=mark("One for each day"),
                hint=mark("The day's takings in one entry. Best for a busy shop."),
            ),
        ),
    ),
    Field(
        key="post_as",
        kind=FieldKind.CHOICE,
        label=mark("Entries arrive in Payday"),
        default="post",
        choices=(
            Choice(key="post", title=mark("Booked at once")),
            Choice(
                key="draft", title=mark("As drafts"), hint=mark("You book each of them in Payday yourself.")
            ),
        ),
    ),
    Field(
        key="sales_24",
        kind=FieldKind.CHOICE,
        label=mark("Sales with 24 % VAT"),
        help=mark("Sales are booked with VAT included; Payday takes the VAT off by itself."),
        default="1100",
        options="accounts",
    ),
    Field(
        key="sales_11",
        kind=FieldKind.CHOICE,
        label=mark("Sales with 11 % VAT"),
        default="1110",
        options="accounts",
    ),
    Field(
        key="sales_0",
        kind=FieldKind.CHOICE,
        label=mark("Sales without VAT"),
        default="1120",
        options="accounts",
    ),
    Field(
        key="gift_card_account",
        kind=FieldKind.CHOICE,
        label=mark("Gift cards owed"),
        help=mark(
            "A gift card sold is a debt, not a sale. Map the payment method for gift cards to the same "
            "account, so that the debt ends when the card is used."
        ),
        required=False,
        options="accounts",
    ),
    Field(
        key="rounding_account",
        kind=FieldKind.CHOICE,
        label=mark("Rounding differences"),
        help=mark("Small differences between an order's lines and its payments are booked here."),
        required=False,
        options="accounts",
    ),
    Field(
        key="rounding_limit",
        kind=FieldKind.NUMBER,
        label=mark("Largest rounding difference, in kr."),
        help=mark("An order that differs by more waits for you. 0: every difference waits."),
        required=False,
        default="0",
        pattern=_WHOLE,
        wrong=mark("A whole number of krónur, such as 2."),
    ),
    Field(
        key="look_back_days",
        kind=FieldKind.NUMBER,
        label=mark("Days looked back"),
        help=mark("Orders closed this many days before the last sync are read again, to see corrections."),
        required=False,
        advanced=True,
        default="7",
        pattern=r"[1-9]\d{0,2}",
        wrong=mark("A number of days from 1 to 999."),
    ),
    schedule_field("23:30"),
)

INVOICING = (
    Field(
        key="split_orders",
        kind=FieldKind.CHOICE,
        label=mark("Orders paid in part, the rest on account"),
        help=mark("Both parts together are always the order, to the króna."),
        default="ask",
        choices=(
            Choice(key="ask", title=mark("Ask me each time")),
            Choice(
                key="pro_rata",
                title=mark("Divide each VAT rate"),
                hint=mark("The part on account goes on the invoice, the rest into the journal."),
            ),
            Choice(
                key="whole_on_draft",
                title=mark("All on the invoice"),
                hint=mark("What was paid at the till is credited to the customer's account."),
            ),
        ),
    ),
    Field(
        key="which_draft",
        kind=FieldKind.CHOICE,
        label=mark("Sales on account go on"),
        default="ours",
        choices=(
            Choice(key="ours", title=mark("A draft that Bridge began")),
            Choice(
                key="any",
                title=mark("Also a draft that a person began"),
                hint=mark("Where the customer has exactly one."),
            ),
        ),
    ),
    Field(
        key="update_customers",
        kind=FieldKind.FLAG,
        label=mark("Bring customers in Payday up to date"),
        help=mark("The e-mail address from SalesCloud, the name from the national registry."),
        required=False,
        default="no",
    ),
    Field(
        key="create_claim",
        kind=FieldKind.FLAG,
        label=mark("Bank claims for these invoices"),
        help=mark("Leave this off if SalesCloud sends the claims: customers would be billed twice."),
        required=False,
        default="no",
    ),
    Field(
        key="deleted_draft",
        kind=FieldKind.CHOICE,
        label=mark("When a draft with sales is removed in Payday"),
        default="ask",
        choices=(
            Choice(key="ask", title=mark("Ask me")),
            Choice(key="post_again", title=mark("Put the sales on a new draft")),
            Choice(key="leave", title=mark("Leave the sales to me")),
        ),
    ),
    Field(
        key="on_change",
        kind=FieldKind.CHOICE,
        label=mark("When an order changes after it was booked"),
        help=mark("On a draft invoice the lines always follow."),
        default="reverse",
        choices=(
            Choice(key="reverse", title=mark("Correct the journal")),
            Choice(key="ask", title=mark("Ask me each time")),
        ),
    ),
    Field(
        key="closed_until",
        kind=FieldKind.DATE,
        label=mark("Books closed until"),
        help=mark("Bridge asks before it books on this day or earlier. Closed years are asked about anyway."),
        required=False,
    ),
)
SETTINGS = (*BOOKING, *INVOICING)

MAPPINGS = (
    Field(
        key="payment_methods",
        kind=FieldKind.MAPPING,
        label=mark("Payment methods and ledger accounts"),
        help=mark("One ledger account for each payment method is advised."),
        left="payment_methods",
        right="payment_accounts",
        apart=mark("One account for each is advised: it can then be compared with what was paid in."),
        only=FROM_INTERFACE,
    ),
)

_ACCOUNTS = (
    "sales_24", "sales_11", "sales_0", "gift_card_account", "rounding_account", "rounding_limit",
)  # fmt: skip
_ELSEWHERE = ("start_date", *_ACCOUNTS)

_LETTER = mark(
    "Hello,\n\n"
    "we would like to read our own orders from SalesCloud with a private App, to book them in Payday.\n"
    "Please make an App for our organisation and send us:\n"
    "- the App's uuid,\n"
    "- its public key and its secret key (or tell us where to generate the secret in the Developer portal),\n"
    "- the uuid of our organisation,\n"
    "and tell us how to install the App. It only needs to read closed orders and payment methods.\n\n"
    "Please do not set up your own Payday app for us beside it: every sale would be booked twice.\n\n"
    "Thank you"
)

_TWICE = mark(
    "Do not install SalesCloud's own Payday app beside Bridge, and remove it if it is installed: "
    "everything would be booked twice."
)

PAGES = (
    Page(
        key="needed",
        title=mark("What is needed"),
        text=mark(
            "Two things come first. Payday: the company must be on the plan “Allur pakkinn”. SalesCloud: a "
            "private App that may read your orders. Ask for it with the letter below; you can close Bridge "
            "until the answer is there. For help with Payday write to hjalp@payday.is."
        ),
        copy=_LETTER,
        send_to="salescloud@salescloud.is",
        warning=_TWICE,
    ),
    Page(
        key="payday",
        title=mark("Payday"),
        text=mark(
            "Sign in to Payday in your browser and go to the menu below. Choose SalesCloud as the type of "
            "connection: Payday shows a ClientID and a ClientSecret. Bring both here."
        ),
        menu=("Stillingar", "Fyrirtæki", "Samþættingar", "Bæta við"),
        important=mark("Copy both before you confirm: the secret is shown only once."),
        fields=("payday.client_id", "payday.client_secret"),
        check="payday",
        opens="payday",
        aside_title=mark("The secret is lost?"),
        aside=mark("Open the connection in Payday and press “Endurnýja”: that makes a new one."),
    ),
    Page(
        key="start",
        title=mark("Start date"),
        text=mark(
            "Choose the first day whose sales are not in Payday yet. What is older stays as it is in your "
            "books."
        ),
        fields=("settings.start_date",),
    ),
    Page(
        key="salescloud",
        title=mark("SalesCloud"),
        text=mark(
            "Paste what SalesCloud sent you. The secret key is shown once when it is generated in the "
            "Developer portal; a new one ends the old one at once."
        ),
        fields=(
            "salescloud.app",
            "salescloud.public_key",
            "salescloud.secret_key",
            "salescloud.organization",
            "salescloud.signature",
        ),
        check="salescloud",
        opens="salescloud",
        warning=_TWICE,
    ),
    Page(
        key="methods",
        title=mark("Payment methods"),
        text=mark(
            "Choose for each payment method the ledger account on which its money arrives. One account for "
            "each method is advised."
        ),
        fields=("mappings.payment_methods",),
        opens="payday",
        aside_title=mark("An account is missing?"),
        aside=mark(
            "Make it in Payday under “Bókhald > Bókhaldslyklar > Nýr lykill”: tick “Tekur á móti greiðslum” "
            "(it accepts payments), or it does not appear here, and press “Vista”. Then load the lists again."
        ),
    ),
    Page(
        key="accounts",
        title=mark("Accounts"),
        text=mark("The ledger accounts that sales go to. Proposed are those of Payday's own chart."),
        fields=tuple(f"settings.{key}" for key in _ACCOUNTS),
        opens="payday",
    ),
    Page(
        key="booking",
        title=mark("How to book"),
        text=mark("The defaults suit most shops. Everything here can be changed later."),
        fields=tuple(f"settings.{one.key}" for one in BOOKING if one.key not in _ELSEWHERE),
    ),
    Page(
        key="on_account",
        title=mark("Sales on account"),
        text=mark(
            "Sales on account gather on the customer's draft invoice in Payday, a line group for each order. "
            "You send the invoice there yourself; the next sale begins a new draft."
        ),
        fields=tuple(f"settings.{field.key}" for field in INVOICING),
    ),
)
