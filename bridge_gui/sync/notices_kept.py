"""Whether a bridge listens for change notices, where, and what is noted when one is acted on.

The secret part of its addresses lies in the keychain only; the data file knows the port and that it is on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, sources
from bridge_gui.sync.notices import Asked, NoticeSpec
from bridge_gui.web.notices import HOST, free_port, new_secret, path_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bridge_gui.store.rows import BridgeRow
    from bridge_gui.sync.house import House

SECRET = "notices"  # noqa: S105 - the name under which the secret is kept
_ON, _PORT = "notices", "notices.port"
LOWEST_PORT, HIGHEST_PORT = 1024, 65535


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where one kind of notice is sent; `path` holds the secret and is shown only where it is asked for."""

    spec: NoticeSpec
    path: str = field(repr=False)
    port: int

    @property
    def local(self) -> str:
        """The address at this computer, for the user's relay."""
        return f"http://{HOST}:{self.port}{self.path}"


def understood(house: House, row: BridgeRow) -> tuple[NoticeSpec, ...]:
    """The notices that a bridge understands."""
    return house.registry.bridge(row.kind).notices


def is_on(house: House, row: BridgeRow) -> bool:
    """Whether the user has switched listening on for a bridge."""
    with house.database.read() as connection:
        return bool(understood(house, row)) and bridges.note(connection, row.id, _ON) != ""


def port_of(house: House) -> int:
    """The port that was chosen, 0 if none ever was."""
    with house.database.read() as connection:
        return int(bridges.fact(connection, _PORT) or 0)


def switch_on(house: House, name: str, *, port: int = 0, anew: bool = False) -> tuple[Address, ...]:
    """Have a bridge listened for from the next start on; `anew` makes its earlier addresses worthless.

    Without a `port` the one in use is kept, or one that is free now is chosen.
    """
    row = house.bridge(name)
    if not understood(house, row):
        raise SetupError("notices.not_for", name=name)
    if port and not LOWEST_PORT <= port <= HIGHEST_PORT:
        raise SetupError("notices.bad_port", port=port, lowest=LOWEST_PORT, highest=HIGHEST_PORT)
    if anew or not house.keychain.get(row.books.name, SECRET):
        house.keychain.set(row.books.name, SECRET, new_secret())
    chosen = port or port_of(house) or free_port()
    with house.database.write() as connection:
        bridges.set_fact(connection, _PORT, str(chosen))
        bridges.set_note(connection, row.id, _ON, "on")
    return addresses(house, name)


def switch_off(house: House, name: str) -> None:
    """Listen no more for a bridge, and forget its addresses."""
    row = house.bridge(name)
    with house.database.write() as connection:
        bridges.set_note(connection, row.id, _ON, "")
    house.keychain.delete(row.books.name, SECRET)


def addresses(house: House, name: str) -> tuple[Address, ...]:
    """The addresses of a bridge that listens, none if it does not; asks the keychain."""
    row = house.bridge(name)
    if not is_on(house, row):
        return ()
    port, secret = port_of(house), secret_of(house, row)
    return tuple(
        Address(spec=spec, path=path_of(secret, spec.path), port=port) for spec in understood(house, row)
    )


def secret_of(house: House, row: BridgeRow) -> str:
    """The secret of a bridge that listens; it is not on another computer, nor after the keychain is lost."""
    secret = house.keychain.get(row.books.name, SECRET)
    if not secret:
        raise SetupError("notices.no_secret", name=row.name)
    return secret


def hurry(house: House, name: str, asked: Iterable[Asked]) -> None:
    """Have the next run look: at the records named, and at what it would not have looked at yet."""
    row = house.bridge(name)
    with house.database.write() as connection:
        for one in asked:
            for note in one.forgets:
                bridges.set_note(connection, row.id, note, "")
            _look_at(connection, house, row, one)


def _look_at(connection: Connection, house: House, row: BridgeRow, asked: Asked) -> None:
    """Read these records afresh; one that is not known yet comes with what the flow reads."""
    for flow, record in asked.records:
        source = sources.get(connection, row.id, flow, record)
        if source is not None:
            sources.change(connection, source.id, recheck_at=house.clock.now())
