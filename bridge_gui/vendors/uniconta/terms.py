"""Where Uniconta is, what its tables are called, and how a user of one company is named to it."""

from __future__ import annotations

import re

from bridge_gui.errors import SetupError

VENDOR = "Uniconta"
PRODUCTION = "https://odata.uniconta.com"
WRITING, READING = "api/Entities", "odata"
"""The two public doors: records whole and written, and filtered reading (uniconta.md 0, spec)."""

DEBTORS, CONTACTS, EMPLOYEES = "DebtorClientUser", "ContactClientUser", "EmployeeClientUser"
ITEMS = "InvItemClientUser"
ORDERS, ORDER_LINES = "DebtorOrderClientUser", "DebtorOrderLineClientUser"
INVOICES = "DebtorInvoiceClientUser"
OPEN_ENTRIES = "DebtorTransOpenClient"
COMPANIES = "CompanyClient"
KEYS: dict[str, tuple[str, ...]] = {
    DEBTORS: ("Account",),
    CONTACTS: ("PrimaryKeyId",),
    EMPLOYEES: ("Number",),
    ITEMS: ("Item",),
    ORDERS: ("OrderNumber",),
    ORDER_LINES: ("OrderNumber", "LineNumber"),
    INVOICES: ("InvoiceNumber",),
}
"""What no record of a table is without: its identity, together with the row's own id where it is told."""
_DIGITS = re.compile(r"0*([1-9][0-9]{0,9})")


def company_id(typed: str) -> str:
    """The company's number without the zeros that a user name begins with; `SetupError` for anything else."""
    found = _DIGITS.fullmatch(typed.strip())
    if not found:
        raise SetupError("uniconta.company_number", text=typed.strip()[:40])
    return found.group(1)


def user_name(company: str, login: str) -> str:
    """The user name that names the company as well.

    QUIRK: two zeros announce that a company's number follows (uniconta.md 2, spec).
    """
    return f"00{company}/{login}"


def bare_login(typed: str) -> str:
    """The login alone, also where it was copied with a company before it."""
    return typed.strip().rpartition("/")[2]
