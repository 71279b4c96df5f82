"""Who was asked for a review and why others were not; and customers from before the start date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time

from bridge_gui.accounting.crm import Person
from bridge_gui.accounting.selling import Buyer
from bridge_gui.bridges.highlevel_quickbooks.bringing import MAKE, older_customers
from bridge_gui.bridges.highlevel_quickbooks.contacts import person_of
from bridge_gui.bridges.highlevel_quickbooks.customers import bare
from bridge_gui.bridges.highlevel_quickbooks.file_bringing import FilePairs
from bridge_gui.bridges.highlevel_quickbooks.panel_specs import ASKED, FROM_FILE, NOT_ASKED, REVIEWS
from bridge_gui.bridges.highlevel_quickbooks.reviews import Asked, Reviews
from bridge_gui.bridges.highlevel_quickbooks.worded import NEW_CONTACT, why_words
from bridge_gui.sync.flow import Record
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Certainty, Pair, Query, Row, Rows, Value
from bridge_gui.sync.specs import Option


class Panels:
    """Rows of both panels; a list is read when its panel opens and searched here."""

    def __init__(self, context: BridgeContext, reviews: Reviews) -> None:
        self._context = context
        self._reviews = reviews
        self._rows: tuple[Row, ...] | None = None
        self._pairs: dict[int, tuple[Buyer, ...]] = {}
        self._filed: list[Pair] | None = None

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        if panel == FROM_FILE:
            return self._file_rows(query)
        return self._review_rows(query) if panel == REVIEWS else self._pair_rows(query)

    def search(self, name: str, text: str) -> Sequence[Option]:
        """Contacts to choose from."""
        del name
        return [_option(one) for one in self._context.sales.people_named(text, 20)]

    def _review_rows(self, query: Query) -> Rows:
        if self._rows is None or query.offset == 0:
            self._rows = tuple(self._reviewed())
        state, text = query.filters.get("state", ""), query.text.casefold()
        found = [
            row
            for row in self._rows
            if state in ("", row.state) and text in str(row.values["customer"]).casefold()
        ]
        return Rows(rows=tuple(found[query.offset : query.offset + query.limit]), total=len(found))

    def _reviewed(self) -> Iterator[Row]:
        """Everybody who was asked, then those who have paid a first invoice and were not."""
        asked = self._reviews.asked()
        for customer, said in asked.items():
            yield _asked_row(customer, said)
        for record in self._paying():
            if bare(record.id) not in asked:
                yield self._other_row(record)

    def _paying(self) -> Iterator[Record]:
        cancel = self._context.cancel
        since = datetime.combine(self._context.start, time(), UTC)
        pages = self._context.books.payments_changed(since, cancel)
        customers = dict.fromkeys(one.contact for page in pages for one in page)
        yield from self._reviews.records(list(customers), cancel)

    def _other_row(self, record: Record) -> Row:
        why = self._reviews.why_not(record.content)
        values: dict[str, Value] = {
            "customer": record.party, "invoice": record.number, "paid": record.day, "asked": None,
            "why": why_words(why),
        }  # fmt: skip
        return Row(id=record.id, values=values, state=NOT_ASKED)

    def _pair_rows(self, query: Query) -> Rows:
        if query.offset == 0 or 0 not in self._pairs:
            self._pairs[0] = tuple(older_customers(self._context))
        found = [one for one in self._pairs[0] if query.text.casefold() in one.name.casefold()]
        some = found[query.offset : query.offset + query.limit]
        return Rows(rows=tuple(self._pair(one) for one in some), total=len(found))

    def _file_rows(self, query: Query) -> Rows:
        if query.offset == 0 or self._filed is None:
            self._filed = FilePairs(self._context).pairs()
        text = query.text.casefold()
        found = [one for one in self._filed if text in f"{one.left} {one.left_hint}".casefold()]
        return Rows(rows=tuple(found[query.offset : query.offset + query.limit]), total=len(found))

    def _pair(self, buyer: Buyer) -> Pair:
        """A customer and the contact of the same address; without one a new contact is proposed."""
        wanted = person_of(buyer)
        hits = (
            self._context.sales.people_with(email=wanted.email)
            if wanted.email
            else self._context.sales.people_with(phone=wanted.phone)
        )
        left = {"id": buyer.id, "left": buyer.name, "left_hint": buyer.email or buyer.phone}
        if not hits:
            return Pair(**left, right_id=MAKE, right=NEW_CONTACT, certainty=Certainty.LIKELY)
        hit = hits[0]
        sure = Certainty.SURE if len(hits) == 1 else Certainty.NAME_ONLY
        return Pair(
            **left, right_id=hit.id, right=hit.name or hit.email, right_hint=hit.email or hit.phone,
            certainty=sure, why="pair.same_email" if wanted.email else "pair.same_phone",
        )  # fmt: skip


def _asked_row(customer: str, said: Asked) -> Row:
    values: dict[str, Value] = {
        "customer": said.name, "invoice": said.number, "paid": None, "asked": said.on,
        "why": why_words(said.how),
    }  # fmt: skip
    return Row(id=customer, values=values, state=ASKED)


def _option(person: Person) -> Option:
    return Option(key=person.id, title=person.name or person.email, hint=person.email or person.phone)
