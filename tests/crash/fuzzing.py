"""So many twisted answers of one vendor, each in the call of an adapter that asked for it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import msgspec

from bridge_gui.sandbox.fuzz import Twist, alternatives, at, changed, spoilt, twists, values
from bridge_gui.web.answer import Answer
from tests.crash import meaning
from tests.crash.recording import Archive, Called
from tests.crash.replaying import Library, Outcome, changed_body, is_foreseen, pattern, replayed

Say = Callable[[Any, random.Random], Any]
"""Makes up a body, given the recorded one."""
SAMPLES = 3
"""Of each kind of call: the first, the last, and the one in the middle."""


class Found(NamedTuple):
    """One thing that is wrong."""

    call: str
    answer: str
    place: str
    twist: str
    why: str

    def __str__(self) -> str:
        return f"{self.call}: {self.answer} {self.place} {self.twist}: {self.why}"


@dataclass
class Score:
    """What came of the twisted answers."""

    answers: int = 0
    decoded: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)


@dataclass(eq=False)
class Target:
    """One answer within one call, with what the call gives when nothing is twisted."""

    call: Called
    number: int
    answer: Answer
    asked: str
    times: int
    before: dict[meaning.Place, Any]
    whole: Any
    kinds: dict[str, list[tuple[Any, ...]]]
    governs: dict[tuple[Any, ...], AbstractSet[meaning.Place]] = field(default_factory=dict)


class Fuzzer:
    """Twists the recorded answers of one vendor."""

    def __init__(self, archive: Archive, known: Callable[[str], bool], opener: Any = None) -> None:
        library = Library(archive)
        self._replay = partial(replayed, library, opener=opener)
        self._known = known
        self._archive = archive
        self._others = _others(archive)
        self.targets = list(self._targets())

    def _targets(self) -> Iterator[Target]:
        for call in _chosen(self._archive):
            plain = self._replay(call, {})
            before = meaning.places(plain)
            for number in dict.fromkeys(plain.served):
                request, answer = self._archive.exchanges[number]
                whole, kinds = _kinds(answer.body)
                times = plain.served.count(number)
                yield Target(call, number, answer, pattern(request), times, before, whole, kinds)

    def plan(self, seed: int, most: int) -> Iterator[tuple[Target, tuple[Any, ...] | None, int]]:
        """Which twist of which value of which answer, each kind of answer equally often; for ever anew."""
        chance = random.Random(seed)
        decks: dict[tuple[str, str], list[Target]] = defaultdict(list)
        for target in self.targets:
            decks[target.call.name, target.asked].append(target)
        names = list(decks)
        for number in range(most):
            target = chance.choice(decks[names[number % len(names)]])
            if not target.kinds or chance.random() < 0.03:
                yield target, None, chance.randrange(1 << 30)
            else:
                found = target.kinds[chance.choice(list(target.kinds))]
                yield target, chance.choice((found[0], found[-1])), chance.randrange(1 << 30)

    def run(self, seed: int, most: int) -> Score:
        """So many twisted answers."""
        score = Score()
        for target, place, seed_of_one in self.plan(seed, most):
            chance = random.Random(seed_of_one)
            score.answers += 1
            if place is None:
                self._as_a_whole(target, chance, score)
            else:
                value = at(target.whole, place)
                choice = chance.choice(list(twists(value, named=isinstance(place[-1], str))))
                self._one(target, place, value, choice, score)
        return score

    def spoken(self, seed: int, most: int, bodies: Mapping[str, Say]) -> Score:
        """So many bodies that are made up, by the kind of answer they stand for; all of them equally often."""
        score, chance = Score(), random.Random(seed)
        decks: dict[tuple[str, str], list[Target]] = defaultdict(list)
        for target in self.targets:
            if target.asked in bodies:
                decks[target.call.name, target.asked].append(target)
        names = list(decks)
        for number in range(most):
            target = chance.choice(decks[names[number % len(names)]])
            score.answers += 1
            body = msgspec.json.encode(bodies[target.asked](target.whole, chance))
            outcome = self._replay(target.call, {target.number: changed_body(target.answer, body)})
            if why := self._counted(outcome, score):
                score.found.append(Found(target.call.name, target.asked, "$", body[:500].decode(), why))
        return score

    def _as_a_whole(self, target: Target, chance: random.Random, score: Score) -> None:
        name, body = chance.choice(list(spoilt(target.answer.body, chance)))
        outcome = self._replay(target.call, {target.number: changed_body(target.answer, body)}, once=True)
        why = self._counted(outcome, score)
        if not why and outcome.error is None and target.answer.body:
            moved = meaning.places(outcome) != target.before
            read_again = outcome.served.count(target.number) > target.times
            left = not read_again and "UTF-8" not in name and self._is_used(target)
            why = "taken for an answer" if moved or left else ""
        if why:
            score.found.append(Found(target.call.name, target.asked, "$", name, why))

    def _one(self, target: Target, place: Any, value: Any, twist: Twist, score: Score) -> None:
        body = changed(target.whole, place, twist.raw)
        outcome = self._replay(target.call, {target.number: changed_body(target.answer, body)})
        why = self._counted(outcome, score)
        if not why and outcome.error is None:
            governed = self._governed(target, place, value)
            why = meaning.complaint(target.before, meaning.places(outcome), twist, value, governed)
        if why:
            score.found.append(Found(target.call.name, target.asked, _general(place), twist.name, why))

    def _counted(self, outcome: Outcome, score: Score) -> str:
        if not is_foreseen(outcome):
            return f"{type(outcome.error).__name__}: {outcome.error}"[:160]
        if outcome.error is None:
            score.decoded += 1
            return ""
        score.codes[outcome.code] += 1
        return "" if self._known(outcome.code) else f"unknown code {outcome.code}"

    def _is_used(self, target: Target) -> bool:
        """Whether anything in the answer makes a difference."""
        return any(
            self._governed(target, found[0], at(target.whole, found[0])) for found in target.kinds.values()
        )

    def _governed(self, target: Target, place: Any, value: Any) -> AbstractSet[meaning.Place]:
        """The places that change with this value."""
        if place not in target.governs:
            raws = [one.raw for one in alternatives(value)]
            raws += [one for one in self._others.get((target.asked, _general(place)), ()) if one not in raws]
            told: set[meaning.Place] = set()
            for raw in raws:
                body = changed(target.whole, place, raw)
                outcome = self._replay(target.call, {target.number: changed_body(target.answer, body)})
                if outcome.error is None:
                    told |= meaning.differing(target.before, meaning.places(outcome))
            target.governs[place] = told
        return target.governs[place]


def _chosen(archive: Archive) -> Iterator[Called]:
    """Of each name and what it asked."""
    alike: dict[tuple[str, ...], list[Called]] = defaultdict(list)
    for call in archive.calls:
        asked = {pattern(archive.exchanges[number].request) for number in range(call.first, call.last)}
        alike[call.name, *sorted(asked)].append(call)
    for same in alike.values():
        picked = {round(step * (len(same) - 1) / (SAMPLES - 1)) for step in range(SAMPLES)}
        yield from (same[number] for number in sorted(picked))


def _kinds(body: bytes) -> tuple[Any, dict[str, list[tuple[Any, ...]]]]:
    """The JSON of a body, and its places by the names in them."""
    try:
        whole = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None, {}
    kinds: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for place, _ in values(whole):
        kinds[_general(place)].append(place)
    return whole, dict(kinds)


def _general(place: tuple[Any, ...]) -> str:
    """A place with no position in it."""
    return ".".join("*" if isinstance(part, int) else str(part) for part in place)


def _others(archive: Archive) -> dict[tuple[str, str], list[bytes]]:
    """Up to four texts that were seen at a place, by the kind of answer."""
    seen: dict[tuple[str, str], dict[bytes, None]] = defaultdict(dict)
    for request, answer in archive.exchanges:
        whole, _ = _kinds(answer.body)
        for place, value in values(whole):
            known = seen[pattern(request), _general(place)]
            if isinstance(value, str) and len(known) < 4:
                known[msgspec.json.encode(value)] = None
    return {key: list(known) for key, known in seen.items()}
