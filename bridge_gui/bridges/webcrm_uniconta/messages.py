"""What a user reads about customers, items, orders and people that are kept on both sides."""

from __future__ import annotations

from bridge_gui.bridges.webcrm_uniconta.order_messages import ORDERS
from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Try again")
_SETTINGS = mark("Open settings")
_IN_CRM = mark("Correct it in webcrm; Bridge looks again at every sync.")
_GONE = mark("Nothing is deleted on the other side. Delete it there yourself, or have it left out for good.")

_LEFT_OUT = (
    Message(
        code="organisation.no_customer",
        sentence=mark("{number} is no customer: its type or status is “{word}”."),
    ),
    Message(code="debtor.no_organisation", sentence=mark("Debtor {number} is no organisation of webcrm.")),
    Message(code="item.blocked", sentence=mark("Item {number} is blocked and is not put on the price list.")),
    Message(code="user.not_active", sentence=mark("User {number} is no longer active.")),
    Message(code="user.no_email", sentence=mark("User {number} has no e-mail address.")),
    Message(code="employee.no_user", sentence=mark("Employee {number} is no user of webcrm.")),
    Message(code="person.not_active", sentence=mark("{number} is no longer with this organisation.")),
    Message(code="person.no_debtor", sentence=mark("{number} belongs to an organisation that is no debtor.")),
    Message(code="person.no_email", sentence=mark("{number} has no e-mail address.")),
    Message(code="person.not_made", sentence=mark("{number} is not made in Uniconta: your settings say so.")),
    Message(code="contact.no_organisation", sentence=mark("{number} belongs to a debtor webcrm has not.")),
    Message(code="contact.no_email", sentence=mark("Contact {number} has no e-mail address.")),
    Message(code="contact.has_person", sentence=mark("Contact {number} is a person of webcrm already.")),
    Message(code="contact.not_made", sentence=mark("{number} is not made in webcrm: your settings say so.")),
)

