"""Vendors imitated on loopback: for the demo, for tests, and for trying things out."""
