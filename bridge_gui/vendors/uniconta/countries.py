"""Countries: codes of two letters with us; at Uniconta a name, in whatever language, or a number.

QUIRK: the number of a country differs from one account of it to the next, and a text may depend on the
language of the login (uniconta.md 5, code). So the form is learned from the company's own records.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from bridge_gui.vendors.uniconta import assumed, rows

_NAMES = ("CountryName", "Country_Name", "CountryText")
Value = str | int


class Countries:
    """What the records of one company have shown so far."""

    def __init__(self) -> None:
        self._by_value: dict[str, str] = {}
        self._to_write: dict[str, Value] = {}
        self.learned = False

    def learn(self, found: Iterable[rows.Row]) -> None:
        """Look at records with a country."""
        for row in found:
            told = rows.text(row, "Country")
            code = _code_of(told) or next((c for name in _NAMES if (c := _code_of(rows.text(row, name)))), "")
            self.learned = self.learned or bool(told)
            if told and code:
                self._by_value[told] = code
                value = row["Country"]
                self._to_write[code] = value if isinstance(value, str) else int(value)

    def read(self, row: rows.Row) -> str:
        """A record's country: its code, else what is told."""
        told = rows.text(row, "Country")
        if not told or told in {"0", "Unknown"}:
            return ""
        if told not in self._by_value:
            self.learn([row])
        return self._by_value.get(told, told)

    def written(self, country: str) -> Value:
        """A country as this company has it; one that is not known goes as it is given."""
        known = self._to_write.get(country.upper())
        return known if known is not None else _english().get(country.upper(), country)


def _code_of(name: str) -> str:
    return _codes().get(_folded(name), "")


def _folded(name: str) -> str:
    return "".join(filter(str.isalpha, name.casefold()))


@cache
def _listed() -> tuple[tuple[str, ...], ...]:
    entries = " ".join(assumed.COUNTRIES.split()).split("; ")
    return tuple(tuple(entry.split("=")) for entry in entries)


@cache
def _codes() -> dict[str, str]:
    """Codes by folded name, English and Danish, and by the code itself."""
    found = {_folded(name): entry[0] for entry in _listed() for name in entry[1:]}
    return found | {entry[0].casefold(): entry[0] for entry in _listed()}


@cache
def _english() -> dict[str, str]:
    """The name of an enumeration by code: English, letters only."""
    return {entry[0]: "".join(filter(str.isalpha, entry[1])) for entry in _listed()}
