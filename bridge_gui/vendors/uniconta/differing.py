"""What has to be done to an order's lines and header so that they are what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from bridge_gui.accounting.trade import DebtorOrder, NewDebtorOrder, OrderLine
from bridge_gui.errors import Conflict
from bridge_gui.vendors.uniconta import rows
from bridge_gui.vendors.uniconta.contents import header_of, line_body, place_of
from bridge_gui.vendors.uniconta.feed import Raw
from bridge_gui.vendors.uniconta.shapes import like
from bridge_gui.vendors.uniconta.terms import ORDER_LINES

_HEADER = (
    "debtor", "currency", "reference", "own", "remark", "contact", "employee", "payment_terms", "delivery",
    "discount",
)  # fmt: skip
_LINE = ("item", "text", "quantity", "price", "discount", "unit", "vat_group", "note")
_EMPTIED = ("YourRef", "OurRef", "Remark", "ContactName")
_AMOUNTS = frozenset({"Qty", "Price", "DiscountPct", "CostPrice", "EndDiscountPct"})
Mark = tuple[str, ...]


class LinePlan(Struct, frozen=True):
    """Lines to be changed, to be deleted, and to be added (with their numbers), whole as they were read."""

    changed: tuple[tuple[Raw, Raw], ...]
    surplus: tuple[Raw, ...]
    missing: tuple[Raw, ...]

    @classmethod
    def of(cls, there: Sequence[Raw], order: NewDebtorOrder) -> LinePlan:
        """From the lines that are there, in their order, to those that are wanted, in theirs."""
        kept = _paired(there, order)
        surplus = [raw for raw in there if all(raw is not one for one in kept)]
        changed: list[tuple[Raw, Raw]] = []
        missing: list[Raw] = []
        last = Decimal(0)
        for line, raw in zip(order.lines, kept, strict=True):
            place = place_of(raw) if raw is not None else Decimal(0)
            at = place if place > last else Decimal(int(last) + 1)
            last = at
            if raw is None:
                missing.append({"LineNumber": at, **line_body(line)})
            elif new := _changes(raw, line) | ({} if at == place else {"LineNumber": at}):
                changed.append((raw, new))
        highest_first = sorted(changed, key=lambda one: place_of({**one[0], **one[1]}), reverse=True)
        return cls(tuple(highest_first), tuple(surplus), tuple(missing))


def lines_of_mark(there: Sequence[Raw], order: NewDebtorOrder) -> tuple[list[OrderLine], list[Raw]]:
    """Of an unfinished order the lines that are missing, and those that are there once too often.

    `Conflict` for a line that is not of this order. One that bears a mark and says something else than was
    sent is left as it is: the books may have put it their way, or a person has changed it.
    """
    names = _marks(order)
    wanted: dict[Mark, list[OrderLine]] = {}
    for line in order.lines:
        wanted.setdefault(_mark_of(line, names), []).append(line)
    found: dict[Mark, list[Raw]] = {}
    for raw in there:
        mark = _mark_in(raw, names) if names else _fitting(raw, order)
        if mark not in wanted:
            raise Conflict("uniconta.changed", field=rows.text(raw, "Text")[:80], table=ORDER_LINES)
        found.setdefault(mark, []).append(raw)
    left = [line for mark, lines in wanted.items() for line in lines[len(found.get(mark, ())) :]]
    missing = [line for line in order.lines if any(line is one for one in left)]
    return missing, [raw for mark, raws in found.items() for raw in _once_too_often(raws, wanted[mark])]


def _once_too_often(raws: Sequence[Raw], lines: Sequence[OrderLine]) -> list[Raw]:
    """Of lines of one mark those to be taken off; only such as nobody has touched."""
    count = len(raws) - len(lines)
    untouched = [raw for raw in raws if _same_item(raw, lines[0]) and not _changes(raw, lines[0])]
    if count > len(untouched):
        raise Conflict("uniconta.changed", field=rows.text(raws[0], "Text")[:80], table=ORDER_LINES)
    return untouched[len(untouched) - count :] if count > 0 else []


def header_changes(row: rows.Row, order: NewDebtorOrder) -> Raw:
    """What of the header has to be written; what the order leaves to the books stays as it is."""
    wanted = {**dict.fromkeys(_EMPTIED, ""), **header_of(order)}
    return {name: _as_there(row, name, value) for name, value in wanted.items() if _differs(row, name, value)}


def same_order(there: DebtorOrder, before: DebtorOrder, order: NewDebtorOrder) -> bool:
    """Whether an order is still as it was read, in all that is ours to write."""
    if any(getattr(there, name) != getattr(before, name) for name in _HEADER):
        return False
    if any(there.fields.get(name) != before.fields.get(name) for name in order.fields):
        return False
    names = _marks(order)
    shapes = [[_shape(line, names) for line in one.lines] for one in (there, before)]
    return shapes[0] == shapes[1]


def _paired(there: Sequence[Raw], order: NewDebtorOrder) -> list[Raw | None]:
    """For each wanted line the one that is there: by its mark, else by what it says."""
    names = _marks(order)
    free = list(there)
    found: list[Raw | None] = []
    for line in order.lines:
        mark = _mark_of(line, names)
        fits = (
            raw
            for raw in free
            if _same_item(raw, line) and (_mark_in(raw, names) == mark if names else not _changes(raw, line))
        )
        raw = next(fits, None)
        if raw is not None:
            free = [one for one in free if one is not raw]
        found.append(raw)
    return found


def _changes(raw: rows.Row, line: OrderLine) -> Raw:
    """What of a line has to be written; what is left to the books stays as it is."""
    wanted = {"Note": "", **line_body(line)}
    return {name: _as_there(raw, name, value) for name, value in wanted.items() if _differs(raw, name, value)}


def _differs(row: rows.Row, name: str, value: Any) -> bool:
    if name in _AMOUNTS:
        return bool(rows.amount(row, name) != value)
    if isinstance(value, bool):
        return rows.flag(row, name) != value
    if name == "DeliveryDate":
        return rows.day(row, name) != rows.day({name: value}, name)
    return rows.plain(row.get(name) if row.get(name) is not None else "") != rows.plain(value)


def _as_there(row: rows.Row, name: str, value: Any) -> Any:
    return like(row.get(name), value) if isinstance(value, str) and name != "DeliveryDate" else value


def _same_item(raw: rows.Row, line: OrderLine) -> bool:
    """A line whose item is another one is another line."""
    return rows.text(raw, "Item") == line.item


def _marks(order: NewDebtorOrder) -> list[str]:
    return sorted({name for line in order.lines for name, text in line.fields.items() if text})


def _mark_of(line: OrderLine, names: Sequence[str]) -> Mark:
    """What a wanted line is known by: its mark, or (without marks) its place among all."""
    return tuple(line.fields.get(name, "") for name in names) if names else tuple(map(str, _shape(line, ())))


def _mark_in(raw: rows.Row, names: Sequence[str]) -> Mark:
    return tuple(rows.text(raw, name) for name in names)


def _fitting(raw: rows.Row, order: NewDebtorOrder) -> Mark:
    """Without marks: which of the wanted lines this one says the same as."""
    fits = (line for line in order.lines if _same_item(raw, line) and not _changes(raw, line))
    return next((_mark_of(line, ()) for line in fits), ("",))


def _shape(line: OrderLine, names: Sequence[str]) -> tuple[Any, ...]:
    return (*(getattr(line, name) for name in _LINE), *(line.fields.get(name, "") for name in names))
