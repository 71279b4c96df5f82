"""Users of webcrm and employees of Uniconta: employees are made, users never (they cost seats)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from bridge_gui.accounting.trade import Employee, User
from bridge_gui.bridges.webcrm_uniconta.cards import BOOKS, SALES, Card, Content, same
from bridge_gui.bridges.webcrm_uniconta.deliveries import keep_staff
from bridge_gui.bridges.webcrm_uniconta.desks import Desk, MakingDesk
from bridge_gui.bridges.webcrm_uniconta.looks import PEOPLE as EVERY
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.rules import STAFF, Rules
from bridge_gui.bridges.webcrm_uniconta.steps import EMPLOYEE, USER, AddRecord, bare, named, place
from bridge_gui.bridges.webcrm_uniconta.two_way import NOTHING, TwoWay, joining, ref_of
from bridge_gui.errors import Refused
from bridge_gui.sync.debtors import KeepsEmployees
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Found, Held, Known, LinkView, Marked, Page, Plan, Record, Skip
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.trading import HasUsers
from bridge_gui.web.waiting import Cancel

_FIELDS = ("name", "email", "mobile")
_TAKEN = "uniconta.key_exists"
_USER_MARK = re.compile(r"user-[0-9]+")
MARK, ACTIVE, INITIALS = "mark", "active", "initials"


class Users(Desk):
    """webcrm's users."""

    word, name = USER, "users"

    def __init__(self, context: BridgeContext, looks: Looks) -> None:
        self._context = context
        self._sales: HasUsers = context.sales
        self._looks = looks
        self._all: list[Card] | None = None

    def changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Card]]:
        """Those who differ from the last look."""
        del since
        if self._looks.due(self.name, EVERY):
            begun = self._context.clock.now()
            self.forget()
            yield from self._looks.changed(self.name, self.table(cancel))
            self._looks.looked(self.name, begun)

    def cards(self, ids: Sequence[str], cancel: Cancel) -> list[Card]:
        """As they are now."""
        wanted = set(ids)
        return [card for card in self.table(cancel) if card.id in wanted]

    def table(self, cancel: Cancel) -> list[Card]:
        """Everybody."""
        if self._all is None:
            self._all = [user_card(one) for one in self._sales.users(cancel)]
        return self._all

    def forget(self) -> None:
        """Read anew the next time."""
        self._all = None

    def write(self, now: Card, changes: Mapping[str, str]) -> Card:
        """Write these fields."""
        before = {key: now.values.get(key, "") for key in changes}
        return user_card(self._sales.change_user(bare(now.id), changes, before))


class Employees(MakingDesk):
    """Uniconta's register of employees."""

    word, name = EMPLOYEE, "employees"

    def __init__(self, context: BridgeContext, rules: Rules, looks: Looks) -> None:
        self._context = context
        self._books: KeepsEmployees = context.books
        self._rules = rules
        self._looks = looks
        self._all: list[Card] | None = None

    def changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Card]]:
        """Those whose row differs from the last look."""
        del since
        if self._looks.due(self.name, EVERY):
            begun = self._context.clock.now()
            self.forget()
            table = self.table(cancel)
            yield from self._looks.changed(self.name, table)
            marks = {one.id: one.extra[MARK] for one in table if is_user_mark(one.extra[MARK])}
            self._looks.marked(self.name, marks, "users")
            self._looks.looked(self.name, begun)

    def cards(self, ids: Sequence[str], cancel: Cancel) -> list[Card]:
        """As they are now."""
        wanted = set(ids)
        return [card for card in self.table(cancel) if card.id in wanted]

    def table(self, cancel: Cancel) -> list[Card]:
        """All of them, in one call; who is whose user is remembered for orders."""
        if self._all is None:
            self._all = [self.card(one) for one in self._books.employees(cancel)]
            whose = {bare(one.extra[MARK]): one.number for one in self._all if is_user_mark(one.extra[MARK])}
            keep_staff(self._context.notes, whose)
        return self._all

    def table_read(self) -> list[Card] | None:
        """All of them, where they have been read since the last write."""
        return self._all

    def forget(self) -> None:
        """Read anew the next time."""
        self._all = None

    def write(self, now: Card, changes: Mapping[str, str]) -> Card:
        """Write these fields."""
        before = {key: now.values.get(key, "") for key in changes}
        return self.card(self._books.change_employee(bare(now.id), changes, before))

    def add(self, step: AddRecord) -> Card:
        """Make one under the user's initials; where they are taken, under a number of our own."""
        values = step.values
        made = Employee(
            number=values.get(INITIALS, "") or step.mark, name=values["name"], email=values["email"],
            mobile=values.get("mobile", ""), title=self._rules.employee_title,
            group=self._rules.employee_group, fields={self._rules.employee_field: step.mark},
        )  # fmt: skip
        try:
            return self.card(self._books.add_employee(made))
        except Refused as error:
            if error.code != _TAKEN or made.number == step.mark:
                raise
        return self.card(self._books.add_employee(replace(made, number=step.mark)))

    def found(self, step: AddRecord, cancel: Cancel) -> list[Card]:
        """Those who bear this mark."""
        return [card for card in self.table(cancel) if card.extra[MARK] == step.mark]

    def bears(self, card: Card, mark: str) -> bool:
        """Whether an employee has it in the field."""
        return card.extra[MARK] == mark

    def join(self, record: str, mark: str) -> Card:
        """Write our mark to one who is there."""
        now = self.one(record)
        if is_user_mark(now.extra[MARK]) and now.extra[MARK] != mark:
            raise Refused("employee.joined_already", employee=now.number)
        field = self._rules.employee_field
        before = {field: now.extra[MARK]}
        return self.card(self._books.change_employee(bare(record), {field: mark}, before))

    def card(self, one: Employee) -> Card:
        """An employee as a card."""
        values = {key: getattr(one, key) for key in _FIELDS}
        extra = {MARK: one.fields.get(self._rules.employee_field, ""), ACTIVE: "" if one.blocked else "yes"}
        return Card(
            id=named(EMPLOYEE, one.number), content=Content(values=values, extra=extra), number=one.number,
            party=one.name,
        )  # fmt: skip


