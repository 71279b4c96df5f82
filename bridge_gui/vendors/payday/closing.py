"""Until when Payday's books are closed, as far as it tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from bridge_gui.vendors.payday.client import PaydayClient
from bridge_gui.web.waiting import Cancel, check


class _ClosingLine(Struct, frozen=True, rename="camel"):
    close_fiscal_year: bool | None = None


class PaydayClosing:
    """Closed fiscal years of one company's Payday."""

    _client: PaydayClient
    _today: Callable[[], date]

    def closed_until(self, since: date, cancel: Cancel) -> date | None:
        """The last day of the latest closed year that is not before `since`.

        INFERRED: closing a year leaves lines dated on its last day whose closeFiscalYear is true. Periods
        locked otherwise are not told; a refusal says so then.
        """
        for year in range(self._today().year - 1, since.year - 1, -1):
            check(cancel)
            last = date(year, 12, 31).isoformat()
            window = {"dateFrom": last, "dateTo": last}
            lines = self._client.listed("accounting/accountStatement", window, _ClosingLine)
            if any(line.close_fiscal_year for line in lines or ()):
                return date(year, 12, 31)
        return None
