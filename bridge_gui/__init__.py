"""Bridge: joins a sales system to the books, on the bookkeeper's own computer."""

__version__ = "0.1.0"
