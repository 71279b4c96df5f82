"""Setting a bridge up in one go, everything answered beforehand but what a vendor's own page asks."""

from __future__ import annotations

from collections.abc import Callable

from bridge_gui.errors import SetupError, SignInError
from bridge_gui.sync.form import Form
from bridge_gui.sync.house import House
from bridge_gui.sync.setup import Finished, Setup
from bridge_gui.sync.signing import wanted
from bridge_gui.web.waiting import Cancel

SignIn = Callable[[Setup, str, Cancel], None]
"""Has a person sign in at one vendor's page, and takes the answer into the set-up."""


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
        return setup.finish(cancel)
    if anew:
        setup.forget_sign_ins()
    asked = wanted(setup)
    _check_answers(setup, asked)
    for vendor in asked:
        sign_in(setup, vendor, cancel)
    try:
        return setup.finish(cancel)
    except SignInError as error:
        setup.forget_sign_ins(besides=asked)
        again = wanted(setup)
        if error.code != "oauth.ended" or not again:
            raise
    for vendor in again:
        sign_in(setup, vendor, cancel)
    return setup.finish(cancel)


def _check_answers(setup: Setup, asked: list[str]) -> None:
    """Nobody is sent to a vendor's page for a set-up that cannot be finished."""
    places = {f"{vendor}.{setup.house.registry.vendors[vendor].sign_in}" for vendor in asked}
    missing = [place for place in setup.missing() if place not in places]
    if missing:
        raise SetupError("answers.missing", keys=", ".join(missing))
