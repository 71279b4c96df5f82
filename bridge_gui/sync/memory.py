"""Whether this data folder is the latest that worked here: a number in it and one in the keychain."""

from __future__ import annotations

from collections.abc import Callable

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges
from bridge_gui.store.database import Database
from bridge_gui.store.rows import BridgeRow
from bridge_gui.web.keychain import Counter, Keychain

COMPANIES = "companies"


def restored(
    database: Database, keychain: Keychain, keychain_of: Callable[[str], Keychain], row: BridgeRow
) -> bool:
    """True if the keychain knows of later work, by this folder or by another one for the same company."""
    try:
        older = (Counter(keychain).get() or 0) > _number(database)
        replaced = _replaced(database, keychain_of(COMPANIES), row)
        remember(database, keychain)
    except SetupError:
        return False  # no keychain: nothing can be told
    return older or replaced


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


def _number(database: Database) -> int:
    """The folder's own number."""
    with database.read() as connection:
        return int(bridges.fact(connection, "counter") or 0)


def _replaced(database: Database, companies: Keychain, row: BridgeRow) -> bool:
    """Whether another data folder on this computer has worked for this company; notes ours."""
    with database.read() as connection:
        mine = bridges.fact(connection, "folder")
    company = f"{row.kind}-{row.books.vendor}-{row.books.company_id}"
    last = companies.get(company, "folder")
    if last != mine:
        companies.set(company, "folder", mine)
    return last is not None and last != mine
