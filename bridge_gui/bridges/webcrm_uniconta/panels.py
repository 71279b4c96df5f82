"""Customers that may be on both sides already, and customers whose details differ."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, json

from bridge_gui.bridges.webcrm_uniconta.cards import SALES, Card, Content, Merging, same
from bridge_gui.bridges.webcrm_uniconta.panel_specs import PAIRS
from bridge_gui.bridges.webcrm_uniconta.parties import CUSTOMER, MARK, Debtors, Organisations, matches
from bridge_gui.bridges.webcrm_uniconta.rules import PARTIES, Rules
from bridge_gui.bridges.webcrm_uniconta.steps import is_org_mark
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.panels import Certainty, Compared, Pair, Query, Rows, Sided
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import never

_SURE = {
    "pair.same_debtor_number": Certainty.SURE, "pair.same_cvr": Certainty.SURE,
    "pair.same_invoice_email": Certainty.LIKELY, "pair.same_name": Certainty.NAME_ONLY,
}  # fmt: skip
_MOST = 20


class Shown(Struct, frozen=True, kw_only=True):
    """The two contents that a person compared."""

    debtor: str
    mine: Content
    theirs: Content


class Panels:
    """Rows of both panels; both sides are read whole when a panel opens."""

    def __init__(
        self, context: BridgeContext, rules: Rules, organisations: Organisations, debtors: Debtors
    ) -> None:
        self._context = context
        self._rules = rules
        self._organisations = organisations
        self._debtors = debtors
        self._merging: Merging = rules.merging(PARTIES, SALES)
        self._pairs: list[Pair] | None = None
        self._compared: list[Compared] | None = None

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        if query.offset == 0:
            self._pairs = self._compared = None
            self._debtors.forget()
        text = query.text.casefold()
        slice_ = slice(query.offset, query.offset + query.limit)
        if panel == PAIRS:
            self._pairs = self._pairs if self._pairs is not None else self._paired()
            pairs = [one for one in self._pairs if text in one.left.casefold()]
            return Rows(rows=tuple(pairs[slice_]), total=len(pairs))
        self._compared = self._compared if self._compared is not None else self._differing()
        rows = [one for one in self._compared if text in one.title.casefold()]
        return Rows(rows=tuple(rows[slice_]), total=len(rows))

    def search(self, text: str) -> Sequence[Option]:
        """Debtors by number, name or CVR number."""
        wanted = text.casefold()
        found = [
            card
            for card in self._debtors.table(never()).values()
            if wanted in f"{card.number} {card.party} {card.values['tax_number']}".casefold()
        ]
        return [Option(key=card.id, title=card.party, hint=card.number) for card in found[:_MOST]]

    def _all(self) -> list[Card]:
        pages = self._organisations.everybody(never())
        return [card for page in pages for card in page]

    def _paired(self) -> list[Pair]:
        """Customers of nobody yet, with the debtor each may be."""
        table = self._debtors.table(never())
        taken = {one.extra[MARK] for one in table.values()}
        waiting = [card for card in self._all() if card.extra[CUSTOMER] and card.id not in taken]
        found = ((card, matches(card, table)) for card in waiting)
        return [_pair(card, *hits[0]) for card, hits in found if hits]

    def _differing(self) -> list[Compared]:
        """Pairs whose details differ."""
        orgs = {card.id: card for card in self._all()}
        rows = []
        for debtor in self._debtors.table(never()).values():
            org = orgs.get(debtor.extra[MARK]) if is_org_mark(debtor.extra[MARK]) else None
            fields = self._fields(org, debtor) if org is not None else ()
            if org is not None and fields:
                shown = Shown(debtor=debtor.id, mine=org.content, theirs=debtor.content)
                rows.append(
                    Compared(
                        id=org.id, title=org.party, hint=debtor.number, fields=fields,
                        shown=json.encode(shown).decode(),
                    )
                )  # fmt: skip
        return rows

    def _fields(self, org: Card, debtor: Card) -> tuple[Sided, ...]:
        return tuple(
            Sided(
                key=field.key, label=field.label, left=org.values[field.key], right=debtor.values[field.key]
            )
            for field in self._merging.fields
            if field.key in org.values
            and not same(field.key, org.values[field.key], debtor.values[field.key])
        )


def _pair(org: Card, debtor: Card, why: str) -> Pair:
    return Pair(
        id=org.id, left=org.party, left_hint=org.values.get("tax_number", ""), right_id=debtor.id,
        right=debtor.party, right_hint=debtor.number, certainty=_SURE[why], why=why,
    )  # fmt: skip
