"""What a user reads about deals and their invoices."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_REPEATS = {
    "": mark("Product “{product}” of deal “{number}” is billed again and again."),
    ".weekly": mark("Product “{product}” of deal “{number}” is billed every week."),
    ".monthly": mark("Product “{product}” of deal “{number}” is billed every month."),
    ".quarterly": mark("Product “{product}” of deal “{number}” is billed every quarter."),
    ".semi-annually": mark("Product “{product}” of deal “{number}” is billed twice a year."),
    ".annually": mark("Product “{product}” of deal “{number}” is billed every year."),
}
"""By how often the CRM says it is billed (pipedrive.md 3.2); the first for any other word of theirs."""
MESSAGES = (
    Message(code="deal.not_yet", sentence=mark("Deal “{title}” does not become an invoice by itself now.")),
    Message(
        code="deal.no_products",
        sentence=mark("Deal “{number}” has no products; there is nothing to invoice."),
        advice=mark(
            "Add products in Pipedrive, or make the invoice from the list of deals and add lines there."
        ),
        button=mark("Try again"),
    ),
    Message(
        code="deal.no_customer",
        sentence=mark("Deal “{number}” has neither an organization nor a person; nobody can be billed."),
        advice=mark("Link the deal to an organization in Pipedrive; the invoice is made by itself then."),
        button=mark("Try again"),
    ),
    Message(
        code="deal.currency",
        sentence=mark("Deal “{number}” is in {currency}, which your organisation in Xero has not added."),
        advice=mark("Add the currency in Xero's settings; the invoice is made by itself then."),
        button=mark("Try again"),
    ),
    Message(
        code="deal.line_currency",
        sentence=mark("Product “{product}” of deal “{number}” is in {currency}, the deal is not."),
        advice=mark("Correct the product's currency in Pipedrive; Bridge does not convert amounts."),
        button=mark("Try again"),
    ),
    Message(
        code="deal.instalments",
        sentence=mark(
            "Deal “{number}” is billed in {count} instalments. Bridge makes one invoice for a deal."
        ),
        advice=mark(
            "Make the invoices from the list of deals, one for each instalment, and set their lines there."
        ),
    ),
    *(
        Message(
            code=f"deal.repeats{how}",
            sentence=sentence,
            advice=mark(
                "Choose in the settings that one period is invoiced, or make it from the list of deals."
            ),
            button=mark("Open settings"),
        )
        for how, sentence in _REPEATS.items()
    ),
    Message(
        code="deal.mixed_tax",
        sentence=mark("Deal “{number}” has prices with tax and prices without."),
        advice=mark("Choose one way for the whole deal in Pipedrive."),
        button=mark("Try again"),
    ),
    Message(
        code="deal.discount_unclear",
        sentence=mark(
            "The discount on “{product}” of deal “{number}” cannot be understood from Pipedrive's sum."
        ),
        advice=mark("Enter the discount as a percentage in Pipedrive; the invoice is made by itself then."),
        button=mark("Try again"),
    ),
    Message(
        code="deal.value_differs",
        sentence=mark("The deal's value in Pipedrive is not what this invoice comes to."),
        advice=mark("Compare the products and discounts before you send it."),
    ),
    Message(
        code="deal.total_differs",
        sentence=mark(
            "Deal “{number}” is worth {value} {currency} in Pipedrive, its invoice would come to {total}."
        ),
        advice=mark("Compare the products and discounts, then correct the deal or invoice it anyway."),
        button=mark("Try again"),
    ),
    Message(code="choice.invoice_anyway", sentence=mark("Invoice it anyway")),
    Message(
        code="deal.negative",
        sentence=mark("Deal “{number}” comes to {total} {currency}; an invoice cannot be below nothing."),
        advice=mark("Make the discounts smaller in Pipedrive, or make a credit note in Xero."),
        button=mark("Try again"),
    ),
    Message(
        code="deal.changed",
        sentence=mark("Deal “{number}” was changed after invoice {invoice} had been made of it."),
        advice=mark("Change the invoice in Xero if it should follow, or delete it there and make a new one."),
    ),
    Message(
        code="product.unlinked",
        sentence=mark("Product “{product}” of deal “{number}” is not linked to an item in Xero."),
        advice=mark("Choose its item; every deal that waits for it becomes an invoice by itself."),
        button=mark("Open mappings"),
    ),
    Message(
        code="tax.unmapped",
        sentence=mark(
            "“{product}” of deal “{number}” has {rate} % tax, for which no tax rate of Xero is chosen."
        ),
        advice=mark("Choose a tax rate for it; every deal that waits for it becomes an invoice by itself."),
        button=mark("Open mappings"),
    ),
    Message(
        code="books.locked",
        sentence=mark("Xero is locked until {until}; deal “{number}” cannot be invoiced with today's date."),
        advice=mark("Move the lock date in Xero; the invoice is made by itself then."),
        button=mark("Try again"),
    ),
    Message(
        code="books.may_not_approve",
        sentence=mark("Your role in Xero may not approve invoices; deal “{number}” waits."),
        advice=mark("Let invoices arrive as drafts or submitted (settings), or ask for the right in Xero."),
        button=mark("Open settings"),
    ),
    Message(
        code="customer.gone",
        sentence=mark("The contact in Xero that was chosen for “{number}” is no longer there."),
        advice=mark("Choose “Disconnect the contact” at the deal, then make the invoice and choose another."),
    ),
    Message(
        code="bill.gone",
        sentence=mark("The invoice of “{number}” is no longer in Xero."),
        advice=mark("Sync to see how it stands now."),
    ),
    Message(
        code="bill.moved_on",
        sentence=mark("Invoice {number} has changed in Xero meanwhile; nothing was done to it."),
        advice=mark("Sync, look at how it stands now, then order again."),
    ),
    Message(
        code="bill.total_differs",
        sentence=mark("Xero made the invoice of “{number}” with a total of {seen} instead of {meant}."),
        advice=mark(
            "Look at the invoice in Xero before it is sent; its tax rates may not be those you chose."
        ),
    ),
    Message(
        code="deal.gone",
        sentence=mark("Deal {number} is no longer in Pipedrive."),
        advice=mark("Load the list of deals again."),
    ),
    Message(
        code="deal.unknown",
        sentence=mark("There is no deal {number} in Pipedrive."),
        advice=mark("Write the number at the end of the deal's address in Pipedrive, such as 42."),
    ),
    Message(
        code="deal.not_billable",
        sentence=mark("A deal that was lost or deleted is not invoiced."),
        advice=mark("Open the deal again in Pipedrive first."),
    ),
    Message(
        code="deal.no_contact",
        sentence=mark("Deal {number} has neither an organization nor a person; no contact is connected."),
    ),
    Message(
        code="contact.gone",
        sentence=mark("This contact is not in Xero, or is archived there."),
        advice=mark("Choose another contact, or restore this one in Xero first."),
    ),
    Message(
        code="contact.taken",
        sentence=mark("There is a contact of this name in Xero, which takes no second one."),
        advice=mark("Choose that contact, or give the new one another name."),
    ),
    Message(
        code="contact.no_name",
        sentence=mark("The new contact has no name."),
        advice=mark("Write the name that is to stand on the invoice."),
    ),
    Message(
        code="contact.stays",
        sentence=mark("The contact in Xero says something else: {fields}. It stays as it is."),
        advice=mark("Switch on “Update contact details” to change it there."),
    ),
    Message(
        code="contact.will_change",
        sentence=mark("The contact in Xero is changed: {fields}."),
    ),
    Message(
        code="line.none",
        sentence=mark("The invoice has no lines."),
        advice=mark("Add a line."),
    ),
    Message(
        code="line.unlinked",
        sentence=mark("“{product}” is not linked to an item in Xero."),
        advice=mark("Search its item in the line; Bridge remembers it."),
    ),
    Message(
        code="line.no_number",
        sentence=mark("“{value}” is not a number."),
        advice=mark("Write digits with a point, such as 12.50."),
    ),
    Message(
        code="line.no_tax",
        sentence=mark("“{product}” has no tax rate."),
        advice=mark("Choose a tax rate in the line, or “Not taxed” for the invoice."),
    ),
    Message(
        code="line.unit_price_fine",
        sentence=mark("The price of “{product}” has more than four decimals; Xero keeps four."),
        advice=mark("Round the price."),
    ),
    Message(
        code="line.quantity_fine",
        sentence=mark("The quantity of “{product}” has more than four decimals; Xero keeps four."),
        advice=mark("Round the quantity."),
    ),
    Message(
        code="line.discount_fine",
        sentence=mark("The discount on “{product}” has more than two decimals; Xero keeps two."),
        advice=mark("Round the discount, or put it into the price."),
    ),
    Message(
        code="line.discount",
        sentence=mark("The discount on “{product}” is not between 0 and 100 %."),
        advice=mark("Write a percentage, such as 10."),
    ),
    Message(
        code="bill.negative",
        sentence=mark("The invoice comes to less than nothing."),
        advice=mark("Make its discounts smaller, or make a credit note in Xero."),
    ),
    Message(
        code="bill.due_before_day",
        sentence=mark("The invoice would be due before its date."),
        advice=mark("Choose a later due date."),
    ),
    Message(
        code="bill.locked",
        sentence=mark("Xero is locked until {until}."),
        advice=mark("Choose a later date, or move the lock date in Xero."),
    ),
    Message(
        code="bill.may_not_approve",
        sentence=mark("Your role in Xero may not approve invoices."),
        advice=mark("Save it as a draft or submit it for approval."),
    ),
    Message(
        code="bill.not_there",
        sentence=mark("The invoice is not in Xero yet, or no longer."),
        advice=mark("Sync to see how it stands now."),
    ),
    Message(
        code="bill.not_now",
        sentence=mark("That cannot be done to this invoice as it stands."),
        advice=mark("Sync to see how it stands now."),
    ),
    Message(code="bill.is_voided", sentence=mark("The invoice is voided; nothing more can be done to it.")),
    Message(code="bill.is_deleted", sentence=mark("The invoice is deleted; nothing more can be done to it.")),
    Message(code="bill.is_submitted", sentence=mark("The invoice is waiting for approval already.")),
    Message(code="bill.is_approved", sentence=mark("The invoice is approved already.")),
    Message(
        code="bill.is_paid",
        sentence=mark("The invoice is paid, in full or in part; it is in the books already."),
    ),
    Message(
        code="bill.is_ours",
        sentence=mark("Bridge made this invoice; it belongs to its deal already."),
    ),
    Message(
        code="bill.is_attached",
        sentence=mark("This invoice is attached to a deal already."),
        advice=mark("Take it off there first: choose it under Documents, or below its deal under Deals."),
    ),
    Message(
        code="outcome.cannot_tell.email",
        sentence=mark("Nobody can look up whether the e-mail with {number} was sent."),
        advice=mark("See the invoice's history in Xero, then say whether it went or is to be sent again."),
        button=mark("Decide"),
    ),
    Message(
        code="bill.not_attached",
        sentence=mark("Only an invoice that was attached to its deal by hand can be taken off it."),
    ),
    Message(
        code="bill.delete_instead",
        sentence=mark("Only an approved invoice can be voided."),
        advice=mark("Delete the draft instead."),
    ),
    Message(
        code="bill.approve_first",
        sentence=mark("The invoice is a draft; Xero e-mails no drafts."),
        advice=mark("Approve or submit the invoice first."),
    ),
    Message(
        code="bill.paid",
        sentence=mark("Invoice {number} is paid; Xero voids no invoice that has payments."),
        advice=mark("Choose “Void” again: it shows which payments have to be taken off first."),
    ),
    Message(
        code="bill.paid_again",
        sentence=mark("Invoice {number} was paid while it was being voided; it stands."),
        advice=mark("Leave this order out, then choose “Void” again: it shows the new payment first."),
    ),
    Message(
        code="bill.credited",
        sentence=mark("Invoice {number} has a credit note; Xero does not void it, and its payments stay."),
        advice=mark("Take the credit note off the invoice in Xero first."),
    ),
    Message(
        code="bill.payments_go",
        sentence=mark("Payments that are taken off the invoice first: {count}. This cannot be undone."),
    ),
    Message(
        code="bill.reconciled",
        sentence=mark(
            "Invoice {number} has a payment that is reconciled with the bank; it cannot be voided from here."
        ),
        advice=mark("Undo the reconciliation in Xero first, or make a credit note there."),
    ),
)
