"""A table on its way to a file, and how a text is kept from being taken for a formula."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from bridge_gui.accounting.money import smallest_unit
from bridge_gui.errors import SetupError

Cell = str | date | Decimal
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Table(Struct, frozen=True, kw_only=True):
    """A table as it is exported: what it is, facts about it, columns, rows, and a last line of sums."""

    title: str
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Cell, ...] = ()
    currency: str = ""

    @property
    def decimals(self) -> int:
        """How many decimals an amount has: the currency's own, or more where one of them has more."""
        amounts = [cell for row in self.rows for cell in row if isinstance(cell, Decimal)]
        own = smallest_unit(self.currency) if self.currency else Decimal("0.01")
        return max(-int(one.normalize().as_tuple().exponent) for one in (own, *amounts))


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take this text for a formula."""
    return text.startswith(_FORMULA)


def printable(text: str) -> str:
    """One line without control signs: a file format may refuse them, and a reader must not obey them."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text)


def put(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file beside its place and move it there, so that a half one is never left behind."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(draft)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise SetupError("tieout.file", file=str(path), reason=reason) from error
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