class Staff(TwoWay):
    """Users to employees."""

    key, opposite, kind = "users", "employees", EMPLOYEE
    gone, another = "employee.gone", "employee.is_another"
    theirs: Employees

    def __init__(self, mine: Users, theirs: Employees, rules: Rules, looks: Looks) -> None:
        super().__init__(mine, theirs, rules.merging(STAFF, SALES), looks, rules.today)
        self._rules = rules

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Those who differ from the last look; employees are at hand for newcomers."""
        if self._rules.on(STAFF):
            yield from super().read(since, cancel)

    def _page(self, cards: Sequence[Card], cancel: Cancel) -> Page:
        self.theirs.table(cancel)
        return super()._page(cards, cancel)

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        self.theirs.table(cancel)
        return super().fetch(ids, cancel)

    def is_pair(self, record: Record, current: Record) -> bool:
        """An employee that bears another mark is another's under the same initials."""
        return bool(current.content.extra[MARK] == record.id)

    def newcomer(self, record: Record, known: Known) -> Plan:
        """An employee is made of an active user, or joined by e-mail."""
        del known
        values, extra = record.content.values, record.content.extra
        if not extra[ACTIVE]:
            return Skip(code="user.not_active")
        if not values["email"]:
            return Skip(code="user.no_email")
        table = self.theirs.table_read() or []
        ours = [one for one in table if one.extra[MARK] == record.id]
        hits = ours or [
            one
            for one in table
            if same("email", one.values["email"], values["email"]) and not is_user_mark(one.extra[MARK])
        ]
        if len(hits) > 1:
            return Held(code="employee.several", params={"email": values["email"], "count": len(hits)})
        if self._rules.pairs_first and not ours:
            return Held(code="pairs.not_confirmed")
        if hits:
            return joining(self, record, hits[0].id, record.id)
        made = {key: text for key, text in {**values, INITIALS: extra[INITIALS]}.items() if text}
        return [
            AddRecord(
                name="add", link=place(EMPLOYEE, record.id), lane=f"{EMPLOYEE}:{record.id}", mark=record.id,
                values=made, source_content=canonical(record.content), sources=(record.id,),
                day=record.day, number=record.number, party=record.party,
            )
        ]  # fmt: skip

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Employees that bear our mark."""
        del since
        for card in self.theirs.table(cancel) if self._rules.on(STAFF) else ():
            if is_user_mark(card.extra[MARK]):
                found = Found(ref=ref_of(card), equal=True, content=NOTHING)
                yield Marked(
                    source_id=card.extra[MARK], kind=EMPLOYEE, ordinal=1, found=found, day=self.today
                )


class Register(TwoWay):
    """Employees to users: details only."""

    key, opposite, kind = "employees", "users", EMPLOYEE
    gone = "user.gone"

    def __init__(self, mine: Employees, theirs: Users, rules: Rules, looks: Looks) -> None:
        super().__init__(mine, theirs, rules.merging(STAFF, BOOKS), looks, rules.today)
        self._on = rules.on(STAFF)

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Those whose row differs from the last look."""
        if self._on:
            yield from super().read(since, cancel)

    def is_pair(self, record: Record, current: Record) -> bool:
        """An employee belongs to the user whose mark it bears."""
        return bool(record.content.extra[MARK] == current.id)

    def parted(self, record: Record, link: LinkView, known: Known) -> Plan:
        """What to do with it is asked at the user who has lost the employee."""
        if known.current is not None:
            return Skip(code="employee.no_user")
        return super().parted(record, link, known)

    def newcomer(self, record: Record, known: Known) -> Plan:
        """Users are never made."""
        del record, known
        return Skip(code="employee.no_user")


def user_card(one: User) -> Card:
    """A user as a card."""
    values = {key: getattr(one, key) for key in _FIELDS}
    extra = {ACTIVE: "yes" if one.active else "", INITIALS: one.initials}
    return Card(
        id=named(USER, one.id), content=Content(values=values, extra=extra), number=one.initials or one.name,
        party=one.name,
    )  # fmt: skip


def is_user_mark(text: str) -> bool:
    """Whether an employee's field names a user."""
    return _USER_MARK.fullmatch(text.strip()) is not None
