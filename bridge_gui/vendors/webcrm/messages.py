"""What a user reads when webcrm has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_SETTINGS = mark("Open settings")

MESSAGES = (
    Message(
        code="webcrm.token",
        sentence=mark("webcrm does not accept the application token. It says: {text}"),
        advice=mark(
            "Copy it again from Configuration, Integration, API, REST. An administrator can make a new one."
        ),
        button=_SETTINGS,
    ),
    Message(
        code="webcrm.not_let_in",
        sentence=mark("webcrm did not let Bridge in. It says: {text}"),
        advice=mark("Bridge signs in anew at the next sync."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.right",
        sentence=mark("The application token may not do this in webcrm ({area}). It says: {text}"),
        advice=mark("Give the token this right in Configuration, Integration, API, REST, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.busy",
        sentence=mark("webcrm cannot sign Bridge in at the moment."),
        advice=mark("Bridge tries again by itself."),
        button=_AGAIN,
    ),
    Message(
        code="webcrm.too_many",
        sentence=mark("webcrm asked for fewer calls for a moment."),
        advice=mark("Bridge goes on by itself within a minute."),
    ),
    Message(
        code="webcrm.question_refused",
        sentence=mark("webcrm no longer takes a question that Bridge asks ({area}). It says: {text}"),
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
        sentence=mark("webcrm did not take this. It says: {text}"),
        advice=mark("Correct it where it says so, then try again."),
        button=_AGAIN,
    ),
)
