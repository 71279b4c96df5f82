"""What a user reads when Xero has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_SIGN_IN = mark("Sign in again")
_DETAILS = mark("Copy details")
_NOT_SENT = mark("Nothing was sent. Correct the deal or the lines, then try again.")

MESSAGES = (
    Message(
        code="xero.no_organisation",
        sentence=mark("It is not chosen yet which organisation in Xero is meant."),
        advice=mark("Sign in to Xero again and choose the organisation."),
        button=_SIGN_IN,
    ),
    Message(
        code="xero.disconnected",
        sentence=mark("Bridge is no longer connected to this organisation in Xero."),
        advice=mark("Somebody disconnected it in Xero under Connected apps. Sign in again."),
        button=_SIGN_IN,
    ),
    Message(
        code="xero.forbidden",
        sentence=mark("Xero does not let this sign-in do that. Xero says: {text}"),
        advice=mark("Ask an adviser of the organisation for the role Standard or Adviser, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="xero.missing_right",
        sentence=mark("The sign-in at Xero lacks a right that Bridge needs."),
        advice=mark("Sign in again and allow everything on Xero's page; nothing is sent until then."),
        button=_SIGN_IN,
    ),
    Message(
        code="xero.minute_limit",
        sentence=mark("Xero takes no more than sixty calls a minute."),
        advice=mark("Bridge goes on by itself in a minute."),
    ),
    Message(
        code="xero.day_limit",
        sentence=mark("Xero's calls for today are used up."),
        advice=mark("Bridge goes on when Xero opens the next day. A larger plan of the app has more calls."),
    ),
    Message(
        code="xero.day_spared",
        sentence=mark("Few of today's calls at Xero are left; they are kept for what you do yourself."),
        advice=mark("Bridge looks for changes again in an hour. Syncing less often helps."),
    ),
    Message(
        code="xero.not_found",
        sentence=mark("This document or contact is no longer in Xero."),
        advice=mark("Sync again to see what is there now."),
        button=_AGAIN,
    ),
    Message(
        code="xero.refused",
        sentence=mark("Xero did not take this. Xero says: {text}"),
        advice=mark("Nothing was changed. Mend what Xero names, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="xero.locked",
        sentence=mark("The books are locked for this day. Xero says: {text}"),
        advice=mark("Choose a later date, or have an adviser move the lock date in Xero."),
        button=_AGAIN,
    ),
    Message(
        code="xero.wrong_state",
        sentence=mark("The invoice cannot be changed that way in the state it is in. Xero says: {text}"),
        advice=mark("Only drafts can be deleted, and only approved invoices without payments voided."),
        button=_AGAIN,
    ),
    Message(
        code="xero.has_payments",
        sentence=mark("The invoice has payments or credit notes. Xero says: {text}"),
        advice=mark("Remove the payments first; a credit note is taken off in Xero itself."),
        button=_AGAIN,
    ),
    Message(
        code="xero.reconciled",
        sentence=mark("The payment is matched with the bank statement. Xero says: {text}"),
        advice=mark("Undo the match in Xero first; until then the payment stays and so does the invoice."),
        button=_AGAIN,
    ),
    Message(
        code="xero.name_taken",
        sentence=mark("There is a contact of this name already. Xero says: {text}"),
        advice=mark("Choose that contact, or give the new one another name."),
        button=_AGAIN,
    ),
    Message(
        code="xero.contact_archived",
        sentence=mark("The contact is archived. Xero says: {text}"),
        advice=mark("Restore the contact in Xero, or choose another one, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="xero.approve_limit",
        sentence=mark("This plan of Xero approves no more invoices this month. Xero says: {text}"),
        advice=mark("Save it as a draft, or change the plan in Xero."),
        button=_AGAIN,
    ),
    Message(
        code="xero.account_or_tax",
        sentence=mark("The account and the tax rate of a line do not fit. Xero says: {text}"),
        advice=mark("Choose another account or tax rate for the line, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="xero.currency",
        sentence=mark("The organisation does not use this currency. Xero says: {text}"),
        advice=mark("Add the currency in Xero, or invoice in another one."),
        button=_AGAIN,
    ),
    Message(
        code="xero.question_refused",
        sentence=mark("Xero does not answer a question it used to answer. Xero says: {text}"),
        advice=mark("Look whether there is a newer Bridge; if not, send the details to its support."),
        button=_DETAILS,
    ),
    Message(
        code="xero.not_pdf",
        sentence=mark("Xero sent something that is not a PDF."),
        advice=mark("Try again; if it stays so, open the invoice in Xero."),
        button=_AGAIN,
    ),
    Message(
        code="xero.invoice_invalid",
        sentence=mark("Bridge made an invoice that Xero cannot take ({text})."),
        advice=mark("Nothing was sent. Give the invoice at least one line, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="xero.reference_long",
        sentence=mark("The reference is longer than the {limit} characters that Xero keeps."),
        advice=mark("Nothing was sent. Shorten the reference, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="xero.line_text",
        sentence=mark("A line has no description, or one longer than {limit} characters."),
        advice=_NOT_SENT,
        button=_AGAIN,
    ),
    Message(
        code="xero.line_figures",
        sentence=mark("Xero would round or refuse the figures of the line “{text}”."),
        advice=mark("Nothing was sent. Prices have at most 4 decimals, discounts 2, up to 100 per cent."),
        button=_AGAIN,
    ),
    Message(
        code="xero.contact_name",
        sentence=mark("The contact has no name that Xero can take."),
        advice=mark("Nothing was sent. Give the organisation or person a name, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="xero.contact_long",
        sentence=mark("A field of the contact is longer than Xero keeps: {text}, {limit} characters."),
        advice=mark("Nothing was sent. Shorten it, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="xero.contact_field",
        sentence=mark("Bridge cannot write this field of a contact in Xero ({text})."),
        advice=mark("Nothing was sent. This is a fault of Bridge: please send the details to its support."),
        button=_DETAILS,
    ),
)
