"""What a user reads when Pipedrive has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

MESSAGES = (
    Message(
        code="pipedrive.sign_in",
        sentence=mark("Pipedrive does not accept the sign-in."),
        advice=mark(
            "Copy your personal key again from Personal preferences. A new one there ends the old at once."
        ),
        button=mark("Sign in again"),
    ),
    Message(
        code="pipedrive.closed",
        sentence=mark("This Pipedrive account is closed: its trial is over or it is not paid."),
        advice=mark("Ask the account's owner to open it again under Billing, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="pipedrive.forbidden",
        sentence=mark("This Pipedrive user may not read what Bridge needs. Pipedrive says: {text}"),
        advice=mark(
            "Ask an administrator to let this user connect other programs and see deals and contacts."
        ),
        button=mark("Try again"),
    ),
    Message(
        code="pipedrive.not_allowed",
        sentence=mark("This Pipedrive user may not do that. Pipedrive says: {text}"),
        advice=mark("Ask an administrator for the right, or connect as a user who may edit this deal."),
        button=mark("Try again"),
    ),
    Message(
        code="pipedrive.limit",
        sentence=mark("A limit of this Pipedrive plan is reached. Pipedrive says: {text}"),
        advice=mark("Make room in Pipedrive or change the plan, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="pipedrive.gone",
        sentence=mark("The deal, note or file is no longer in Pipedrive."),
        advice=mark("Look for it in Pipedrive; what was deleted can be restored there for 30 days."),
    ),
    Message(
        code="pipedrive.refused",
        sentence=mark("Pipedrive refused this. Pipedrive says: {text}"),
        advice=mark("Mend what Pipedrive names, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="pipedrive.read_refused",
        sentence=mark("Pipedrive refused a question it used to answer ({path}). Pipedrive says: {text}"),
        advice=mark("Look for an update of Bridge; if there is none, report this."),
        button=mark("Report"),
    ),
    Message(
        code="pipedrive.daily_budget",
        sentence=mark("The calls that Pipedrive allows this company today are used up."),
        advice=mark(
            "Bridge goes on by itself after midnight. All programs that use this account share the calls."
        ),
    ),
    Message(
        code="pipedrive.blocked",
        sentence=mark("Pipedrive is not taking any calls from here for a while."),
        advice=mark(
            "Bridge tries again in 15 minutes; other programs that use the same sign-in should rest too."
        ),
    ),
    Message(
        code="pipedrive.domain",
        sentence=mark("“{domain}” is not a company's address in Pipedrive."),
        advice=mark("Copy what stands before .pipedrive.com in your browser when you are signed in."),
        button=mark("Open settings"),
    ),
    Message(
        code="pipedrive.other_company",
        sentence=mark("This sign-in belongs to {found}, not to {expected}."),
        advice=mark(
            "Copy your personal key from the company whose address you typed, or correct the address."
        ),
        button=mark("Sign in again"),
    ),
)
