"""Documents at the books: made in batches, found by their mark, changed, voided, paid, followed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.accounting.selling import NewSale, Sale, SaleKind, Sought
from bridge_gui.bridges.highlevel_quickbooks.customers import Books, bare
from bridge_gui.bridges.highlevel_quickbooks.shown import (
    frame_of,
    read_shown,
    says,
    shown_of,
    view_of,
    written_of,
)
from bridge_gui.bridges.highlevel_quickbooks.steps import (
    CUSTOMER,
    ChangeSale,
    MakeSale,
    UnlinkPayment,
    VoidSale,
    read_mark,
)
from bridge_gui.errors import BridgeError, Conflict, NoSuchTarget, PartlyAccepted
from bridge_gui.sync.digest import digest_of
from bridge_gui.sync.flow import Absent, Finding, Found, Marked, OpenLink, Several, Written
from bridge_gui.web.waiting import Cancel, Clock

NUMBER_TAKEN = "quickbooks.number_taken"
GONE = "quickbooks.not_found"
_GONE = (DocumentState.VOIDED, DocumentState.DELETED)


class Documents:
    """One run's dealings with invoices, receipts and refunds."""

    def __init__(self, books: Books, scope: str, clock: Clock, cancel: Cancel) -> None:
        self._books = books
        self._scope = scope
        self._clock = clock
        self._cancel = cancel
        self._open: list[str] = []

    def make(self, steps: Sequence[MakeSale], key: str) -> list[Written | BridgeError]:
        """Make several in one call; what the books made of each is compared to the cent."""
        sales = [filled(step) for step in steps]
        answers = self._books.make_sales(sales, key)
        return [
            self._made(step, sale, answer) for step, sale, answer in zip(steps, sales, answers, strict=True)
        ]

    def find_made(self, steps: Sequence[MakeSale], cancel: Cancel) -> Iterator[Finding]:
        """For each step what bears its mark."""
        sought = [_sought(step) for step in steps]
        found = self._books.sales_sought(sought, cancel) if sought else []
        for step, sales in zip(steps, found, strict=True):
            yield _finding(step, sales)

    def change(self, step: ChangeSale, target: str, key: str) -> Written:
        """Write a sale anew that still stands as the plan knew it.

        Its customer stays unless the CRM has another, and then only while no money is on it.
        """
        now = self.one(step.sale.kind, target)
        if frame_of(read_shown(shown_of(now))) != step.planned_on:
            raise Conflict("sale.moved_on", number=now.ref.number)
        wanted = filled(step)
        if not step.moves:
            wanted = replace(wanted, contact=now.contact)
        elif now.contact != wanted.contact and (now.payments or now.remaining != now.total):
            raise Conflict("sale.moved_on", number=now.ref.number)
        written = self._books.change_sale(now, wanted, key)
        result = _compared(wanted, written)
        if isinstance(result, BridgeError):
            raise result
        return result

    def void(self, step: VoidSale, target: str, key: str) -> Written:
        """Void a sale that still stands as the plan knew it."""
        now = self.one(SaleKind(step.sale_kind), target)
        if now.state is DocumentState.VOIDED:
            return written_of(now)
        if step.planned_on and digest_of(shown_of(now)) != step.planned_on:
            raise Conflict("sale.moved_on", number=now.ref.number)
        return written_of(self._books.void_sale(now, key))

    def unlink(self, step: UnlinkPayment, target: str, key: str) -> Written:
        """Take a payment off an invoice, if it is on it."""
        there = self._books.payments_by_id([step.payment], self._cancel)
        if there and any(one.invoice == target for one in there[0].applied):
            self._books.unlink_payment(there[0], target, key)
        return written_of(self.one(SaleKind.INVOICE, target))

    def look(self, step: ChangeSale | VoidSale | UnlinkPayment, cancel: Cancel) -> Finding:
        """What a step that changes a sale finds there."""
        target = step.target.id if step.target is not None else ""
        found = self._books.sales_by_id(_kind(step), [target], cancel) if target else ()
        if not found:
            return Absent(gone=True)
        sale = found[0]
        return Found(ref=sale.ref, equal=_done(step, sale), content=shown_of(sale), state=sale.state)

    def marked(self, kinds: Mapping[SaleKind, str], since: date, cancel: Cancel) -> Iterator[Marked]:
        """Every sale of these kinds since a day that bears a mark of this CRM's."""
        for kind, name in kinds.items():
            for page in self._books.sales_dated(kind, since, date.max, cancel):
                yield from self._of_ours(page, name)

    def recall(self, links: Iterable[OpenLink]) -> None:
        """Take note of what is open at the books."""
        self._open = [one.link.target.id for one in links if one.link.target is not None]

    def changed(self, kinds: Collection[SaleKind], since: datetime, cancel: Cancel) -> list[DocumentView]:
        """All sales that changed, ours or not; what was deleted long ago is asked for by id."""
        views = [view_of(sale) for page in self._books.sales_changed(kinds, since, cancel) for sale in page]
        if self._clock.now() - since.astimezone(UTC) < self._books.changes_reach:
            return views
        seen = {view.ref.id for view in views}
        ids = [one for one in self._open if one.isdigit() and one not in seen]
        there = {sale.ref.id for kind in kinds for sale in self._books.sales_by_id(kind, ids, cancel)}
        gone = [one for one in ids if one not in there]
        return views + [DocumentView(ref=Ref(id=one), state=DocumentState.DELETED) for one in gone]

    def one(self, kind: SaleKind, target: str) -> Sale:
        """A sale as it is now; `NoSuchTarget` if it is gone."""
        found = self._books.sales_by_id(kind, [target], self._cancel)
        if not found:
            raise NoSuchTarget(GONE, target=target)
        return found[0]

    def _of_ours(self, page: Sequence[Sale], name: str) -> Iterator[Marked]:
        for sale in page:
            mark = read_mark(sale.memo, self._scope)
            if mark is None:
                continue
            found = Found(ref=sale.ref, equal=True, content=shown_of(sale), state=sale.state)
            yield Marked(
                source_id=mark.source, kind=name, ordinal=mark.ordinal, found=found, day=sale.day,
                total=sale.total, currency=sale.currency,
            )  # fmt: skip

    def _made(self, step: MakeSale, sale: NewSale, answer: Sale | BridgeError) -> Written | BridgeError:
        if isinstance(answer, Sale):
            return _compared(sale, answer)
        if isinstance(answer, NoSuchTarget):
            params = answer.params | {"target": f"{CUSTOMER}-{answer.params.get('target', '')}"}
            return NoSuchTarget(answer.code, detail=answer.detail, **params)
        if answer.code == NUMBER_TAKEN and answer.params.get("target"):
            return self._adopted(step, sale, str(answer.params["target"])) or answer
        return answer

    def _adopted(self, step: MakeSale, sale: NewSale, target: str) -> Written | BridgeError | None:
        """The document that has the number already, if it is the very one that was to be made."""
        there = self._books.sales_by_id(sale.kind, [target], self._cancel)
        if not there or step.mark not in there[0].memo.split():
            return None
        return _compared(sale, there[0])


