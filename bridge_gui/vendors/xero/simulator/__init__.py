"""Xero imitated from its vendor file: sign-in, invoices, contacts, items, payments, settings."""

from bridge_gui.vendors.xero.simulator.company import XeroSimulator

__all__ = ["XeroSimulator"]
