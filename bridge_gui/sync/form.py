"""The questions of one kind of bridge and what was answered so far; asks nobody and keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bridge_gui.errors import SetupError
from bridge_gui.sync.asking import checked
from bridge_gui.sync.files.questions import PLACE, asked_now, reads_files
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.specs import BridgeSpec, Field, FieldKind, VendorSpec
from bridge_gui.sync.usual import SCHEDULE, schedule_field
from bridge_gui.web.address import normalise

PRODUCTION = "production"


@dataclass
class Answers:
    """What was answered so far, by place: "payday.client_id", "settings.grouping"; secrets apart."""

    plain: dict[str, str] = field(default_factory=dict)
    mappings: dict[str, dict[str, str]] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict, repr=False)


class Form:
    """The questions about one bridge by their place, and the answers."""

    def __init__(self, registry: Registry, kind: str) -> None:
        self.registry = registry
        self.spec: BridgeSpec = registry.bridge(kind)
        self.answers = Answers()
        self.kept: set[str] = set()

    @property
    def vendors(self) -> tuple[VendorSpec, VendorSpec]:
        """The sales and the books vendor."""
        return self.registry.sides(self.spec)

    def settings(self) -> tuple[Field, ...]:
        """The questions that belong to no vendor."""
        own = self.spec.settings
        return own if any(asked.key == SCHEDULE for asked in own) else (*own, schedule_field())

    def fields(self) -> dict[str, Field]:
        """Every question by its place, without the endpoints."""
        places = {place_of(asked): asked for asked in self.settings()}
        for vendor in self.vendors:
            places |= {f"{vendor.key}.{asked.key}": asked for asked in vendor.fields}
        return places

    def answer(self, place: str, value: Any) -> None:
        """Take one answer; `SetupError` says what is wrong with it."""
        asked = self.fields().get(place)
        vendor, _, key = place.partition(".")
        if asked is None and key == "endpoint" and vendor in {spec.key for spec in self.vendors}:
            self.answers.plain[place] = self._endpoint(place, vendor, value)
        elif asked is None:
            raise SetupError("answers.unknown_key", key=place, keys=", ".join(self.places()))
        elif asked.kind is FieldKind.MAPPING:
            self.answers.mappings[key] = checked(place, asked, value)
        elif asked.kind.is_hidden:
            self.answers.secrets[place] = checked(place, asked, value)
            self._ask_anew(vendor)
        else:
            self._keep(place, checked(place, asked, value))
            self.kept.discard(place)

    def take_over(self, plain: Mapping[str, str]) -> None:
        """The answers that a bridge has already."""
        known = self.fields()
        taken = {place: value for place, value in plain.items() if place in known and value}
        self.answers.plain |= taken
        self.kept |= taken.keys()

    def _ask_anew(self, vendor: str) -> None:
        """What was said of a sign-in of before says nothing of a new one."""
        for place in [place for place in self.kept if self.fields()[place].renews == vendor]:
            self.answers.plain.pop(place, None)
            self.kept.discard(place)

    def _keep(self, place: str, text: str) -> None:
        """Keep an answer; an empty one leaves the default."""
        self.answers.plain.pop(place, None)
        if text:
            self.answers.plain[place] = text

    def places(self) -> list[str]:
        """Everything that can be answered."""
        return [*(f"{vendor.key}.endpoint" for vendor in self.vendors), *self.fields()]

    def missing(self) -> list[str]:
        """The places that must be answered and are not."""
        given = {**self.answers.plain, **self.answers.secrets}
        fields = self.fields()
        missing = [place for place in fields if must(fields[place]) and place not in given]
        if reads_files(self.spec, self.given_settings()) and f"settings.{PLACE}" not in given:
            missing.append(f"settings.{PLACE}")
        return [place for place in missing if self.asks(place)]

    def asks(self, place: str) -> bool:
        """Whether a question is asked at all, as the others are answered."""
        vendor, _, _ = place.partition(".")
        asked = self.fields().get(place)
        spec = next((spec for spec in self.vendors if spec.key == vendor), None)
        if spec is not None:
            own = asked is None or asked_now(asked, inside(vendor, self.answers.plain), spec.fields)
            return own and spec in self.signs_in()
        return asked is None or asked_now(asked, self.given_settings(), self.settings())

    def signs_in(self) -> tuple[VendorSpec, ...]:
        """The vendors that are signed in to: not the sales vendor where files take its place."""
        sales, books = self.vendors
        return (books,) if reads_files(self.spec, self.given_settings()) else (sales, books)

    def given_settings(self) -> dict[str, str]:
        """The settings that were answered, by key."""
        return inside("settings", self.answers.plain)

    def _endpoint(self, place: str, vendor: str, value: Any) -> str:
        """A name the vendor's spec knows, or an address."""
        if not isinstance(value, str):
            raise SetupError("answers.type", key=place, expected="text")
        return value if value in self.registry.vendors[vendor].endpoints else normalise(value)


def place_of(asked: Field) -> str:
    """Where a setting's answer stands."""
    return f"{'mappings' if asked.kind is FieldKind.MAPPING else 'settings'}.{asked.key}"


def must(asked: Field) -> bool:
    """Whether a bridge cannot be set up without an answer to this."""
    return asked.required and asked.default is None and asked.kind is not FieldKind.MAPPING


def inside(section: str, places: Mapping[str, str]) -> dict[str, str]:
    """The answers of one section by key."""
    prefix = f"{section}."
    return {place.removeprefix(prefix): value for place, value in places.items() if place.startswith(prefix)}
