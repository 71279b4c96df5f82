"""Payday imitated from its vendor file: invoices, customers, the journal and the ledger behind it."""

from bridge_gui.vendors.payday.simulator.company import PaydaySimulator

__all__ = ["PaydaySimulator"]
