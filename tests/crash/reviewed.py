"""What a twist may change or leave without a refusal, because the vendor's own documents mean it so.

Everything else that `meaning` complains of is a defect. A value of the wrong kind, an exception that nobody
foresaw, a hang and a body that is no answer are never listed here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tests.crash.fuzzing import Found

LEFT_OUT = r"gone|null|an empty text|spaces|an empty object"
WRITTEN = r"\$"
"""The whole answer to a write."""


class Reviewed(NamedTuple):
    """At which vendor, for which places and twists, and why that is honest."""

    vendor: str
    place: str
    why: str
    twists: str = LEFT_OUT


REVIEWED = (
    Reviewed("highlevel", r"dnd|markAsTest|qboSynced|taxInclusive|amountRefunded|invoiceNumberPrefix",
             "optional in the published schema: left out means no, or none"),
    Reviewed("highlevel", r"updatedAt|fulfilledAt|subscriptionId|contactId|entitySource.*|sourceType",
             "optional there; the time of making and the source's own words stand beside it"),
    Reviewed("highlevel", r"taxes|taxes\.\*|taxSummary.*|product|amountSummary.*|discount.*|items.*\.qty",
             "optional there; before anything is sent the lines are reckoned against the total",
             LEFT_OUT + "|.* for dict|.* in it|an object without its names|deep"),
    Reviewed("highlevel", r".*discount", "shown without its sign, with which it comes in some answers",
             "negative"),
    Reviewed("payday", r"\*\.title", "accounts for payments are told by name (INFERRED): none, none offered"),
    Reviewed("payday", r".*vatPercentType|.*ledgerAccountId|.*customerId|lines",
             "how lines come back is unknown (payday.md 3.5): the ledger is looked at afterwards"),
    Reviewed("payday", r".*discountPercentage|.*lines\.\*\.(id|comment|description)",
             "none, and a line by position; a draft is compared whole after each write"),
    Reviewed("payday", r"\*\.(id|code)", "the ledger check says that accounts differ"),
    Reviewed("pipedrive", r".*(field_code|field_type|field_name|is_custom_field|options.*|subfields.*)",
             "names of fields, offered to be chosen from"),
    Reviewed("pipedrive", r".*(is_deleted|is_archived|is_enabled|discount|tax|discount_type|tax_method)",
             "may be missing (pipedrive.md 3.1, live); a deal's lines are reckoned against its value"),
    Reviewed("pipedrive", r"data\.company_id", "the company's own domain stands beside it"),
    Reviewed("quickbooks", r"(QueryResponse|CDCResponse)(\.\*|\.QueryResponse|\.[A-Z]\w+)*",
             "so QuickBooks says that there is none (quickbooks.md 4)"),
    Reviewed("quickbooks", r".*(SalesTaxRateList|TaxRateDetail|TaxCodeRef|SalesItemLineDetail|TxnTaxDetail|"
             r"TotalTax|TaxLine|TaxRateRef)(\..*)?",
             "left out of what bears no tax; net, tax and total are compared after each write"),
    Reviewed("quickbooks", r".*(Qty|UnitPrice)",
             "figures that do not make the line's amount give way to the amount", ".*"),
    Reviewed("quickbooks", r".*(LinkedTxn|Line|Line\.\*)",
             "money on account is tied to nothing, and a subtotal is no line"),
    Reviewed("quickbooks", r"Preferences\..*(Prefs|AllowDiscount|CustomTxnNumbers|MultiCurrencyEnabled)",
             "what is not switched on may be left out; a write that needs it is refused by QuickBooks"),
    Reviewed("quickbooks", r".*\.(Active|Type|AccountType|IncomeAccountRef|IncomeAccountRef\.value|Name|"
             r"FullyQualifiedName|SalesTaxCodeRef.*|UnitPrice)", "lists to choose from"),
    Reviewed("quickbooks", r".*(bId|Line\.\*\.Id|DocNumber|BillEmail.*|DetailType|Balance)",
             "what cannot be told apart is read again, and compared"),
    Reviewed("quickbooks", r"BatchItemResponse\.\*\.\w+\.Id", "each item stands for itself; ids of two kinds may be equal",
             ".*"),
    Reviewed("pipedrive", r".*update_time", "may be missing (pipedrive.md 3.1, live): the day it was made"),
    Reviewed("twentyfoursevenoffice", r"id", "read back by an id that the replay never heard of", "the number .*"),
    Reviewed("sharefox", r"data\.\*\.number", "an invoice without a readable number goes by its id", ".*"),
    Reviewed("salescloud", r".*paymentMethodsList.*", "a list to map from; what is unknown is other"),
    Reviewed("salescloud", r".*(closed|refundOf|quantity|taxRate)", "an open order is not a sale yet"),
    Reviewed("sharefox", r".*paymentMethod", "the interface is not published (INFERRED): a number names one too", "7 for str"),
    Reviewed("sharefox", r".*lines\.\*\.id", "a line's id is shown to nobody and compared with nothing", ".*"),
    Reviewed("sharefox", r".*(customer.*|lines\.\*\.(id|discount\w*|amount|vatPercent)|number|reference)",
             "the interface is not published (INFERRED): totals are compared before anything is sent"),
    Reviewed("sharefox", r".*(bookingId|productId|orderId|order.*|paid\w*|status|dueDate)",
             "the interface is not published (INFERRED): unknown words are other, and wait"),
    Reviewed("twentyfoursevenoffice", r"status|.*(discountRate|tax|invoice.*|quantity|price|isPrivate|type)",
             "optional in the document; what was written is read back and compared"),
    Reviewed("uniconta", WRITTEN, "an answer to a write may be empty (uniconta.md, code): it is read back", "empty"),
    Reviewed("uniconta", r".*", "nulls are left out of answers: missing is empty (uniconta.md, spec S1)"),
    Reviewed("uniconta", r".*(DCType|.*Group|Payment|Vat|Item|Account|.*Number|.*Name\d?)",
             "texts may come as numbers (uniconta.md 5, code)", ".* for (str|int)|an object.*|the number .*"),
    Reviewed("webcrm", r".*", "an empty number is nought, an empty text none (webcrm.md 3.1, 5)",
             "null|an empty text|spaces"),
    Reviewed("webcrm", r".*(DeliveryStatus|DeliveryErpStatus)", "choices as numbers are read again singly (webcrm.md 3.6)",
             "7 for str|one more"),
    Reviewed("xero", r".*(HasErrors|Reference)", "told by its state and errors; without its reference it is looked up"),
    Reviewed("xero", r".*LineAmountTypes", "optional in the document; what was written is compared by its totals"),
    Reviewed("xero", r".*(Quantity|UnitAmount|DiscountRate|TaxType|AccountCode|ItemCode|LineItemID|LineItems|"
             r"LineItems\.\*)",
             "a line of text has none of them; a bill is compared whole after each write"),
    Reviewed("xero", r".*(Actions.*|IsDemoCompany|Class|CanApplyToRevenue|tenantType|IsSold|Status|Code|Type)",
             "what is not offered, or not allowed, is left out: the user is told so"),
    Reviewed("xero", r".*(Date|DateString|DueDate|DueDateString|BaseCurrency|SalesDetails.*|pagination.*)",
             "the same stands beside it in the same answer"),
    Reviewed("xero", r".*(AmountDue|AmountPaid|AmountCredited|Payments.*|ContactStatus|IsCustomer|Contact.*)",
             "left out of short answers; followed by its status"),
)  # fmt: skip


def is_reviewed(vendor: str, found: Found) -> bool:
    """Whether that was looked at and is meant so by the vendor."""
    written = found.why.startswith("taken") and not found.answer.startswith("GET ")
    named = written or found.why.split(" ")[0] in {"unnoticed", "invented", "rows", "a"}
    return named and any(
        one.vendor == vendor
        and (one.place == WRITTEN) == written
        and re.fullmatch(rf"(?:.*\.)?(?:{one.place})", found.place)
        and re.fullmatch(one.twists, found.twist)
        for one in REVIEWED
    )
