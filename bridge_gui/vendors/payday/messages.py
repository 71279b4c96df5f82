"""What a user reads when Payday has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

MESSAGES = (
    Message(
        code="payday.sign_in",
        sentence=mark("Payday does not accept this ClientID and ClientSecret."),
        advice=mark(
            "Copy both again from Payday under “Stillingar > Fyrirtæki > Samþættingar”. A lost secret is "
            "made anew there with “Endurnýja”. Keys of Payday's test system work only with the test address."
        ),
        button=mark("Sign in again"),
    ),
    Message(
        code="payday.no_access",
        sentence=mark("Payday refuses this company access to integrations. Payday says: {text}"),
        advice=mark("Integrations need the plan “Allur pakkinn”. Check the plan in Payday, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="payday.setup_unfinished",
        sentence=mark("The company is not fully set up in Payday yet. Payday says: {text}"),
        advice=mark("Open Payday, finish the set-up of the company, and sync again."),
        button=mark("Try again"),
    ),
    Message(
        code="payday.no_vat_number",
        sentence=mark("Payday does not book VAT for this company. Payday says: {text}"),
        advice=mark(
            "Enter the company's VAT number in Payday under “Stillingar > Fyrirtæki”, then sync again."
        ),
        button=mark("Try again"),
    ),
    Message(
        code="payday.refused",
        sentence=mark("Payday did not take this document. Payday says: {text}"),
        advice=mark("Nothing was booked. Mend what Payday names, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="payday.refused_silently",
        sentence=mark("Payday did not take this document and gave no reason (status {status})."),
        advice=mark("Nothing was booked. Try again; if it stays so, write to hjalp@payday.is."),
        button=mark("Try again"),
    ),
    Message(
        code="payday.period_closed",
        sentence=mark("Payday has closed the books for this day. Payday says: {text}"),
        advice=mark(
            "Nothing was booked. Open the year in Payday, or book this document by hand in an open one."
        ),
        button=mark("Try again"),
    ),
    Message(
        code="payday.not_found",
        sentence=mark("Payday does not know this address or document (status {status})."),
        advice=mark("Check the address of the connection under Settings."),
        button=mark("Open settings"),
    ),
    Message(
        code="payday.read_refused",
        sentence=mark("Payday does not answer a question it used to answer ({path}). Payday says: {text}"),
        advice=mark("Check the address of the connection; if it is right, write to Bridge's support."),
        button=mark("Copy details"),
    ),
    Message(
        code="payday.entry_invalid",
        sentence=mark("Bridge made a journal entry that Payday cannot take ({text})."),
        advice=mark("Nothing was sent. This is a fault of Bridge: please send the details to its support."),
        button=mark("Copy details"),
    ),
    Message(
        code="payday.line_invalid",
        sentence=mark("A line cannot go on an invoice in Payday: “{text}” with {rate} % VAT."),
        advice=mark("Correct the product's name and VAT in SalesCloud, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="payday.lines_differ",
        sentence=mark("Payday shows other lines on the invoice {target} than were written."),
        advice=mark("Nothing more is sent to it. Look at the draft in Payday, then sync again."),
        button=mark("Copy details"),
    ),
    Message(
        code="payday.total_differs",
        sentence=mark(
            "Payday shows {seen} kr. for the invoice {target}, where {expected} kr. were expected."
        ),
        advice=mark("Look at the draft in Payday, then sync again."),
        button=mark("Copy details"),
    ),
    Message(
        code="payday.not_draft",
        sentence=mark("The invoice is no draft any more; somebody sent it in Payday."),
    ),
    Message(
        code="payday.draft_gone",
        sentence=mark("The draft {target} is no longer in Payday."),
    ),
    Message(
        code="payday.customer_gone",
        sentence=mark("The customer {target} is no longer in Payday."),
        advice=mark("The customer is made again with the next sync."),
    ),
    Message(
        code="payday.invoices_moving",
        sentence=mark("Payday's invoices kept changing while Bridge was reading them."),
        advice=mark("Try again in a minute, when nobody writes invoices."),
    ),
    Message(
        code="payday.ledger_moving",
        sentence=mark("Payday's ledger kept changing while Bridge was reading it."),
        advice=mark("Try again in a minute, when nobody books."),
    ),
    Message(
        code="payday.journal_moving",
        sentence=mark("Payday's journal kept changing while Bridge was reading it."),
        advice=mark("Nothing is lost; the next sync reads it again."),
    ),
)
