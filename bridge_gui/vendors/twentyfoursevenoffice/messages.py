"""What a user reads when 24SevenOffice has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

MESSAGES = (
    Message(
        code="twentyfoursevenoffice.sign_in",
        sentence=mark("The application's ID and secret are not accepted by 24SevenOffice."),
        advice=mark("Copy both again from your application's page in the Developer panel of 24SevenOffice."),
        button=mark("Sign in again"),
    ),
    Message(
        code="twentyfoursevenoffice.not_connected",
        sentence=mark("This organisation has not let the application in, or the Organization ID is wrong."),
        advice=mark(
            "Under Administration > Integrations in 24SevenOffice connect the application, accept its scopes "
            "and copy the Organization ID from Info."
        ),
        button=mark("Sign in again"),
    ),
    Message(
        code="twentyfoursevenoffice.missing_right",
        sentence=mark("The application lacks a right in 24SevenOffice: {right}"),
        advice=mark("Add it in the Developer panel, then accept it under Administration > Integrations."),
        button=mark("Try again"),
    ),
    Message(
        code="twentyfoursevenoffice.forbidden",
        sentence=mark("This is not allowed in 24SevenOffice. It says: {text}"),
        advice=mark("Check the application's scopes under Administration > Integrations, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="twentyfoursevenoffice.name_near",
        sentence=mark("The organisation is called “{found}”, which is not quite “{expected}”."),
        advice=mark("If it is the one you mean, copy the name exactly as it stands there."),
        button=mark("Open settings"),
    ),
    Message(
        code="twentyfoursevenoffice.other_company",
        sentence=mark("These keys lead to “{found}”, not to “{expected}”."),
        advice=mark("Use the Organization ID of the company you mean, or correct its name."),
        button=mark("Open settings"),
    ),
    Message(
        code="twentyfoursevenoffice.gone",
        sentence=mark("The order, customer or product is no longer in 24SevenOffice."),
        advice=mark("Look for it there; if it was deleted on purpose, nothing more has to be done."),
        button=mark("Try again"),
    ),
    Message(
        code="twentyfoursevenoffice.order_closed",
        sentence=mark("This order in 24SevenOffice can no longer be changed; it may be an invoice by now."),
        advice=mark(
            "Look at it in 24SevenOffice; what is wrong with an invoice is put right by a credit note."
        ),
    ),
    Message(
        code="twentyfoursevenoffice.order_changed",
        sentence=mark("Somebody changed this order in 24SevenOffice: {text}"),
        advice=mark("Look at it there. Bridge leaves alone what a person wrote."),
    ),
    Message(
        code="twentyfoursevenoffice.dimension",
        sentence=mark("An order needs a department or a project in 24SevenOffice. It says: {text}"),
        advice=mark("Make it optional in the settings of 24SevenOffice, or finish this order there."),
        button=mark("Try again"),
    ),
    Message(
        code="twentyfoursevenoffice.refused",
        sentence=mark("This was refused by 24SevenOffice. It says: {text}"),
        advice=mark("Mend what it names, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="twentyfoursevenoffice.read_refused",
        sentence=mark("A question that 24SevenOffice used to answer was refused ({path}). It says: {text}"),
        advice=mark("Look for an update of Bridge; if there is none, report this."),
        button=mark("Report"),
    ),
    Message(
        code="twentyfoursevenoffice.currency",
        sentence=mark("This is in {currency}, which is not the currency of the books in 24SevenOffice."),
        advice=mark("Make this order by hand in 24SevenOffice, with the rate of the day."),
    ),
    Message(
        code="twentyfoursevenoffice.no_lines",
        sentence=mark("There is nothing on this order."),
        advice=mark("An order needs at least one line. Add it in the sales system, or skip this one."),
    ),
    Message(
        code="twentyfoursevenoffice.soap_sign_in",
        sentence=mark("The second sign-in is not accepted by 24SevenOffice."),
        advice=mark("Check its user name, password and ApplicationId; or switch the second sign-in off."),
        button=mark("Sign in again"),
    ),
    Message(
        code="twentyfoursevenoffice.soap_ended",
        sentence=mark("The second sign-in was ended by 24SevenOffice and not let in again."),
        advice=mark("See that this user can still sign in to 24SevenOffice, then sign in again."),
        button=mark("Sign in again"),
    ),
    Message(
        code="twentyfoursevenoffice.soap_company",
        sentence=mark("The user of the second sign-in may not enter “{company}”."),
        advice=mark("Invite this user to the company in 24SevenOffice, or correct the account name."),
        button=mark("Open settings"),
    ),
    Message(
        code="twentyfoursevenoffice.soap_several",
        sentence=mark("The user of the second sign-in may enter several companies called “{company}”."),
        advice=mark("Use a user that may enter only the one you mean."),
        button=mark("Open settings"),
    ),
    Message(
        code="twentyfoursevenoffice.soap_forbidden",
        sentence=mark("The user of the second sign-in lacks a right in 24SevenOffice. It says: {text}"),
        advice=mark("Give this user the right to see invoices and the ledger, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="twentyfoursevenoffice.soap_unreadable",
        sentence=mark("The classic services of 24SevenOffice gave an answer that cannot be read."),
        advice=mark("Try again later; if it stays so, look for an update of Bridge or report this."),
        button=mark("Report"),
    ),
)
