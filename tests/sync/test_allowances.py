"""What a vendor says is left of its day stands in the log of the run."""

from contextlib import closing

from bridge_gui.store.database import Database
from bridge_gui.sync.engine import execute
from bridge_gui.web.meter import Meter


def test_what_is_left_of_the_day_stands_in_the_log(world):
    meter = Meter()
    meter.told("shop", "day", 29_960, 30_000)
    meter.told("shop", "minute", 3)
    with closing(Database(world.path)) as database:
        run = world._run(database, None)
        execute(run, prepare=lambda: False, calls=dict, report=world.bugs.append, left=meter.allowances)
    told = [params for code, params in world.log() if code == "run.day_left"]
    assert told == [{"vendor": "shop", "left": 29_960}]
