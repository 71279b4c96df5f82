"""What a user reads when HighLevel has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_SETTINGS = mark("Open settings")

MESSAGES = (
    Message(
        code="highlevel.token",
        sentence=mark("HighLevel does not accept the private integration's key."),
        advice=mark(
            "Copy it again from Settings, Private Integrations. If it was renewed there, enter the new one."
        ),
        button=_SETTINGS,
    ),
    Message(
        code="highlevel.wrong_location",
        sentence=mark("The private integration belongs to another location than the one entered."),
        advice=mark(
            "Copy the location's id from Settings, Business Profile, in the account where the key was made."
        ),
        button=_SETTINGS,
    ),
    Message(
        code="highlevel.scope",
        sentence=mark("The private integration lacks a right that Bridge needs. HighLevel says: {text}"),
        advice=mark(
            "Open it in Settings, Private Integrations, tick what the set-up page lists, then try again."
        ),
        button=_AGAIN,
    ),
    Message(
        code="highlevel.version",
        sentence=mark("HighLevel no longer takes the version that Bridge speaks."),
        advice=mark("Nothing was changed. Look for a newer version of Bridge."),
    ),
    Message(
        code="highlevel.too_many",
        sentence=mark("HighLevel asked for fewer calls for a moment."),
        advice=mark("Bridge goes on by itself in a few seconds."),
    ),
    Message(
        code="highlevel.day_limit",
        sentence=mark("HighLevel's calls for today are used up."),
        advice=mark("Bridge goes on when the next day's calls begin. Syncing less often helps."),
    ),
    Message(
        code="highlevel.blocked",
        sentence=mark("HighLevel's gate turned a call away."),
        advice=mark("Bridge tries again by itself."),
        button=_AGAIN,
    ),
    Message(
        code="highlevel.moving",
        sentence=mark("A list in HighLevel kept changing while Bridge read it."),
        advice=mark("Bridge reads it again later."),
        button=_AGAIN,
    ),
    Message(
        code="highlevel.question_refused",
        sentence=mark("HighLevel no longer takes a question that Bridge asks. It says: {text}"),
        advice=mark("Nothing was changed. Look for a newer version of Bridge."),
    ),
    Message(
        code="highlevel.not_found",
        sentence=mark("This is no longer in HighLevel."),
        advice=mark("Sync again to see what is there now."),
        button=_AGAIN,
    ),
    Message(
        code="highlevel.refused",
        sentence=mark("HighLevel did not take this. It says: {text}"),
        advice=mark("Correct it where it says so, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="highlevel.no_messages",
        sentence=mark("This contact wants no messages."),
        advice=mark("Nothing was sent. HighLevel keeps that setting at the contact."),
    ),
    Message(
        code="highlevel.no_address",
        sentence=mark("This contact has no address or number to send to."),
        advice=mark("Nothing was sent. Add one at the contact in HighLevel, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="highlevel.no_address_given",
        sentence=mark("This customer has neither an e-mail address nor a telephone number."),
        advice=mark(
            "HighLevel needs one of them to tell people apart. Add one in the books, then try again."
        ),
        button=_AGAIN,
    ),
    Message(
        code="highlevel.contact_field",
        sentence=mark("Bridge does not write this to a contact: {text}."),
        advice=mark("Nothing was sent."),
    ),
)
