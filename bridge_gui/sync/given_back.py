"""What a vendor sends is never a file name or a page to open as it stands: it is cleaned, or left alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bridge_gui.sync.specs import VendorSpec
from bridge_gui.web.address import origin

LONGEST = 120
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_NAME = re.compile(r"[a-z0-9-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def file_name(suggested: str) -> str:
    """A name that is a name on every system: no folder, no sign that hides its ending."""
    name = _UNFIT.sub("_", unicodedata.normalize("NFC", suggested)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST:
        name = f"{stem[: LONGEST - 12]}.{ending[:11]}" if dot else name[:LONGEST]
    return f"_{name}" if not name or _RESERVED.match(name) else name


def is_own(vendors: Sequence[VendorSpec], url: str) -> bool:
    """Whether an address is https on a host that one of these vendors declares as its own."""
    scheme, host, port = origin(url)
    own = {named for vendor in vendors for named in _hosts(vendor)}
    plain = url.isprintable() and "\\" not in url and "@" not in url.partition("?")[0]
    first, _, rest = host.lower().partition(".")
    known = _NAME.fullmatch(first) and (f"{first}.{rest}" in own or f"*.{rest}" in own)
    return scheme == "https" and port == 443 and plain and bool(known)


def _hosts(vendor: VendorSpec) -> set[str]:
    """Where a vendor's own pages are."""
    return {host for host in (origin(vendor.site)[1], *vendor.hosts) if host}
