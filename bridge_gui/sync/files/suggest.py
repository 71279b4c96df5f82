"""A first proposal for a file's columns: from the words in its head, and from what stands below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.sync.files.cells import COMMA, POINT, amount_of, day_of, day_order, decimal_sign, divided
from bridge_gui.sync.files.layout import Layout, column_names, columns, fingerprint, places
from bridge_gui.sync.files.reading import Cell, Sheet

# Icelandic, Danish, Norwegian, Swedish and English; whole heads first, then what a head may begin with.
WORDS: dict[str, tuple[str, ...]] = {
    "day": (
        "dagsetning", "dags", "dagur", "bókunardagur", "dato", "bogføringsdato", "bokføringsdato",
        "bilagsdato", "datum", "date", "day", "posting date", "transaction date",
    ),
    "account": (
        "bókhaldslykill", "lykill", "reikningsnúmer", "reikningur", "greiðslumáti", "greiðsluleið",
        "greiðsluaðferð", "konto", "kontonr", "kontonummer", "betalingsmetode", "betalingsmåte", "account",
        "account no", "account number", "account code", "ledger account", "payment method",
    ),
    "text": (
        "texti", "lýsing", "skýring", "heiti", "tekst", "beskrivelse", "bilagstekst", "text", "description",
        "details", "name",
    ),
    "debit": ("debet", "debit", "debetupphæð", "debet beløb", "debitbeløb", "debit amount"),
    "credit": ("kredit", "credit", "kreditupphæð", "kredit beløb", "kreditbeløb", "credit amount"),
    "amount": ("upphæð", "fjárhæð", "beløb", "beløp", "belopp", "amount", "samtals", "total", "sum"),
}  # fmt: skip
_HEAD_IN = 40
_SAMPLE = 400
_SURE = 0.8


class Proposal(Struct, frozen=True, kw_only=True):
    """A sheet's columns and what they seem to be; `head` is the number of rows above the first with data.

    `unsure` names what only a person can tell: "day", "account", "debit", "decimal".
    """

    sheet: Sheet
    names: tuple[str, ...]
    head: int
    layout: Layout
    unsure: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The kind of file."""
        return fingerprint(self.names)

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows below the head."""
        return self.sheet.rows[self.head :]


def propose(sheets: Sequence[Sheet], *, whole: bool) -> Proposal:
    """The sheet that looks most like entries; `whole`: its currency has no decimals."""
    proposals = [_propose(sheet, whole=whole) for sheet in sheets]
    return max(proposals, key=lambda one: (one.layout.complete, len(one.layout.named())))


def _propose(sheet: Sheet, *, whole: bool) -> Proposal:
    head, names, found = _head(sheet)
    below = sheet.rows[head : head + _SAMPLE]
    by_heads = "debit" in found and "credit" in found
    if not found:
        found = {part: names[at] for part, at in _by_contents(below).items()}
    layout = _dressed(columns(found), names, below, whole=whole)
    unsure = [part for part in ("day", "account") if not getattr(layout, part)]
    # What stands below tells amounts, never which of them is debit: turned round, a day balances as well.
    unsure += [] if by_heads else ["debit"]
    unsure += [] if layout.decimal else ["decimal"]
    return Proposal(sheet=sheet, names=names, head=head, layout=layout, unsure=tuple(unsure))


def with_layout(sheets: Sequence[Sheet], layout: Layout) -> Proposal | None:
    """The sheet that has a row of heads with all of a layout's columns, understood so; None if none has."""
    for sheet in sheets:
        for at, names in _heads(sheet):
            if layout.by_name and places(layout, names) is not None:
                return Proposal(sheet=sheet, names=names, head=at, layout=layout)
    return None


