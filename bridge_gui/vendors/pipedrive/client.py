"""Pipedrive's calls, one method each, in Pipedrive's own forms: v2, and v1 where v2 has nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from msgspec import Struct

from bridge_gui.errors import NoSuchTarget, VendorChanged
from bridge_gui.vendors.pipedrive.door import V1, V2, VENDOR, Door, Listing, Query
from bridge_gui.vendors.pipedrive.multipart import form_of
from bridge_gui.vendors.pipedrive.payloads import (
    CurrencyAnswer,
    DealAnswer,
    DiscountAnswer,
    FieldAnswer,
    FileAnswer,
    InstalmentAnswer,
    LineAnswer,
    NoteAnswer,
    OrganizationAnswer,
    PersonAnswer,
    PipelineAnswer,
    ProductAnswer,
    SearchAnswer,
    StageAnswer,
    UserAnswer,
    VariationAnswer,
)
from bridge_gui.web.decode import decode
from bridge_gui.web.signin import SignIn
from bridge_gui.web.waiting import Cancel
from bridge_gui.web.wire import Wire

MOST = 500
"""The longest page of v2."""
MOST_IDS = 100
"""How many ids one question may name."""
EVERY_STATE = "open,won,lost,deleted"
Found = TypeVar("Found", bound=Struct)


class TokenSignIn:
    """The personal token in its header; there is nothing to renew.

    QUIRK: it was once allowed in the address, where it would be logged (pipedrive.md 2.1); never so here.
    """

    def __init__(self, token: str) -> None:
        self._token = token

    def __repr__(self) -> str:
        return "TokenSignIn()"

    def headers(self, _method: str, _url: str, _body: bytes) -> Mapping[str, str]:
        """The header."""
        return {"x-api-token": self._token}

    def renew(self, _stale: Mapping[str, str]) -> bool:
        """Nothing newer can be had."""
        return False


class PipedriveClient:
    """One company's Pipedrive, as one of its users sees it."""

    def __init__(self, base: str, sign_in: SignIn, wire: Wire) -> None:
        self._door = Door(base, sign_in, wire)
        self.cancel = wire.cancel

    def me(self) -> UserAnswer:
        """Who is signed in, and at which company."""
        return self._door.one(f"{V1}/users/me", UserAnswer)

    def users(self) -> tuple[UserAnswer, ...]:
        """The users of the company."""
        return self._door.old_whole("users", UserAnswer)

    def currencies(self) -> tuple[CurrencyAnswer, ...]:
        """The currencies with their decimals."""
        return self._door.old_whole("currencies", CurrencyAnswer)

    def deals(self, query: Query, cancel: Cancel, *, archived: bool = False) -> Iterator[Listing]:
        """Deals page by page, by id. QUIRK: archived ones have a list of their own (pipedrive.md 3, spec)."""
        path = "deals/archived" if archived else "deals"
        steady: Query = {"sort_by": "id", "sort_direction": "asc", "limit": MOST}
        return self._door.pages(path, {**steady, **query}, DealAnswer, cancel)

    def deal_page(self, query: Query) -> Listing:
        """One page of deals as it is asked for."""
        return self._door.page("deals", query, DealAnswer)

    def search(self, query: Query) -> tuple[tuple[int, ...], str]:
        """The deals that the search finds, also by whom they are for, and the cursor of the next page."""
        answer = self._door.read(f"{V2}/itemSearch", query, lists=True)
        page = decode(answer, SearchAnswer, vendor=VENDOR)
        following = page.additional_data.next_cursor if page.additional_data else None
        hits = (*page.data.items, *page.data.related_items)
        return tuple(dict.fromkeys(hit.item.id for hit in hits if hit.item.type == "deal")), following or ""

    def lines(self, deals: Sequence[int], cancel: Cancel) -> Iterator[LineAnswer]:
        """The products of up to a hundred deals."""
        query: Query = {"deal_ids": _joined(deals), "sort_by": "id", "limit": MOST}
        for listing in self._door.pages("deals/products", query, LineAnswer, cancel):
            yield from listing.items

    def discounts(self, deal: int) -> tuple[DiscountAnswer, ...]:
        """The discounts on a whole deal; none if the deal is gone."""
        try:
            return self._door.page(f"deals/{deal}/discounts", {}, DiscountAnswer).items
        except NoSuchTarget:
            return ()

    def instalments(self, deals: Sequence[int], cancel: Cancel) -> Iterator[InstalmentAnswer]:
        """The instalments of up to a hundred deals.

        QUIRK: by the document the ids go one by one here, and joined by commas for the products (spec).
        INFERRED: commas are understood here too. A server that does not would refuse them, and then they go
        one by one; a server that wants commas would quietly take one of several ids for all.
        """
        for ids in (_joined(deals), list(deals)):
            query: Query = {"deal_ids": ids, "sort_by": "id", "limit": MOST}
            pages = self._door.pages("deals/installments", query, InstalmentAnswer, cancel)
            try:
                first = next(pages)
            except VendorChanged as error:
                if error.code != "pipedrive.read_refused" or isinstance(ids, list):
                    raise
                continue
            yield from first.items
            for listing in pages:
                yield from listing.items
            return

    def organizations(self, ids: Collection[int], cancel: Cancel) -> Iterator[Listing]:
        """Organizations by their ids."""
        return self._by_ids("organizations", ids, OrganizationAnswer, cancel)

    def persons(self, ids: Collection[int], cancel: Cancel) -> Iterator[Listing]:
        """Persons by their ids."""
        return self._by_ids("persons", ids, PersonAnswer, cancel)

    def catalogue(self) -> tuple[ProductAnswer, ...]:
        """All products there are."""
        return self._door.all("products", {"limit": MOST, "sort_by": "id"}, ProductAnswer)

    def variations(self, product: int) -> tuple[VariationAnswer, ...]:
        """The variations of a product; none if it is gone."""
        try:
            return self._door.all(f"products/{product}/variations", {"limit": MOST}, VariationAnswer)
        except NoSuchTarget:
            return ()

    def fields(self, path: str) -> tuple[FieldAnswer, ...]:
        """The definitions at `dealFields`, `organizationFields` or `personFields`, to the last page."""
        return self._door.all(path, {"limit": MOST}, FieldAnswer)

    def pipelines(self) -> tuple[PipelineAnswer, ...]:
        """The pipelines."""
        return self._door.all("pipelines", {"limit": MOST}, PipelineAnswer)

    def stages(self) -> tuple[StageAnswer, ...]:
        """The stages of all pipelines."""
        return self._door.all("stages", {"limit": MOST}, StageAnswer)

    def notes(self, deal: int, cancel: Cancel) -> Iterator[NoteAnswer]:
        """The notes on a deal."""
        return self._door.old_list("notes", NoteAnswer, {"deal_id": deal, "sort": "id ASC"}, cancel)

    def add_note(self, deal: int, content: str) -> NoteAnswer:
        """Put a note on a deal."""
        return self._door.write("POST", f"{V1}/notes", {"deal_id": deal, "content": content}, NoteAnswer)

    def change_note(self, note: int, content: str) -> NoteAnswer:
        """Write a note anew."""
        return self._door.write("PUT", f"{V1}/notes/{note}", {"content": content}, NoteAnswer)

    def files(self, deal: int, cancel: Cancel) -> Iterator[FileAnswer]:
        """The files on a deal."""
        return self._door.old_list(f"deals/{deal}/files", FileAnswer, {"sort": "id"}, cancel)

    def add_file(self, deal: int, name: str, content: bytes, media_type: str) -> FileAnswer:
        """Put a file on a deal."""
        form = form_of({"deal_id": str(deal)}, name, content, media_type)
        return self._door.upload(f"{V1}/files", form.body, form.media_type, FileAnswer)

    def set_field(self, deal: int, key: str, text: str | None) -> DealAnswer:
        """Set one custom field of a deal, or empty it with None.

        QUIRK: an empty `custom_fields` empties them all, and `value` resets other fields (pipedrive.md 7);
        so exactly one key goes, and nothing else.
        """
        return self._door.write("PATCH", f"{V2}/deals/{deal}", {"custom_fields": {key: text}}, DealAnswer)

    def _by_ids(
        self, path: str, ids: Collection[int], shape: type[Found], cancel: Cancel
    ) -> Iterator[Listing]:
        for some in chunks(ids):
            yield from self._door.pages(path, {"ids": _joined(some), "limit": MOST}, shape, cancel)


def chunks(ids: Collection[int]) -> Iterator[list[int]]:
    """Different ids in order, a hundred at a time."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), MOST_IDS):
        yield ordered[start : start + MOST_IDS]


def by_ids(ids: Collection[int]) -> Query:
    """The question for up to a hundred deals, whatever their state."""
    return {"ids": _joined(ids), "status": EVERY_STATE}


def since(moment: datetime) -> Query:
    """The question for what changed since an instant. QUIRK: whole seconds only (pipedrive.md 4, live)."""
    whole = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return {"updated_since": f"{whole.isoformat()}Z"}


def _joined(ids: Collection[int]) -> str:
    return ",".join(str(one) for one in ids)
