"""Column types: amounts that sort and sum exactly, aware instants, JSON of plain values."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec
from sqlalchemy import BigInteger, String, Text
from sqlalchemy.types import TypeDecorator

from bridge_gui.errors import BridgeError

SCALE = 10_000


class Amount(TypeDecorator[Decimal]):
    """A Decimal kept as a whole number of ten-thousandths; more digits than that are an error."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> int | None:
        """To the database."""
        del dialect
        if value is None:
            return None
        scaled = value * SCALE
        if scaled != scaled.to_integral_value():
            raise BridgeError("store.amount_too_fine", amount=str(value))
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        """From the database, without needless zeros."""
        del dialect
        if value is None:
            return None
        return Decimal(value // SCALE) if value % SCALE == 0 else (Decimal(value) / SCALE).normalize()


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept as UTC text of fixed width, so that it sorts and people can read it."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """To the database; a naive datetime is a bug."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """From the database."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """Plain values as JSON text; `kind` is what they are read back as."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any = dict) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        """To the database."""
        del dialect
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        """From the database."""
        del dialect
        return None if value is None else msgspec.json.decode(value, type=self.kind)


class Choice(TypeDecorator[Enum]):
    """An enumeration, kept as its value."""

    impl = String(20)
    cache_ok = True

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Enum | str | None, dialect: Any) -> str | None:
        """To the database; a value's text passes for it."""
        del dialect
        return str(value.value) if isinstance(value, Enum) else value

    def process_result_value(self, value: str | None, dialect: Any) -> Enum | None:
        """From the database."""
        del dialect
        return None if value is None else self.kind(value)
