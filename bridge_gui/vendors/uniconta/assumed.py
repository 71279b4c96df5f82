"""Everything about Uniconta that is assumed and not documented, to be replaced when it is.

Documented are the two doors, Basic sign-in, reading and writing of whole records, and the names of the fields
that the vendor's own client shows (uniconta.md 1 to 3.4). INFERRED is the rest:

1. The body of a refusal is the name of an error code, in JSON or not, with 400 or 500 or even 200. A name in
   `REFUSED` says that nothing was written; the names in `DOUBTFUL` say nothing of the kind.
2. The day of 5,000 calls is a Danish day.
3. `$skip` is honoured at the reading door; no page is cut below `SURE_PAGE` rows. Where a filter is ignored,
   the rows are looked through here as well.
4. `UpdatedAt` is in Danish time or in UTC: it is asked for by the earlier of both.
5. The tables of item groups, VAT groups and employee groups are named as their classes are.
6. What a company is called stands under one of `COMPANY_NAMES` of its own table.
7. Days are Danish days as they stand; numbers in texts may have a decimal comma.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
DAILY_CALLS = 5000
PAGE = 1000
SURE_PAGE = 100
SETTLE_SECONDS = 120
DEBTOR_GROUPS, ITEM_GROUPS, VAT_GROUPS = "DebtorGroupClient", "InvGroupClient", "GLVatClient"
PAYMENT_TERMS, EMPLOYEE_GROUPS = "PaymentTermClient", "EmployeeGroupClient"
GROUP_KEYS = ("Group", "Vat", "Payment", "KeyStr", "Key", "Number", "Code")
COMPANY_IDS = ("CompanyId", "Id", "RowId", "PrimaryKeyId")
COMPANY_NAMES = ("Name", "CompanyName", "KeyName")
COMPANY_NUMBERS = ("CompanyRegNo", "VatNumber", "LegalIdent")

REFUSED = {
    "KeyExists": "uniconta.key_exists",
    "RecordExists": "uniconta.key_exists",
    "FieldCannotBeBlank": "uniconta.field_blank",
    "AccountIsMissing": "uniconta.account_missing",
    "ItemIsOnHold": "uniconta.item_on_hold",
    "CreditLimitExceeded": "uniconta.credit_limit",
    "CannotDeleteRecord": "uniconta.in_use",
    "CouldNotDeleteRecordThatIsReferred": "uniconta.in_use",
    "CouldNotCreate": "uniconta.refused",
    "CouldNotSave": "uniconta.refused",
    "InvoiceNumberMissing": "uniconta.refused",
    "NoLinesFound": "uniconta.refused",
    "NoLinesToUpdate": "uniconta.refused",
    "TooManyLinesSelected": "uniconta.refused",
    "IgnoreUpdate": "uniconta.refused",
}
"""Code names after which nothing was written, each with the code of its sentence."""
GONE = "CouldNotFind"
NO_RIGHTS, NO_SUBSCRIPTION, NO_COMPANY = "NoRights", "NoSubscription", "NoCompanyId"
DOUBTFUL = frozenset({"NoSucces", "SQLException", "Exception"})
WELL = frozenset({"Succes", "Success", "NoChange", "0"})
"""QUIRK: success is spelled with one s at its end (uniconta.md 6, spec)."""


def literal(since: datetime) -> str:
    """An instant for a filter: as UTC, which is never later than the same figures in Danish time."""
    return f"datetime'{since.astimezone(UTC):%Y-%m-%dT%H:%M:%S}'"
