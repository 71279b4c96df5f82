"""What a user reads when webcrm has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_SETTINGS = mark("Open settings")

MESSAGES = (
    Message(
        code="webcrm.token",
        sentence=mark("Bridge is not let in by webcrm with this key. It says: {text}"),
        advice=mark(
            "Copy it again from webcrm, Configuration, Integration. An administrator can make a new one."
        ),
        button=_SETTINGS,
    ),
    Message(
        code="webcrm.not_let_in",
        sentence=mark("Bridge was not let in by webcrm. It says: {text}"),
        advice=mark("Bridge signs in anew at the next sync."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.right",
        sentence=mark("Bridge lacks a right in webcrm ({area}). It says: {text}"),
        advice=mark(
            "An administrator gives it in webcrm, under Configuration and Integration. Then try again."
        ),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.busy",
        sentence=mark("Signing in to webcrm is not possible at the moment."),
        advice=mark("Bridge tries again by itself."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.too_many",
        sentence=mark("Fewer calls for a moment is what webcrm asked for."),
        advice=mark("Bridge goes on by itself within a minute."),
    ),
    Message(
        code="webcrm.question_refused",
        sentence=mark("A question that Bridge asks is no longer taken by webcrm ({area}). It says: {text}"),
        advice=mark("Nothing was changed. Look for a newer version of Bridge."),
    ),
    Message(
        code="webcrm.not_found",
        sentence=mark("This is no longer in webcrm."),
        advice=mark("Sync again to see what is there now."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.refused",
        sentence=mark("This was not taken by webcrm. It says: {text}"),
        advice=mark("Correct it where it says so, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.too_long",
        sentence=mark("This is too long for the field {field} in webcrm, which takes {most} letters: {text}"),
        advice=mark("Nothing was sent. Shorten it in the books, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.changed",
        sentence=mark("{field} was changed in webcrm in the meantime."),
        advice=mark("Nothing was overwritten. Bridge looks at it again at the next sync."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.no_such_field",
        sentence=mark("There is no field {field} in webcrm that Bridge may write."),
        advice=mark("Choose another field in the settings."),
        button=_SETTINGS,
    ),
    Message(
        code="webcrm.not_a_value",
        sentence=mark("This value does not fit its field in webcrm: {text}"),
        advice=mark("Nothing was sent. Correct it in the books, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.no_price_list",
        sentence=mark("The price list is switched off in webcrm, or may not be read. It says: {text}"),
        advice=mark("Switch it on in webcrm's set-up of quotation lines, or take items out of this bridge."),
        button=_AGAIN,
    ),
)
