"""HighLevel imitated from its vendor file: contacts, payments, invoices, messages, workflows."""

from bridge_gui.vendors.highlevel.simulator.company import HighLevelSimulator

__all__ = ["HighLevelSimulator"]
