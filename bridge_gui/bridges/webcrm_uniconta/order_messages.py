"""What a user reads about orders."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_IN_CRM = mark("Correct it in webcrm; Bridge looks again at every sync.")

ORDERS = (
    Message(code="order.not_yet", sentence=mark("Delivery {number} has not come to the chosen status yet.")),
    Message(
        code="order.no_lines",
        sentence=mark("Delivery {number} has no lines."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="order.no_organisation",
        sentence=mark("Delivery {number} belongs to no organisation."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="order.no_customer",
        sentence=mark("Delivery {number} belongs to an organisation that is no customer yet."),
        advice=mark("Give the organisation the keyword in webcrm; then it becomes a debtor."),
        button=_AGAIN,
    ),
    Message(
        code="order.customer_waits",
        sentence=mark("The customer of delivery {number} cannot be made a debtor yet. Missing: {fields}"),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="order.customer_held",
        sentence=mark("The customer of delivery {number} waits to become a debtor; so does the order."),
        advice=mark("See to the customer first: it stands here too."),
        button=_AGAIN,
    ),
    Message(
        code="order.item_unknown",
        sentence=mark("Delivery {number} has the item {item}, which Uniconta does not know."),
        advice=mark("Choose an item of the price list, or make it in Uniconta."),
        button=_AGAIN,
    ),
    Message(
        code="order.item_blocked",
        sentence=mark("Delivery {number} has the item {item}, which is blocked in Uniconta."),
        advice=mark("Take another item in webcrm, or release it in Uniconta."),
        button=_AGAIN,
    ),
    Message(
        code="order.line_without_item",
        sentence=mark("Delivery {number} has a line with a price and no item: {text}"),
        advice=mark("Choose an item for it, or name one for such lines in the settings."),
        button=mark("Open settings"),
    ),
    Message(
        code="order.negative",
        sentence=mark(
            "Delivery {number} is a credit: it comes to {total} {currency}. No order is made of it."
        ),
        advice=mark(
            "In Uniconta open the customer's invoice and make a credit note of it. Then say so here, or "
            "correct the delivery in webcrm."
        ),
    ),
    Message(
        code="order.credited_by_hand",
        sentence=mark("Delivery {number} is a credit; its credit note is made in Uniconta by hand."),
    ),
    Message(code="choice.credited", sentence=mark("The credit note is made")),
    Message(
        code="order.edited",
        sentence=mark("Order {order} was changed in Uniconta, and its delivery in webcrm as well."),
        advice=mark("Say whether webcrm's lines go over it, or leave the order as it is in Uniconta."),
    ),
    Message(
        code="order.invoiced_already",
        sentence=mark("Order {order} is invoiced; the delivery was changed afterwards."),
        advice=mark("What is invoiced is corrected in Uniconta, by a credit note."),
    ),
    Message(
        code="order.invoiced_meanwhile",
        sentence=mark("The order of delivery {number} has just been invoiced ({invoice})."),
        advice=mark("What is invoiced is corrected in Uniconta, by a credit note."),
        button=_AGAIN,
    ),
    Message(
        code="order.vanished",
        sentence=mark("Order {order} is no longer in Uniconta, and no invoice was made of it."),
        advice=mark("Say whether it is to be made again."),
    ),
    Message(
        code="order.not_found",
        sentence=mark("This order is no longer in Uniconta."),
        advice=mark("Bridge looks again."),
        button=_AGAIN,
    ),
    Message(
        code="order.not_open",
        sentence=mark("The order of delivery {number} cannot be found in Uniconta."),
        advice=mark("Sync again to see what has become of it."),
        button=_AGAIN,
    ),
    Message(
        code="order.other_debtor",
        sentence=mark("Debtor {debtor}, {name}, is no longer the customer of delivery {number}."),
        advice=mark("No order is made for somebody else. See to the customer first: it stands here too."),
        button=_AGAIN,
    ),
    Message(
        code="order.debtor_gone",
        sentence=mark("The debtor of delivery {number}, {debtor}, is no longer in Uniconta."),
        advice=mark("See to the customer first: it stands here too. Then try again."),
        button=_AGAIN,
    ),
    Message(
        code="delivery.removed",
        sentence=mark("Delivery {number} is no longer in webcrm, and its order {order} is still open."),
        advice=mark("Bridge deletes nothing: delete the order in Uniconta, or leave it to be invoiced."),
    ),
)
