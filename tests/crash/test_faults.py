"""Whatever goes wrong on the way to the books: no run hangs, *Stop* is quick, and the end is the same."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from bridge_gui.store.rows import Outcome
from tests.crash.conftest import BRIDGES, spread
from tests.crash.here import Here, Stopping, here
from tests.crash.states import STATES
from tests.crash.tally import tally
from tests.crash.weather import weather
from tests.longer import LONG

SOON = 2.0
"""Seconds within which *Stop* takes effect."""
DAYS = 7
"""At most in CI, where a day has only a few documents: some 300 over all bridges together."""
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    """A bridge that has worked for a while; each state adds a day of trade."""
    with here(tmp_path_factory.mktemp("here"), request.param) as made:
        made.rest()
        yield made


@pytest.mark.logs_errors
@pytest.mark.parametrize(("world", "state"), spread(STATES), indirect=["world"])
def test_no_hang_a_quick_stop_and_the_same_end(world: Here, state: str):
    world.trade()
    world.later()
    world.arm(STATES[state])
    run = Stopping(world)
    deadline = time.monotonic() + 20
    while run.under_way and not world.struck and time.monotonic() < deadline and state != "nobody listens":
        time.sleep(0.02)
    time.sleep(0.3)
    seconds = run.seconds()
    assert run.row is not None
    assert run.row.outcome is not Outcome.RUNNING
    assert state == "nobody listens" or world.struck, run.row
    assert seconds < SOON, (state, seconds, run.row)
    if "time-out" not in state:
        world.later()
        assert world.sync().outcome is not Outcome.RUNNING
    world.arm(())
    time.sleep(3 if state == "nobody listens" else 0)
    world.rest()
    found = tally(world)
    assert found.good, found


@pytest.mark.parametrize("key", BRIDGES)
def test_a_week_of_bad_weather(key: str, tmp_path, capsys):
    found, struck = weather(key, LONG or 150, tmp_path, print, days=LONG or DAYS)
    assert found.good, found
    assert struck
    assert capsys.readouterr().out.splitlines()[-1].endswith(found.line(0))
