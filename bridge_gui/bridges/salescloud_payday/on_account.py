"""From what a sale is to be billed and what its invoices hold to the steps between them: pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec
from msgspec import Struct
from stdnum.is_ import kennitala

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.invoices import Contact, InvoiceLine, same_lines, total_of
from bridge_gui.bridges.salescloud_payday.billing import Buying
from bridge_gui.bridges.salescloud_payday.draft_lines import (
    BILLED,
    ISK,
    Billed,
    Group,
    content_of,
    difference,
    read_content,
)
from bridge_gui.bridges.salescloud_payday.draft_steps import (
    AddToDraft,
    AmendDraft,
    EnsureContact,
    Preference,
    RefreshContact,
    contact_of,
    place,
)
from bridge_gui.bridges.salescloud_payday.periods import said
from bridge_gui.bridges.salescloud_payday.rules import LEAVE, POST_AGAIN, Rules
from bridge_gui.sync.digest import digest_of
from bridge_gui.sync.flow import Held, Known, LinkView, Record, Skip
from bridge_gui.sync.step import Step

FOLLOW = "follow"
WHO = "SalesCloud"


class Standing(Struct, frozen=True, kw_only=True):
    """An invoice that a sale is on: what we meant, what it holds, and whether it takes changes."""

    link: LinkView
    meant: Billed | None
    held: Billed | None

    @property
    def open(self) -> bool:
        """Whether it is still a draft."""
        return self.link.state is DocumentState.DRAFT

    @property
    def agreed(self) -> Billed:
        """What later changes are measured by: what was meant, so that a person's edits stay theirs."""
        return self.meant or self.held or Billed(number="", lines=())

    @property
    def number(self) -> str:
        """Whose invoice it is."""
        return self.agreed.number or (self.held.number if self.held is not None else "")

    @property
    def edited(self) -> bool:
        """Whether a person has changed the sale's lines."""
        if self.meant is None or self.held is None:
            return False
        return not same_lines(self.meant.lines, self.held.lines, ISK)


def split_of(known: Known) -> str:
    """How a sale was split when it was billed, empty if it was not."""
    links = (link for link in known.links if link.kind == BILLED)
    meant = (read_content(link.source_content) for link in links)
    return next((billed.split for billed in meant if billed is not None and billed.split), "")


def standings(known: Known) -> list[Standing]:
    """The invoices a sale is on; those that a person removed are left out."""
    links = [link for link in known.links if link.kind == BILLED and link.target is not None]
    return [
        Standing(link=link, meant=read_content(link.source_content), held=read_content(link.target_content))
        for link in links
        if link.target is not None and link.target.id and link.state is not DocumentState.DELETED
    ]


def plan_billing(
    record: Record, known: Known, rules: Rules, buying: Buying | None
) -> list[Step] | Held | Skip:
    """The steps that bring the customer's invoices to this sale; none when they are there."""
    if vanished := _vanished(known):
        if buying is None:
            return []
        answer = rules.deleted_draft if rules.deleted_draft in (LEAVE, POST_AGAIN) else known.answer
        if not said(answer, POST_AGAIN):
            return Skip(code="draft.left_to_person") if answer == LEAVE else vanished
    plan = _Plan(record, known, rules, buying)
    steps: list[Step] = []
    for number in plan.numbers():
        part = plan.account(number)
        if isinstance(part, Held):
            return part
        steps += part
    return steps


