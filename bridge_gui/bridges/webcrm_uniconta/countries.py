"""Countries as people write them in a CRM, and their codes of two letters (ISO 3166)."""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = {
    "DK": "Danmark|Denmark|Dänemark", "SE": "Sverige|Sweden",
    "NO": "Norge|Norway|Norwegen",
    "FI": "Finland|Suomi|Finnland", "IS": "Island|Iceland|Ísland", "FO": "Færøerne|Faroe Islands|Føroyar",
    "GL": "Grønland|Greenland", "DE": "Tyskland|Germany|Deutschland",
    "NL": "Holland|Nederlandene|Netherlands",
    "BE": "Belgien|Belgium", "LU": "Luxembourg|Luxemburg", "FR": "Frankrig|France|Frankrike|Frankreich",
    "ES": "Spanien|Spain", "PT": "Portugal", "IT": "Italien|Italy", "AT": "Østrig|Austria|Österreich",
    "CH": "Schweiz|Switzerland", "GB": "Storbritannien|United Kingdom|England|Great Britain|UK",
    "IE": "Irland|Ireland", "PL": "Polen|Poland", "CZ": "Tjekkiet|Czech Republic|Czechia",
    "SK": "Slovakiet|Slovakia", "HU": "Ungarn|Hungary", "RO": "Rumænien|Romania", "BG": "Bulgarien|Bulgaria",
    "GR": "Grækenland|Greece", "HR": "Kroatien|Croatia", "SI": "Slovenien|Slovenia", "EE": "Estland|Estonia",
    "LV": "Letland|Latvia", "LT": "Litauen|Lithuania", "MT": "Malta", "CY": "Cypern|Cyprus",
    "UA": "Ukraine", "TR": "Tyrkiet|Turkey", "US": "USA|United States|De Forenede Stater",
    "CA": "Canada", "AU": "Australien|Australia", "NZ": "New Zealand", "JP": "Japan", "CN": "Kina|China",
    "IN": "Indien|India", "ZA": "Sydafrika|South Africa", "BR": "Brasilien|Brazil", "MX": "Mexico",
    "AE": "Forenede Arabiske Emirater|United Arab Emirates", "SG": "Singapore", "HK": "Hongkong|Hong Kong",
    "KR": "Sydkorea|South Korea", "TH": "Thailand", "IL": "Israel",
}  # fmt: skip
_CODES = {name.casefold(): code for code, names in _NAMES.items() for name in (code, *names.split("|"))}


def code_of(name: str, own: Mapping[str, str]) -> str:
    """The code of a country's name; the user's `own` table first. What is not known stays as it is."""
    text = name.strip()
    mine = {key.casefold(): code for key, code in own.items()}
    return mine.get(text.casefold()) or _CODES.get(text.casefold()) or text


def name_of(code: str, own: Mapping[str, str]) -> str:
    """How the CRM writes the country of a code: as the user's table does, else in Danish."""
    mine = next((name for name, its in own.items() if its == code), "")
    return mine or _NAMES.get(code, code).partition("|")[0]


def known() -> dict[str, str]:
    """All codes with their Danish names."""
    return {code: names.partition("|")[0] for code, names in _NAMES.items()}


def is_code(text: str) -> bool:
    """Whether this is a code we know."""
    return text in _NAMES
