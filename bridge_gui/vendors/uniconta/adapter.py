"""Uniconta in Bridge's terms: one company's debtors, items, orders, contacts and employees."""

from __future__ import annotations

from bridge_gui.errors import SetupError
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.uniconta import assumed, rows
from bridge_gui.vendors.uniconta.budget import Budget
from bridge_gui.vendors.uniconta.client import UnicontaClient, User
from bridge_gui.vendors.uniconta.terms import COMPANIES, VENDOR, bare_login, company_id


class UnicontaAdapter:
    """One company at Uniconta."""

    def __init__(self, client: UnicontaClient, company: str) -> None:
        self._client = client
        self._company = company

    @classmethod
    def open(cls, context: ConnectionContext) -> UnicontaAdapter:
        """The adapter of a connection; calls nobody yet."""
        values = context.values
        user = User(
            company=company_id(values.get("company_id", "")),
            login=bare_login(values.get("login", "")),
            password=context.secret("password"),
        )
        limit = int(values.get("daily_calls", "") or assumed.DAILY_CALLS)
        budget = Budget(limit, context.clock)
        return cls(UnicontaClient(context.endpoint, user, context.wire, budget), user.company)

    def company(self) -> Company:
        """Sign in, and name the company; it is called by its number where its own table is not shown."""
        named = Company(id=self._company, name=f"{VENDOR} {self._company}")
        try:
            found = self._client.table(COMPANIES)
        except SetupError as error:
            if error.code not in {"uniconta.no_table", "uniconta.no_rights", "uniconta.forbidden"}:
                raise
            self._client.table(assumed.DEBTOR_GROUPS)
            return named
        own = [row for row in found if _first(row, assumed.COMPANY_IDS) == self._company]
        row = own[0] if own else (found[0] if len(found) == 1 else {})
        name = _first(row, assumed.COMPANY_NAMES)
        if not name:
            return named
        return Company(id=self._company, name=name, number=_first(row, assumed.COMPANY_NUMBERS))


def _first(row: rows.Row, names: tuple[str, ...]) -> str:
    """The first of some fields that says anything."""
    return next((told for name in names if (told := rows.text(row, name))), "")
