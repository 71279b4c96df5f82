"""webcrm's own words, and the lists they stand for."""

from __future__ import annotations

from typing import NamedTuple

VENDOR = "webcrm"
PRODUCTION = "https://api.webcrm.com"
MOST = 1000
"""Rows of a page, the most that is given (webcrm.md 3)."""
PER_MINUTE = 250
"""Requests of one application token in any sixty seconds (webcrm.md 4)."""
YES = "Yes"
"""What a custom check box holds when it is ticked (webcrm.md 3.6)."""
UNUSED = "-"
"""What an unused column of the price list holds; empty text is refused (webcrm.md 3.5)."""
COLUMNS = range(1, 10)
"""The text columns of a line and of the price list."""


class Table(NamedTuple):
    """A kind of record: its table in queries, its path, and how its fields begin."""

    name: str
    path: str

    @property
    def id(self) -> str:
        """The field that identifies a row."""
        return f"{self.name}Id"

    @property
    def created(self) -> str:
        """The field that tells when a row was made."""
        return f"{self.name}CreatedAt"

    @property
    def updated(self) -> str:
        """The field that tells when a row changed."""
        return f"{self.name}UpdatedAt"


ORGANISATION = Table("Organisation", "Organisations")
PERSON = Table("Person", "Persons")
DELIVERY = Table("Delivery", "Deliveries")
LINKED = "QuotationLineLinkedDataItem"
"""How the fields of the price list begin."""


LONGEST = {
    "OrganisationName": 200, "OrganisationAddress": 250, "OrganisationCity": 50, "OrganisationCountry": 50,
    "OrganisationTelephone": 50, "OrganisationVatNumber": 50, "OrganisationVatCountry": 10,
    "OrganisationVatGroup": 20, "OrganisationExtraCustom": 50, "OrganisationXText": 50,
}  # fmt: skip
"""Letters a built-in field takes by the Swagger document, where the customer's own list does not say."""
