"""Customers of an exported file become contacts on the user's word; duplicates are shown first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from bridge_gui.accounting.crm import Person
from bridge_gui.bridges.highlevel_quickbooks.bringing import MAKE, brought
from bridge_gui.bridges.highlevel_quickbooks.customer_file import (
    LEAVE,
    FileCustomer,
    columns_of,
    digits,
    read_customers,
    suggested,
)
from bridge_gui.bridges.highlevel_quickbooks.panel_specs import BRING_IN_FILE
from bridge_gui.bridges.highlevel_quickbooks.steps import CONTACT, MakeContact, place
from bridge_gui.bridges.highlevel_quickbooks.worded import NEW_CONTACT
from bridge_gui.errors import SetupError
from bridge_gui.sync.actions import Action, Checked, Notice, lines_in
from bridge_gui.sync.flow import Held, Known
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import LEFT, PAIRS_KEPT, RIGHT, Certainty, Pair
from bridge_gui.sync.specs import Option
from bridge_gui.sync.step import Step

FILE, COLUMNS = "customers_file", "customer_columns"


class CustomerFile:
    """The file that the settings name, read afresh each time: a person may have exported it again."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context

    @property
    def path(self) -> Path | None:
        """Where it is, None where none is chosen."""
        told = self._context.settings.get(FILE, "").strip()
        return Path(told).expanduser() if told else None

    def customers(self) -> list[FileCustomer]:
        """Those that were not brought in yet; `SetupError` says why the file cannot be read."""
        if self.path is None:
            return []
        before = brought(self._context.notes)
        told = self._context.mappings.get(COLUMNS, {})
        return [one for one in read_customers(self.path, told) if one.id not in before]

    def columns(self) -> Sequence[Option]:
        """The columns there are, and those of an earlier file that were told; none if it cannot be read."""
        there = self._names()
        before = [name for name in self._context.mappings.get(COLUMNS, {}) if name not in there]
        found = [Option(key=name, title=name) for name in there]
        return [*found, *(Option(key=name, title=name, offered=False) for name in before)]

    def suggest(self) -> Mapping[str, str]:
        """What each column seems to be."""
        return suggested(self._names())

    def _names(self) -> tuple[str, ...]:
        try:
            return columns_of(self.path) if self.path is not None else ()
        except SetupError:
            return ()


class FilePairs:
    """The rows of the panel: each customer of the file beside the contact that is there already."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._file = CustomerFile(context)

    def pairs(self) -> list[Pair]:
        """Those who are contacts already first, then new ones, then those whom nobody could reach."""
        order = (Certainty.SURE, Certainty.NAME_ONLY, Certainty.LIKELY, Certainty.NONE)
        found = [self._pair(one) for one in self._file.customers()]
        return sorted(found, key=lambda pair: order.index(pair.certainty))

    def _pair(self, one: FileCustomer) -> Pair:
        person = one.person
        left = {"id": one.id, "left": person.name, "left_hint": person.email or person.phone}
        if not (person.email or digits(person.phone)):
            return Pair(**left, certainty=Certainty.NONE, why="pair.unreachable")
        hits = self._by_email if person.email else self._by_phone
        there = hits.get(person.email.casefold() if person.email else digits(person.phone), [])
        if not there:
            why = "pair.twice_in_file" if one.rows > 1 else ""
            return Pair(**left, right_id=MAKE, right=NEW_CONTACT, certainty=Certainty.LIKELY, why=why)
        return Pair(
            **left, right_id=there[0].id, right=there[0].name or there[0].email,
            right_hint=there[0].email or there[0].phone,
            certainty=Certainty.SURE if len(there) == 1 else Certainty.NAME_ONLY,
            why="pair.same_email" if person.email else "pair.same_phone",
        )  # fmt: skip

    @cached_property
    def _everybody(self) -> list[Person]:
        context = self._context
        return [one for page in context.sales.everybody(context.cancel) for one in page]

    @cached_property
    def _by_email(self) -> dict[str, list[Person]]:
        return _grouped((mail.casefold(), one) for one in self._everybody for mail in _mails(one))

    @cached_property
    def _by_phone(self) -> dict[str, list[Person]]:
        return _grouped((digits(one.phone), one) for one in self._everybody)


class BringInFile(Action):
    """Each customer taken becomes a contact by a step of its own; one that is there keeps all it has."""

    key = BRING_IN_FILE
    flow = "contacts"

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._file = CustomerFile(context)

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """Nothing chosen is a problem, and so is what was brought in before or is not in the file."""
        del subject, known
        wanted = [row[LEFT] for row in _chosen(answers)]
        if not wanted:
            return Checked(problems=(Notice(code="customer.none_chosen"),))
        there = {one.id for one in self._file.customers()}
        gone = len([one for one in wanted if one not in there])
        if gone:
            return Checked(problems=(Notice(code="customer.not_in_file", params={"count": gone}),))
        return Checked()

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """A step for each pair that was kept, with what the file says."""
        del subject, known
        today = self._context.clock.now().astimezone(self._context.zone).date()
        there = {one.id: one.person for one in self._file.customers()}
        rows = [row for row in _chosen(answers) if row[LEFT] in there]
        return [_step(row, there[row[LEFT]], today) for row in rows]


def _chosen(answers: Mapping[str, str]) -> list[dict[str, str]]:
    rows = lines_in(answers.get(PAIRS_KEPT, ""))
    return [row for row in rows if row.get(LEFT) and row.get(RIGHT) not in (None, "", LEAVE)]


def _step(row: Mapping[str, str], person: Person, today: date) -> Step:
    source = row[LEFT]
    return MakeContact(
        name=f"contact:{source}", link=place(CONTACT, source), lane=f"contact:{source}", mark=source,
        sources=(source,), day=today, number=person.name, party=person.name, person=person, fills=True,
        chosen="" if row[RIGHT] == MAKE else row[RIGHT],
    )  # fmt: skip


def _mails(person: Person) -> Iterator[str]:
    yield from (one for one in (person.email, *person.more_emails) if one)


def _grouped(pairs: Iterator[tuple[str, Person]]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for key, person in pairs:
        if key and person not in found.setdefault(key, []):
            found[key].append(person)
    return found
