"""Pipedrive in Bridge's terms: deals with what they are made of, those they are for, notes and files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bridge_gui.accounting.deals import (
    Attachment,
    Deal,
    DealContents,
    DealFilter,
    DealState,
    FieldName,
    Holder,
    Note,
    Party,
    Product,
    Stage,
)
from bridge_gui.accounting.money import ZERO
from bridge_gui.errors import NoSuchTarget, SetupError
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.deals import DealPage
from bridge_gui.sync.oauth import oauth_sign_in
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.pipedrive import client as questions
from bridge_gui.vendors.pipedrive import listing, parties, texts
from bridge_gui.vendors.pipedrive.client import PipedriveClient, TokenSignIn
from bridge_gui.vendors.pipedrive.contents import Contents
from bridge_gui.vendors.pipedrive.door import VENDOR, Listing
from bridge_gui.vendors.pipedrive.payloads import FieldAnswer
from bridge_gui.vendors.pipedrive.terms import BY_APP, BY_TOKEN, address, company_domain, terms
from bridge_gui.web.signin import SignIn
from bridge_gui.web.waiting import Cancel

_DEFINITIONS = {
    Holder.DEAL: "dealFields",
    Holder.ORGANIZATION: "organizationFields",
    Holder.PERSON: "personFields",
}
_SEARCHES = 5
"""How many pages of the search are looked through for one page to show."""


class PipedriveAdapter:
    """One company at Pipedrive; field definitions are read once and kept for the job."""

    def __init__(self, client: PipedriveClient, domain: str) -> None:
        self._client = client
        self._domain = domain
        self._contents = Contents(client)
        self._definitions: dict[Holder, tuple[FieldAnswer, ...]] = {}
        self._told = frozenset(Holder)

    @classmethod
    def open(cls, context: ConnectionContext) -> PipedriveAdapter:
        """The adapter of a connection; calls nobody yet."""
        domain = company_domain(context.values.get("domain", ""))
        client = PipedriveClient(address(context.endpoint, domain), _sign_in(context), context.wire)
        return cls(client, domain)

    @property
    def scope(self) -> str:
        """Two letters for Pipedrive and six signs that are this company's own."""
        return f"pd-{hashlib.sha256(self._domain.encode()).hexdigest()[:6]}"

    def company(self) -> Company:
        """Sign in and name the company; it must be the one whose address was typed in."""
        try:
            me = self._client.me()
        except NoSuchTarget:
            raise SetupError("pipedrive.domain", domain=self._domain) from None
        found = (me.company_domain or self._domain).lower()
        if found != self._domain:
            raise SetupError("pipedrive.other_company", found=found, expected=self._domain)
        return Company(id=str(me.company_id or found), name=me.company_name or found)

    def decimals(self) -> Mapping[str, int]:
        """How many decimals the company keeps, by currency."""
        return {one.code: one.decimal_points for one in self._client.currencies()}

    def owners(self) -> Mapping[str, str]:
        """The names of the company's users, by id."""
        return {str(one.id): one.name for one in self._client.users()}

    def deals_since(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Deal]]:
        """Pages of the deals that changed since an instant, archived and deleted ones included."""
        asked = {**questions.since(since), "status": questions.EVERY_STATE}
        seen: set[str] = set()
        for archived in (False, True):
            for page in self._client.deals({**asked, **_COUNTED}, cancel, archived=archived):
                yield tuple(listing.once(self._deals(page), seen))

    def deals_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[Deal, ...]:
        """Fresh copies, archived ones included; what is gone for good is left out."""
        found: dict[str, Deal] = {}
        for archived in (False, True):
            missing = [int(one) for one in ids if one not in found]
            for some in questions.chunks(missing):
                for page in self._client.deals(
                    {**questions.by_ids(some), **_COUNTED}, cancel, archived=archived
                ):
                    found.update({deal.id: deal for deal in self._deals(page)})
        return tuple(found[one] for one in dict.fromkeys(ids) if one in found)

    def deal_page(self, which: DealFilter, following: str, limit: int) -> DealPage:
        """One page for a person to look at, newest change first; archived deals only if text is searched."""
        limit = max(1, min(limit, questions.MOST))
        if which.text.strip():
            return self._searched(which, following, min(limit, questions.MOST_IDS))
        page = self._client.deal_page(listing.query_of(which, following, limit))
        return DealPage(deals=self._deals(page), following=page.following)

    def contents(self, deals: Collection[Deal], cancel: Cancel) -> Mapping[str, DealContents]:
        """Products, discounts and instalments by deal; every deal is answered."""
        return self._contents.of(deals, cancel)

    def products(self) -> tuple[Product, ...]:
        """All products that can be put on a deal."""
        return tuple(
            Product(id=str(one.id), name=one.name, code=(one.code or "").strip(), rate=one.tax or ZERO)
            for one in self._client.catalogue()
            if not one.is_deleted
        )

    def organizations(self, ids: Collection[str], cancel: Cancel) -> Mapping[str, Party]:
        """Organizations by id; what is gone is left out."""
        pages = self._client.organizations(_numbers(ids), cancel)
        return self._parties(pages, Holder.ORGANIZATION, parties.organization)

    def persons(self, ids: Collection[str], cancel: Cancel) -> Mapping[str, Party]:
        """Persons by id; what is gone is left out."""
        return self._parties(self._client.persons(_numbers(ids), cancel), Holder.PERSON, parties.person)

    def field_names(self) -> tuple[FieldName, ...]:
        """All fields of deals, organizations and persons that can be shown as text."""
        return tuple(
            FieldName(holder=holder, key=one.field_code, title=one.field_name, custom=one.is_custom_field)
            for holder in Holder
            for one in self._fields(holder)
            if texts.shows(one)
        )

    def tell_fields_of(self, holders: Collection[Holder]) -> None:
        """Whose fields are told as text from now on; the definitions of the others are not read."""
        self._told = frozenset(holders)

    def stages(self) -> tuple[Stage, ...]:
        """All stages of all pipelines, in their order."""
        pipelines = {one.id: one for one in self._client.pipelines() if not one.is_deleted}
        found = [one for one in self._client.stages() if one.pipeline_id in pipelines and not one.is_deleted]
        found.sort(key=lambda one: (pipelines[one.pipeline_id].order_nr, one.pipeline_id, one.order_nr))
        return tuple(
            Stage(
                id=str(one.id), name=one.name, pipeline=str(one.pipeline_id),
                pipeline_name=pipelines[one.pipeline_id].name,
            )
            for one in found
        )  # fmt: skip

    def notes_on(self, deal: str, cancel: Cancel) -> tuple[Note, ...]:
        """All notes on a deal."""
        found = self._client.notes(int(deal), cancel)
        return tuple(Note(id=str(one.id), content=one.content) for one in found if one.active_flag)

    def add_note(self, deal: str, content: str) -> Note:
        """Put a note on a deal; Pipedrive may tidy its HTML."""
        note = self._client.add_note(int(deal), content)
        return Note(id=str(note.id), content=note.content)

    def change_note(self, note: str, content: str) -> Note:
        """Write a note anew; raises `NoSuchTarget` if it is gone."""
        changed = self._client.change_note(int(note), content)
        return Note(id=str(changed.id), content=changed.content)

    def files_on(self, deal: str, cancel: Cancel) -> tuple[Attachment, ...]:
        """All files on a deal."""
        found = self._client.files(int(deal), cancel)
        return tuple(Attachment(id=str(one.id), name=one.name) for one in found if one.active_flag)

    def attach(self, deal: str, name: str, content: bytes, media_type: str) -> Attachment:
        """Put a file on a deal."""
        file = self._client.add_file(int(deal), name, content, media_type)
        return Attachment(id=str(file.id), name=file.name)

    def set_field(self, deal: str, key: str, text: str) -> None:
        """Set one custom field of a deal to a text, or empty it."""
        self._client.set_field(int(deal), key, text or None)

    def _searched(self, which: DealFilter, following: str, limit: int) -> DealPage:
        """A page of what the search finds, read afresh, since it tells neither pipeline nor time."""
        if which.state is DealState.DELETED:
            return DealPage(deals=())
        deals: tuple[Deal, ...] = ()
        for _ in range(_SEARCHES):
            ids, following = self._client.search(listing.search_of(which, following, limit))
            found = self.deals_by_id([str(one) for one in ids], self._client.cancel)
            deals = listing.newest_first(deal for deal in found if listing.fits(deal, which))
            if deals or not following:
                break
        return DealPage(deals=deals, following=following)

    def _deals(self, page: Listing) -> tuple[Deal, ...]:
        return tuple(
            listing.plain(answer, self._domain, fields)
            for answer, fields in zip(page.items, self._texts(page, Holder.DEAL), strict=True)
        )

    def _parties(
        self, pages: Iterator[Listing], holder: Holder, plain: Callable[[Any, dict[str, str]], Party]
    ) -> dict[str, Party]:
        return {
            str(answer.id): plain(answer, fields)
            for page in pages
            for answer, fields in zip(page.items, self._texts(page, holder), strict=True)
            if not answer.is_deleted
        }

    def _texts(self, page: Listing, holder: Holder) -> list[dict[str, str]]:
        definitions = self._fields(holder) if holder in self._told else ()
        return [texts.texts_of(one, definitions) for one in page.whole]

    def _fields(self, holder: Holder) -> tuple[FieldAnswer, ...]:
        if holder not in self._definitions:
            self._definitions[holder] = self._client.fields(_DEFINITIONS[holder])
        return self._definitions[holder]


_COUNTED = {"include_fields": "products_count"}


def _sign_in(context: ConnectionContext) -> SignIn:
    """By the user's personal token, or by the customer's own app."""
    if context.values.get("way", BY_TOKEN) == BY_APP:
        own = terms(context.endpoint, context.values)
        return oauth_sign_in(context, own, VENDOR, secret=context.secret("client_secret").strip())
    token = context.secret("api_token").strip()
    context.wire.redactor.learn(token)
    return TokenSignIn(token)


def _numbers(ids: Collection[str]) -> list[int]:
    return [int(one) for one in ids if one]
