"""Sharefox: a rental shop on the web."""
