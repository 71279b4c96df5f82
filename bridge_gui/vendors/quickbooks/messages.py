"""What a user reads when QuickBooks has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_SIGN_IN = mark("Sign in again")
_NOT_SENT = mark("Nothing was sent. Correct the sale or the mapping, then try again.")
_LOOK = mark("Bridge looks at QuickBooks before it does anything more.")

MESSAGES = (
    Message(
        code="quickbooks.no_company",
        sentence=mark("It is not known yet which company in QuickBooks is meant."),
        advice=mark("Sign in to QuickBooks again and choose the company on Intuit's page."),
        button=_SIGN_IN,
    ),
    Message(
        code="quickbooks.other_company",
        sentence=mark("The sign-in leads to another company in QuickBooks than this bridge was made for."),
        advice=mark("Sign in again and choose the right company, or make a new bridge for the other one."),
        button=_SIGN_IN,
    ),
    Message(
        code="quickbooks.disconnected",
        sentence=mark("Bridge is no longer connected to this company in QuickBooks."),
        advice=mark("Somebody may have disconnected it in QuickBooks under Apps. Sign in again."),
        button=_SIGN_IN,
    ),
    Message(
        code="quickbooks.not_allowed",
        sentence=mark("QuickBooks does not let this sign-in into the company. It says: {text}"),
        advice=mark("Sign in as an administrator of the company, with production keys for a real company."),
        button=_SIGN_IN,
    ),
    Message(
        code="quickbooks.subscription",
        sentence=mark("The company's subscription to QuickBooks has ended. QuickBooks says: {text}"),
        advice=mark("Renew the subscription in QuickBooks, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.too_many",
        sentence=mark("QuickBooks asked for fewer calls for a moment."),
        advice=mark("Bridge goes on by itself in a minute."),
    ),
    Message(
        code="quickbooks.reads_spent",
        sentence=mark("This month's free look-ups of your Intuit app are used up."),
        advice=mark(
            "Bridge tries again later. A larger plan of the app at Intuit has more; syncing less often helps."
        ),
    ),
    Message(
        code="quickbooks.moving",
        sentence=mark("A list in QuickBooks kept changing while Bridge read it."),
        advice=mark("Bridge reads it again later."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.broke_down",
        sentence=mark("QuickBooks broke down while it was writing. It says: {text}"),
        advice=_LOOK,
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.broke_down_reading",
        sentence=mark("QuickBooks broke down while Bridge was reading. It says: {text}"),
        advice=mark("Nothing was changed. Try again in a while."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.question_refused",
        sentence=mark("QuickBooks no longer takes a question that Bridge asks. It says: {text}"),
        advice=mark("Nothing was changed. Look for a newer version of Bridge."),
    ),
    Message(
        code="quickbooks.not_found",
        sentence=mark("This document or customer is no longer in QuickBooks."),
        advice=mark("Sync again to see what is there now."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.changed",
        sentence=mark("Somebody changed this document in QuickBooks at the same moment."),
        advice=mark("Bridge reads it again and starts from what is there now."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.not_voided",
        sentence=mark("QuickBooks took the voiding, but the document does not show as voided."),
        advice=mark("Open it in QuickBooks and look. Bridge looks again, too."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.not_unlinked",
        sentence=mark("QuickBooks took the change, but the payment still shows on the invoice."),
        advice=mark("Open the payment in QuickBooks and look. Bridge looks again, too."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.refused",
        sentence=mark("QuickBooks did not take this. It says: {text}"),
        advice=mark("Correct it where it says so, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.name_taken",
        sentence=mark("A customer, supplier, employee or item with this name is in QuickBooks already."),
        advice=mark(
            "Names are used once only, inactive ones count too. Use the existing one, or another name."
        ),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.number_taken",
        sentence=mark("The number {number} is used in QuickBooks already ({kind}, id {target})."),
        advice=mark(
            "Open that document. If it is this sale, tie it; else give one of the two another number."
        ),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.closed",
        sentence=mark("The books in QuickBooks are closed for this date."),
        advice=mark(
            "Reopen them in QuickBooks under Account and settings, Advanced, or choose a later date."
        ),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.closed_password",
        sentence=mark("The books in QuickBooks are closed for this date, and a password is asked for."),
        advice=mark(
            "Bridge cannot give it. Move the closing date in QuickBooks for a while, or choose a later date."
        ),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.inactive",
        sentence=mark("Something this sale uses is not active in QuickBooks. It says: {text}"),
        advice=mark(
            "Make the customer, item or account active there, or choose another one, then try again."
        ),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.currency",
        sentence=mark("QuickBooks does not take this currency for this customer. It says: {text}"),
        advice=mark("A customer keeps one currency for life. Choose another customer, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.currency_off",
        sentence=mark("This is in {currency}, and the company in QuickBooks keeps its books in {base} only."),
        advice=mark(
            "Turn on several currencies in QuickBooks, then try again. It cannot be turned off later."
        ),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.deposited",
        sentence=mark("The money of this document is part of a bank deposit in QuickBooks."),
        advice=mark("Take it out of the deposit in QuickBooks first, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.has_payments",
        sentence=mark("A payment is still tied to this invoice in QuickBooks."),
        advice=mark("Take the payment off the invoice first, then void it."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.cannot_void",
        sentence=mark("QuickBooks cannot void a refund receipt."),
        advice=mark("Open it in QuickBooks and decide there."),
    ),
    Message(
        code="quickbooks.tax_missing",
        sentence=mark("A line lacks a tax rate that QuickBooks asks for. It says: {text}"),
        advice=mark("Choose a tax code for every rate in the bridge's settings, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.no_such_tax",
        sentence=mark("The tax code {code} has no rate for sales in QuickBooks."),
        advice=mark("Choose another tax code in the bridge's settings, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.amount",
        sentence=mark("QuickBooks does not take an amount of this sale. It says: {text}"),
        advice=mark("Nothing was booked. Look at quantities, prices and the total."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.negative",
        sentence=mark(
            "The total is below nothing, or a payment is of nothing: QuickBooks has no such document."
        ),
        advice=_NOT_SENT,
    ),
    Message(
        code="quickbooks.no_deposit",
        sentence=mark("It is not chosen which account the money of this refund comes from."),
        advice=mark("Choose an account for this way to pay in the bridge's settings, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.no_item",
        sentence=mark("A line is not tied to an item in QuickBooks."),
        advice=mark("Choose an item in the bridge's settings, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.no_name",
        sentence=mark("The customer has no name, and QuickBooks wants one."),
        advice=mark("Give the contact a name, a company or an e-mail address, then sync again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.too_long",
        sentence=mark("QuickBooks takes no more than {limit} letters, and this is longer: {text}"),
        advice=mark("Nothing was sent. Make it shorter where it comes from, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="quickbooks.sale_invalid",
        sentence=mark("This sale cannot be written to QuickBooks as it is."),
        advice=_NOT_SENT,
    ),
)
