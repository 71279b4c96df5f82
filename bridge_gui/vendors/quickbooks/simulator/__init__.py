"""QuickBooks Online imitated from its vendor file: sign-in, lists, sales, payments, queries, changes."""

from bridge_gui.vendors.quickbooks.simulator.company import QuickBooksSimulator

__all__ = ["QuickBooksSimulator"]
