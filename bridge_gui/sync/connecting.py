"""Setting a bridge up in one go, everything answered beforehand but what a vendor's own page asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date

from bridge_gui.errors import SetupError, SignInError
from bridge_gui.sync.form import Form
from bridge_gui.sync.house import House
from bridge_gui.sync.setup import Finished, Setup
from bridge_gui.sync.signing import wanted
from bridge_gui.web.waiting import Cancel

SignIn = Callable[[Setup, str, Cancel], None]
"""Has a person sign in at one vendor's page, and takes the answer into the set-up."""
_DATE = re.compile(r"(\d{1,4})\W{1,2}(\d{1,2})\W{1,2}(\d{1,4})")


def connect(
    house: House,
    form: Form,
    name: str,
    cancel: Cancel,
    sign_in: SignIn | None = None,
    *,
    anew: bool = False,
) -> Finished:
    """The wizard's own checks, and what was there already is changed.

    A sign-in kept from before is used, unless it has ended or `anew` says otherwise.
    """
    setup = Setup(house, form.spec.key, name, form)
    setup.recall()
    if sign_in is None:
        _check_said_anew(setup, ())
        return setup.finish(cancel)
    if anew:
        setup.forget_sign_ins()
    asked = wanted(setup)
    _check_answers(setup, asked)
    _check_said_anew(setup, asked)
    for vendor in asked:
        sign_in(setup, vendor, cancel)
    try:
        return setup.finish(cancel)
    except SignInError as error:
        setup.forget_sign_ins(besides=asked)
        again = wanted(setup)
        if error.code != "oauth.ended" or not again:
            raise
        _check_said_anew(setup, again)
    for vendor in again:
        sign_in(setup, vendor, cancel)
    return setup.finish(cancel)


def _check_answers(setup: Setup, asked: list[str]) -> None:
    """Nobody is sent to a vendor's page for a set-up that cannot be finished."""
    places = {f"{vendor}.{setup.house.registry.vendors[vendor].sign_in}" for vendor in asked}
    missing = [place for place in setup.missing() if place not in places]
    if missing:
        raise SetupError("answers.missing", keys=", ".join(missing))


def _check_said_anew(setup: Setup, asked: Collection[str]) -> None:
    """What was said of an earlier sign-in is not the statement about a new one, unless it bears today's date.

    Nobody can tell from a file when a person wrote it; word for word the old statement it was not today.
    """
    before, today = setup.before, setup.today()
    if before is None:
        return
    for place, one in setup.fields().items():
        given = setup.answers.plain.get(place, "")
        same = bool(one.renews) and given == before.settings.get(one.key)
        if same and not _bears(given, today) and (one.renews in asked or setup.signs_in_anew(one.renews)):
            raise SetupError("answers.say_anew", key=place, label=one.label)


def _bears(text: str, day: date) -> bool:
    """Whether a text names a day in figures, in one of the usual orders."""
    year, month, at = str(day.year), str(day.month), str(day.day)
    orders = ([at, month, year], [month, at, year], [year, month, at])
    return any([part.lstrip("0") for part in found] in orders for found in _DATE.findall(text))
