"""Which vendors and bridges there are: whatever lies in their rooms and has a SPEC."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence

from bridge_gui.errors import SetupError
from bridge_gui.sync.actions import DOCUMENTS, Gives
from bridge_gui.sync.panels import PanelKind, PanelSpec
from bridge_gui.sync.specs import BridgeSpec, Role, VendorSpec
from bridge_gui.wording.message import Message


class Registry:
    """All vendors and bridges by key, compared with each other when they are loaded."""

    def __init__(self, vendors: Sequence[VendorSpec], bridges: Sequence[BridgeSpec]) -> None:
        self.vendors = {spec.key: spec for spec in vendors}
        self.bridges = {spec.key: spec for spec in bridges}
        if len(self.vendors) < len(vendors) or len(self.bridges) < len(bridges):
            raise TypeError("two SPECs have one key")
        for spec in bridges:
            self._fit(spec)

    @classmethod
    def discover(cls, vendors: Sequence[str], bridges: Sequence[str]) -> Registry:
        """Every SPEC in these packages (dotted names)."""
        found_vendors = [spec for spec in _specs(vendors) if isinstance(spec, VendorSpec)]
        found_bridges = [spec for spec in _specs(bridges) if isinstance(spec, BridgeSpec)]
        return cls(found_vendors, found_bridges)

    def bridge(self, key: str) -> BridgeSpec:
        """A bridge's spec, or a sentence naming those there are."""
        if key not in self.bridges:
            raise SetupError("bridge.no_such_kind", kind=key, kinds=", ".join(sorted(self.bridges)))
        return self.bridges[key]

    def sides(self, spec: BridgeSpec) -> tuple[VendorSpec, VendorSpec]:
        """The sales and the books vendor of a bridge."""
        return self.vendors[spec.sales], self.vendors[spec.books]

    def messages(self) -> list[Message]:
        """The messages of all vendors and bridges."""
        of_vendors = [message for spec in self.vendors.values() for message in spec.messages]
        return of_vendors + [message for spec in self.bridges.values() for message in spec.messages]

    def _fit(self, spec: BridgeSpec) -> None:
        """A bridge's vendors exist, stand on their side, and can do what it needs."""
        for key, role in ((spec.sales, Role.SALES), (spec.books, Role.BOOKS)):
            vendor = self.vendors.get(key)
            if vendor is None or vendor.role is not role:
                raise TypeError(f"{spec.key}: no {role.value} vendor {key}")
            lacking = set(spec.needs.get(role, ())) - set(vendor.capabilities)
            if lacking:
                names = ", ".join(sorted(kind.__name__ for kind in lacking))
                raise TypeError(f"{spec.key}: {key} lacks {names}")
        _declared(spec)


def _declared(spec: BridgeSpec) -> None:
    """A bridge's actions and panels name only what it has, each name once."""
    actions, panels = [one.key for one in spec.actions], {one.key: one for one in spec.panels}
    if len(set(actions)) < len(actions) or len(panels) < len(spec.panels) or DOCUMENTS in panels:
        raise TypeError(f"{spec.key}: two actions or two panels have one key")
    for action in spec.actions:
        if action.on != DOCUMENTS and action.on not in panels:
            raise TypeError(f"{spec.key}: action {action.key} on no panel {action.on}")
        if action.flow not in spec.flows and (action.flow or action.gives is Gives.STEPS):
            raise TypeError(f"{spec.key}: action {action.key} names no flow {action.flow}")
    for panel in spec.panels:
        _panel_declared(spec, panel, {one.key for one in spec.actions if one.on == panel.key})


def _panel_declared(spec: BridgeSpec, panel: PanelSpec, own: set[str]) -> None:
    """A panel names only actions of its own, and has what its kind needs."""
    for named in (panel.keeps, panel.opens):
        if named and named not in own:
            raise TypeError(f"{spec.key}: panel {panel.key} names no action {named}")
    needed = panel.columns if panel.kind is PanelKind.TABLE else panel.keeps
    if not needed:
        lacking = "columns" if panel.kind is PanelKind.TABLE else "an action that keeps the answers"
        raise TypeError(f"{spec.key}: panel {panel.key} lacks {lacking}")


def _specs(packages: Sequence[str]) -> Iterator[object]:
    """The SPEC of every module or folder in these packages that has one."""
    for package in packages:
        room = importlib.import_module(package)
        for found in pkgutil.iter_modules(room.__path__, f"{package}."):
            spec = getattr(importlib.import_module(found.name), "SPEC", None)
            if spec is not None:
                yield spec
