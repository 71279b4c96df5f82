"""Changing a bridge that stands: all its questions at once, and what a change will look at again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from bridge_gui.store import bridges, sources
from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync.events import Listener
from bridge_gui.sync.house import House, fingerprint
from bridge_gui.sync.schedule import MANUAL
from bridge_gui.sync.setup import Finished, twins_of
from bridge_gui.sync.specs import FieldKind, Option, Page
from bridge_gui.sync.wizard import WizardFlow, Work
from bridge_gui.sync.wizard_lists import Lists
from bridge_gui.web.waiting import Cancel
from bridge_gui.wording.message import mark

SCHEDULE = "settings.schedule"
REST = mark("More")


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What the next sync looks at again: what waits for a person, what is not sent yet, what was left out."""

    held: int = 0
    unsent: int = 0
    skipped: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.held + self.unsent + self.skipped


@dataclass(frozen=True, kw_only=True)
class Group:
    """Questions under one heading; `check` names the vendor they sign in to."""

    title: str
    places: tuple[str, ...]
    check: str = ""


class ChangeFlow(WizardFlow):
    """A bridge's set-up as one page. Made in a job: it reads the store and the keychain.

    `mappings` asks for what is paired, and else for everything but that. Nothing is kept until `finish`.
    """

    def __init__(self, house: House, name: str, *, mappings: bool = False) -> None:
        self.mappings = mappings
        super().__init__(house, house.bridge(name).kind, name)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The one page there is."""
        return (self._whole,)

    @property
    def valid(self) -> bool:
        """Whether it can be kept, as far as can be told without asking anybody."""
        return not self.busy and not self.problems()

    @property
    def changed(self) -> bool:
        """Whether keeping it would change anything."""
        given = bool(self.setup.answers.secrets) or bool(self._wrong)
        return given or self.replans or not self._same_sides() or self._schedule() != self._schedule_before()

    @property
    def replans(self) -> bool:
        """Whether what was planned with the old answers is planned anew."""
        before = self.setup.before
        return before is not None and fingerprint(self.spec, self._draft()) != fingerprint(self.spec, before)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The questions under the headings the wizard asks them under; those of no page come last."""
        found = [
            Group(title=page.title, places=self._plain(page.fields), check=page.check)
            for page in self.spec.pages
        ]
        known = {place for group in found for place in group.places}
        rest = tuple(place for place in self._whole.fields if place not in known)
        found += [Group(title=REST, places=rest)] if rest else []
        return tuple(group for group in found if group.places or group.check)

    def twins(self) -> tuple[str, ...]:
        """The names of other bridges that join the same two companies."""
        return twins_of(self.setup.before, self._others) if self.setup.before is not None else ()

    def is_shown(self, group: Group) -> bool:
        """Whether any of its questions is asked, as the others are answered."""
        asks = self.setup.form.asks
        return any(asks(place) for place in (*group.places, *([f"{group.check}."] if group.check else [])))

    def places(self) -> list[str]:
        """Every question by place, with where both vendors are."""
        where = [] if self.mappings else [f"{spec.key}.endpoint" for spec in self.setup.form.signs_in()]
        return [*(place for place in self._whole.fields if self.setup.form.asks(place)), *where]

    def options(self, name: str) -> tuple[Option, ...]:
        """What a vendor lists; what has no counterpart yet comes first."""
        found, before = super().options(name), self.setup.before
        paired: set[str] = set()
        for asked in self.spec.settings:
            if before is not None and asked.left == name:
                paired |= before.mappings.get(asked.key, {}).keys()
        lefts = {asked.left for asked in self.spec.settings}
        if name not in lefts:
            return found
        return tuple(sorted(found, key=lambda one: (not one.offered, one.key in paired)))

    def is_suggestion(self, place: str, left: str) -> bool:
        """Whether a pair is our proposal for what had no counterpart before."""
        asked, before = self.asked(place), self.setup.before
        proposed = self.lists.suggested.get(asked.key, {}).get(left) if self.lists else None
        old = before.mappings.get(asked.key, {}) if before is not None else {}
        fresh = left not in old and (place, left) not in self._touched
        return bool(proposed) and fresh and self.pairs(place).get(left) == proposed

    def effect(self) -> Callable[[], Effect]:
        """What counts what would be looked at again; quick, and asks the store only."""
        house, before, replans = self._house, self.setup.before, self.replans

        def count() -> Effect:
            if before is None or not replans:
                return Effect()
            with house.database.read() as connection:
                held, unsent, skipped = sources.to_renew(connection, before.id)
            return Effect(held=held, unsent=unsent, skipped=skipped)

        return count

    def finish(self, *, in_memory: bool = False) -> Work | None:
        """Keep everything, after both sides were checked; another schedule alone asks nobody."""
        if not self.valid or not self._only_schedule():
            return super().finish(in_memory=in_memory)
        house, schedule, name = self._house, self._schedule(), self.change

        def run(_cancel: Cancel, _tell: Listener) -> Finished:
            reschedule(house, name, schedule)
            return Finished(row=house.bridge(name), companies={})

        return self._begin("finish", run)

    def _take_lists(self, lists: Lists) -> None:
        """What was listed. Proposals belong to who sees them: they are not made beside other questions."""
        super()._take_lists(lists if self.mappings else Lists(options=lists.options))
        if not self.mappings:
            for key, proposed in lists.suggested.items():
                mine = self.setup.answers.mappings
                mine[key] = {**dict.fromkeys(proposed, ""), **mine.get(key, {})}

    def _draft(self) -> BridgeRow:
        """The bridge as it would be, without what is paired with nothing."""
        draft = self.setup.draft()
        pairs = {key: {k: v for k, v in own.items() if v} for key, own in draft.mappings.items()}
        return replace(draft, mappings=pairs)

    def _same_sides(self) -> bool:
        before, draft = self.setup.before, self.setup.draft()
        assert before is not None
        sides = ((before.sales, draft.sales), (before.books, draft.books))
        return all(
            (old.endpoint, _given(old.values)) == (new.endpoint, _given(new.values)) for old, new in sides
        )

    def _only_schedule(self) -> bool:
        given = bool(self.setup.answers.secrets)
        return not given and self._same_sides() and not self.replans

    def _schedule(self) -> str:
        return self.value(SCHEDULE) if SCHEDULE in self.setup.fields() else MANUAL

    def _schedule_before(self) -> str:
        before = self.setup.before
        assert before is not None
        return before.settings.get("schedule") or self.asked(SCHEDULE).default or MANUAL

    @cached_property
    def _whole(self) -> Page:
        asked = [place for place, one in self.setup.fields().items() if self._is_mine(one.kind)]
        return Page(key="change", title=mark("Settings"), text="", fields=tuple(asked))

    def _is_mine(self, kind: FieldKind) -> bool:
        return (kind is FieldKind.MAPPING) == self.mappings

    def _plain(self, places: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(place for place in places if place in self._whole.fields)


def reschedule(house: House, name: str, schedule: str) -> None:
    """Sync at other times from now on; asks no vendor."""
    with house.database.write() as connection:
        row = bridges.bridge_named(connection, name)
        if row is not None:
            settings = {**row.settings, "schedule": schedule}
            bridges.change_bridge(connection, row.id, settings=settings)


def _given(values: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
