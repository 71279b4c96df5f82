"""The wizard's pages, as both vendors' articles go."""

from __future__ import annotations

from bridge_gui.bridges.sharefox_twentyfourseven.questions import (
    BY_ITSELF,
    ODD,
    ORDERS,
    SHELF,
    STATEMENT,
    TAKEN,
)
from bridge_gui.sync.files.questions import COLUMNS, FROM_FILE, FROM_INTERFACE, PLACE, SOURCE
from bridge_gui.sync.specs import Field, Page
from bridge_gui.wording.message import mark

LETTER = mark(
    "Hello,\n\n"
    "we would like to read our own orders and invoices from Sharefox with a program on our own computer.\n"
    "Please activate the API (api.mysharefox.com) for our shop and tell us\n"
    "- the full domain of our shop as the API knows it,\n"
    "- how we get an administrator's token, or which administrator may sign in,\n"
    "- whether invoices of the type “Data for accounting” can be made without your own accounting link.\n\n"
    "Please do not set up your own 24SevenOffice link for us beside it, and switch it off if it is on:\n"
    "every invoice would arrive twice.\n\n"
    "Thank you"
)
_TWICE = mark("Sharefox's own link to 24SevenOffice must be off: with both, every invoice arrives twice.")


def _places(fields: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(f"settings.{field.key}" for field in fields)


NEEDED = Page(
    key="needed",
    title=mark("What is needed"),
    text=mark(
        "Sharefox Support has to open its interface for your shop: send them the letter below. Where they do "
        "not, Bridge can read the accounting file instead."
    ),
    fields=(f"settings.{SOURCE}", *_places(STATEMENT)),
    copy=LETTER,
    warning=_TWICE,
)

SHOP = Page(
    key="sharefox",
    title=mark("Sharefox"),
    text=mark("Paste the shop's whole address and the administrator's token you got from Sharefox Support."),
    fields=(
        "sharefox.shop_domain",
        "sharefox.way",
        "sharefox.email",
        "sharefox.password",
        "sharefox.token",
    ),
    check="sharefox",
    opens="sharefox",
    only=FROM_INTERFACE,
)

EXPORT = Page(
    key="export",
    title=mark("The accounting file"),
    text=mark(
        "Download the accounting file, of the type General, for days that are over, with the orders to be "
        "paid by invoice in it. Then name the file here, or the folder you keep such files in."
    ),
    menu=("Admin", "Reports", "Accounting file"),
    important=mark(
        "Tick the box that takes orders with the payment method Faktura along: it is off at first."
    ),
    fields=(f"settings.{PLACE}", f"settings.{COLUMNS}"),
    only=FROM_FILE,
)

BOOKS = Page(
    key="twentyfoursevenoffice",
    title=mark("24SevenOffice"),
    text=mark(
        "Ask 24SevenOffice for access to its interface; then a Developer panel appears. Make an application "
        "of your own there, tick the scopes Bridge needs, and connect it to your company under Integrations."
    ),
    menu=("Administration", "Integrations", "Connect application"),
    important=mark("The account name has to be just what stands at the top right of 24SevenOffice."),
    fields=(
        "twentyfoursevenoffice.company_name",
        "twentyfoursevenoffice.client_id",
        "twentyfoursevenoffice.client_secret",
        "twentyfoursevenoffice.organization_id",
        "twentyfoursevenoffice.classic",
        "twentyfoursevenoffice.soap_application",
        "twentyfoursevenoffice.soap_user",
        "twentyfoursevenoffice.soap_password",
    ),
    check="twentyfoursevenoffice",
    opens="twentyfoursevenoffice",
    aside_title=mark("Which scopes?"),
    aside=mark(
        "Organization, customers, products and categories, tax, accounts, transactions, sales orders with "
        "their lines, and payment methods: to read, and where there is a choice also to write and delete."
    ),
)

INVOICES = Page(
    key="invoices",
    title=mark("Which invoices"),
    text=mark(
        "Invoices of the type “Data for accounting” are meant for this. In some shops that type exists only "
        "while Sharefox's own accounting link is on, and then everything would arrive twice: switch that "
        "link off, and if the type is gone with it, choose “Printed”."
    ),
    fields=_places(TAKEN),
    warning=_TWICE,
)

TAXES = Page(
    key="taxes",
    title=mark("VAT"),
    text=mark(
        "Sharefox only knows percentages. Look at each row once: is it the code you use for rentals? In "
        "Norway 3 is 25 %, 31 is 15 %, 33 is 12 %; 0 % is 5 within the VAT act and 6 outside it."
    ),
    fields=("mappings.tax_rates",),
    opens="twentyfoursevenoffice",
)

METHODS = Page(
    key="methods",
    title=mark("Ways to pay"),
    text=mark(
        "Only what is paid by invoice is owed to you. For card and cash choose the method in 24SevenOffice "
        "on which the order counts as paid, or leave it out."
    ),
    fields=("mappings.methods",),
    opens="twentyfoursevenoffice",
)

PAGES = (
    NEEDED,
    SHOP,
    EXPORT,
    BOOKS,
    INVOICES,
    TAXES,
    METHODS,
    Page(
        key="orders",
        title=mark("Orders"),
        text=mark("The defaults suit most shops. Everything here can be changed later."),
        fields=(*_places(SHELF), *_places(ORDERS), *_places(ODD)),
        opens="twentyfoursevenoffice",
    ),
    Page(
        key="by_itself",
        title=mark("By itself"),
        text=mark("What Bridge does without being asked."),
        fields=_places(BY_ITSELF),
    ),
)
