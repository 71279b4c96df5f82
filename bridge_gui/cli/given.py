"""Secrets given on standard input for one run: in memory only, before those of the keychain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.errors import SetupError
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.specs import FieldKind
from bridge_gui.web.keychain import Keychain


class Given:
    """Secrets by vendor for every bridge, or by bridge and vendor: `[payday]` or `["Kaffihús".payday]`."""

    def __init__(self, tables: Mapping[str, Any], registry: Registry) -> None:
        self._known = {
            vendor.key: {field.key for field in vendor.fields if field.kind is FieldKind.SECRET}
            for vendor in registry.vendors.values()
        }
        self._secrets: dict[tuple[str, str, str], str] = {}
        self.bridges: set[str] = set()
        for section, inside in tables.items():
            self._take(section, inside)

    def __repr__(self) -> str:
        return f"Given({len(self._secrets)} secrets)"

    def find(self, connection: str, field: str) -> str | None:
        """The secret of a connection ("NAME.vendor"): its own, else the vendor's for all bridges."""
        name, _, vendor = connection.rpartition(".")
        return self._secrets.get((name, vendor, field), self._secrets.get(("", vendor, field)))

    def check_names(self, names: set[str]) -> None:
        """Raise if a section is for a bridge that is not there."""
        for name in sorted(self.bridges - names):
            raise SetupError("bridge.unknown", name=name, names=", ".join(sorted(names)))

    def _take(self, section: str, inside: Any) -> None:
        if not isinstance(inside, dict):
            raise SetupError("answers.unknown_key", key=section, keys=self._places())
        for key, value in inside.items():
            if isinstance(value, dict):
                self.bridges.add(section)
                for field, secret in value.items():
                    self._keep(section, key, field, secret)
            else:
                self._keep("", section, key, value)

    def _keep(self, name: str, vendor: str, field: str, secret: Any) -> None:
        place = f"{vendor}.{field}"
        if field not in self._known.get(vendor, ()):
            raise SetupError("answers.unknown_key", key=place, keys=self._places())
        if not isinstance(secret, str):
            raise SetupError("answers.type", key=place, expected="text")
        self._secrets[name, vendor, field] = secret.strip()

    def _places(self) -> str:
        return ", ".join(f"{vendor}.{field}" for vendor, fields in self._known.items() for field in fields)


class Layered:
    """A keychain behind the secrets given for this run; those are never kept."""

    def __init__(self, given: Given, below: Keychain) -> None:
        self._given = given
        self._below = below
        self._renewed: dict[tuple[str, str], str] = {}

    def __repr__(self) -> str:
        return f"Layered({self._given!r})"

    def get(self, connection: str, field: str) -> str | None:
        """The secret, or None if it was neither given nor ever kept."""
        given = self._given.find(connection, field)
        if given is None:
            return self._below.get(connection, field)
        return self._renewed.get((connection, field), given)

    def set(self, connection: str, field: str, value: str) -> None:
        """Keep the secret where it came from: in memory if it was given."""
        if self._given.find(connection, field) is None:
            self._below.set(connection, field, value)
        else:
            self._renewed[connection, field] = value

    def delete(self, connection: str, field: str) -> None:
        """Leave nothing of the secret in the keychain; one that was given may never have been there."""
        try:
            self._below.delete(connection, field)
        except SetupError as error:
            given = self._given.find(connection, field) is not None
            if not given or error.code not in ("keychain.none", "keychain.refused"):
                raise
