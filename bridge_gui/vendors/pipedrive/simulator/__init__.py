"""Pipedrive imitated from its vendor file: deals, products, parties, fields, notes, files."""

from bridge_gui.vendors.pipedrive.simulator.company import PipedriveSimulator

__all__ = ["PipedriveSimulator"]