def filled(step: MakeSale | ChangeSale) -> NewSale:
    """The sale with its customer and the items that were made for it."""
    items = {item: bare(step.targets.get(at.name, "")) for item, at in step.items.items()}
    lines = tuple(replace(line, item=items.get(line.item, line.item)) for line in step.sale.lines)
    return replace(step.sale, contact=bare(step.targets.get(step.customer.name, "")), lines=lines)


def _compared(meant: NewSale, sale: Sale) -> Written | BridgeError:
    """The answer held against what was meant, to the cent: what differs is there, and is asked about."""
    if sale.total == meant.totals.total:
        return written_of(sale)
    wanted, seen = f"{meant.totals.total:f}", f"{sale.total:f}"
    return PartlyAccepted(
        "sale.books_differ", target_id=sale.ref.id, meant=wanted, seen=seen, document=sale.ref.number
    )


def _sought(step: MakeSale) -> Sought:
    contact = bare(step.targets.get(step.customer.name, ""))
    return Sought(
        kind=step.sale.kind, mark=step.mark, number=step.sale.number, contact=contact, day=step.sale.day,
        total=step.sale.totals.total,
    )  # fmt: skip


def _finding(step: MakeSale, sales: Sequence[Sale]) -> Finding:
    """One living document of this mark is the one; a voided one was made as well."""
    living = [sale for sale in sales if sale.state not in _GONE]
    chosen = living or list(sales[:1])
    if not chosen:
        return Absent()
    if len(chosen) > 1:
        return Several(refs=tuple(sale.ref for sale in chosen))
    sale = chosen[0]
    shown = read_shown(shown_of(sale))
    assert shown is not None
    return Found(
        ref=sale.ref, equal=says(shown, step.sale), content=shown_of(sale), state=sale.state,
        living=sale.state is not DocumentState.DELETED,
    )  # fmt: skip


def _kind(step: ChangeSale | VoidSale | UnlinkPayment) -> SaleKind:
    if isinstance(step, ChangeSale):
        return step.sale.kind
    return SaleKind(step.sale_kind) if isinstance(step, VoidSale) else SaleKind.INVOICE


def _done(step: ChangeSale | VoidSale | UnlinkPayment, sale: Sale) -> bool:
    """Whether what a step was to change is so."""
    if isinstance(step, VoidSale):
        return sale.state is DocumentState.VOIDED
    if isinstance(step, UnlinkPayment):
        return step.payment not in sale.payments
    shown = read_shown(shown_of(sale))
    moved = not step.moves or sale.contact == filled(step).contact
    return moved and shown is not None and says(shown, step.sale)
