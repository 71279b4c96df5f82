"""The flow of items: Uniconta's items are webcrm's price list, so that each can be chosen on a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct, json
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.trade import PriceRow, StockItem
from bridge_gui.bridges.webcrm_uniconta.cards import Card, Content
from bridge_gui.bridges.webcrm_uniconta.looks import MASTERS, Looks
from bridge_gui.bridges.webcrm_uniconta.rules import HIDDEN, KEEP, Rules
from bridge_gui.bridges.webcrm_uniconta.steps import (
    ITEM,
    PRICE,
    JoinPrice,
    RemovePrice,
    WritePrice,
    bare,
    named,
    place,
)
from bridge_gui.errors import Ambiguous, Conflict, NoSuchTarget
from bridge_gui.sync.debtors import KeepsStock
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import (
    Absent,
    Finding,
    Flow,
    Found,
    Held,
    Known,
    Page,
    Record,
    Several,
    Skip,
    Written,
)
from bridge_gui.sync.opening import BridgeContext, Notes
from bridge_gui.sync.step import Step
from bridge_gui.sync.trading import KeepsPriceList
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.message import mark

BLOCKED = mark("(blocked)")
_SHELF = "items.shelf"
_JOINED = "items.joined"


class Shelved(Struct, frozen=True, kw_only=True):
    """What an order's lines need to know of an item."""

    cost: Decimal
    unit: str = ""
    blocked: bool = False


class Listed(Struct, frozen=True, kw_only=True):
    """A row of the price list as far as it is ours to fill."""

    columns: tuple[tuple[int, str], ...]
    price: Decimal | None
    cost: Decimal | None
    group: str = ""


