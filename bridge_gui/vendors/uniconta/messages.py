"""What a user reads when Uniconta has something to say."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

MESSAGES = (
    Message(
        code="uniconta.sign_in",
        sentence=mark("Uniconta does not accept this login for this company."),
        advice=mark("Check company number, login and password; the login needs rights in that company."),
        button=mark("Sign in again"),
    ),
    Message(
        code="uniconta.company_number",
        sentence=mark("“{text}” is not a company number."),
        advice=mark("It is a number of a few figures, shown in Uniconta beside the company's name."),
        button=mark("Open settings"),
    ),
    Message(
        code="uniconta.no_company",
        sentence=mark("Uniconta does not know which company is meant. It says: {text}"),
        advice=mark("Check the company number; the login needs rights in that company."),
        button=mark("Open settings"),
    ),
    Message(
        code="uniconta.other_company",
        sentence=mark("Uniconta answers with another company: {found}, number {number}."),
        advice=mark("Check the company number; the login needs rights in the company you mean."),
        button=mark("Open settings"),
    ),
    Message(
        code="uniconta.no_rights",
        sentence=mark("This login may not do that in Uniconta. It says: {text}"),
        advice=mark(
            "Give the login rights to debtors, contacts, orders, items and employees, then try again."
        ),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.no_subscription",
        sentence=mark("The Uniconta subscription does not include this. It says: {text}"),
        advice=mark("Access from other programs costs extra for a standard user; ask your reseller."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.forbidden",
        sentence=mark("This is not allowed in Uniconta. It says: {text}"),
        advice=mark("Check the rights of the login and the access from other programs, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.no_table",
        sentence=mark("Uniconta has no table {table} for this company."),
        advice=mark("Check the company number and what the subscription includes, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.daily_budget",
        sentence=mark("The {limit} calls to Uniconta for today are used up; more would slow down everybody."),
        advice=mark("Bridge goes on after midnight. Let it look less often, or buy more calls at Uniconta."),
    ),
    Message(
        code="uniconta.trouble",
        sentence=mark("Uniconta has trouble of its own. It says: {text}"),
        advice=mark("Bridge tries again by itself."),
    ),
    Message(
        code="uniconta.unclear",
        sentence=mark("Uniconta's answer does not tell whether it took this. It says: {text}"),
        advice=mark("Bridge looks for it in Uniconta before anything is sent again."),
    ),
    Message(
        code="uniconta.gone",
        sentence=mark("This is no longer in Uniconta."),
        advice=mark("Look for it there; if it was deleted on purpose, nothing more has to be done."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.key_exists",
        sentence=mark("This number is taken in Uniconta. It says: {text}"),
        advice=mark("Give it another number, or join it with the one that is there."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.field_blank",
        sentence=mark("Something that Uniconta needs is empty. It says: {text}"),
        advice=mark("Fill it in, or choose a default group for what Bridge makes, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.account_missing",
        sentence=mark("A debtor's number is missing or not known in Uniconta. It says: {text}"),
        advice=mark("Look whether the debtor is still there, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.unknown_key",
        sentence=mark("This refers to something that is not in Uniconta. It says: {text}"),
        advice=mark("Look at debtor, items, groups and payment terms, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.item_on_hold",
        sentence=mark("An item is blocked in Uniconta. It says: {text}"),
        advice=mark("Release the item in Uniconta or choose another one, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.credit_limit",
        sentence=mark("The debtor's credit limit in Uniconta is exceeded. It says: {text}"),
        advice=mark("Raise the limit at the debtor in Uniconta, or wait for a payment, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.in_use",
        sentence=mark("Uniconta does not let this be deleted: it is in use. It says: {text}"),
        advice=mark("Block it in Uniconta instead."),
    ),
    Message(
        code="uniconta.refused",
        sentence=mark("This was refused by Uniconta. It says: {text}"),
        advice=mark("Mend what it names, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.read_refused",
        sentence=mark("Uniconta did not show its {table}. It says: {text}"),
        advice=mark("Look for an update of Bridge; if there is none, report this."),
        button=mark("Report"),
    ),
    Message(
        code="uniconta.changed",
        sentence=mark("Somebody changed this in Uniconta in the meantime."),
        advice=mark("Bridge reads it again. Nothing that a person wrote is overwritten."),
    ),
    Message(
        code="uniconta.locked",
        sentence=mark("Order {number} is locked in Uniconta."),
        advice=mark("Unlock it in Uniconta, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.invoiced",
        sentence=mark("Order {number} is invoiced in Uniconta and stays as it is."),
        advice=mark("What is wrong with an invoice is put right by a credit note in Uniconta."),
    ),
    Message(
        code="uniconta.field_missing",
        sentence=mark("Uniconta has no user-defined field {field} in {table}."),
        advice=mark("Add it in Uniconta under Tools > User-defined fields, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.lines_missing",
        sentence=mark("An order in Uniconta lacks lines: {count}."),
        advice=mark("Bridge completes the order by itself."),
    ),
    Message(
        code="uniconta.too_long",
        sentence=mark("This is too long for Uniconta: {field} takes {longest} signs."),
        advice=mark("Shorten it in the sales system, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.no_debtor",
        sentence=mark("An order needs a debtor and a currency."),
        advice=mark("Add what is missing in the sales system, then try again."),
        button=mark("Try again"),
    ),
    Message(
        code="uniconta.no_lines",
        sentence=mark("There is nothing on this order."),
        advice=mark("An order needs at least one line. Add it in the sales system, or skip this one."),
    ),
)
