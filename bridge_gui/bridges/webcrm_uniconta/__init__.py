"""webcrm with Uniconta: debtors, items, orders, contacts and employees, both ways."""

from bridge_gui.bridges.webcrm_uniconta.spec import SPEC

__all__ = ["SPEC"]
