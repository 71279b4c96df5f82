"""What a user reads about a report's days."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_SETTINGS = mark("Open settings")

_CLOSED_TOO = (
    Message(code="choice.post_difference.first_open_day", sentence=mark("The difference, first open day")),
    Message(code="choice.post_difference.wait", sentence=mark("The difference, and wait")),
    Message(code="choice.post_difference.open_again", sentence=mark("The difference; it is open again")),
    Message(code="choice.as_it_stands.first_open_day", sentence=mark("As it stands, first open day")),
    Message(code="choice.as_it_stands.wait", sentence=mark("As it stands, and wait")),
    Message(code="choice.as_it_stands.open_again", sentence=mark("As it stands; it is open again")),
    Message(code="choice.post_again.first_open_day", sentence=mark("Make it again, first open day")),
    Message(code="choice.post_again.wait", sentence=mark("Make it again, and wait")),
    Message(code="choice.post_again.open_again", sentence=mark("Make it again; it is open again")),
)

REPORT_MESSAGES = (
    Message(
        code="report.unbalanced",
        sentence=mark("The report's day {day} is off balance by {difference} kr."),
        advice=mark(
            "SalesCloud shows an orange triangle with the orders to correct. Correct them and export the "
            "report once more."
        ),
    ),
    Message(
        code="report.unreadable",
        sentence=mark("A row of the report's day {day} cannot be read: {row}."),
        advice=mark("Export the report once more, or name its columns under Settings."),
        button=_SETTINGS,
    ),
    Message(
        code="report.fractions",
        sentence=mark("The report's day {day} has {amount} kr. at “{label}”, which are not whole krónur."),
        advice=mark("See whether the decimal sign is right: name the columns under Settings."),
        button=_SETTINGS,
    ),
    Message(
        code="report.unmapped",
        sentence=mark("The report's day {day} has “{label}”, which has no ledger account yet."),
        advice=mark("Choose a ledger account for it; every day that waits for it is booked by itself."),
        button=mark("Open mappings"),
    ),
    Message(
        code="report.account_gone",
        sentence=mark("The report's day {day} has “{label}”, whose ledger account is no longer in Payday."),
        advice=mark("Choose another ledger account for it."),
        button=mark("Open mappings"),
    ),
    Message(
        code="report.vat_missing",
        sentence=mark("The report's day {day} has sales on {account} and no row for output VAT."),
        advice=mark(
            "If the sales include the VAT, say so under Settings (VAT in the report). If there was no VAT "
            "that day, book it as it stands."
        ),
        button=_SETTINGS,
    ),
    Message(
        code="report.vat_twice",
        sentence=mark(
            "The report's day {day} has rows for output VAT, and is to be booked with VAT taken off."
        ),
        advice=mark("Payday would book the VAT twice. Change “VAT in the report” under Settings."),
        button=_SETTINGS,
    ),
    Message(
        code="report.changed",
        sentence=mark("The report's day {day} is not as it was booked: {amount} kr. have changed."),
        advice=mark("Post the difference as a further entry, or leave it to you."),
        button=mark("Decide"),
    ),
    Message(
        code="report.day_not_over",
        sentence=mark("The day {day} is not over yet; it is booked from a report of tomorrow or later."),
    ),
    Message(code="choice.post_difference", sentence=mark("Post the difference")),
    Message(code="choice.as_it_stands", sentence=mark("Book it as it stands")),
    *_CLOSED_TOO,
)
