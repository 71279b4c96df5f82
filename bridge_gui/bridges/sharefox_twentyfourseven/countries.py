"""Names of countries as shops write them, and their codes of two letters; what is not known has no code."""

from __future__ import annotations

_NAMES = {
    "NO": "norway norge noreg",
    "SE": "sweden sverige",
    "DK": "denmark danmark",
    "FI": "finland suomi",
    "IS": "iceland island ísland",
    "DE": "germany tyskland deutschland",
    "NL": "netherlands nederland nederländerna holland",
    "BE": "belgium belgia belgien",
    "FR": "france frankrike frankrig",
    "ES": "spain spania spanien españa",
    "IT": "italy italia italien",
    "PL": "poland polen polska",
    "PT": "portugal",
    "EE": "estonia estland eesti",
    "LV": "latvia lettland latvija",
    "LT": "lithuania litauen lietuva",
    "IE": "ireland irland",
    "AT": "austria østerrike österrike østrig österreich",
    "CH": "switzerland sveits schweiz",
    "CZ": "czechia tsjekkia tjeckien tjekkiet",
    "FO": "faroes færøyene färöarna færøerne",
    "GB": "britain england scotland wales storbritannia storbritannien",
    "US": "usa",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_LONG = {
    "united kingdom": "GB", "great britain": "GB", "united states": "US", "united states of america": "US",
    "czech republic": "CZ", "faroe islands": "FO", "the netherlands": "NL",
}  # fmt: skip


def code_of(name: str, home: str) -> str:
    """The code of a country, `home` where none is named, empty where the name is not known."""
    told = " ".join(name.split())
    if not told:
        return home
    if len(told) == 2 and told.isascii() and told.isalpha():
        return "GB" if told.upper() == "UK" else told.upper()
    return _CODES.get(told.casefold()) or _LONG.get(told.casefold(), "")
