"""What a person decides: which record is which at the other side; which side is right, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import json

from bridge_gui.bridges.webcrm_uniconta.cards import agreed
from bridge_gui.bridges.webcrm_uniconta.comparing import Shown
from bridge_gui.bridges.webcrm_uniconta.panel_specs import JOIN_ITEMS
from bridge_gui.bridges.webcrm_uniconta.steps import (
    PRICE,
    ChangeRecord,
    JoinPrice,
    JoinRecord,
    bare,
    place,
)
from bridge_gui.bridges.webcrm_uniconta.two_way import NOTHING
from bridge_gui.sync.actions import Action, Checked, Notice, lines_in
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Held, Known, LinkView
from bridge_gui.sync.panels import LEFT, NAME, PAIRS_KEPT, RIGHT, SHOWN_KEPT, SIDES_KEPT
from bridge_gui.sync.step import Step


class JoinPairs(Action):
    """Each pair of one kind that is kept is joined."""

    def __init__(self, key: str, flow: str, kind: str, today: Callable[[], date]) -> None:
        self.key, self.flow = key, flow
        self._kind = kind
        self._today = today

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """Two at the left cannot be one at the right."""
        del subject, known
        rows = _pairs(answers)
        double = len(rows) - len({row[RIGHT] for row in rows})
        return Checked(problems=(Notice(code="pairs.twice", params={"count": double}),) if double else ())

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """A step for each pair."""
        del subject, known
        return [self._step(row[LEFT], row[RIGHT], row.get(NAME, "")) for row in _pairs(answers)]

    def _step(self, left: str, right: str, name: str) -> Step:
        called = name or left
        return JoinRecord(
            name=f"join:{left}", link=place(self._kind, left), lane=f"{self._kind}:{left}", other=right,
            mark=left, source_content=NOTHING, sources=(left,), day=self._today(), number=called,
            party=called,
        )  # fmt: skip


class JoinItems(JoinPairs):
    """Each item is joined with its row of the price list; the row is written at the next sync."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(JOIN_ITEMS, "items", PRICE, today)

    def _step(self, left: str, right: str, name: str) -> Step:
        return JoinPrice(
            name=f"join:{left}", link=place(PRICE, left), lane=f"{PRICE}:{left}", row=bare(right),
            sources=(left,), day=self._today(), number=bare(left), party=name or bare(left),
        )  # fmt: skip


class KeepSides(Action):
    """The fields of webcrm that are right go to Uniconta at once; the others come back by themselves."""

    def __init__(self, key: str, flow: str, kind: str, today: Callable[[], date]) -> None:
        self.key, self.flow = key, flow
        self._kind = kind
        self._today = today

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """Only a pair that Bridge has joined can be decided."""
        del subject
        shown = _shown(answers)
        linked = shown is not None and self._link(known, shown.other) is not None
        return Checked(problems=() if linked else (Notice(code="pairs.not_joined"),))

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """One write, bound to the two contents that were shown."""
        shown = _shown(answers)
        link = self._link(known, shown.other) if shown is not None else None
        if shown is None or link is None:
            return Held(code="pairs.not_joined")
        sides = {row["field"]: row["side"] for row in lines_in(answers.get(SIDES_KEPT, ""))}
        changes = {key: shown.mine.values[key] for key, side in sides.items() if side == LEFT}
        taken = {key: shown.mine.values[key] for key, side in sides.items() if side == RIGHT}
        mine: dict[str, str | None] = dict(taken)
        return [
            ChangeRecord(
                name="sides", link=place(self._kind, link.source_id, link.ordinal), creates=False,
                lane=f"{self._kind}:{link.source_id}", record=shown.other, changes=changes, by_hand=True,
                before={key: shown.theirs.values[key] for key in changes},
                pending={**dict.fromkeys(taken)}, source_content=canonical(agreed(shown.mine, mine)),
                sources=(subject,), day=self._today(), number=subject, party=subject,
            )
        ]  # fmt: skip

    def _link(self, known: Known, other: str) -> LinkView | None:
        """The link that joins the two that were shown."""
        joined = (
            link
            for link in known.links
            if link.kind == self._kind and link.target is not None and link.target.id == other
        )
        return next(joined, None)


def _shown(answers: Mapping[str, str]) -> Shown | None:
    text = answers.get(SHOWN_KEPT, "")
    return json.decode(text, type=Shown) if text else None


def _pairs(answers: Mapping[str, str]) -> list[dict[str, str]]:
    return [row for row in lines_in(answers.get(PAIRS_KEPT, "")) if row.get(LEFT) and row.get(RIGHT)]
