"""What a user reads when Sharefox has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

MESSAGES = (
    Message(
        code="sharefox.sign_in",
        sentence=mark("Sharefox does not accept this sign-in."),
        advice=mark(
            "Check the shop's address and the administrator's e-mail and password, or paste a new key."
        ),
        button=mark("Sign in again"),
    ),
    Message(
        code="sharefox.domain",
        sentence=mark("“{domain}” is not the address of a shop."),
        advice=mark("Copy the whole address of your shop, such as example.mysharefox.com."),
        button=mark("Open settings"),
    ),
    Message(
        code="sharefox.wrong_shop",
        sentence=mark("Sharefox does not know this shop. It says: {text}"),
        advice=mark("Copy the whole address of your shop, such as example.mysharefox.com."),
        button=mark("Open settings"),
    ),
    Message(
        code="sharefox.not_enabled",
        sentence=mark("Sharefox has not switched on its interface for this shop."),
        advice=mark("Ask Sharefox Support to activate it for your shop, or use the accounting file instead."),
        button=mark("Try again"),
    ),
    Message(
        code="sharefox.forbidden",
        sentence=mark("This user may not read invoices in Sharefox. It says: {text}"),
        advice=mark("Sign in as an administrator of the shop."),
        button=mark("Sign in again"),
    ),
    Message(
        code="sharefox.not_allowed",
        sentence=mark("Sharefox does not allow this. It says: {text}"),
        advice=mark("Sign in as an administrator of the shop."),
        button=mark("Try again"),
    ),
    Message(
        code="sharefox.gone",
        sentence=mark("The invoice or order is no longer in Sharefox."),
        advice=mark("Look for it in Sharefox; if it was deleted on purpose, nothing more has to be done."),
    ),
    Message(
        code="sharefox.refused",
        sentence=mark("Sharefox refused this. It says: {text}"),
        advice=mark("Mend what Sharefox names, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="sharefox.not_told",
        sentence=mark("Sharefox does not let Bridge write that an invoice is paid. It says: {text}"),
        advice=mark("You can see in Bridge what is paid; nothing else depends on it."),
    ),
    Message(
        code="sharefox.read_refused",
        sentence=mark("Sharefox refused a question it used to answer ({path}). It says: {text}"),
        advice=mark("Look for an update of Bridge; if there is none, report this."),
        button=mark("Report"),
    ),
)
