"""What a vendor's spec declares about speaking to it: patience, tries, and what its statuses mean."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How one vendor wants to be spoken to; all times in seconds."""

    connect: float = 10.0
    """For reaching the host and agreeing on the encryption."""
    read: float = 60.0
    """For the longest silence in an answer."""
    whole: float = 180.0
    """For one whole request, however steadily it trickles."""
    tries: int = 4
    """How often one call may be sent in all."""
    max_body: int = 64 * MEGABYTE
    """Bytes of an answer, unpacked."""
    definite_statuses: frozenset[int] = frozenset()
    """Statuses of 500 and over after which this vendor is known to have done nothing."""
    key_header: str = ""
    """The header for an idempotency key, where the vendor has keys."""
    key_param: str = ""
    """The query parameter for an idempotency key, where the vendor has keys."""

    @property
    def keyed(self) -> bool:
        """Whether the vendor knows a repeated request by its key."""
        return bool(self.key_header or self.key_param)
