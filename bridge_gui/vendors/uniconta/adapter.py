"""Uniconta in Bridge's terms: one company's debtors, items, orders, contacts and employees."""

from __future__ import annotations

from datetime import date

from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.uniconta import assumed
from bridge_gui.vendors.uniconta.budget import Budget
from bridge_gui.vendors.uniconta.client import UnicontaClient, User
from bridge_gui.vendors.uniconta.lists import UnicontaLists
from bridge_gui.vendors.uniconta.orders import UnicontaOrders
from bridge_gui.vendors.uniconta.parties import UnicontaParties
from bridge_gui.vendors.uniconta.records import Records
from bridge_gui.vendors.uniconta.standing import UnicontaStanding
from bridge_gui.vendors.uniconta.terms import bare_login, company_id


class UnicontaAdapter(UnicontaLists, UnicontaParties, UnicontaOrders, UnicontaStanding):
    """One company at Uniconta."""

    def __init__(self, client: UnicontaClient, company: str) -> None:
        self._records = Records(client)
        self._budget = client.budget
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
        typed = values.get("daily_calls", "").strip()
        budget = Budget(int(typed) if typed.isdigit() else assumed.DAILY_CALLS, context.clock)
        return cls(UnicontaClient(context.endpoint, user, context.wire, budget), user.company)

    @property
    def calls_a_day(self) -> int:
        """How many there are."""
        return self._budget.limit

    @property
    def calls_spent(self) -> tuple[date, int]:
        """The day that counts now, and how many calls are known to be spent on it."""
        return self._budget.today, self._budget.spent

    def spent_before(self, day: date, calls: int) -> None:
        """What was spent on a day before this was opened; nothing if that day is over."""
        self._budget.begin(day, calls)
