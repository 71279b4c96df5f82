"""Who an invoice is for, in the books' form: the name rule, the number's figures, the country's code."""

from __future__ import annotations

import re
from hashlib import sha256

from msgspec import Struct
from stdnum.dk import cvr
from stdnum.exceptions import ValidationError
from stdnum.no import orgnr as norwegian
from stdnum.se import orgnr as swedish

from bridge_gui.accounting.ordering import OrderCustomer
from bridge_gui.accounting.rentals import Renter
from bridge_gui.bridges.sharefox_twentyfourseven.countries import code_of
from bridge_gui.bridges.sharefox_twentyfourseven.steps import CUSTOMER, place
from bridge_gui.errors import CannotMap
from bridge_gui.sync.step import LinkTo

_CHECKS = {"NO": norwegian, "SE": swedish, "DK": cvr}
_MARKS = re.compile(r"(?i)^no(?=[\s\d])|mva$")


class Party(Struct, frozen=True, kw_only=True):
    """A renter as the books keep one; `person` is who stands as a comment, `odd` a number that is wrong."""

    key: str
    customer: OrderCustomer
    person: str = ""
    foreign: str = ""
    numberless: bool = False
    odd: bool = False

    @property
    def link(self) -> LinkTo:
        """The place of its link."""
        return place(CUSTOMER, self.key)


def party_of(renter: Renter, scope: str, home: str) -> Party:
    """A renter: a company by its name with the person as a comment, else the person; `CannotMap` for none."""
    company = renter.company or ("" if not renter.is_company else renter.person)
    number, country = figures(renter.org_number), code_of(renter.country, home)
    key = _key(renter, company, number)
    if not key:
        raise CannotMap("customer.nobody", name=renter.person or company or "?")
    name = company or renter.person or renter.email
    customer = OrderCustomer(
        name=name, is_company=bool(company), first_name="" if company else renter.first_name,
        last_name="" if company else renter.last_name, email=renter.email,
        tax_number=number if company else "", number=f"{scope}-{key}"[:100], phone=renter.phone,
        street=renter.street, postal_code=renter.postal_code, city=renter.city, country=country,
    )  # fmt: skip
    foreign = renter.country if renter.country and country != home else ""
    return Party(
        key=key, customer=customer, person=renter.person if company and renter.person != company else "",
        foreign=foreign, numberless=bool(company) and not number,
        odd=bool(company and number) and not foreign and not _right(number, home),
    )  # fmt: skip


def figures(number: str) -> str:
    """An organisation number without blanks and without what may stand around it."""
    return _MARKS.sub("", re.sub(r"[\s.-]", "", number.strip())).strip().upper()


def _key(renter: Renter, company: str, number: str) -> str:
    """The name of the customer's own source: by number, then by e-mail, then by the shop's own id."""
    if company and number:
        return f"org-{re.sub(r'[^0-9A-Z]', '', number)}"
    if renter.email:
        kind = "firm" if company else "email"
        return f"{kind}-{sha256(renter.email.strip().casefold().encode()).hexdigest()[:16]}"
    return f"renter-{renter.id}" if renter.id else ""


def _right(number: str, home: str) -> bool:
    """Whether the check digit is right, where the country has one that is known."""
    check = _CHECKS.get(home)
    try:
        return check is None or bool(check.validate(number))
    except ValidationError:
        return False
