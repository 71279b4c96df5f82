"""How much more is asked for than in CI: kills, documents, rounds, twisted answers."""

from __future__ import annotations

import os

LONG = int(os.environ.get("BRIDGE_LONG_TESTS") or 0)
"""From `BRIDGE_LONG_TESTS`; 0 in CI."""
