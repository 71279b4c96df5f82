"""Whether this data folder is the latest that worked here: a number in it and one in the keychain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges
from bridge_gui.store.database import Database
from bridge_gui.store.rows import BridgeRow
from bridge_gui.web.keychain import Counter, Keychain

COMPANIES = "companies"
KeychainOf = Callable[[str], Keychain]


def restored(database: Database, keychain: Keychain, keychain_of: KeychainOf, row: BridgeRow) -> bool:
    """True if the keychain knows of later work, by this folder or by another one for the same company.

    That is written into the folder, for every bridge it concerns, before the keychain takes note of us:
    a crash in between forgets nothing.
    """
    try:
        older, replaced = _older(database, keychain), _replaced(database, keychain_of(COMPANIES), row)
    except SetupError:
        return False  # no keychain: nothing can be told
    if older or replaced:
        with database.write() as connection:
            bridges.doubt_bridge(connection, None if older else row.id)
    _note_company(database, keychain_of(COMPANIES), row)
    remember(database, keychain)
    return older or replaced


def older_than_known(database: Database, keychain: Keychain, keychain_of: KeychainOf, row: BridgeRow) -> bool:
    """What `restored` would say; changes nothing."""
    try:
        return _older(database, keychain) or _replaced(database, keychain_of(COMPANIES), row)
    except SetupError:
        return False


def remember(database: Database, keychain: Keychain) -> None:
    """Count on, in the folder first: a copy made before this is older from now on."""
    number = _number(database) + 1
    try:
        number = max(number, (Counter(keychain).get() or 0) + 1)
        with database.write() as connection:
            bridges.set_fact(connection, "counter", str(number))
        Counter(keychain).set(number)
    except SetupError:
        return


def forget(keychain: Keychain, companies: Keychain, rows: Iterable[BridgeRow]) -> None:
    """Leave nothing of it in the keychain; one that cannot be used never held it."""
    with suppress(SetupError):
        keychain.delete("folder", "snapshot")
        for row in rows:
            companies.delete(_company(row), "folder")


def _older(database: Database, keychain: Keychain) -> bool:
    """Whether the keychain counts further than the folder."""
    return (Counter(keychain).get() or 0) > _number(database)


def _number(database: Database) -> int:
    """The folder's own number."""
    with database.read() as connection:
        return int(bridges.fact(connection, "counter") or 0)


def _replaced(database: Database, companies: Keychain, row: BridgeRow) -> bool:
    """Whether another data folder on this computer has worked for this company."""
    last = companies.get(_company(row), "folder")
    return last is not None and last != _folder(database)


def _note_company(database: Database, companies: Keychain, row: BridgeRow) -> None:
    """This folder is the one that works for this company now."""
    mine = _folder(database)
    try:
        if companies.get(_company(row), "folder") != mine:
            companies.set(_company(row), "folder", mine)
    except SetupError:
        return


def _folder(database: Database) -> str:
    """The data folder's own id."""
    with database.read() as connection:
        return bridges.fact(connection, "folder")


def _company(row: BridgeRow) -> str:
    """The books and what is booked there, as one word."""
    return f"{row.kind}-{row.books.vendor}-{row.books.company_id}"