class Goods(Flow):
    """Items to rows of the price list."""

    key, kind = "items", PRICE
    rereads_skipped = False

    def __init__(self, context: BridgeContext, rules: Rules, looks: Looks) -> None:
        self._books: KeepsStock = context.books
        self._sales: KeepsPriceList = context.sales
        self._context = context
        self._rules = rules
        self._looks = looks

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Items whose row differs from the last look."""
        del since
        if not (self._rules.items or self._rules.orders) or not self._looks.due(self.key, MASTERS):
            return
        begun = self._context.clock.now()
        items = self._books.stock_items(cancel)
        keep_shelf(self._context.notes, items)
        if self._rules.items:
            for page in self._looks.changed(self.key, (card_of(item) for item in items)):
                yield Page(records=tuple(self._record(card) for card in page))
        self._looks.looked(self.key, begun)

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        items = self._books.items_by_number([bare(one) for one in ids], cancel) if ids else ()
        return [self._record(card_of(item)) for item in items]

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """A row for each item; a blocked one is marked or taken off, as the user wants."""
        hidden = record.content.extra["blocked"] and self._rules.blocked == HIDDEN
        link = known.links[-1] if known.links else None
        if link is None or link.target is None:
            if hidden:
                return Skip(code="item.blocked")
            held = Held(code="pairs.not_confirmed") if self._rules.pairs_first else None
            return held or [self._step(record, self._row(record), None)]
        if link.state is DocumentState.DELETED:
            return Held(code="price.gone")
        if hidden:
            return [
                RemovePrice(
                    name="remove", link=place(PRICE, record.id), creates=False, unlinks=True,
                    lane=f"{PRICE}:{record.id}", row=bare(link.target.id), sources=(record.id,),
                    day=record.day, number=record.number, party=record.party,
                )
            ]  # fmt: skip
        was = json.decode(link.target_content, type=Listed) if link.target_content else None
        row = replace(self._row(record), id=bare(link.target.id))
        return [] if was == self._listed(row) else [self._step(record, row, was)]

    def _step(self, record: Record, row: PriceRow, was: Listed | None) -> Step:
        return WritePrice(
            name="price", link=place(PRICE, record.id), creates=not row.id, lane=f"{PRICE}:{record.id}",
            mark="", row=row, was=_digest(was), sources=(record.id,), day=record.day, number=record.number,
            party=record.party, source_content=canonical(record.content),
        )  # fmt: skip

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """Rows by their item number, or by id."""
        rows = self._sales.price_rows(cancel)
        return [self._find(step, rows) for step in steps]

    def _find(self, step: Step, rows: Sequence[PriceRow]) -> Finding:
        if isinstance(step, RemovePrice):
            there = next((row for row in rows if row.id == step.row), None)
            ref = Ref(id=named(PRICE, step.row))
            return Found(ref=ref, equal=there is None, living=there is not None)
        if isinstance(step, JoinPrice):
            joined = next((row for row in rows if row.id == step.row), None)
            return Absent() if joined is None else self._found(self._written(joined, step))
        assert isinstance(step, WritePrice)
        hits = [row for row in rows if self._fits(row, step.row)]
        if len(hits) > 1:
            return Several(refs=tuple(Ref(id=named(PRICE, row.id)) for row in hits))
        if not hits:
            return Absent(gone=bool(step.row.id))
        equal = self._listed(hits[0]) == self._listed(step.row)
        return self._found(self._written(hits[0], step), equal=equal)

    def _found(self, written: Written, *, equal: bool = True) -> Found:
        return Found(ref=written.ref, equal=equal, content=written.content, state=DocumentState.POSTED)

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Write the row; one that is there for this item already is taken over."""
        del key, target
        if isinstance(step, RemovePrice):
            self._sales.remove_price_row(step.row)
            self._keep_joined(step.link.source_id, "")
            return Written(ref=Ref(id=named(PRICE, step.row)))
        assert isinstance(step, (WritePrice, JoinPrice))
        row = self._there(step.row) if isinstance(step, JoinPrice) else self._put(step)
        self._keep_joined(step.link.source_id, row.id)
        return self._written(row, step)

    def _there(self, row: str) -> PriceRow:
        there = self._sales.price_row(row)
        if there is None:
            raise NoSuchTarget("price.gone", target=named(PRICE, row))
        return there

    def _keep_joined(self, item: str, row: str) -> None:
        """Remember which row is which item's, for the panel of pairs."""
        joined = {**read_joined(self._context.notes), bare(item): row}
        told = json.encode({key: one for key, one in joined.items() if one}, order="sorted").decode()
        if told != self._context.notes.get(_JOINED):
            self._context.notes.set(_JOINED, told)

    def _put(self, step: WritePrice) -> PriceRow:
        if step.row.id:
            there = self._there(step.row.id)
            if step.was and step.was != _digest(self._listed(there)):
                raise Conflict("pair.changed", record=step.number)
            return self._change(step.row, there)
        rows = self._sales.price_rows(self._context.cancel)
        hits = [row for row in rows if self._fits(row, step.row)]
        if len(hits) > 1:
            raise Ambiguous("price.several", item=step.number, count=len(hits))
        if hits:
            return self._change(step.row, hits[0])
        return self._sales.add_price_row(step.row)

    def _change(self, row: PriceRow, there: PriceRow) -> PriceRow:
        """Write what is ours; a person's note and the VAT code stay."""
        wanted = replace(row, id=there.id, memo=there.memo, vat_code=there.vat_code)
        return self._sales.change_price_row(wanted, there)

    def _written(self, row: PriceRow, step: Step) -> Written:
        ref = Ref(id=named(PRICE, row.id), number=step.number)
        return Written(ref=ref, content=canonical(self._listed(row)), state=DocumentState.POSTED)

    def _fits(self, row: PriceRow, wanted: PriceRow) -> bool:
        if wanted.id:
            return row.id == wanted.id
        column = self._rules.item_column
        return row.columns.get(column, "").casefold() == wanted.columns[column].casefold()

    def _listed(self, row: PriceRow) -> Listed:
        columns = tuple((one, row.columns.get(one, "")) for one in self._columns())
        return Listed(columns=columns, price=row.price, cost=row.cost, group=row.group)

    def _columns(self) -> list[int]:
        rules = self._rules
        return sorted({one for one in (rules.item_column, rules.name_column, rules.unit_column) if one})

    def _row(self, record: Record) -> PriceRow:
        """What the list shows of an item; a price in another currency would mislead and is left out."""
        rules, values, extra = self._rules, record.content.values, record.content.extra
        blocked = extra["blocked"] and rules.blocked != KEEP
        name = f"{BLOCKED} {values['name']}" if blocked else values["name"]
        texts = {rules.item_column: values["number"], rules.name_column: name}
        if rules.unit_column:
            texts[rules.unit_column] = values["unit"]
        own = values["currency"] in ("", rules.currency)
        price = Decimal(values["price"]) if own else None
        return PriceRow(columns=texts, price=price, cost=Decimal(values["cost"]), group=values["group"])

    def _record(self, card: Card) -> Record:
        return Record(
            id=card.id,
            day=self._rules.today,
            content=card.content,
            number=card.number,
            party=card.party,
        )


def _digest(was: Listed | None) -> str:
    """A row's content as one word, "" for none."""
    return digest_of(canonical(was)) if was is not None else ""


def card_of(item: StockItem) -> Card:
    """An item as a card."""
    values = {
        "number": item.number, "name": item.name, "group": item.group, "unit": item.unit,
        "price": plain(item.price), "cost": plain(item.cost), "currency": item.currency,
    }  # fmt: skip
    extra = {"blocked": "yes" if item.blocked or item.hidden else ""}
    content = Content(values=values, extra=extra)
    return Card(id=named(ITEM, item.number), content=content, number=item.number, party=item.name)


def keep_shelf(notes: Notes, items: Sequence[StockItem]) -> None:
    """Remember what orders need to know of items, so that no order has to ask for it."""
    shelf = {item.number: Shelved(cost=item.cost, unit=item.unit, blocked=item.blocked) for item in items}
    told = json.encode(shelf, order="sorted").decode()
    if told != notes.get(_SHELF):
        notes.set(_SHELF, told)


def read_shelf(notes: Notes) -> Mapping[str, Shelved]:
    """Items by number, as of the last look."""
    kept = notes.get(_SHELF)
    return json.decode(kept, type=dict[str, Shelved]) if kept else {}


def read_joined(notes: Notes) -> dict[str, str]:
    """The rows of the price list by the item's number, as far as they are joined."""
    kept = notes.get(_JOINED)
    return json.decode(kept, type=dict[str, str]) if kept else {}