def _heads(sheet: Sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The first rows that may be heads: words only; with the number of rows down to them."""
    wide = max(len(row) for row in sheet.rows)
    for at, row in enumerate(sheet.rows[:_HEAD_IN], 1):
        words = sum(isinstance(cell, str) and not _is_day(cell) for cell in row)
        if words > 1 and all(cell is None or isinstance(cell, str) for cell in row):
            yield at, column_names((*row, *[None] * (wide - len(row))))


def _head(sheet: Sheet) -> tuple[int, tuple[str, ...], dict[str, str]]:
    """The row of heads: the one with most of the words, else the one just above the first day."""
    heads = list(_heads(sheet))
    worded = [(at, names, by_words(names)) for at, names in heads]
    best = max(worded, key=lambda one: len(one[2]), default=(0, (), {}))
    if len(best[2]) > 1:
        return best
    wide = max(len(row) for row in sheet.rows)
    first = next((at for at, row in enumerate(sheet.rows) if any(map(_is_day, row))), 0)
    names = dict(heads).get(first)
    return (first if names else 0), names or column_names([None] * wide), {}


def by_words(names: Sequence[str]) -> dict[str, str]:
    """Which column is what by its head; debit and credit make an amount column needless."""
    scored = sorted(
        ((_score(name, word) - rank / 100, part, name)
         for name in names for part, words in WORDS.items() for rank, word in enumerate(words)
         if _score(name, word)),
        reverse=True,
    )  # fmt: skip
    found: dict[str, str] = {}
    for _, part, name in scored:
        if part not in found and name not in found.values():
            found[part] = name
    if "debit" in found and "credit" in found:
        found.pop("amount", None)
    return found


def _score(name: str, word: str) -> int:
    """How well a head fits a word: the very word, beginning with it, having it among its words."""
    told = " ".join(name.casefold().replace(".", " ").replace("_", " ").replace("-", " ").split())
    if told == word:
        return 3
    if told.startswith(f"{word} "):
        return 2
    return 1 if word in told.split() else 0


def _by_contents(rows: Sequence[tuple[Cell, ...]]) -> dict[str, int]:
    """Which column is what by what stands in it, for a file without heads."""
    wide = max((len(row) for row in rows), default=0)
    columns = [[row[at] if at < len(row) else None for row in rows] for at in range(wide)]
    day = next((at for at, cells in enumerate(columns) if _share(cells, _is_day) >= _SURE), None)
    numbers = [at for at, cells in enumerate(columns) if at != day and _share(cells, _is_amount) >= _SURE]
    words = [at for at in range(wide) if at != day and at not in numbers and any(columns[at])]
    if not words and len(numbers) > 2:
        words, numbers = numbers[:1], numbers[1:]
    found = {"day": day, "account": words[0] if words else None, "text": words[1] if len(words) > 1 else None}
    if len(numbers) == 2:
        found |= {"debit": numbers[0], "credit": numbers[1]}
    elif len(numbers) == 1:
        found |= {"amount": numbers[0]}
    return {part: at for part, at in found.items() if at is not None}


def _share(cells: Sequence[Cell], test: object) -> float:
    told = [cell for cell in cells if cell is not None]
    return sum(bool(test(cell)) for cell in told) / len(told) if told else 0.0  # type: ignore[operator]


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and day_of(cell, "dmy") is not None)


def _is_amount(cell: Cell) -> bool:
    if isinstance(cell, str):
        return amount_of(cell, COMMA) is not None or amount_of(cell, POINT) is not None
    return isinstance(cell, Decimal)


def _dressed(
    layout: Layout, names: Sequence[str], rows: Sequence[tuple[Cell, ...]], *, whole: bool
) -> Layout:
    """The layout with how its amounts and days are written."""
    at = places(layout, names) or {}

    def texts(*parts: str) -> list[str]:
        cells = [row[at[part]] for row in rows for part in parts if part in at and at[part] < len(row)]
        return [cell for cell in cells if isinstance(cell, str)]

    amounts = texts("debit", "credit", "amount")
    sign = decimal_sign(amounts)
    if not sign:
        # Nothing tells: whole currencies have no decimals, so a lone sign divides thousands.
        sign = (COMMA if any(POINT in one for one in amounts) else POINT) if whole else ""
        sign = sign or ("" if divided(amounts) else COMMA)
    days = [row[at["day"]] if "day" in at and at["day"] < len(row) else None for row in rows]
    fill = any(day is None and _has_account(row, at) for day, row in zip(days, rows, strict=True))
    return replace(layout, decimal=sign, order=day_order(texts("day")), fill_down=fill)


def _has_account(row: Sequence[Cell], at: dict[str, int]) -> bool:
    return "account" in at and at["account"] < len(row) and row[at["account"]] is not None
