"""What a user reads about payments, invoices, customers and review requests."""

from __future__ import annotations

from bridge_gui.bridges.highlevel_quickbooks.asking_messages import ASKING
from bridge_gui.bridges.highlevel_quickbooks.sale_kinds import KIND_TITLES
from bridge_gui.bridges.highlevel_quickbooks.steps import REVIEW
from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_SETTINGS = mark("Open settings")
_IN_CRM = mark("Correct it in HighLevel; Bridge looks again at every sync.")

_LEFT_OUT = (
    Message(code="payment.test", sentence=mark("Payment “{number}” was made in test mode.")),
    Message(
        code="payment.of_invoice",
        sentence=mark("Payment “{number}” pays an invoice; it goes on that invoice, not on a receipt."),
    ),
    Message(
        code="payment.kind_off",
        sentence=mark("Payment “{number}” is left out by your settings: {kind}."),
    ),
    Message(
        code="payment.booked_by_highlevel",
        sentence=mark("HighLevel's own link has sent payment “{number}” to QuickBooks already."),
        advice=mark("Switch one of the two off, so that nobody has to look where a sale came from."),
    ),
    Message(code="payment.pending", sentence=mark("Payment “{number}” has not come in yet.")),
    Message(code="payment.failed", sentence=mark("Payment “{number}” failed.")),
    Message(code="payment.zero", sentence=mark("Payment “{number}” is of nothing; it is not booked.")),
    Message(code="invoice.test", sentence=mark("Invoice {number} was made in test mode.")),
    Message(code="invoice.draft", sentence=mark("Invoice {number} is not sent yet.")),
    Message(
        code="invoice.deleted_before", sentence=mark("Invoice {number} was deleted before it was sent on.")
    ),
    Message(code="invoice.voided", sentence=mark("Invoice {number} was voided before it was sent on.")),
    Message(code="invoice.other", sentence=mark("Invoice {number} is in a state that Bridge does not know.")),
    Message(
        code="invoice.booked_by_highlevel",
        sentence=mark("HighLevel's own link has sent invoice {number} to QuickBooks already."),
        advice=mark("Switch one of the two off, so that nothing is booked twice."),
    ),
    Message(code="invoice.zero", sentence=mark("Invoice {number} comes to nothing; it is not booked.")),
    Message(
        code="customer.off", sentence=mark("New customers are not made contacts: it is off in the settings.")
    ),
    Message(
        code="customer.from_highlevel",
        sentence=mark("Customer {number} came from HighLevel."),
    ),
    Message(code="customer.part", sentence=mark("Customer {number} is a part of another customer.")),
    Message(code="customer.archived", sentence=mark("Customer {number} is inactive in QuickBooks.")),
    Message(
        code="customer.unreachable",
        sentence=mark("Customer {number} has neither an e-mail address nor a telephone number."),
    ),
    Message(code="review.off", sentence=mark("Review requests are switched off.")),
    Message(
        code="review.not_first",
        sentence=mark("The customer of {number} had a paid invoice before."),
    ),
    Message(code="review.no_email", sentence=mark("The customer of invoice {number} has no e-mail address.")),
    Message(
        code="review.no_link",
        sentence=mark("Nobody is asked for a review: the review link is missing in the settings."),
        advice=mark("Copy it from HighLevel into the settings."),
        button=_SETTINGS,
    ),
    Message(
        code="review.no_phone", sentence=mark("The customer of invoice {number} has no telephone number.")
    ),
    Message(
        code="review.unreachable",
        sentence=mark("The customer of invoice {number} has neither e-mail address nor telephone."),
    ),
)

