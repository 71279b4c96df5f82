"""webcrm's persons at organisations, and its users, in Bridge's terms.

A user's record holds a password and a log of sign-ins: only the fields named here are ever taken out of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bridge_gui.accounting.trade import Holder, Person, User
from bridge_gui.errors import OutcomeUnknown, SetupError
from bridge_gui.vendors.webcrm import query
from bridge_gui.vendors.webcrm.client import Body
from bridge_gui.vendors.webcrm.forms import ACTIVE, FIRST_NAME, ID, LAST_NAME, is_active
from bridge_gui.vendors.webcrm.records import Kind, Named, Records
from bridge_gui.vendors.webcrm.row import Row
from bridge_gui.vendors.webcrm.terms import PERSON
from bridge_gui.web.waiting import Cancel

_TEXTS = {
    "first_name": Named("PersonFirstName", FIRST_NAME), "last_name": Named("PersonLastName", LAST_NAME),
    "title": Named("PersonTitle"), "phone": Named("PersonDirectPhone"),
    "mobile": Named("PersonMobilePhone"), "email": Named("PersonEmail"),
}  # fmt: skip


def _whole_name(body: Body) -> Body:
    """The first name is written with the middle one in it."""
    return {**body, "PersonMiddleName": ""} if "PersonFirstName" in body else body


KIND = Kind(
    Holder.PERSON, PERSON.path, PERSON.id, {**_TEXTS, "active": Named("PersonStatus", ACTIVE)}, _whole_name
)
_NEW = Kind(
    Holder.PERSON, PERSON.path, PERSON.id, {**KIND.names, "organisation": Named("PersonOrganisationId", ID)},
    _whole_name,
)  # fmt: skip
"""QUIRK: the organisation is said when a person is made, and cannot be changed later (webcrm.md 3.2)."""
_USER_TEXTS = {
    "name": Named("UserName"), "initials": Named("UserInitials"), "email": Named("UserEmail"),
    "phone": Named("UserTelephone"), "mobile": Named("UserMobilePhone"), "title": Named("UserTitle"),
}  # fmt: skip
_ACTIVE = "Users/AllActive"
USER_KIND = Kind(Holder.USER, "Users", "UserId", _USER_TEXTS)


class WebcrmPeople:
    """The persons and users of one customer's webcrm."""

    _records: Records

    def persons_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Person]]:
        """Pages of those made or changed since an instant; each once."""
        for page in self._records.client.query(PERSON, query.since(PERSON, since), cancel):
            yield [*self._persons(page)]

    def persons(self, ids: Collection[str], cancel: Cancel) -> tuple[Person, ...]:
        """Fresh copies; what is gone is left out."""
        pages = self._records.client.by_ids(PERSON, ids, cancel)
        return tuple(one for page in pages for one in self._persons(page))

    def persons_at(self, organisation: str, cancel: Cancel) -> tuple[Person, ...]:
        """Everybody at one organisation."""
        if not organisation.isdigit():
            return ()
        condition = query.among("PersonOrganisationId", [organisation])
        pages = self._records.client.query(PERSON, condition, cancel)
        people = [one for page in pages for one in self._persons(page)]
        return tuple(one for one in people if one.organisation == organisation)

    def add_person(self, person: Person) -> Person:
        """Make one, `fields` too; as read back. Has no key: look at `persons_at` after a lost answer."""
        given = {key: str(getattr(person, key)) for key in _NEW.names} | person.fields
        told = {key: text for key, text in given.items() if text or key in ("first_name", "last_name")}
        row = self._records.add(_NEW, told)
        return self._records.seen(lambda: self._made(row, person))

    def change_person(self, person: str, changes: Mapping[str, str], before: Mapping[str, str]) -> Person:
        """Write these fields, never the organisation, if `before` still stands there; as read back."""
        row = self._records.change(KIND, person, changes, before)
        return self._records.seen(lambda: self._person(row))

    def users(self, cancel: Cancel) -> tuple[User, ...]:
        """Everybody, one reading: which of them are active, and all of them where that may be read."""
        active = {row.id("UserId"): row for row in self._user_rows(_ACTIVE, cancel)}
        try:
            rows = self._user_rows("Users", cancel)
        except SetupError as error:
            if error.code != "webcrm.right":
                raise
            rows = list(active.values())
        return tuple(self._user(row, active=row.id("UserId") in active) for row in rows)

    def change_user(self, user: str, changes: Mapping[str, str], before: Mapping[str, str]) -> User:
        """Write these fields, never login or password, if `before` still stands there; as read back."""
        row = self._records.change(USER_KIND, user, changes, before)
        return self._records.seen(lambda: self._user(row, active=self._is_active(user)))

    def _made(self, row: str, person: Person) -> Person:
        """The person just made; without an id the only one with this address there."""
        if row:
            return self._person(self._records.now(KIND, row))
        there = self.persons_at(person.organisation, self._records.client.cancel)
        email = person.email.casefold()
        found = [one for one in there if email and one.email.casefold() == email]
        if len(found) != 1:
            raise OutcomeUnknown("outcome.left_out")
        return found[0]

    def _persons(self, rows: Iterable[Row]) -> Iterator[Person]:
        for row in self._records.in_words(KIND, rows, "PersonStatus"):
            yield self._person(row)

    def _person(self, row: Row) -> Person:
        texts = {key: named.form.shown(row, named.name) for key, named in _TEXTS.items()}
        return Person(
            id=row.own_id(PERSON.id), organisation=row.id("PersonOrganisationId"),
            changed=row.updated(PERSON), active=is_active(row, "PersonStatus"),
            fields=self._records.fields.texts(Holder.PERSON, row), **texts,
        )  # fmt: skip

    def _user_rows(self, path: str, cancel: Cancel) -> list[Row]:
        return [row for page in self._records.client.listed(path, "UserId", cancel) for row in page]

    def _is_active(self, user: str) -> bool:
        rows = self._user_rows(_ACTIVE, self._records.client.cancel)
        return user in {row.id("UserId") for row in rows}

    def _user(self, row: Row, *, active: bool) -> User:
        texts = {key: named.form.shown(row, named.name) for key, named in _USER_TEXTS.items()}
        return User(
            id=row.id("UserId"), active=active, changed=row.instant("UserUpdatedAt"),
            fields=self._records.fields.texts(Holder.USER, row), **texts,
        )  # fmt: skip
