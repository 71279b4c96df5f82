"""Sentences about setting a bridge up: answers, names, pairs."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

SETUP: tuple[Message, ...] = (
    Message(
        code="answers.missing",
        sentence=mark("These answers are missing: {keys}."),
        advice=mark("Fill them in and connect again; nothing was kept."),
    ),
    Message(
        code="answers.say_anew",
        sentence=mark("{label} ({key}) is word for word what was said of an earlier sign-in."),
        advice=mark("Each new sign-in is confirmed anew: write it again, with today's date."),
    ),
    Message(code="answers.empty", sentence=mark("{label} ({key}) is empty.")),
    Message(code="answers.pattern", sentence=mark("{label} ({key}) is not right. {wrong}")),
    Message(code="answers.choice", sentence=mark("{label} ({key}) must be one of: {choices}.")),
    Message(code="answers.type", sentence=mark("{key} must be {expected}.")),
    Message(
        code="answers.unknown_key",
        sentence=mark("There is no question {key}."),
        advice=mark("The questions are: {keys}."),
    ),
    Message(
        code="mapping.no_such",
        sentence=mark("“{name}” in {mapping} is nothing the vendor lists."),
        advice=mark("It lists: {offered}."),
    ),
    Message(
        code="mapping.several",
        sentence=mark("Several things at the vendor are called “{name}” ({mapping})."),
        advice=mark("Name the one you mean by its number: {offered}."),
    ),
    Message(
        code="bridge.bad_name",
        sentence=mark("“{name}” cannot be a bridge's name."),
        advice=mark("Up to 60 letters, digits, spaces and . & + ( ) - _, beginning with a letter or digit."),
    ),
    Message(
        code="bridge.name_taken",
        sentence=mark("There is a bridge called {name} already."),
        advice=mark("Choose another name for the new one."),
    ),
    Message(
        code="bridge.no_such_kind",
        sentence=mark("There is no bridge of the kind {kind}."),
        advice=mark("There are: {kinds}."),
    ),
    Message(
        code="bridge.other_kind",
        sentence=mark("The name {name} belongs to a bridge of another kind ({kind})."),
        advice=mark("Choose another name for the new one."),
    ),
    Message(
        code="bridge.other_company",
        sentence=mark("At {vendor} this signs in to {found}, but {name} belongs to {company}."),
        advice=mark("Nothing was changed. Sign in to {company}, or add another bridge for {found}."),
    ),
    Message(
        code="bridge.twin",
        sentence=mark("{names} joins the same two companies already."),
        advice=mark("Everything would be booked twice. Go on only if the two never book the same records."),
    ),
    Message(
        code="bridge.unknown",
        sentence=mark("There is no bridge called {name}."),
        advice=mark("There are: {names}."),
    ),
)
