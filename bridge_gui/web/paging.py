"""A guard for loops over pages: an endless or repeating list is the vendor's change, not our patience."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from bridge_gui.errors import VendorChanged

MOST_PAGES = 20_000


class PageGuard:
    """Looks at every page of one list, before the next is asked for."""

    def __init__(self, vendor: str, most: int = MOST_PAGES) -> None:
        self._vendor = vendor
        self._most = most
        self._seen: set[bytes] = set()

    def see(self, page: Iterable[str] | bytes) -> None:
        """Take note of a page, by the ids on it or its bytes; raises `VendorChanged` vendor.page_repeats."""
        digest = sha256(page if isinstance(page, bytes) else "\0".join(page).encode()).digest()
        if digest in self._seen or len(self._seen) >= self._most:
            raise VendorChanged("vendor.page_repeats", vendor=self._vendor, page=len(self._seen) + 1)
        self._seen.add(digest)
