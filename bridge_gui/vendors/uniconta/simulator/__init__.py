"""Uniconta imitated from its vendor file: entities to read and write, and the OData feed."""

from bridge_gui.vendors.uniconta.simulator.company import UnicontaSimulator

__all__ = ["UnicontaSimulator"]