_AMOUNTS = (
    Message(
        code="sale.negative",
        sentence=mark("“{number}” comes to {total} {currency}, which is less than nothing."),
        advice=mark("QuickBooks takes no such sale. Book it by hand, for example as a credit memo."),
        button=_AGAIN,
    ),
    Message(code="sale.no_lines", sentence=mark("“{number}” has no lines."), advice=_IN_CRM, button=_AGAIN),
    Message(
        code="sale.discount_unclear",
        sentence=mark("“{number}” has a discount of {discount}, but no line that it could be taken off."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="sale.tax_differs",
        sentence=mark("“{number}” has tax of {told} {currency}; its rates come to {reckoned}."),
        advice=mark("Correct it in HighLevel, or allow a larger difference in the settings."),
        button=_SETTINGS,
    ),
    Message(
        code="sale.total_differs",
        sentence=mark("“{number}” comes to {total} {currency}, its lines and tax to {lines}."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="sale.tax_unknown",
        sentence=mark("“{number}” has tax of {told} {currency}, but QuickBooks has sales tax switched off."),
        advice=mark("Switch sales tax on in QuickBooks, then sync again."),
        button=_AGAIN,
    ),
    Message(
        code="sale.tax_unclear",
        sentence=mark("“{number}” has tax of {told} {currency}, and HighLevel does not tell at which rate."),
        advice=mark("Choose a tax code for its rate in the settings, or book it by hand."),
        button=_SETTINGS,
    ),
    Message(
        code="sale.several_taxes",
        sentence=mark("“{number}” has {count} tax rates; QuickBooks takes one for a document in the US."),
        advice=mark("Choose in the settings that tax is folded into the prices."),
        button=_SETTINGS,
    ),
    Message(
        code="sale.tax_unmapped",
        sentence=mark("No tax code is chosen for {rate} % (“{product}”)."),
        advice=mark("Choose one in the settings; the sale is sent with the next sync."),
        button=_SETTINGS,
    ),
    Message(
        code="sale.item_inactive",
        sentence=mark("The item chosen for “{kind}” is no longer active in QuickBooks."),
        advice=mark("Make it active there and try again, or choose another item under Mappings."),
        button=mark("Open mappings"),
    ),
    Message(
        code="sale.nobody",
        sentence=mark("“{number}” has no contact and no e-mail address; nobody can be billed."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="payment.unit",
        sentence=mark("Payment “{number}” says {paid}, its order {order}: a hundredfold of each other."),
        advice=mark("Nothing was sent. Tell us: HighLevel seems to count this in another unit."),
        button=mark("Copy details"),
    ),
    Message(
        code="payment.hundredth",
        sentence=mark("Payment “{number}” of {paid} is just a hundredth of its order of {order}."),
        advice=mark("Look in HighLevel: a part payment, or an amount in another unit? Nothing was sent."),
        button=mark("Choose"),
    ),
    Message(
        code="payment.over_order",
        sentence=mark("Payment “{number}” of {paid} is more than its order of {order}."),
        advice=mark("Look in HighLevel what was paid for, and book it by hand if it is right."),
        button=_AGAIN,
    ),
    Message(
        code="payment.other_currency",
        sentence=mark("Payment “{number}” is in {paid}, its order in {order}."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="payment.order_gone",
        sentence=mark("The order of payment “{number}” is not to be found in HighLevel."),
        advice=mark("Without it nobody knows what was sold. Book it by hand, or try again later."),
        button=_AGAIN,
    ),
    Message(
        code="refund.shrank",
        sentence=mark("Of “{number}” {booked} was given back; now HighLevel says {now}."),
        advice=mark("Look in HighLevel; correct the refund receipt in QuickBooks by hand if it is right."),
        button=_AGAIN,
    ),
    Message(
        code="refund.over_payment",
        sentence=mark("More was given back of “{number}” ({refunded}) than was paid ({paid})."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="refund.no_account",
        sentence=mark("It is not chosen which account refunds of {provider} are paid from."),
        advice=mark("Choose an account for money in the settings."),
        button=_SETTINGS,
    ),
)

_BOOKS = (
    Message(
        code="books.closed",
        sentence=mark("QuickBooks is closed until {until}; “{number}” is dated {day}."),
        advice=mark("Open the period in QuickBooks under Account and settings, Advanced, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="books.currency",
        sentence=mark("“{number}” is in {currency}; QuickBooks only keeps {home}."),
        advice=mark("Switch on multicurrency in QuickBooks and add the currency, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="sale.books_differ",
        sentence=mark("QuickBooks made {seen} of “{number}”, it should be {meant}."),
        advice=mark("Open {document} in QuickBooks and compare; automatic sales tax is the usual reason."),
        button=_AGAIN,
    ),
    Message(
        code="sale.moved_on",
        sentence=mark("“{number}” was changed in QuickBooks meanwhile."),
        advice=mark("Bridge looks at it again before anything is written."),
    ),
    Message(
        code="item.no_account",
        sentence=mark("Item “{item}” cannot be made: no income account is chosen."),
        advice=mark("Choose an income account, or an item for each kind of sale, in the settings."),
        button=_SETTINGS,
    ),
    Message(
        code="customer.inactive",
        sentence=mark("Customer {customer} is inactive in QuickBooks."),
        advice=mark("Make the customer active in QuickBooks, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="customer.none_chosen",
        sentence=mark("No customer is chosen."),
        advice=mark("Choose at least one customer to bring in."),
    ),
    Message(
        code="customer.brought_before",
        sentence=mark("{count} of these customers were brought in before."),
        advice=mark("Open the list again; those are no longer on it."),
    ),
    Message(
        code="customer.not_in_file",
        sentence=mark("{count} of these customers are no longer in the file, or were brought in before."),
        advice=mark("Open the list again and choose from what it shows now."),
    ),
    Message(
        code="customers.no_columns",
        sentence=mark("No column of {file} is an e-mail address or telephone. Its columns: {columns}."),
        advice=mark("Say under Mappings which column is what."),
        button=mark("Open mappings"),
    ),
    Message(
        code="contact.several",
        sentence=mark("Several contacts in HighLevel have {email}."),
        advice=mark("Merge them in HighLevel, then try again."),
        button=_AGAIN,
    ),
    Message(code="pair.same_email", sentence=mark("The same e-mail address.")),
    Message(code="pair.twice_in_file", sentence=mark("Stands in the file more than once; made once.")),
    Message(code="pair.unreachable", sentence=mark("Neither e-mail address nor telephone: left out.")),
    Message(code="pair.same_phone", sentence=mark("The same telephone number.")),
)

_ASKED = mark("{party} was asked for a review after invoice {number}.")
_DONE = tuple(Message(code=f"entry.done.{how}.{REVIEW}", sentence=_ASKED) for how in ("renamed", "named"))
_KINDS = tuple(Message(code=f"kind.{kind.value}", sentence=title) for kind, title in KIND_TITLES.items())

MESSAGES = (*_LEFT_OUT, *_AMOUNTS, *_BOOKS, *_DONE, *_KINDS, *ASKING)
