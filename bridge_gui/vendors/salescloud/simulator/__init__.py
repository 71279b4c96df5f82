"""SalesCloud imitated: a café's till behind the GraphQL of the vendor file's section 5."""

from bridge_gui.vendors.salescloud.simulator.company import SalesCloudSimulator

__all__ = ["SalesCloudSimulator"]
