"""Mappings as a person writes them (a title, a code) to mappings as they are kept (keys of both sides)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge_gui.errors import SetupError
from bridge_gui.sync.files.questions import asked_now
from bridge_gui.sync.specs import BridgeSpec, Field, FieldKind, OpenBridge, Option

Mappings = Mapping[str, Mapping[str, str]]


def resolved(
    spec: BridgeSpec, opened: OpenBridge, given: Mappings, settings: Mapping[str, str] | None = None
) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    """All mappings by keys, and the titles on the left that have no counterpart yet.

    What is not asked with these settings is kept as it was given.
    """
    done: dict[str, dict[str, str]] = {}
    unmapped: list[str] = []
    for field in spec.settings:
        if field.kind is FieldKind.MAPPING and not asked_now(field, settings or {}, spec.settings):
            done[field.key] = dict(given.get(field.key, {}))
        elif field.kind is FieldKind.MAPPING:
            lefts = opened.options(field.left)
            done[field.key] = _one(field, opened, lefts, given.get(field.key, {}))
            unmapped += [left.title for left in lefts if left.offered and left.key not in done[field.key]]
    return done, tuple(unmapped)


def listed(spec: BridgeSpec, opened: OpenBridge, given: Mapping[str, str]) -> None:
    """Raise unless what was chosen from a vendor's list is in it; a default may be missing."""
    for field in spec.settings:
        chosen = given.get(field.key, "")
        if not asked_now(field, given, spec.settings):
            continue
        if field.kind is FieldKind.CHOICE and field.options and chosen and chosen != field.default:
            _named(field, chosen, opened.options(field.options))


def _one(
    field: Field, opened: OpenBridge, lefts: Sequence[Option], given: Mapping[str, str]
) -> dict[str, str]:
    """One mapping; what the user did not pair is paired only where there is no doubt.

    What is paired with nothing was left alone on purpose.
    """
    rights = opened.options(field.right)
    pairs = {
        _named(field, left, lefts).key: _named(field, right, rights).key if right else ""
        for left, right in given.items()
    }
    return {left: right for left, right in {**opened.suggest(field.key), **pairs}.items() if right}


def _named(field: Field, name: str, options: Sequence[Option]) -> Option:
    """The one option of this key, code or title."""
    by_key = [option for option in options if option.key == name]
    found = by_key or [option for option in options if name in (option.hint, option.title)]
    if len(found) == 1:
        return found[0]
    code = "mapping.several" if found else "mapping.no_such"
    offered = ", ".join(f"{option.hint} {option.title}".strip() for option in options if option.offered)
    raise SetupError(code, mapping=field.key, name=name, offered=offered)
