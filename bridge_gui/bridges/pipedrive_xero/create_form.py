"""The form of *Create invoice*: what is asked, and how it is filled from the deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import json

from bridge_gui.accounting.billing import BillContact, BillLine, TaxTreatment
from bridge_gui.accounting.deals import Deal
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.money import plain
from bridge_gui.bridges.pipedrive_xero.billing import Offer
from bridge_gui.bridges.pipedrive_xero.listing import Listing
from bridge_gui.bridges.pipedrive_xero.rules import SAVE_AS, Rules
from bridge_gui.sync.actions import Form, lines_text
from bridge_gui.sync.specs import Choice, Field, FieldKind, Option
from bridge_gui.wording.message import mark

NEW = "new"

_LINE = (
    Field(key="product", kind=FieldKind.CHOICE, label=mark("Product"), options="products", fixed=True,
          required=False),
    Field(key="item", kind=FieldKind.CHOICE, label=mark("Item in Xero"), search="items", required=False,
          unset=mark("Not linked to an item yet")),
    Field(key="text", kind=FieldKind.TEXT, label=mark("Text")),
    Field(key="quantity", kind=FieldKind.NUMBER, label=mark("Quantity"), default="1"),
    Field(key="unit_price", kind=FieldKind.NUMBER, label=mark("Unit price")),
    Field(key="discount", kind=FieldKind.NUMBER, label=mark("Discount %"), required=False),
    Field(key="tax", kind=FieldKind.CHOICE, label=mark("Tax rate"), options="taxes", required=False),
    Field(key="total", kind=FieldKind.NUMBER, label=mark("Amount"), fixed=True, required=False),
)  # fmt: skip

FIELDS = (
    Field(
        key="contact",
        kind=FieldKind.CHOICE,
        label=mark("Contact in Xero"),
        help=mark("Type a part of the name or the e-mail to find another one."),
        options="contacts",
        search="contacts",
    ),
    Field(key="name", kind=FieldKind.TEXT, label=mark("Name of the new contact"), only=("contact", NEW)),
    Field(
        key="email", kind=FieldKind.TEXT, label=mark("E-mail"), required=False, pattern=r"[^@\s]+@[^@\s]+",
        wrong=mark("An e-mail address such as accounts@example.com."),
    ),
    Field(
        key="update_contact",
        kind=FieldKind.FLAG,
        label=mark("Update contact details"),
        help=mark("Address, e-mail and VAT number belong to the contact in Xero, not to the invoice."),
        required=False,
    ),
    Field(
        key="treatment",
        kind=FieldKind.CHOICE,
        label=mark("Amounts are"),
        choices=(
            Choice(key=TaxTreatment.EXCLUSIVE.value, title=mark("Without tax")),
            Choice(key=TaxTreatment.INCLUSIVE.value, title=mark("With tax")),
            Choice(key=TaxTreatment.NONE.value, title=mark("Not taxed")),
        ),
    ),
    Field(key="currency", kind=FieldKind.CHOICE, label=mark("Currency"), options="currencies"),
    Field(key="day", kind=FieldKind.DATE, label=mark("Date")),
    Field(key="due", kind=FieldKind.DATE, label=mark("Due")),
    Field(
        key="reference",
        kind=FieldKind.TEXT,
        label=mark("Reference"),
        help=mark("Bridge adds its own mark after it."),
        required=False,
        pattern=r".{0,200}",
        wrong=mark("At most 200 characters."),
    ),
    Field(
        key="template", kind=FieldKind.CHOICE, label=mark("Look of the invoice"), options="templates",
        required=False,
    ),
    Field(
        key="save_as",
        kind=FieldKind.CHOICE,
        label=mark("It arrives in Xero"),
        choices=(
            Choice(key="draft", title=mark("As a draft")),
            Choice(key="submit", title=mark("Submitted for approval")),
            Choice(key="approve", title=mark("Approved"), hint=mark("Where your role in Xero allows it.")),
        ),
    ),
    Field(key="lines", kind=FieldKind.LINES, label=mark("Lines"), columns=_LINE),
)  # fmt: skip

_EMPTY = {
    "product": "", "item": "", "text": "", "quantity": "1", "unit_price": "", "discount": "", "tax": "",
}  # fmt: skip
"""The line that a deal without products begins with."""


def form_of(
    deal: Deal,
    offer: Offer,
    lines: Sequence[tuple[str, BillLine]],
    listing: Listing,
    *,
    proposed: str,
    contacts: Sequence[BillContact],
    others: bool,
    made: int,
) -> Form:
    """The form, filled; `proposed` is the contact known, NEW for one to be made, empty where to be chosen.

    `others` says that somebody alike is at the books: a new contact is then one on purpose.
    """
    again = mark("An invoice was made of this deal before. This makes another one.")
    return Form(
        fields=FIELDS,
        answers=_answers(offer, lines, listing.rules, proposed),
        options={**_options(offer, lines, listing), "contacts": _contacts(offer, contacts)},
        kept={"offer": json.encode(offer).decode(), "others": "yes" if others else ""},
        title=deal.title,
        text=again if made else "",
    )


def contact_option(contact: BillContact) -> Option:
    """A contact to choose, with what tells it from others."""
    hint = " · ".join(filter(None, (contact.email, contact.tax_number)))
    return Option(key=contact.id, title=contact.name, hint=hint)


def _answers(
    offer: Offer, lines: Sequence[tuple[str, BillLine]], rules: Rules, proposed: str
) -> dict[str, str]:
    contact = offer.customer.contact if offer.customer is not None else BillContact()
    treatment = next(
        (line.treatment for line in offer.contents.lines if line.counted), TaxTreatment.EXCLUSIVE
    )
    state = DocumentState.DRAFT if not rules.books.may_submit else rules.state
    if state is DocumentState.AWAITING_PAYMENT and not rules.books.may_approve:
        state = DocumentState.AWAITING_APPROVAL
    return {
        "contact": proposed,
        "name": contact.name,
        "email": contact.email,
        "update_contact": "yes" if rules.update_contacts else "no",
        "treatment": treatment.value,
        "currency": offer.currency if offer.currency in rules.books.currencies else "",
        "day": rules.today.isoformat(),
        "due": rules.due(rules.today).isoformat(),
        "reference": "",
        "template": rules.template,
        "save_as": next(key for key, value in SAVE_AS.items() if value is state),
        "lines": lines_text([_row(product, line) for product, line in lines] or [_EMPTY]),
    }


def _row(product: str, line: BillLine) -> Mapping[str, str]:
    return {
        "product": product,
        "item": line.item,
        "text": line.text,
        "quantity": plain(line.quantity),
        "unit_price": plain(line.unit_price),
        "discount": plain(line.discount) if line.discount else "",
        "tax": line.tax,
    }


def _options(
    offer: Offer, lines: Sequence[tuple[str, BillLine]], listing: Listing
) -> dict[str, tuple[Option, ...]]:
    chosen = {line.item for _, line in lines}
    products = {line.product: line.text for line in offer.contents.lines}
    return {
        "products": tuple(Option(key=key, title=title) for key, title in products.items()),
        "items": tuple(one for one in listing.options("items") if one.key in chosen),
        "taxes": tuple(listing.options("taxes")),
        "currencies": tuple(listing.options("currencies")),
        "templates": tuple(listing.options("templates")),
    }


def _contacts(offer: Offer, contacts: Sequence[BillContact]) -> tuple[Option, ...]:
    name = offer.customer.contact.name if offer.customer is not None else ""
    new = Option(key=NEW, title=mark("New contact"), hint=name)
    return (*(contact_option(contact) for contact in contacts), new)
