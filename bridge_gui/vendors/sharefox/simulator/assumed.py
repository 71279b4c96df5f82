"""What this imitation supposes, and the switches that vary it.

Known (sharefox.md 1 to 3): hosts and headers, both with the shop's whole domain; the administrator's
opaque token; that the interface answers 404 until Support activates it; customers' fields with blanks in
organisation numbers; how orders, change orders, invoice bases, their two types and periods behave in the
shop's own window. Seen in clients that were never shown to work (sharefox.md 4, weak code): the orders',
customers' and products' paths, `page` and `limit`, the fields of bookings, `token` or `access_token`, the
refusal's `error` and `message`. INFERRED, nothing seen at all: every invoice path and field (calls 8 and
9), whether paid may be written back, the wrappers, what `from` and `to` compare, extra services on an
order, the accounting file's columns and its address. Each doubt is a switch below; its usual position is
the worked example of sharefox.md section 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SWITCHES: Mapping[str, Any] = {
    "api_enabled": True,  # false: 404 on everything but the sign-in
    "wrapper": "data",  # or array, items, results, named (after the collection)
    "with_total": True,  # whether a wrapper says total, page and limit
    "id_form": "number",  # or text
    "discount_form": "percent",  # or dash ("-" for none), null, amount (beside the percent), only_amount
    "prices_include_vat": False,  # how the shop keeps its prices; read when something is ordered
    "type_form": "key",  # or label: "Data for accounting"
    "accounting_link": True,  # false: the type Data for accounting does not exist, all is Printed
    "paging": "pages",  # or ignored (always all), repeats (past the end the last page again)
    "window": "created",  # or modified: what `from` and `to` compare
    "write_back": "accepts",  # or refuses (403), missing (404)
    "login_redirects": True,  # 308 to the slashed path
    "token_name": "token",  # or access_token
    "naive_times": False,  # instants without a zone, in Oslo's time
    "minute_limit": 0,  # calls a minute; 0: none
    "retry_after": True,
    "first_day": "",  # the first day of trade; empty: the day on which the shop was made
    "orders_a_day": 3,
}

KINDS = {"data_for_accounting": "Data for accounting", "printed": "Printed"}
BASES = ("", "/api-v2")
"""The interface answers below both of the bases that were seen (sharefox.md 1)."""
