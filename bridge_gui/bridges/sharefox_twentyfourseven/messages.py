"""What a user reads about invoice bases, orders and customers."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_DECIDE = mark("Decide")
_SETTINGS = mark("Open settings")
_MAPPINGS = mark("Open mappings")
_IN_SHOP = mark("Correct it in Sharefox; Bridge looks again at every sync.")

_LEFT_OUT = (
    Message(code="invoice.draft", sentence=mark("Invoice {number} is not sent yet.")),
    Message(code="invoice.cancelled", sentence=mark("Invoice {number} was cancelled in Sharefox.")),
    Message(
        code="invoice.other_type",
        sentence=mark("Invoice {number} is of a type ({kind}) that your settings leave out."),
    ),
    Message(
        code="invoice.left_out",
        sentence=mark("Invoice {number} is paid by {method}, which your mappings leave out."),
    ),
)

_INVOICES = (
    Message(
        code="invoice.negative",
        sentence=mark("Invoice {number} comes to {total} {currency}: it gives something back."),
        advice=mark("Credit the invoice it corrects in 24SevenOffice, then say that it was done by hand."),
        button=_DECIDE,
    ),
    Message(
        code="invoice.method_unmapped",
        sentence=mark("Invoice {number} is paid by “{method}”, and it is not chosen what that is."),
        advice=mark("Choose under Mappings whether it is open, paid by one of the methods, or left out."),
        button=_MAPPINGS,
    ),
    Message(
        code="invoice.currency",
        sentence=mark("Invoice {number} is in {currency}; the books are kept in {home}."),
        advice=mark("Make this order by hand in 24SevenOffice, with the rate of the day."),
        button=_DECIDE,
    ),
    Message(
        code="invoice.no_lines",
        sentence=mark("Invoice {number} has no lines."),
        advice=_IN_SHOP,
        button=_AGAIN,
    ),
    Message(
        code="invoice.total_differs",
        sentence=mark("Sharefox says {told} {currency} for invoice {number}, its lines come to {total}."),
        advice=mark("See under Settings whether prices have VAT in them, or send it as reckoned here."),
        button=_DECIDE,
    ),
    Message(
        code="line.no_rate",
        sentence=mark("Invoice {number}: Sharefox does not tell the VAT of “{line}”."),
        advice=_IN_SHOP,
        button=_AGAIN,
    ),
    Message(
        code="line.rate_unmapped",
        sentence=mark("Invoice {number}: no tax code is chosen for {rate} % (“{line}”)."),
        advice=mark("Choose one under Mappings; the invoice goes with the next sync."),
        button=_MAPPINGS,
    ),
    Message(
        code="line.rate_differs",
        sentence=mark("Invoice {number}: “{line}” has {rate} % VAT, the tax code {code} has {theirs} %."),
        advice=mark("Choose a tax code of the same percentage under Mappings."),
        button=_MAPPINGS,
    ),
    Message(
        code="invoice.changed_late",
        sentence=mark("Invoice {number} was changed in Sharefox after order {order} was billed."),
        advice=mark("Put it right in 24SevenOffice with a credit note or a further invoice."),
        button=_DECIDE,
    ),
    Message(
        code="invoice.cancelled_after",
        sentence=mark("Invoice {number} was cancelled in Sharefox; its order {order} is still there."),
        advice=mark("Remove the order in 24SevenOffice, or leave it."),
        button=_DECIDE,
    ),
    Message(
        code="invoice.cancelled_late",
        sentence=mark("Invoice {number} was cancelled in Sharefox after order {order} was billed."),
        advice=mark("Make a credit note in 24SevenOffice."),
        button=_DECIDE,
    ),
)

_FILES = (
    Message(
        code="export.unreadable",
        sentence=mark("Row {row} of {file} cannot be read (“{text}”); nothing of {number} is sent."),
        advice=mark("Correct the file, or name its columns under Settings, and sync again."),
        button=_SETTINGS,
    ),
)

_ORDERS = (
    Message(
        code="order.changed_in_books",
        sentence=mark("Order {order} in 24SevenOffice is not what invoice {number} says."),
        advice=mark("Write Sharefox's invoice over it, or leave what somebody wrote there."),
        button=_DECIDE,
    ),
    Message(
        code="order.gone_in_books",
        sentence=mark("Order {order} of invoice {number} was deleted in 24SevenOffice."),
        advice=mark("Send the invoice once more, or leave it out."),
        button=_DECIDE,
    ),
    Message(
        code="order.books_differ",
        sentence=mark("Order {order} comes to {seen} in 24SevenOffice, it should be {meant}."),
        advice=mark("Compare the order with Sharefox's invoice; VAT rounded otherwise is the usual reason."),
        button=_DECIDE,
    ),
    Message(
        code="order.moved_on",
        sentence=mark("Order {order} was changed in 24SevenOffice meanwhile."),
        advice=mark("Bridge looks at it again before anything is written."),
    ),
    Message(code="order.is_deleted", sentence=mark("This order was deleted in 24SevenOffice.")),
    Message(code="order.not_there", sentence=mark("There is no order for this in 24SevenOffice yet.")),
    Message(
        code="order.gone",
        sentence=mark("The order of invoice {number} is no longer in 24SevenOffice."),
        advice=mark("Bridge asks what is to become of it."),
    ),
)

_PEOPLE = (
    Message(
        code="customer.nobody",
        sentence=mark("Invoice {number}: {name} has neither an organisation number nor an e-mail address."),
        advice=mark("Add one of them in Sharefox: without it the customer cannot be found again."),
        button=_AGAIN,
    ),
    Message(
        code="customer.numberless",
        sentence=mark("Invoice {number}: {customer} is a company without an organisation number."),
        advice=mark("Add it in Sharefox, or send it anyway: the customer is then found by e-mail only."),
        button=_DECIDE,
    ),
    Message(
        code="customer.odd_number",
        sentence=mark("Invoice {number}: the organisation number of {customer} has wrong check digits."),
        advice=mark("Correct it in Sharefox and in 24SevenOffice; electronic invoices would not arrive."),
    ),
    Message(
        code="customer.foreign",
        sentence=mark("Invoice {number}: {customer} is in another country ({country})."),
        advice=mark("See whether its VAT is right for a foreign customer, then send it anyway or by hand."),
        button=_DECIDE,
    ),
    Message(
        code="customer.several",
        sentence=mark("Several customers in 24SevenOffice could be {number}: {names}."),
        advice=mark("Say which one it is, have a new one made, or merge them there and try again."),
        button=_DECIDE,
    ),
    Message(
        code="customer.disagree",
        sentence=mark("{number}: organisation number and e-mail belong to different customers ({names})."),
        advice=mark("Say which one it is, have a new one made, or correct it there and try again."),
        button=_DECIDE,
    ),
    Message(
        code="customer.merged",
        sentence=mark("The customer of {number} was deleted in 24SevenOffice, or merged into another."),
        advice=mark("Bridge looks for it again by organisation number and e-mail."),
        button=_AGAIN,
    ),
    Message(
        code="product.renamed",
        sentence=mark("The product for rentals is called “{product}” now, not “{called}”."),
        advice=mark("Bridge goes on using it. Write its new name under Settings if that is right."),
        button=_SETTINGS,
    ),
    Message(
        code="product.gone",
        sentence=mark("The product for rentals was deleted in 24SevenOffice."),
        advice=mark("Bridge looks for one of that name, and makes it if there is none."),
        button=_AGAIN,
    ),
    Message(
        code="product.inactive",
        sentence=mark("The product “{product}” is inactive in 24SevenOffice."),
        advice=mark("Make it active there, then try again."),
        button=_AGAIN,
    ),
)

_CHOICES = (
    Message(code="choice.send_anyway", sentence=mark("Send it anyway")),
    Message(code="choice.remove", sentence=mark("Remove the order")),
)

MESSAGES = (*_LEFT_OUT, *_INVOICES, *_FILES, *_ORDERS, *_PEOPLE, *_CHOICES)
