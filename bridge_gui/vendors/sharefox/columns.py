"""The columns of Sharefox's accounting file, known by their heads; a person may name them otherwise.

INFERRED: the file's heads could not be had (sharefox.md 5). Those of the import into Tripletex are among the
words below, the rest are what such columns are called in the languages of Sharefox's shops.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bridge_gui.sync.files.layout import column_names
from bridge_gui.sync.files.reading import Cell, Sheet

NEEDED = ("order", "text", "price")
WORDS: Mapping[str, tuple[str, ...]] = {
    "order": (
        "order reference", "reference", "order no", "order number", "order id", "order", "ordrenummer",
        "ordrenr", "ordre", "referanse", "referens", "ordernummer", "bestilling",
    ),
    "invoice": ("invoice no", "invoice number", "invoice", "fakturanummer", "fakturanr", "fakturanr."),
    "day": (
        "invoice date", "order date", "date", "created", "fakturadato", "ordredato", "dato", "opprettet",
        "fakturadatum", "datum", "skapad",
    ),
    "due": ("due date", "forfallsdato", "forfall", "förfallodatum"),
    "customer": ("customer name", "customer", "kundenavn", "kunde", "kundnamn", "kund", "name", "navn"),
    "company": ("company name", "company", "firma", "firmanavn", "organisasjon", "bedrift", "företag"),
    "org_number": (
        "organization no", "organisation no", "organization number", "org no", "org nr", "orgnr",
        "organisasjonsnummer", "organisationsnummer", "cvr",
    ),
    "email": ("customer email", "email", "e-mail", "epost", "e-post"),
    "text": (
        "order line description", "description", "product name", "product", "item", "beskrivelse", "produkt",
        "vare", "produktnavn", "beskrivning", "artikel", "text", "tekst",
    ),
    "product": ("product number", "product no", "product id", "produktnummer", "produktnr", "artikelnummer"),
    "first": ("start date", "start time", "start", "rental start", "fra", "från", "startdato"),
    "last": ("end date", "end time", "end", "rental end", "til", "till", "sluttdato", "slutt"),
    "quantity": ("order line count", "quantity", "count", "qty", "antall", "antal"),
    "price": (
        "order line unit price", "unit price", "price", "enhetspris", "pris", "stykkpris", "à pris", "a pris",
    ),
    "discount": ("order line discount", "discount", "discount %", "rabatt", "rabatt %"),
    "rate": ("vat", "vat %", "vat rate", "vat percent", "mva", "mva %", "mva sats", "moms", "moms %"),
    "method": (
        "payment method", "payment", "betalingsmåte", "betalingsmetode", "betalning", "betalingsmiddel",
    ),
    "paid": ("paid", "is paid", "betalt", "betald", "payment status"),
    "net": ("sum eks mva", "total excl vat", "net amount", "sum ex vat", "summa exkl moms", "beløp eks mva"),
    "gross": (
        "sum inkl mva", "total incl vat", "gross amount", "sum incl vat", "summa inkl moms", "beløp inkl mva",
    ),
    "currency": ("currency", "valuta"),
}  # fmt: skip
_HEAD_IN = 40


def known(names: Sequence[str]) -> dict[str, str]:
    """Which column is what; each column is one thing, the surest fit first."""
    scored = sorted(
        ((-_score(name, word), rank, part, name)
         for name in names for part, words in WORDS.items() for rank, word in enumerate(words)
         if _score(name, word)),
    )  # fmt: skip
    found: dict[str, str] = {}
    for _, _, part, name in scored:
        if part not in found and name not in found.values():
            found[part] = name
    return found


def fit(names: Sequence[str], told: Collection[str]) -> int:
    """How many of these columns are known, by themselves or because a person named them."""
    return len(known(names)) + sum(name in told for name in names)


def heads(sheet: Sheet, told: Collection[str]) -> tuple[int, tuple[str, ...]]:
    """The row of heads, counted from one, and what its columns are called: the one with most known heads."""
    wide = max(len(row) for row in sheet.rows)
    best: tuple[int, int, tuple[str, ...]] = (-1, 0, ())
    for at, row in enumerate(sheet.rows[:_HEAD_IN], 1):
        names = column_names((*row, *[None] * (wide - len(row))))
        if all(cell is None or isinstance(cell, str) for cell in row):
            best = max(best, (fit(names, told), -at, names))
    return -best[1], best[2]


def cells_of(row: Sequence[Cell], at: Mapping[str, int]) -> dict[str, Cell]:
    """A row by what its columns are."""
    return {part: row[place] if place < len(row) else None for part, place in at.items()}


def _score(name: str, word: str) -> int:
    """How well a head fits a word: the very word, or beginning with it."""
    told = " ".join(name.casefold().replace(".", " ").replace("_", " ").replace(" - ", " ").split())
    return 2 if told == word else 1 if told.startswith(f"{word} ") else 0
