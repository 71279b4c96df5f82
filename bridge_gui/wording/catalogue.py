"""Translations by gettext: one catalogue for the window and the command line, English where it is silent.

The catalogue tool collects the first argument of `mark` and `text`, and the first two of `many`.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

DOMAIN = "bridge"
FOLDER = Path(__file__).parent / "locale"

_PLACE = re.compile(r"\{(\w+)\}")
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def fill(template: str, params: Mapping[str, object]) -> str:
    """Put the parameters in their `{places}`; a missing one shows as an ellipsis, nothing raises."""
    return _PLACE.sub(lambda place: str(params.get(place[1], "…")), template)


def languages(environ: Mapping[str, str]) -> list[str]:
    """The languages the surroundings ask for, best first, such as is_IS and is."""
    asked = next((environ[name] for name in _VARIABLES if environ.get(name)), "")
    plain = (part.split(".")[0].split("@")[0] for part in asked.split(":"))
    return [name for name in plain if name and name not in {"C", "POSIX"}]


class Catalogue:
    """Texts in the user's language."""

    def __init__(self, translations: gettext.NullTranslations | None = None) -> None:
        self._translations = translations or gettext.NullTranslations()

    def text(self, message: str, /, **params: object) -> str:
        """A text, translated and filled."""
        found = self._translations.gettext(message) if message else ""
        return fill(found, params) if params else found

    def many(self, one: str, several: str, count: int, /, **params: object) -> str:
        """A text that depends on a number, which fills `{count}` unless told otherwise."""
        found = self._translations.ngettext(one, several, count)
        return fill(found, {"count": count, **params})


def load(asked: Sequence[str], folder: Path = FOLDER) -> Catalogue:
    """The catalogue of the first language there is; English if there is none."""
    names = [name.replace("-", "_") for name in asked]
    return Catalogue(gettext.translation(DOMAIN, folder, languages=names or ["en"], fallback=True))
