"""When Uniconta is looked at, and what a day's calls are spent on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bridge_gui.bridges.webcrm_uniconta.cards import Card, Content
from bridge_gui.bridges.webcrm_uniconta.checks import doubts
from bridge_gui.bridges.webcrm_uniconta.countries import code_of, name_of
from bridge_gui.bridges.webcrm_uniconta.looks import MASTERS, Looks
from bridge_gui.errors import Refused, SetupError
from bridge_gui.sync.opening import PassingNotes


@dataclass
class Books:
    """Counts as Uniconta's adapter does."""

    spent: int = 0
    calls_a_day: int = 5000

    @property
    def calls_spent(self) -> tuple[date, int]:
        return date(2026, 11, 22), self.spent

    def spent_before(self, day: date, calls: int) -> None:
        self.spent = max(self.spent, calls)


@dataclass
class Desk:
    """A context of its own for a test."""

    schedule: str = "1 min"
    books: Books = field(default_factory=Books)
    notes: PassingNotes = field(default_factory=PassingNotes)
    now: datetime = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)

    def looks(self) -> Looks:
        context: Any = SimpleNamespace(
            notes=self.notes, books=self.books, settings={"schedule": self.schedule},
            clock=SimpleNamespace(now=lambda: self.now), zone=ZoneInfo("Europe/Copenhagen"),
            start=date(2026, 11, 1),
        )  # fmt: skip
        return Looks(context)


def card(key: str, city: str) -> Card:
    return Card(id=key, content=Content(values={"city": city}))


@pytest.mark.parametrize(("minutes", "due"), [(1, False), (4, False), (5, True), (9, True)])
def test_masters_are_looked_at_every_five_minutes(minutes: int, due: bool) -> None:
    desk = Desk()
    desk.looks().looked("debtors", desk.now)
    desk.now += timedelta(minutes=minutes)
    assert desk.looks().due("debtors", MASTERS) is due


def test_a_bridge_that_runs_by_hand_looks_every_time() -> None:
    desk = Desk(schedule="manual")
    desk.looks().looked("debtors", desk.now)
    assert desk.looks().due("debtors", MASTERS)


def test_looks_become_rarer_while_calls_go_faster_than_the_day() -> None:
    desk = Desk(books=Books(spent=4000))
    desk.looks().looked("debtors", desk.now)
    desk.now += timedelta(minutes=6)
    assert not desk.looks().due("debtors", MASTERS)
    desk.now += timedelta(minutes=10)
    assert desk.looks().due("debtors", MASTERS)


def test_calls_of_earlier_runs_count() -> None:
    desk = Desk(books=Books(spent=123))
    desk.looks().keep_calls()
    later = Desk(notes=desk.notes)
    later.looks().keep_calls()
    assert later.books.spent == 123


def test_only_rows_that_differ_are_passed_on_and_only_once_committed() -> None:
    looks = Desk().looks()
    assert [[one.id for one in page] for page in looks.changed("x", [card("a", "1"), card("b", "1")])] == [
        ["a", "b"]
    ]
    assert list(looks.changed("x", [card("a", "1"), card("b", "1")])) == []
    abandoned = looks.changed("x", [card("a", "2"), card("b", "1")])
    assert [one.id for one in next(abandoned)] == ["a"]
    abandoned.close()
    assert [[one.id for one in page] for page in looks.changed("x", [card("a", "2"), card("b", "1")])] == [
        ["a"]
    ]


def test_once_a_field_was_dropped_nothing_more_is_written() -> None:
    looks = Desk().looks()

    def write() -> None:
        with looks.writing():
            raise Refused("uniconta.field_missing", field="xWebcrmId", table="debtor")

    with pytest.raises(Refused):
        write()
    with pytest.raises(SetupError) as told:
        write()
    assert told.value.params == {"field": "xWebcrmId", "table": "debtor"}


@pytest.mark.parametrize(
    ("name", "code"), [("Danmark", "DK"), ("TYSKLAND", "DE"), ("Sverige", "SE"), ("Narnia", "Narnia")]
)
def test_countries_as_danes_write_them(name: str, code: str) -> None:
    assert code_of(name, {}) == code


def test_the_users_own_table_of_countries_comes_first() -> None:
    own = {"D": "DE"}
    assert code_of("d", own) == "DE"
    assert name_of("DE", own) == "D"
    assert name_of("SE", own) == "Sverige"


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"tax_number": "10000009", "country": "DK"}, []),
        ({"tax_number": "10000008", "country": "DK"}, ["debtor.cvr_doubtful"]),
        ({"tax_number": "10000008", "country": "DE"}, []),
        ({"ean": "5790000000005"}, []),
        ({"ean": "5790000000006"}, ["debtor.ean_doubtful"]),
    ],
)
def test_check_digits_are_doubted_never_refused(values: dict[str, str], codes: list[str]) -> None:
    assert [one.code for one in doubts(values, "X")] == codes
