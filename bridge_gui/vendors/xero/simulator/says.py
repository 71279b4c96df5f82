"""What Xero says when it refuses, word for word where a recording or several clients show it.

Facts: xero.md sections 3.2 to 3.5, 5, 6. INFERRED, in this one place: every text of `Unsure`.
"""

from __future__ import annotations

NOT_VALID_STATUS = "Invoice not of valid status for modification"
HAS_PAYMENTS = "This document cannot be edited as it has a payment or credit note allocated to it."
VOID_HAS_PAYMENTS = (
    "The status VOIDED cannot be applied to the invoice because it has payments or credit notes"
    " allocated to it."
)
NUMBER_TAKEN = "Invoice # must be unique."
APPROVE_LIMIT = "You have reached the limit of invoices you can approve"
TOO_MUCH = "Payment amount exceeds the amount outstanding on this document"
ARCHIVED = (
    "The specified contact details matched an archived contact. Archived contacts cannot currently be"
    " edited via the API."
)
WRONG_TOTAL = "The invoice total does not equal the sum of the lines."


def locked(day: str) -> str:
    """A document before a lock date."""
    return f"The document date cannot be before the period lock date, currently set at {day}"


def name_taken(name: str) -> str:
    """A second active contact of one name."""
    return (
        f"The contact name {name} is already assigned to another contact."
        " The contact name must be unique across all active contacts."
    )


def item_taken(code: str) -> str:
    """A second item of one code."""
    return f"Price List Item with Code '{code}' already exists"


def wrong_line(sent: str, expected: str) -> str:
    """A line amount that is not quantity times price."""
    return f"The line total {sent} does not match the expected line total {expected}"


def wrong_discount(rate: str) -> str:
    """A discount of more than the line."""
    return f"The discount rate '{rate}' is invalid. Discount must not be greater than the line total."


def wrong_tax(tax_type: str, account: str) -> str:
    """A tax rate that the account does not take."""
    return f"The TaxType code '{tax_type}' cannot be used with account code '{account}'."


class Unsure:
    """Texts that no source shows; the refusals themselves are documented."""

    TYPE = "Invoice Type must be specified."
    CONTACT = "A Contact must be specified for this type of transaction"
    CONTACT_UNKNOWN = "The Contact could not be found."
    CONTACT_ARCHIVED = "The contact is archived and cannot be used on an approved document."
    NAME = "The contact name must be specified."
    NAME_FORM = "The contact name cannot contain < or >, double spaces, or spaces at either end."
    TOO_LONG = "A field is longer than it may be: "
    EMAIL_FORM = "Email address must be valid."
    COUNTRY_FORM = "Country can contain only letters."
    LINES = "One or more line items must be specified"
    DESCRIPTION = "Description must be specified."
    ACCOUNT = "Account code must be specified."
    ACCOUNT_UNKNOWN = "Account code '{}' is not a valid code for this document."
    TAX_UNKNOWN = "The TaxType code '{}' does not exist or cannot be used for this type of transaction."
    ITEM_UNKNOWN = "Item code '{}' is not valid."
    ITEM_CODE = "Item Code must be specified."
    DUE_DATE = "Due date must be specified."
    DATE_FORM = "Date is not valid."
    CURRENCY = "The currency '{}' is not subscribed to by the organisation."
    RATE = "The currency rate differs much from the rate of the day."
    THEME = "BrandingThemeID does not exist."
    URL = "Url must be a valid address that does not contain xero."
    NUMBER = "Invoice number must be at most 255 printable ASCII characters."
    REFERENCE = "Reference must be at most 255 characters."
    LINE_ID = "LineItemID does not belong to this invoice."
    SENT = "Only approved invoices can be marked as sent."
    MAY_NOT_APPROVE = "You do not have permission to approve invoices."
    MAY_NOT_WRITE = "You do not have permission to change invoices."
    NEGATIVE = "The total of an approved invoice cannot be negative."
    NOT_MAILABLE = "The invoice is not of a valid status to be emailed."
    NO_ADDRESS = "The contact has no email address."
    MAIL_CAP = "The daily email limit has been reached."
    PAYABLE = "Payments can only be made against Authorised documents"
    PAY_ACCOUNT = "The account is not a bank account and takes no payments."
    RECONCILED = "This payment cannot be deleted as it has been reconciled."
    DETAILS = "Details must be between 1 and 2500 characters."
    FILE_NAME = "The file name is not valid."
    FILES = "At most 10 files can be attached."
    CREDIT_OVER = "The amount exceeds what remains of the credit note or the invoice."
