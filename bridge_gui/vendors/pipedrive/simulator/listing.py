"""v2's pages: a limit and an opaque cursor that names the last row's sorting value.

Facts: pipedrive.md section 4 and the cursor of the OpenAPI examples. QUIRK: a row edited meanwhile may be
skipped or come twice when sorted by `update_time` (pipedrive.md 4).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from typing import Any

import msgspec
from flask import request

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.pipedrive.simulator.forms import choices, found, invalid, whole

PAGING = ("limit", "cursor")
SORTING = ("sort_by", "sort_direction")
MOST = 500


def page(
    rows: Iterable[Doc], sortable: tuple[str, ...] = ("id", "update_time", "add_time")
) -> tuple[list[Doc], str | None]:
    """The asked page and the cursor of the next one."""
    limit = whole("limit", 100) or 0
    if not 1 <= limit <= MOST:
        raise invalid("limit", f"limit must be between 1 and {MOST}")
    field = (choices("sort_by", sortable) or ["id"])[0]
    down = choices("sort_direction", ("asc", "desc")) == ["desc"]
    ordered = sorted(rows, key=lambda row: _key(row, field), reverse=down)
    if mark := request.args.get("cursor"):
        ordered = _after(ordered, mark, field, down=down)
    part = ordered[:limit]
    more = len(ordered) > limit
    return part, _cursor(part[-1], field, down=down) if more else None


def listed(rows: Iterable[Doc], sortable: tuple[str, ...] = ("id", "update_time", "add_time")) -> Doc:
    """A page in its envelope; the last one has a cursor of null."""
    part, following = page(rows, sortable)
    return found(part, next_cursor=following)


def _key(row: Doc, field: str) -> tuple[bool, Any, int]:
    value = row.get(field)
    return value is not None, value if value is not None else 0, row["id"]


def _cursor(row: Doc, field: str, *, down: bool) -> str:
    told = {"field": field, "fieldValue": row.get(field), "sortDirection": "desc" if down else "asc"}
    return base64.urlsafe_b64encode(msgspec.json.encode({**told, "id": row["id"]})).decode().rstrip("=")


def _after(rows: list[Doc], mark: str, field: str, *, down: bool) -> list[Doc]:
    try:
        told = msgspec.json.decode(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except (msgspec.DecodeError, binascii.Error, ValueError) as error:
        raise invalid("cursor", "cursor is not valid") from error
    if not isinstance(told, dict) or told.get("field") != field:
        raise invalid("cursor", "cursor is not valid")
    last = _key({field: told["fieldValue"], "id": told["id"]}, field)
    return [row for row in rows if (_key(row, field) < last if down else _key(row, field) > last)]
