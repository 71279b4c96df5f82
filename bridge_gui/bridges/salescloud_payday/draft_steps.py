"""What this bridge writes about customers and their invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.invoices import Contact, InvoiceLine
from bridge_gui.accounting.tax import TaxSplit, split_gross
from bridge_gui.bridges.salescloud_payday.draft_lines import BILLED, CONTACT, ISK, Group
from bridge_gui.sync.step import LinkTo, Step


def contact_of(number: str) -> LinkTo:
    """The place of a customer's link."""
    return LinkTo(kind=CONTACT, source_id=number)


class EnsureContact(Step, frozen=True, kw_only=True, omit_defaults=True, tag="payday.ensure_contact"):
    """See to it that a customer is there."""

    contact: Contact


class RefreshContact(Step, frozen=True, kw_only=True, omit_defaults=True, tag="payday.refresh_contact"):
    """Bring a customer up to date."""

    contact: Contact

    @property
    def contact_id(self) -> str:
        """The customer's id at Payday."""
        return self.targets.get(contact_of(self.contact.number).name, "")


class _OnDraft(Step, frozen=True, kw_only=True, omit_defaults=True):
    """A sale's lines on the invoice of the customer with this kennitala; `lines` are bare."""

    kennitala: str
    group: Group
    lines: tuple[InvoiceLine, ...]
    warning: str = ""

    @property
    def contact_id(self) -> str:
        """The customer's id at Payday."""
        return self.targets.get(contact_of(self.kennitala).name, "")

    @property
    def shown_lines(self) -> tuple[tuple[str, Decimal], ...]:
        """What and how much, line by line, as the customer reads it."""
        return tuple((line.text, line.gross(ISK)) for line in self.group.dressed(self.lines))

    @property
    def shown_tax(self) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
        """Rate, net and tax that the books should make of it."""
        sums: dict[Decimal, list[TaxSplit]] = {}
        for line in self.lines:
            sums.setdefault(line.rate, []).append(split_gross(line.gross(ISK), line.rate, ISK))
        return tuple(
            (rate, sum((s.net for s in parts), Decimal(0)), sum((s.tax for s in parts), Decimal(0)))
            for rate, parts in sorted(sums.items(), reverse=True)
        )


class Preference(Struct, frozen=True, kw_only=True):
    """Which draft a sale may go on, and how a new one begins.

    `reference` is our mark in the draft's reference; `any_draft` takes one that a person began as well.
    """

    reference: str
    any_draft: bool = False
    claim: bool = False


class AddToDraft(_OnDraft, frozen=True, kw_only=True, omit_defaults=True, tag="payday.add_to_draft"):
    """Put a sale on the customer's open draft, on a new one where there is none."""

    preference: Preference
    dated: date


class AmendDraft(_OnDraft, frozen=True, kw_only=True, omit_defaults=True, tag="payday.amend_draft"):
    """Have a sale's lines on its draft say what they are to say now."""


DRAFT_STEPS: tuple[type[Step], ...] = (EnsureContact, RefreshContact, AddToDraft, AmendDraft)
OnDraft = AddToDraft | AmendDraft


def place(source_id: str, ordinal: int) -> LinkTo:
    """The place of a sale's n-th invoice."""
    return LinkTo(kind=BILLED, source_id=source_id, ordinal=ordinal)


def replaced(step: OnDraft, **values: object) -> OnDraft:
    """The step with other values."""
    return msgspec.structs.replace(step, **values)
