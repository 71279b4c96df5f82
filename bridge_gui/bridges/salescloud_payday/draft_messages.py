"""What a user reads about sales on account, later changes and closed periods."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

DRAFT_MESSAGES = (
    Message(
        code="order.no_kennitala",
        sentence=mark(
            "Order {number} of {day} was sold on account ({amount} kr.), but {buyer} has no kennitala "
            "in SalesCloud."
        ),
        advice=mark(
            "Enter the kennitala with the customer in SalesCloud; the sale goes on the invoice by itself."
        ),
        button=mark("Try again"),
    ),
    Message(
        code="order.gift_card_on_account",
        sentence=mark("Order {number} of {day} sells a gift card on account ({amount} kr.)."),
        advice=mark(
            "On an invoice Payday would book a gift card as a sale. Write this one by hand in Payday."
        ),
    ),
    Message(
        code="order.split_on_account",
        sentence=mark(
            "Order {number} of {day} was paid in part; {amount} kr. were sold on account to {buyer}."
        ),
        advice=mark(
            "Shall each VAT rate be divided, or all of it go on the invoice? Under Settings you can "
            "answer for every order."
        ),
        button=mark("Decide"),
    ),
    Message(
        code="order.split_unclear",
        sentence=mark(
            "Order {number} of {day} was paid in part and cannot be divided by VAT rate ({amount} kr. on "
            "account)."
        ),
        advice=mark("All of it can go on the invoice where it has no gift card; else you book it by hand."),
        button=mark("Decide"),
    ),
    Message(
        code="order.changed_after",
        sentence=mark("Order {number} of {day} was changed in SalesCloud after it was booked."),
        advice=mark("Shall the entry be reversed and made anew, or left to you?"),
        button=mark("Decide"),
    ),
    Message(
        code="day.changed_after",
        sentence=mark("The takings of {day} have changed by {amount} kr. after they were booked."),
        advice=mark("Shall the difference be booked, or left to you?"),
        button=mark("Decide"),
    ),
    Message(
        code="draft.vanished",
        sentence=mark(
            "The draft {target}, or lines on it, was removed in Payday: sale {number} of {day} is on no "
            "invoice any more."
        ),
        advice=mark(
            "Shall what was removed be put on a draft again, or left to you? One answer is for all of it."
        ),
        button=mark("Decide"),
    ),
    Message(
        code="draft.left_to_person",
        sentence=mark("The invoice for sale {number} of {day} is left to you, as you said."),
    ),
    Message(
        code="draft.edited",
        sentence=mark(
            "Order {number} of {day} has changed, and so have its lines on the draft {target} in Payday."
        ),
        advice=mark("Shall the draft follow SalesCloud, or stay as it is in Payday?"),
        button=mark("Decide"),
    ),
    Message(
        code="draft.moved",
        sentence=mark("The draft for {number} of {day} is no longer there; another one is looked for."),
    ),
    Message(
        code="payday.issued_not_draft",
        sentence=mark(
            "Payday sent the invoice {target} for good, although it was written as a draft ({number} of "
            "{day})."
        ),
        advice=mark(
            "Nothing more is sent until you have seen to it: look at the invoice in Payday, credit it if it "
            "should not be there, and ask Bridge's support."
        ),
        button=mark("Copy details"),
    ),
    Message(
        code="period.closed",
        sentence=mark("{number} of {day} belongs to a period that is closed in Payday (until {until})."),
        advice=mark("Shall it be booked on the first open day, with its own day in the text, or wait?"),
        button=mark("Decide"),
    ),
    Message(
        code="period.closed_now",
        sentence=mark("Payday has closed the books until {until}; {number} of {day} was not booked."),
    ),
    Message(
        code="period.waiting",
        sentence=mark("{number} of {day} waits until the period (until {until}) is open in Payday again."),
    ),
    Message(
        code="refund.partial",
        sentence=mark("Refund {number} of {day} gives back {amount} kr. of {whole} kr.: a part only."),
    ),
    Message(
        code="refund.of_earlier",
        sentence=mark("Refund {number} of {day} ({amount} kr.) is for an order of an earlier time."),
    ),
    Message(code="choice.pro_rata", sentence=mark("Divide each VAT rate")),
    Message(code="choice.whole_on_draft", sentence=mark("All on the invoice")),
    Message(code="choice.reverse", sentence=mark("Correct it in Payday")),
    Message(code="choice.follow", sentence=mark("Follow SalesCloud")),
    Message(code="choice.first_open_day", sentence=mark("Book on the first open day")),
    Message(code="choice.wait", sentence=mark("Wait")),
    Message(code="choice.open_again", sentence=mark("It is open again")),
    Message(code="choice.pro_rata.open_again", sentence=mark("Divided; it is open again")),
    Message(code="choice.whole_on_draft.open_again", sentence=mark("All on the invoice; it is open again")),
    Message(code="choice.pro_rata.first_open_day", sentence=mark("Divided, on the first open day")),
    Message(code="choice.pro_rata.wait", sentence=mark("Divided, and wait")),
    Message(code="choice.whole_on_draft.first_open_day", sentence=mark("All on the invoice, first open day")),
    Message(code="choice.whole_on_draft.wait", sentence=mark("All on the invoice, and wait")),
)
