"""What every simulator can tell of the documents it holds, so that a stranger can count them.

`texts` is all that a client can write into one (references, descriptions, its lines' texts); `living` is
false for what was removed or voided at the vendor. What is no document but needed by one (a customer, an
item) has no currency.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One document, or one record that documents are made of, as the vendor itself holds it."""

    kind: str
    id: str
    total: Decimal
    currency: str
    day: str
    texts: tuple[str, ...] = ()
    living: bool = True


def written(*texts: object) -> tuple[str, ...]:
    """Those of the texts that say something."""
    return tuple(text for text in texts if isinstance(text, str) and text)


def exact(value: float | str | None) -> Decimal:
    """A vendor's figure as it stands in JSON, exactly."""
    return Decimal(str(value or 0))


def positive(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of those above zero: what an entry whose lines balance is about."""
    return sum((amount for amount in amounts if amount > 0), Decimal(0))