class _Plan:
    """One sale's way from customer to customer and draft to draft."""

    def __init__(self, record: Record, known: Known, rules: Rules, buying: Buying | None) -> None:
        self._record = record
        self._rules = rules
        self._known = known
        self._buying = buying
        self._standing = standings(known)
        billed = [link.ordinal for link in known.links if link.kind == BILLED]
        self._next = max(billed, default=0) + 1

    def numbers(self) -> Iterator[str]:
        """The customers concerned: who was billed before, and who is to be."""
        before = (standing.number for standing in self._standing)
        now = (self._buying.billed.number,) if self._buying is not None else ()
        return iter(dict.fromkeys((*before, *now)))

    def account(self, number: str) -> list[Step] | Held:
        """The steps on one customer's account."""
        mine = [standing for standing in self._standing if standing.number == number]
        drafts = [standing for standing in mine if standing.open]
        last = drafts[-1] if drafts else None
        wanted = self._wanted(number)
        lines = difference(wanted, [line for one in mine if one is not last for line in one.agreed.lines])
        if last is None:
            return [*self._customer(number), *self._add(number, lines)] if lines else []
        if same_lines(lines, last.agreed.lines, ISK):
            return []
        if last.edited and not said(self._known.answer, FOLLOW):
            if self._known.answer == LEAVE:
                return []
            return Held(code="draft.edited", params=_of(last), choices=(FOLLOW, LEAVE))
        return [*self._customer(number), *self._amend(last, lines)]

    def _wanted(self, number: str) -> tuple[InvoiceLine, ...]:
        buying = self._buying
        return buying.billed.lines if buying is not None and buying.billed.number == number else ()

    def _customer(self, number: str) -> list[Step]:
        """The customer is there, and up to date if a setting says so."""
        buying = self._buying
        mine = buying is not None and buying.billed.number == number
        name, email = (buying.name, buying.email) if mine and buying is not None else (number, "")
        contact = Contact(number=number, name=name, email=email)
        ensure = EnsureContact(
            name="contact", link=contact_of(number), lane=f"contact:{number}", mark=number, ensures=True,
            day=self._record.day, number=number, party=name, contact=contact,
        )  # fmt: skip
        if not (mine and self._rules.refresh_contacts):
            return [ensure]
        return [ensure, self._refresh(contact)]

    def _refresh(self, contact: Contact) -> Step:
        """Planned once for each thing there is to say of a customer."""
        link = contact_of(contact.number)
        told = digest_of(msgspec.json.encode(contact)).rsplit(":", 1)[-1][:12]
        return RefreshContact(
            name=f"refresh:{told}", link=link, lane=f"contact:{contact.number}", mark=contact.number,
            creates=False, needs=(link,), day=self._record.day, number=contact.number, party=contact.name,
            source_content=msgspec.json.encode(contact), contact=contact,
        )  # fmt: skip

    def _add(self, number: str, lines: tuple[InvoiceLine, ...]) -> list[Step]:
        """On the customer's open draft, whichever that is when it is sent."""
        ordinal, self._next = self._next, self._next + 1
        rules, record = self._rules, self._record
        group = self._group(ordinal)
        preference = Preference(
            reference=f"{WHO} {rules.scope}", any_draft=rules.any_draft, claim=rules.claim
        )
        return [
            AddToDraft(
                name=f"bill:{ordinal}", link=place(record.id, ordinal), lane=f"account:{number}",
                mark=group.mark, needs=(contact_of(number),), sources=(record.id,), day=record.day,
                number=record.number, party=self._party(number), total=total_of(lines, ISK),
                currency=record.currency, source_content=content_of(self._billed(number, lines)),
                kennitala=number, group=group, lines=lines, warning=_warning(number),
                preference=preference, dated=record.day,
            )
        ]  # fmt: skip

    def _amend(self, standing: Standing, lines: tuple[InvoiceLine, ...]) -> list[Step]:
        """On the very draft the sale is on."""
        record, number, ordinal = self._record, standing.number, standing.link.ordinal
        group = self._group(ordinal)
        return [
            AmendDraft(
                name=f"amend:{ordinal}", link=place(record.id, ordinal), lane=f"account:{number}",
                mark=group.mark, creates=False, needs=(contact_of(number),), sources=(record.id,),
                day=record.day, number=record.number, party=self._party(number),
                total=total_of(lines, ISK), currency=record.currency,
                source_content=content_of(self._billed(number, lines)), kennitala=number, group=group,
                lines=lines, target=standing.link.target,
            )
        ]  # fmt: skip

    def _billed(self, number: str, lines: tuple[InvoiceLine, ...]) -> Billed:
        split = self._buying.billed.split if self._buying is not None else ""
        return Billed(number=number, lines=lines, split=split)

    def _group(self, ordinal: int) -> Group:
        record = self._record
        refund = record.total < Decimal(0)
        return Group(source_id=record.id, ordinal=ordinal, day=record.day, shown=record.number, refund=refund)

    def _party(self, number: str) -> str:
        buying = self._buying
        return buying.name if buying is not None and buying.billed.number == number else self._record.party


def _vanished(known: Known) -> Held | None:
    """The draft that a sale was on last is gone, or the sale's lines are: only a person knows why."""
    links = [link for link in known.links if link.kind == BILLED and link.target and link.target.id]
    if not links or links[-1].state is not DocumentState.DELETED:
        return None
    meant = read_content(links[-1].source_content)
    if meant is not None and not meant.lines:
        return None
    target = links[-1].target
    params = {"target": (target.number or target.id) if target is not None else ""}
    about = target.id if target is not None else ""
    return Held(code="draft.vanished", params={**params}, choices=(POST_AGAIN, LEAVE), about=about)


def _warning(number: str) -> str:
    """The registry gives out numbers without a valid check digit: a wrong one is said, never refused."""
    return "" if kennitala.is_valid(number) else "kennitala.checksum"


def _of(standing: Standing) -> dict[str, str | int | bool | None]:
    target = standing.link.target
    return {"target": "" if target is None else target.number or target.id}
