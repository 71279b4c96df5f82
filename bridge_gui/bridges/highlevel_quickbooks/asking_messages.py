"""What a user is asked about invoices and payments that went another way, and the answers."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_CHOOSE = mark("Choose")

ASKING = (
    Message(
        code="invoice.deleted",
        sentence=mark("Invoice {number} was deleted in HighLevel; it stands in QuickBooks as {invoice}."),
        advice=mark("Say whether it is to be voided in QuickBooks. Bridge never deletes there."),
        button=_CHOOSE,
    ),
    Message(
        code="invoice.void_paid",
        sentence=mark("Invoice {number} was voided in HighLevel, but in QuickBooks there is money on it."),
        advice=mark("To void it the payments are taken off first; they stay with the customer as credit."),
        button=_CHOOSE,
    ),
    Message(
        code="invoice.changed_in_books",
        sentence=mark("Invoice {number} changed in HighLevel, and somebody changed it in QuickBooks too."),
        advice=mark("Say which one holds. Overwriting puts HighLevel's lines into QuickBooks."),
        button=_CHOOSE,
    ),
    Message(
        code="invoice.gone_in_books",
        sentence=mark("Invoice {number} changed in HighLevel; in QuickBooks it was voided or deleted."),
        advice=mark("It is not made again. Book what is missing by hand, or leave it."),
        button=_CHOOSE,
    ),
    Message(
        code="invoice.customer_changed",
        sentence=mark("Invoice {invoice} is for {customer} in HighLevel now, and money is on it already."),
        advice=mark("Change its customer in QuickBooks with its payments, then say that you see to it."),
        button=_CHOOSE,
    ),
    Message(
        code="payment.failed_later",
        sentence=mark("Payment “{number}” failed after its receipt {receipt} was made."),
        advice=mark("Say whether the receipt is to be voided in QuickBooks."),
        button=_CHOOSE,
    ),
    Message(
        code="refund.receipt_gone",
        sentence=mark("{back} of “{number}” was given back; receipt {receipt} is voided or deleted already."),
        advice=mark(
            "Book the refund in QuickBooks by hand if it is missing there, then say that you see to it."
        ),
        button=_CHOOSE,
    ),
    Message(
        code="invoice.below_paid",
        sentence=mark("Invoice {number} is {total} {currency} now, but {paid} was paid already."),
        advice=mark("Take the payment off in QuickBooks first, or correct the invoice in HighLevel."),
        button=_AGAIN,
    ),
    Message(
        code="invoice.refunded",
        sentence=mark("Of what was paid on invoice {number}, {back} was given back."),
        advice=mark("Book it in QuickBooks by hand, for example as a credit memo, then say that you did."),
        button=_CHOOSE,
    ),
    Message(
        code="invoice.paid_less",
        sentence=mark("HighLevel says that {now} is paid on invoice {number}; {booked} is booked."),
        advice=mark("Look which payment was taken back and correct it in QuickBooks, then say that you did."),
        button=_CHOOSE,
    ),
    Message(
        code="invoice.voided_in_books",
        sentence=mark("Invoice {invoice} was paid in HighLevel, but in QuickBooks it is voided or deleted."),
        advice=mark("Book the payment in QuickBooks by hand, for example as a credit."),
        button=_AGAIN,
    ),
    Message(
        code="invoice.less_open",
        sentence=mark("Of invoice {invoice} only {open} is open in QuickBooks; {paid} was paid."),
        advice=mark("Somebody has booked part of it already. Compare the payments, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="invoice.number_long",
        sentence=mark("Number {long} has more than the {length} characters that QuickBooks takes."),
        advice=mark("Shorten the invoice's number or its prefix in HighLevel."),
        button=_AGAIN,
    ),
    Message(code="choice.part_payment", sentence=mark("It is a part payment")),
    Message(code="choice.void", sentence=mark("Void it in QuickBooks")),
    Message(code="choice.overwrite", sentence=mark("Take what HighLevel says")),
    Message(code="choice.leave", sentence=mark("Leave it to me")),
)
