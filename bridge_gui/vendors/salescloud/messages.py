"""What a user reads when SalesCloud has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

MESSAGES = (
    Message(
        code="salescloud.signature",
        sentence=mark("SalesCloud refused the signature of this App."),
        advice=mark(
            "Copy the App uuid, public key and secret key again. If a new secret was generated, the old one "
            "ended at that moment."
        ),
        button=mark("Sign in again"),
    ),
    Message(
        code="salescloud.not_installed",
        sentence=mark("The App is not installed at the organisation {organization}."),
        advice=mark("Install the App from SalesCloud's Appstore at that organisation, or check its uuid."),
        button=mark("Try again"),
    ),
    Message(
        code="salescloud.refused",
        sentence=mark("SalesCloud refused a question. SalesCloud says: {text}"),
        advice=mark("Try again later; if it stays so, send this sentence to SalesCloud's support."),
        button=mark("Try again"),
    ),
    Message(
        code="salescloud.not_found",
        sentence=mark("There is no SalesCloud at this address (status {status})."),
        advice=mark("Check the address of the connection under Settings."),
        button=mark("Open settings"),
    ),
)
