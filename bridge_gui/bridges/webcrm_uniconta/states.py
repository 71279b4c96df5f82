"""The flow that tells webcrm what has become of its orders: invoiced, under which number, paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bridge_gui.accounting.documents import Ref
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.rules import Rules
from bridge_gui.bridges.webcrm_uniconta.standing import STANDING, Standing, Stands, read_standing
from bridge_gui.bridges.webcrm_uniconta.steps import TOLD, TellDelivery, Telling, bare, place
from bridge_gui.bridges.webcrm_uniconta.telling import Teller
from bridge_gui.sync.flow import Finding, Flow, Known, Page, Record, Written
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel


class States(Flow):
    """What is seen of orders, told to their deliveries."""

    key, kind = "states", TOLD
    rereads_skipped = False

    def __init__(self, context: BridgeContext, rules: Rules, looks: Looks, standing: Standing) -> None:
        self._context = context
        self._rules = rules
        self._looks = looks
        self._standing = standing
        self._teller = Teller(context.sales, rules, context.cancel)

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Orders that stand otherwise than webcrm was told."""
        del since
        self._standing.look(cancel)
        kept = read_standing(self._context.notes.get(STANDING))
        records = [self._record(name, stands) for name, stands in kept.items()]
        for page in self._looks.changed(self.key, records):
            yield Page(records=tuple(page))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """As they were seen last."""
        del cancel
        kept = read_standing(self._context.notes.get(STANDING))
        return [self._record(one, kept[one]) for one in ids if one in kept]

    def plan(self, record: Record, known: Known) -> list[Step]:
        """One write to the delivery; it writes only what differs."""
        del known
        stands: Stands = record.content
        telling = Telling(state=stands.state, order=stands.order, invoice=stands.invoice)
        return [
            TellDelivery(
                name="tell", link=place(TOLD, record.id), creates=False, lane=f"{TOLD}:{record.id}",
                delivery=record.id, telling=telling, sources=(record.id,), day=record.day,
                number=record.number, party=record.party,
            )
        ]  # fmt: skip

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """Whether it has been told."""
        del cancel
        return [self._teller.find(step) for step in steps if isinstance(step, TellDelivery)]

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Tell it."""
        del key, target
        assert isinstance(step, TellDelivery)
        return self._teller.tell(step, self._context.clock.now())

    def _record(self, name: str, stands: Stands) -> Record:
        return Record(id=name, day=self._rules.today, content=stands, number=stands.order or bare(name))
