"""From rows to days: what each day does to which account; nothing with an amount is ever passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.money import ZERO, total
from bridge_gui.errors import SetupError
from bridge_gui.sync.files.cells import DMY, amount_of, day_of
from bridge_gui.sync.files.layout import Layout, places
from bridge_gui.sync.files.reading import Cell

TOTALS = ("samtals", "alls", "heild", "i alt", "ialt", "sum", "total", "totals", "grand total", "subtotal")


class Posting(Struct, frozen=True, kw_only=True):
    """One account, as the file calls it, and its amount: debit positive."""

    label: str
    amount: Decimal


class FileDay(Struct, frozen=True, kw_only=True):
    """A day as a file tells it; `wrong` says which row could not be understood, and why."""

    day: date
    postings: tuple[Posting, ...]
    wrong: str = ""

    @property
    def difference(self) -> Decimal:
        """What the day is off balance by."""
        return total(posting.amount for posting in self.postings)

    @property
    def turnover(self) -> Decimal:
        """The sum of what is debited."""
        return total(posting.amount for posting in self.postings if posting.amount > 0)


class Line(Struct, frozen=True, kw_only=True):
    """One row as it is understood; `wrong` where it is not."""

    row: int
    day: date | None
    label: str = ""
    text: str = ""
    amount: Decimal = ZERO
    wrong: str = ""


def days_of(
    rows: Sequence[tuple[Cell, ...]], names: Sequence[str], layout: Layout, head: int
) -> tuple[FileDay, ...]:
    """The days of a file in order, each account once a day; rows before the first day are an error."""
    days: dict[date, list[Line]] = {}
    for line in lines_of(rows, names, layout, head):
        if line.day is None:
            raise SetupError("file.row_without_day", row=line.row, text=line.wrong or line.label)
        days.setdefault(line.day, []).append(line)
    return tuple(_day(day, lines) for day, lines in sorted(days.items()))


def _day(day: date, lines: list[Line]) -> FileDay:
    """One day, in an order that does not depend on the rows'."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.label] = sums.get(line.label, ZERO) + line.amount
    wrong = next((f"{line.row}: {line.wrong}" for line in lines if line.wrong), "")
    postings = (Posting(label=label, amount=amount) for label, amount in sorted(sums.items()) if amount)
    return FileDay(day=day, postings=tuple(postings), wrong=wrong)


def lines_of(
    rows: Sequence[tuple[Cell, ...]], names: Sequence[str], layout: Layout, head: int
) -> Iterator[Line]:
    """The rows that say anything; empty ones, repeated heads and sums are left out."""
    at = places(layout, names)
    if at is None or not layout.complete:
        raise SetupError("file.no_columns", columns=", ".join(names))
    last: date | None = None
    for number, row in enumerate(rows, head + 1):
        cells = {part: row[place] if place < len(row) else None for part, place in at.items()}
        line = _line(cells, layout, number, last)
        if line is not None:
            last = line.day or last
            yield line


def _line(cells: dict[str, Cell], layout: Layout, number: int, last: date | None) -> Line | None:
    """One row; None if it says nothing."""
    label, text = _text(cells.get("account")), _text(cells.get("text"))
    day_cell = cells.get("day")
    if _is_sum(label) or (not label and _is_sum(text)) or (not label and _is_sum(_text(day_cell))):
        return None
    amount, wrong = _amount(cells, layout)
    day = day_of(day_cell, layout.order)
    if not amount and not wrong and (day is None or not label):
        return None
    if day is None and (day_cell is None and layout.fill_down):
        day = last
    if day is None:
        if wrong and not _looks_like_data(cells, layout):
            return None
        return Line(row=number, day=None, label=label, wrong=_text(day_cell))
    if not wrong and not label and amount:
        wrong = "?"
    return Line(row=number, day=day, label=label, text=text, amount=amount, wrong=wrong)


def _looks_like_data(cells: dict[str, Cell], layout: Layout) -> bool:
    """Whether a row without a day has an amount somewhere: a repeated head has none."""
    amounts = (amount_of(cells.get(part), layout.decimal) for part in ("debit", "credit", "amount"))
    return any(amount for amount in amounts)


def _amount(cells: dict[str, Cell], layout: Layout) -> tuple[Decimal, str]:
    """Debit less credit, or the signed amount, and what could not be read."""
    parts = {
        part: amount_of(cells[part], layout.decimal)
        for part in ("debit", "credit", "amount")
        if part in cells
    }
    wrong = next((_text(cells[part]) for part, amount in parts.items() if amount is None), "")
    debit, credit, signed = (parts.get(part) or ZERO for part in ("debit", "credit", "amount"))
    return debit - credit + signed, wrong


def _is_sum(text: str) -> bool:
    """Whether a row is a sum of others: the very word, or the word and a day; "Sum Up" is a card machine."""
    told = text.casefold().strip(" .:=*")
    words = (told.removeprefix(word).strip(" .:") for word in TOTALS if told.startswith(f"{word} "))
    return told in TOTALS or any(day_of(rest, DMY) for rest in words)


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())
