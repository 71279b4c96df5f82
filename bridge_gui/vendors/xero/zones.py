"""Xero's names of time zones, which are those of Windows without spaces, to the names everybody else uses.

INFERRED: the saved answers show FLESTANDARDTIME only; the rest is the Unicode CLDR's table (windowsZones).
"""

from __future__ import annotations

_ENDING = "STANDARDTIME"
_ZONES = """
AFGHANISTAN Asia/Kabul, ALASKAN America/Anchorage, ALEUTIAN America/Adak, ALTAI Asia/Barnaul,
ARABIAN Asia/Dubai, ARABIC Asia/Baghdad, ARAB Asia/Riyadh, ARGENTINA America/Argentina/Buenos_Aires,
ASTRAKHAN Europe/Astrakhan, ATLANTIC America/Halifax, AUSCENTRAL Australia/Darwin,
AUSCENTRALW Australia/Eucla, AUSEASTERN Australia/Sydney, AZERBAIJAN Asia/Baku,
AZORES Atlantic/Azores, BAHIA America/Bahia, BANGLADESH Asia/Dhaka, BELARUS Europe/Minsk,
BOUGAINVILLE Pacific/Bougainville, CANADACENTRAL America/Regina, CAPEVERDE Atlantic/Cape_Verde,
CAUCASUS Asia/Yerevan, CENAUSTRALIA Australia/Adelaide, CENTRALAMERICA America/Guatemala,
CENTRALASIA Asia/Bishkek, CENTRALBRAZILIAN America/Cuiaba, CENTRALEUROPEAN Europe/Warsaw,
CENTRALEUROPE Europe/Budapest, CENTRALPACIFIC Pacific/Guadalcanal, CENTRAL America/Chicago,
CHATHAMISLANDS Pacific/Chatham, CHINA Asia/Shanghai, CUBA America/Havana, DATELINE Etc/GMT+12,
EAFRICA Africa/Nairobi, EASTERISLAND Pacific/Easter, EASTERN America/New_York,
EAUSTRALIA Australia/Brisbane, EEUROPE Europe/Chisinau, EGYPT Africa/Cairo,
EKATERINBURG Asia/Yekaterinburg, ESOUTHAMERICA America/Sao_Paulo, FIJI Pacific/Fiji, FLE Europe/Kyiv,
GEORGIAN Asia/Tbilisi, GMT Europe/London, GREENLAND America/Nuuk, GREENWICH Atlantic/Reykjavik,
GTB Europe/Bucharest, HAITI America/Port-au-Prince, HAWAIIAN Pacific/Honolulu, INDIA Asia/Kolkata,
IRAN Asia/Tehran, ISRAEL Asia/Jerusalem, JORDAN Asia/Amman, KALININGRAD Europe/Kaliningrad,
KOREA Asia/Seoul, LIBYA Africa/Tripoli, LINEISLANDS Pacific/Kiritimati, LORDHOWE Australia/Lord_Howe,
MAGADAN Asia/Magadan, MAGALLANES America/Punta_Arenas, MARQUESAS Pacific/Marquesas,
MAURITIUS Indian/Mauritius, MIDDLEEAST Asia/Beirut, MONTEVIDEO America/Montevideo,
MOROCCO Africa/Casablanca, MOUNTAIN America/Denver, MYANMAR Asia/Yangon, NAMIBIA Africa/Windhoek,
NCENTRALASIA Asia/Novosibirsk, NEPAL Asia/Kathmandu, NEWFOUNDLAND America/St_Johns,
NEWZEALAND Pacific/Auckland, NORFOLK Pacific/Norfolk, NORTHASIAEAST Asia/Irkutsk,
NORTHASIA Asia/Krasnoyarsk, NORTHKOREA Asia/Pyongyang, OMSK Asia/Omsk, PACIFICSA America/Santiago,
PACIFIC America/Los_Angeles, PAKISTAN Asia/Karachi, PARAGUAY America/Asuncion,
QYZYLORDA Asia/Qyzylorda, ROMANCE Europe/Paris, RUSSIAN Europe/Moscow, SAEASTERN America/Cayenne,
SAINTPIERRE America/Miquelon, SAKHALIN Asia/Sakhalin, SAMOA Pacific/Apia, SAOTOME Africa/Sao_Tome,
SAPACIFIC America/Bogota, SARATOV Europe/Saratov, SAWESTERN America/La_Paz, SEASIA Asia/Bangkok,
SINGAPORE Asia/Singapore, SOUTHAFRICA Africa/Johannesburg, SOUTHSUDAN Africa/Juba,
SRILANKA Asia/Colombo, SUDAN Africa/Khartoum, SYRIA Asia/Damascus, TAIPEI Asia/Taipei,
TASMANIA Australia/Hobart, TOCANTINS America/Araguaina, TOKYO Asia/Tokyo, TOMSK Asia/Tomsk,
TONGA Pacific/Tongatapu, TRANSBAIKAL Asia/Chita, TURKEY Europe/Istanbul,
TURKSANDCAICOS America/Grand_Turk, ULAANBAATAR Asia/Ulaanbaatar,
USEASTERN America/Indiana/Indianapolis, USMOUNTAIN America/Phoenix, VENEZUELA America/Caracas,
VLADIVOSTOK Asia/Vladivostok, VOLGOGRAD Europe/Volgograd, WAUSTRALIA Australia/Perth,
WCENTRALAFRICA Africa/Lagos, WESTASIA Asia/Tashkent, WESTBANK Asia/Hebron,
WESTPACIFIC Pacific/Port_Moresby, WEUROPE Europe/Berlin, WMONGOLIA Asia/Hovd, YAKUTSK Asia/Yakutsk,
YUKON America/Whitehorse
"""
_KNOWN = dict(pair.split() for pair in _ZONES.strip().replace("\n", " ").split(", ")) | {"UTC": "Etc/UTC"}


def zone_named(text: str) -> str | None:
    """The time zone in the form of the IANA, None for one that is not known."""
    name = "".join(sign for sign in text.upper() if sign.isalnum())
    return _KNOWN.get(name.removesuffix(_ENDING))
