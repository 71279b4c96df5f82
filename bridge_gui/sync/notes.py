"""What a bridge has learnt, kept in the store: each note in a commit of its own."""

from __future__ import annotations

from collections.abc import Mapping

from bridge_gui.errors import Param
from bridge_gui.store import bridges, links
from bridge_gui.store.database import Database


class KeptNotes:
    """The notes of one bridge."""

    def __init__(self, database: Database, bridge_id: int) -> None:
        self._database = database
        self._bridge_id = bridge_id

    def get(self, key: str) -> str:
        """What was learnt under this name, empty if nothing."""
        with self._database.read() as connection:
            return bridges.note(connection, self._bridge_id, key)

    def set(self, key: str, value: str) -> None:
        """Keep it; when this returns it survives a crash."""
        with self._database.write() as connection:
            bridges.set_note(connection, self._bridge_id, key, value)

    def linked(self, kind: str) -> Mapping[str, str]:
        """The targets' ids of all documents or things of a kind that are linked, by their sources' ids."""
        with self._database.read() as connection:
            return links.targets(connection, self._bridge_id, kind)

    def stop(self, code: str, params: Mapping[str, Param]) -> None:
        """Have every run end with this until a person has seen to it."""
        with self._database.write() as connection:
            bridges.set_lasting_stop(connection, self._bridge_id, code, dict(params))
