"""What is asked where a report in a file takes the place of SalesCloud's interface."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bridge_gui.bridges.salescloud_payday.report import INCLUDED, SEPARATE
from bridge_gui.sync.files.questions import COLUMNS, FROM_FILE, FROM_INTERFACE, PLACE, SOURCE
from bridge_gui.sync.specs import Choice, Field, FieldKind, Page
from bridge_gui.wording.message import mark

REPORT_SETTINGS = (
    Field(
        key="report_vat",
        kind=FieldKind.CHOICE,
        label=mark("VAT in the report"),
        help=mark("Look at one day of the report: are there rows for output VAT beside the sales?"),
        default=SEPARATE,
        choices=(
            Choice(
                key=SEPARATE,
                title=mark("On rows of its own"),
                hint=mark("The day is booked as it stands; Payday takes no VAT off."),
            ),
            Choice(
                key=INCLUDED,
                title=mark("Within the sales"),
                hint=mark("Payday takes the VAT off, as the accounts say."),
            ),
        ),
        only=FROM_FILE,
    ),
)

REPORT_MAPPINGS = (
    Field(
        key="report_accounts",
        kind=FieldKind.MAPPING,
        label=mark("The report's rows and ledger accounts"),
        help=mark("What a row of the report is called, and the account in Payday that it means."),
        left="report_labels",
        right="accounts",
        only=FROM_FILE,
    ),
)

REPORT_PAGE = Page(
    key="report",
    title=mark("The report"),
    text=mark(
        "Export the report in SalesCloud, for days that are over, and name the file or the folder you keep "
        "it in. An orange triangle in SalesCloud means that a day does not balance: correct its orders first."
    ),
    menu=("Reports", "Debit vs Credit by days"),
    fields=(f"settings.{PLACE}", f"settings.{COLUMNS}", "settings.report_vat"),
    only=FROM_FILE,
)

ACCOUNTS_PAGE = Page(
    key="report_accounts",
    title=mark("The report's rows"),
    text=mark("Choose for each row of the report the ledger account in Payday that it means."),
    fields=("mappings.report_accounts",),
    opens="payday",
    only=FROM_FILE,
)

_INTERFACE = ("salescloud", "methods", "accounts", "on_account")


def with_files(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages with those about files, each shown only where it is needed."""
    return tuple(_pages(pages))


def _pages(pages: tuple[Page, ...]) -> Iterator[Page]:
    for page in pages:
        if page.key == "start":
            yield replace(page, fields=(*page.fields, f"settings.{SOURCE}"))
            yield REPORT_PAGE
            yield ACCOUNTS_PAGE
        else:
            yield replace(page, only=FROM_INTERFACE) if page.key in _INTERFACE else page
