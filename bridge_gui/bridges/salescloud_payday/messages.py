"""What a user reads about orders on their way from SalesCloud to Payday."""

from __future__ import annotations

from bridge_gui.bridges.salescloud_payday.draft_messages import DRAFT_MESSAGES
from bridge_gui.wording.message import Message, mark

MESSAGES = (
    Message(
        code="order.cancelled",
        sentence=mark("Order {number} of {day} was cancelled; there is nothing to book."),
    ),
    Message(
        code="order.no_effect",
        sentence=mark("Order {number} of {day} comes to zero on every account; there is nothing to book."),
    ),
    Message(
        code="day.no_effect",
        sentence=mark("The takings of {day} come to zero on every account; there is nothing to book."),
    ),
    Message(
        code="order.unbalanced",
        sentence=mark(
            "Order {number} of {day} does not add up: its lines come to {lines} kr., its total is "
            "{total} kr., its payments come to {paid} kr."
        ),
        advice=mark(
            "Correct the order in SalesCloud, or name an account and a limit for rounding differences. "
            "It is booked by itself once it adds up."
        ),
        button=mark("Open settings"),
    ),
    Message(
        code="order.unknown_rate",
        sentence=mark(
            "Order {number} of {day} has a line with {rate} % VAT ({line}). Payday knows 24, 11 and 0 %."
        ),
        advice=mark("Correct the VAT of the product and of the order in SalesCloud; Bridge does not guess."),
        button=mark("Try again"),
    ),
    Message(
        code="order.currency",
        sentence=mark("Order {number} of {day} is in {currency}. Only orders in krónur are booked."),
        advice=mark("Book this order by hand in Payday."),
    ),
    Message(
        code="order.fractions",
        sentence=mark("Order {number} of {day} has an amount that is not whole krónur: {amount}."),
        advice=mark("Correct the order in SalesCloud; it is booked by itself then."),
        button=mark("Try again"),
    ),
    Message(
        code="order.payment_pending",
        sentence=mark("A payment of order {number} of {day} is still on its way."),
        advice=mark("Nothing to do: the order is booked once the payment has arrived."),
    ),
    Message(
        code="order.on_account",
        sentence=mark(
            "Order {number} of {day} was sold on account to {buyer} ({amount} kr.); it is no journal entry."
        ),
    ),
    Message(
        code="order.apart",
        sentence=mark("Order {number} of {day} is on account now; it no longer counts in its day."),
    ),
    Message(
        code="method.unmapped",
        sentence=mark("Order {number} of {day} was paid with “{method}”, which has no ledger account yet."),
        advice=mark("Choose a ledger account for it; every order that waits for it is booked by itself."),
        button=mark("Open mappings"),
    ),
    Message(
        code="method.account_gone",
        sentence=mark(
            "Order {number} of {day} was paid with “{method}”, whose ledger account is no longer in Payday."
        ),
        advice=mark("Choose another ledger account for it."),
        button=mark("Open mappings"),
    ),
    Message(
        code="sales.no_account",
        sentence=mark(
            "Order {number} of {day} has sales with {rate} % VAT, but account {account} is not in "
            "Payday's chart."
        ),
        advice=mark("Choose the sales account for this rate."),
        button=mark("Open settings"),
    ),
    Message(
        code="gift_card.no_account",
        sentence=mark("Gift cards were sold with order {number} of {day}, and no account is named for them."),
        advice=mark("Choose the account on which gift cards are owed."),
        button=mark("Open settings"),
    ),
    Message(
        code="entry.vanished",
        sentence=mark(
            "The entry {target} for {number} of {day} is no longer in Payday; a person removed it."
        ),
        advice=mark("Shall it be made again, or left to you?"),
        button=mark("Decide"),
    ),
    Message(
        code="entry.left_to_person",
        sentence=mark("{number} of {day} is left to you, as you said."),
    ),
    Message(
        code="entry.unreadable",
        sentence=mark(
            "{number} of {day} has changed, and Payday does not show what its present entry holds."
        ),
        advice=mark("Compare the entry in Payday with SalesCloud and correct it by hand."),
    ),
    Message(
        code="payday.ledger_differs",
        sentence=mark(
            "Payday booked the first entry otherwise than expected: account {account} shows {seen} kr. "
            "instead of {expected} kr. ({number} of {day})."
        ),
        advice=mark(
            "Nothing more is sent. Look at the entry in Payday, and ask Bridge's support before you "
            "sync again."
        ),
        button=mark("Copy details"),
    ),
    Message(
        code="payday.booked_not_draft",
        sentence=mark("Payday booked {number} of {day} at once, although it was sent as a draft."),
        advice=mark("Nothing more is sent. Look at the entry in Payday, and ask Bridge's support."),
        button=mark("Copy details"),
    ),
    Message(
        code="advice.order",
        sentence=mark("The shop closed about {orders} orders a day in the last {days} days."),
        advice=mark("One entry for each order shows every sale in the journal, and stays quick."),
    ),
    Message(
        code="advice.day",
        sentence=mark("The shop closed about {orders} orders a day in the last {days} days."),
        advice=mark(
            "At Payday's pace of two calls a second, one entry for each of them takes about {minutes} min. "
            "a day; one for each day takes seconds."
        ),
    ),
    Message(
        code="advice.no_orders",
        sentence=mark("No orders were closed in the last {days} days, so there is nothing to go by."),
        advice=mark("One entry for each order is good up to some fifty orders a day."),
    ),
    *DRAFT_MESSAGES,
    Message(code="choice.post_again", sentence=mark("Make it again")),
    Message(code="choice.leave", sentence=mark("Leave it to me")),
)
