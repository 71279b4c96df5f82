"""Enumerations as Uniconta shows them: a number, or a text in the login's language.

Facts: uniconta.md 5 (57 was seen for Denmark; texts can be localised). INFERRED: every other number and name.
"""

from __future__ import annotations

from collections.abc import Mapping

COUNTRIES: Mapping[int, tuple[str, str]] = {
    14: ("Austria", "Østrig"),
    21: ("Belgium", "Belgien"),
    57: ("Denmark", "Danmark"),
    71: ("FaroeIslands", "Færøerne"),
    73: ("Finland", "Finland"),
    74: ("France", "Frankrig"),
    81: ("Germany", "Tyskland"),
    85: ("Greenland", "Grønland"),
    98: ("Iceland", "Island"),
    104: ("Ireland", "Irland"),
    106: ("Italy", "Italien"),
    150: ("Netherlands", "Holland"),
    160: ("Norway", "Norge"),
    172: ("Poland", "Polen"),
    195: ("Spain", "Spanien"),
    206: ("Sweden", "Sverige"),
    207: ("Switzerland", "Schweiz"),
    223: ("UnitedKingdom", "Storbritannien"),
    225: ("UnitedStates", "USA"),
}
CHOICES: Mapping[str, Mapping[int, tuple[str, str]]] = {
    "Country": COUNTRIES,
    "DeliveryCountry": COUNTRIES,
    "VatZone": {0: ("Domestic", "Indenlandsk"), 1: ("EUMember", "EU-medlem"), 2: ("Foreign", "Udland")},
    "DCType": {0: ("NotDefined", "Ikke angivet"), 1: ("Debtor", "Debitor"), 2: ("Creditor", "Kreditor"),
               3: ("Prospect", "Emne")},
    "ItemType": {0: ("Item", "Vare"), 1: ("Service", "Ydelse"), 2: ("BOM", "Stykliste"),
                 3: ("ProductionBOM", "Produktionsstykliste")},
    "PostType": {1: ("Invoice", "Faktura"), 2: ("Creditnote", "Kreditnota"), 3: ("Payment", "Betaling"),
                 4: ("PartialPayment", "Delbetaling")},
    "Storage": {0: ("None", "Ingen"), 1: ("Register", "Registrer"), 2: ("Move", "Flyt")},
}  # fmt: skip
"""Name of the field to its enumeration: number to English and Danish."""


def index_of(field: str, told: object, language: str) -> int | None:
    """The number of what was sent: a number, or a text of that language; none where it is unknown."""
    choices = CHOICES[field]
    if isinstance(told, int) and not isinstance(told, bool):
        return told if told in choices else None
    text = str(told).strip().lower()
    if text.isdigit():
        return int(text) if int(text) in choices else None
    at = 1 if language == "da" else 0
    return next((number for number, names in choices.items() if names[at].lower() == text), None)


def name_of(field: str, number: int, language: str) -> str:
    """The text of a number."""
    return CHOICES[field][number][1 if language == "da" else 0]
