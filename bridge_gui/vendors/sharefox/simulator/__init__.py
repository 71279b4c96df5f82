"""Sharefox imitated from its vendor file; `assumed` says what of it is known and what is supposed."""

from bridge_gui.vendors.sharefox.simulator.company import SharefoxSimulator

__all__ = ["SharefoxSimulator"]
