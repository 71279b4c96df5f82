"""What the wizard asks of an opened draft: the lists to choose from, proposals, and recommendations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync.house import House
from bridge_gui.sync.mapping import resolved
from bridge_gui.sync.opener import Opener
from bridge_gui.sync.setup import Setup
from bridge_gui.sync.specs import Advice, Advises, BridgeSpec, FieldKind, OpenBridge, Option
from bridge_gui.web.waiting import Cancel, check


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What the vendors list now, by the names that fields use, and what follows from it by field key."""

    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    suggested: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)


def load_lists(house: House, opener: Opener, draft: BridgeRow, cancel: Cancel) -> Lists:
    """Everything any page of this bridge offers, in one go."""
    spec = house.registry.bridge(draft.kind)
    with house.job(cancel) as job:
        opened = opener.bridge(draft, job)
        options: dict[str, tuple[Option, ...]] = {}
        for name in names_in(spec):
            check(cancel)
            options[name] = tuple(opened.options(name))
        return Lists(options=options, suggested=_suggested(spec, opened), advice=_advice(spec, opened))


def names_in(spec: BridgeSpec) -> list[str]:
    """The lists that fields of this bridge offer."""
    names: list[str] = []
    for asked in spec.settings:
        names += [name for name in (asked.left, asked.right, asked.options) if name]
    return list(dict.fromkeys(names))


def option_named(options: tuple[Option, ...], answer: str) -> Option | None:
    """The one option that an answer means: a key, or else a code or a title that only one has."""
    found = [option for option in options if option.key == answer]
    found = found or [option for option in options if answer and answer in (option.hint, option.title)]
    return found[0] if len(found) == 1 else None


def paired(setup: Setup, cancel: Cancel) -> dict[str, dict[str, str]]:
    """The mappings of a bridge that has no page for them."""
    with setup.house.job(cancel) as job:
        opened = setup.opener.bridge(setup.draft(), job)
        return resolved(setup.spec, opened, setup.answers.mappings)[0]


def _suggested(spec: BridgeSpec, opened: OpenBridge) -> dict[str, Mapping[str, str]]:
    mappings = [asked.key for asked in spec.settings if asked.kind is FieldKind.MAPPING]
    return {key: opened.suggest(key) for key in mappings}


def _advice(spec: BridgeSpec, opened: OpenBridge) -> dict[str, Advice]:
    if not isinstance(opened, Advises):
        return {}
    found = {asked.key: opened.advise(asked.key) for asked in spec.settings if asked.choices}
    return {key: advice for key, advice in found.items() if advice is not None}
