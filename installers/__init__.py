"""Installers made of the frozen program, and tried: `python3 dev.py package`."""
