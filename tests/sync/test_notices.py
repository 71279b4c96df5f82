"""However many notices come, the looks they lead to stay few; none is lost by being put off."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from bridge_gui.sync.notices import HEARD, MOST_RECORDS, TOO_MANY, Board, NoticeSpec
from bridge_gui.web.notices_read import ChangeNotice

DAY = 24 * 3600


class Hands:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def monotonic(self) -> float:
        return self.seconds


def key_of(notice: ChangeNotice) -> tuple[str, str] | None:
    key = notice.first("Key")
    return ("things", key) if key else None


SPECS = (
    NoticeSpec(path="a", title="A", forgets=("looked.a",), record=key_of),
    NoticeSpec(path="b", title="B", forgets=("looked.b",)),
)


def board() -> tuple[Board, Hands]:
    clock = Hands()
    made = Board(clock)
    made.open("one", SPECS)
    made.open("two", SPECS[1:])
    return made, clock


def about(key: str) -> ChangeNotice:
    return ChangeNotice(fields={"Key": key})


def test_several_notices_are_one_look():
    heard, _clock = board()
    assert heard.wanted(["one", "two"]) == ""
    for key in ("7", "9", "7", ""):
        assert heard.hear("one", "a", about(key)) == HEARD
    assert heard.wanted(["two"]) == ""
    assert heard.wanted(["two", "one"]) == "one"
    (asked,) = heard.take("one", early=True)
    assert (asked.forgets, asked.records) == (("looked.a",), (("things", "7"), ("things", "9")))
    assert heard.wanted(["one"]) == ""
    assert heard.take("one", early=True) == ()


def test_what_nobody_understands_is_not_heard():
    heard, _clock = board()
    assert heard.hear("two", "a", about("7")) is None
    assert heard.hear("three", "b", about("7")) is None
    assert heard.wanted(["one", "two", "three"]) == ""


def test_a_flood_is_put_off_path_by_path_and_in_all():
    heard, clock = board()
    assert [heard.hear("one", "b", about("")) for _ in range(70)].count(TOO_MANY) == 10
    assert [heard.hear("one", "a", about("")) for _ in range(70)].count(TOO_MANY) == 10
    assert heard.hear("two", "b", about("")) == TOO_MANY
    assert heard.wanted(["two"]) == "two"
    clock.seconds += 60
    assert heard.hear("two", "b", about("")) == HEARD


def test_a_day_of_notices_without_end_leads_to_few_runs():
    heard, clock = board()
    runs = looks = 0
    for _ in range(DAY // 5):
        clock.seconds += 5
        for path in ("a", "b"):
            heard.hear("one", path, about("1"))
        if heard.wanted(["one"]):
            runs += 1
            looks += len(heard.take("one", early=True))
    assert 280 <= runs <= 20 + DAY // 300
    assert looks <= 2 * runs


def test_what_is_put_off_is_looked_at_later():
    heard, clock = board()
    for _ in range(3):
        heard.hear("one", "a", about("1"))
        assert heard.take("one", early=True)
    heard.hear("one", "a", about("2"))
    assert heard.wanted(["one"]) == ""
    assert heard.take("one", early=False) == ()
    clock.seconds += 121
    assert heard.wanted(["one"]) == "one"
    assert heard.take("one", early=True)[0].records == (("things", "2"),)


def test_records_do_not_pile_up():
    heard, clock = board()
    for number in range(10 * MOST_RECORDS):
        clock.seconds += 1
        heard.hear("one", "a", about(str(number)))
    assert len(heard.take("one", early=True)[0].records) == MOST_RECORDS


def test_threads_do_not_lose_a_notice():
    heard, _clock = board()
    threads = [
        threading.Thread(target=lambda at=at: heard.hear("one", "a", about(str(at)))) for at in range(30)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(heard.take("one", early=True)[0].records) == 30
