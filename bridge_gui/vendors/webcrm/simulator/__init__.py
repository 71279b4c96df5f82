"""webcrm imitated from its vendor file and its Swagger document."""

from bridge_gui.vendors.webcrm.simulator.company import WebcrmSimulator

__all__ = ["WebcrmSimulator"]
