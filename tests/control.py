"""A served simulator's control surface, for tests: what lies under `/_sandbox/`."""

from __future__ import annotations

import json
import urllib.request
from typing import Any


def control(address: str, path: str, sent: object = None, method: str | None = None) -> Any:
    """Ask it, or tell it something; what it answers. A status of 400 or over is an `HTTPError`."""
    body = None if sent is None else json.dumps(sent).encode()
    kind = {"Content-Type": "application/json"}
    asked = urllib.request.Request(f"{address}/_sandbox/{path}", body, kind, method=method)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return json.loads(answer.read() or b"null")
