"""A simulator's switches: what the vendor's documentation leaves open, decided here and changeable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.sandbox.state import State


class Settings:
    """Named values with defaults; changes are remembered in the state."""

    def __init__(self, state: State, defaults: Mapping[str, Any]) -> None:
        self._state = state
        self._defaults = dict(defaults)
        self._changed: dict[str, Any] = dict(state.value("settings", {}))

    def __getitem__(self, name: str) -> Any:
        return self._changed.get(name, self._defaults[name])

    def change(self, changes: Mapping[str, Any]) -> None:
        """Sets some of them; an unknown name is a `KeyError` and changes nothing."""
        for name in changes:
            if name not in self._defaults:
                raise KeyError(name)
        self._changed.update(changes)
        self._state.set_value("settings", self._changed)

    def all(self) -> dict[str, Any]:
        """Every switch with its present position."""
        return {**self._defaults, **self._changed}