_NOT_YET = (
    Message(
        code="debtor.fields_missing",
        sentence=mark("{number} becomes a debtor once this is filled in: {fields}."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="debtor.country_unknown",
        sentence=mark("Bridge does not know the country “{country}” of {number}."),
        advice=mark("Join it with a country in the settings, or correct it in webcrm."),
        button=_SETTINGS,
    ),
    Message(
        code="debtor.too_long",
        sentence=mark("Uniconta takes no more than three lines, and {longest} signs, here: {field}."),
        advice=_IN_CRM,
        button=_AGAIN,
    ),
    Message(
        code="debtor.number_missing",
        sentence=mark("{number} has no debtor number in webcrm, and your settings give it none."),
        advice=mark("Fill it in in webcrm, or have Bridge give numbers."),
        button=_SETTINGS,
    ),
    Message(
        code="debtor.not_compared",
        sentence=mark("{number} waits for the next look at Uniconta's debtors."),
        advice=mark("Bridge looks every five minutes."),
    ),
    Message(
        code="debtor.may_be_there",
        sentence=mark("{number} may be debtor {debtor}, {name}, in Uniconta already ({count} in all)."),
        advice=mark("Join them, make a new debtor, or choose among all of them in the tab Pairs."),
    ),
    Message(
        code="debtor.joined_already",
        sentence=mark("Debtor {debtor} is another organisation's already ({other})."),
        advice=mark("Choose another debtor, or empty Bridge's field of this one in Uniconta."),
        button=_AGAIN,
    ),
    Message(
        code="pairs.not_confirmed",
        sentence=mark("{number} is new and waits until existing records are joined."),
        advice=mark("See to the tabs of pairs, then switch off “Look through existing pairs first”."),
        button=_SETTINGS,
    ),
    Message(
        code="pairs.not_joined",
        sentence=mark("These two are not joined yet."),
        advice=mark("Sync, and see to the tab Pairs."),
    ),
    Message(
        code="pairs.twice",
        sentence=mark("{count} records at the right are chosen more than once."),
        advice=mark("Choose each of them once."),
    ),
    Message(
        code="employee.several",
        sentence=mark("{count} employees in Uniconta have the e-mail address {email}."),
        advice=mark("Give each an address of its own, or empty the others."),
        button=_AGAIN,
    ),
    Message(
        code="employee.joined_already",
        sentence=mark("Employee {employee} is another user's already."),
        advice=mark("Empty Bridge's field of this employee in Uniconta."),
        button=_AGAIN,
    ),
    Message(
        code="contact.several_fit",
        sentence=mark("{count} contacts of this debtor have the e-mail address {email}."),
        advice=mark("Leave it with one of them in Uniconta."),
        button=_AGAIN,
    ),
    Message(
        code="contact.joined_already",
        sentence=mark("{contact} is another person's already."),
        advice=mark("Empty the reference of this contact in Uniconta."),
        button=_AGAIN,
    ),
    Message(
        code="price.several",
        sentence=mark("{count} rows of webcrm's price list have the item number {item}."),
        advice=mark("Leave one of them; Bridge looks again at every sync."),
        button=_AGAIN,
    ),
)

_SET_UP = (
    Message(
        code="fields.missing",
        sentence=mark("Uniconta has no field “{field}” for this table: {table}."),
        advice=mark(
            "In Uniconta: Værktøj, Brugerdefinerede felter, choose this table, add a text field of just this "
            "name, and save. Then try again here."
        ),
        button=_SETTINGS,
    ),
)

_WIZARD = (
    Message(
        code="own.missing",
        sentence=mark("There is no custom field {field} in webcrm any more."),
        advice=mark("Make one in webcrm under Configuration, Custom fields, and choose it here."),
        button=_SETTINGS,
    ),
    Message(
        code="own.is_list",
        sentence=mark("The field “{field}” ({number}) of webcrm is a list: Bridge could not write to it."),
        advice=mark("Choose a field of free text, or make one under Configuration, Custom fields."),
        button=_SETTINGS,
    ),
    Message(
        code="own.too_short",
        sentence=mark("The field “{field}” ({number}) of webcrm takes fewer than {longest} signs."),
        advice=mark("Choose a longer one, or lengthen it in webcrm under Configuration, Custom fields."),
        button=_SETTINGS,
    ),
    Message(
        code="own.twice",
        sentence=mark("“{field}” is chosen for two things; each would overwrite the other."),
        advice=mark("Choose another field for one of them."),
        button=_SETTINGS,
    ),
    Message(
        code="orders.numbering",
        sentence=mark("The automatic numbering of deliveries in webcrm must be off before orders go over."),
        advice=mark("Bridge cannot see that: see to it in webcrm, then tick it here. Or let no orders go."),
        button=_SETTINGS,
    ),
)

_BOTH = (
    Message(
        code="pair.both_changed",
        sentence=mark("{number} was changed on both sides: {fields}."),
        advice=mark("Say which side is right, or choose field by field under Compare."),
    ),
    Message(
        code="pair.changed",
        sentence=mark("{record} was changed a moment ago."),
        advice=mark("Bridge looks again."),
    ),
    Message(
        code="pair.changed_since_shown",
        sentence=mark("{record} has changed since you looked at it."),
        advice=mark("Open the comparison again."),
        button=_AGAIN,
    ),
    Message(code="pair.gone", sentence=mark("This is no longer there."), advice=_GONE, button=_AGAIN),
    Message(
        code="debtor.gone",
        sentence=mark("{number} is no longer in Uniconta."),
        advice=mark("Nothing is deleted in webcrm. Have a new debtor made, or have it left out for good."),
        button=_AGAIN,
    ),
    Message(
        code="debtor.is_another",
        sentence=mark("Debtor {debtor}, {name}, no longer bears Bridge's mark of {other}."),
        advice=mark(
            "It may be another customer under a number that was used before, so nothing goes over. Say "
            "whether it is the same one, or a new debtor is to be made."
        ),
    ),
    Message(
        code="employee.is_another",
        sentence=mark("Employee {other} no longer bears Bridge's mark of {number}."),
        advice=mark(
            "It may be somebody else now. Write the user's mark into Bridge's field of the employee."
        ),
        button=_AGAIN,
    ),
    Message(
        code="organisation.gone",
        sentence=mark("The organisation of debtor {number} is no longer in webcrm."),
        advice=mark(
            "Uniconta keeps debtors with entries. Block the debtor there if it is not used any more."
        ),
        button=_AGAIN,
    ),
    Message(
        code="employee.gone",
        sentence=mark("{number} is no longer in Uniconta's register of employees."),
        advice=_GONE,
        button=_AGAIN,
    ),
    Message(
        code="user.gone",
        sentence=mark("The user of employee {number} is no longer in webcrm."),
        advice=_GONE,
        button=_AGAIN,
    ),
    Message(
        code="contact.vanished",
        sentence=mark("{number} is no longer a contact in Uniconta."),
        advice=_GONE,
        button=_AGAIN,
    ),
    Message(
        code="person.gone",
        sentence=mark("{number} is no longer a person in webcrm."),
        advice=_GONE,
        button=_AGAIN,
    ),
    Message(
        code="price.gone",
        sentence=mark("Item {number} is no longer on webcrm's price list."),
        advice=mark("It was taken off there. Block the item in Uniconta if it is not to be sold."),
        button=_AGAIN,
    ),
    Message(
        code="organisation.keyword_put_back",
        sentence=mark("{name} is a debtor, so “{word}” was put back."),
    ),
    Message(
        code="organisation.keyword_fight",
        sentence=mark("The keyword of {number} was put back {times} times today, and is gone again."),
        advice=mark("Another automation in webcrm may be changing it. Bridge tries again tomorrow."),
        button=_AGAIN,
    ),
    Message(
        code="organisation.field_fight",
        sentence=mark("{number}: {fields} was put back {times} times today, and is changed again."),
        advice=mark("Uniconta says what these are. Another automation in webcrm may be changing them."),
        button=_AGAIN,
    ),
    Message(
        code="debtor.cvr_doubtful",
        sentence=mark("The CVR number {cvr} of {name} cannot be right: its check digit is wrong."),
    ),
    Message(
        code="debtor.ean_doubtful",
        sentence=mark("The EAN {ean} of {name} cannot be right: its check digit is wrong."),
    ),
    Message(code="pair.same_debtor_number", sentence=mark("The debtor number is the same.")),
    Message(code="pair.same_cvr", sentence=mark("The CVR number is the same.")),
    Message(code="pair.same_invoice_email", sentence=mark("The invoice e-mail is the same.")),
    Message(code="pair.same_item_number", sentence=mark("The item number is the same.")),
    Message(code="pair.same_email", sentence=mark("The same e-mail address.")),
    Message(code="pair.same_name", sentence=mark("Only the name is the same.")),
    Message(code="choice.sales", sentence=mark("Take what webcrm has")),
    Message(code="choice.books", sentence=mark("Take what Uniconta has")),
    Message(code="choice.join", sentence=mark("Join them")),
    Message(code="choice.new", sentence=mark("Make a new debtor")),
)

MESSAGES = (*_SET_UP, *_WIZARD, *_LEFT_OUT, *_NOT_YET, *_BOTH, *ORDERS)
