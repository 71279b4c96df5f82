"""Kill the program over and over, then count: `python3 dev.py torture [--kills N] [--documents N]`."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bridge_gui.app import registry
from bridge_gui.sync.specs import BridgeSpec
from tests.crash.tally import Tally, tally
from tests.crash.weather import weather
from tests.crash.world import World, plant

PLACES = ("commit", "send", "flight", "answer", "moment")
"""Where the program dies: after a commit, before and after a write leaves, after its answer, at any moment."""
FEW = 3
Say = Callable[[str], None]


class Order(NamedTuple):
    """How much torture; `lag` is how many seconds the books' reads lag, where a simulator can be told.

    `switches` are other settings of the imitated vendors, for those that have them.
    """

    kills: int
    documents: int = 0
    seed: int = 0
    lag: int = 2
    days: int = 2
    switches: Mapping[str, Any] = {}


class Torturer:
    """Kills one world's program, and lets an undisturbed world do the same work."""

    def __init__(self, world: World, undisturbed: World, order: Order, say: Say) -> None:
        self.worlds = (world, undisturbed)
        self.world = world
        self.order = order
        self.say = say
        self.chance = random.Random(order.seed)
        self.kills: Counter[str] = Counter()
        self.turn = 0

    def run(self) -> Tally:
        """Kill until it is enough, a day of trade after the other; then count."""
        for world in self.worlds:
            world.wait(1)
            world.connect(self.order.days)
        while True:
            self._a_day()
            found = self._rested()
            enough = self.kills.total() >= self.order.kills and found.documents >= self.order.documents
            self.say(f"{dict(self.kills)}: {found.line(self.kills.total())}")
            if enough or not found.good:
                return found
            for world in self.worlds:
                world.trade(1)

    def _a_day(self) -> None:
        """Kill a run again and again, until a few runs found nothing to do."""
        idle = 0
        while idle < FEW and self.kills.total() < self.order.kills:
            idle = 0 if self._one() else idle + 1
            self.world.wait(
                self.chance.choice((1.0, 5.0, self.world.settle)) if not idle else self.world.settle
            )

    def _one(self) -> bool:
        """Start a run and kill it at the next place in turn; whether it had anything to do."""
        place = PLACES[self.turn % len(PLACES)]
        self.turn += 1
        if place == "moment":
            ended = self.world.kill_after(self.chance.uniform(0.3, 1.2) * self.world.idle)
        else:
            ended = self.world.sync(die=place, at=self.chance.choice((1, 1, 1, 2, 2, 3)))
        if ended.killed:
            self.kills[place] += 1
            return True
        assert ended.code in (0, 1), ended
        return bool(ended.data["bridges"][0]["written"])

    def _rested(self) -> Tally:
        for world in self.worlds:
            world.rest()
        return tally(*self.worlds)


def torture(spec: BridgeSpec, order: Order, say: Say = print) -> tuple[Tally, Counter[str]]:
    """One bridge's torture in a folder that is gone afterwards, unless something was found."""
    with (
        tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as name,
        ExitStack() as ending,
    ):
        folder = Path(name)
        plant(folder / "planted", spec)
        worlds = []
        for each in ("killed", "undisturbed"):
            (folder / each).mkdir()
            world = World(
                folder / each, spec, folder / "planted", {"lag_seconds": order.lag, **order.switches}
            )
            worlds.append(ending.enter_context(world))
        torturer = Torturer(worlds[0], worlds[1], order, say)
        return torturer.run(), torturer.kills


def report(found: Tally, kills: int, say: Say) -> None:
    """Each thing that went wrong, then the line that counts."""
    for name in ("duplicates", "losses", "wrong", "open", "questions"):
        for one in getattr(found, name):
            say(f"{name}: {one}")
    say(found.line(kills))


def _faults(keys: list[str], documents: int, switches: Mapping[str, Any]) -> int:
    """So many documents of each bridge with 5 % 429, 2 % 5xx, 1 % cut answers and 0.5 % expired tokens."""
    good, say = True, partial(print, flush=True)
    for key in keys:
        print(f"{key}, {documents} documents in bad weather", flush=True)
        with tempfile.TemporaryDirectory(prefix="weather-", ignore_cleanup_errors=True) as name:
            found, struck = weather(key, documents, Path(name), say, days=documents, switches=switches)
        report(found, 0, print)
        print(f"faults {struck}")
        good = good and found.good
    return 0 if good else 1


def _switch(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    return name, json.loads(value)


def main(arguments: list[str]) -> int:
    """Torture every bridge there is, or those named."""
    parser = argparse.ArgumentParser(prog="dev.py torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how often each bridge's program is killed")
    parser.add_argument("--documents", type=int, default=0, help="go on until there are so many")
    parser.add_argument("--seed", type=int, default=0, help="another course of events")
    parser.add_argument("--lag", type=int, default=45, help="seconds by which reads lag writes")
    parser.add_argument("bridges", nargs="*", metavar="BRIDGE")
    parser.add_argument("--faults", action="store_true", help="bad weather to the books in place of kills")
    parser.add_argument(
        "--switch", type=_switch, action="append", default=[], metavar="NAME=JSON",
        help="a setting of the imitated vendors that have it, as orders_per_day=[200,400]",
    )  # fmt: skip
    told = parser.parse_args(arguments)
    known = registry().bridges
    keys = told.bridges or [key for key, spec in known.items() if spec.demo]
    if told.faults:
        return _faults(keys, told.documents or 10_000, dict(told.switch))
    order = Order(
        kills=told.kills, documents=told.documents, seed=told.seed, lag=told.lag, switches=dict(told.switch)
    )
    good = True
    for key in keys:
        print(f"{key}, {order}", flush=True)
        found, kills = torture(known[key], order, lambda line: print(line, flush=True))
        report(found, kills.total(), print)
        good = good and found.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
