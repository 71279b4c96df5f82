"""What a person decides of pairs: which debtor an organisation is; which side is right, field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import json

from bridge_gui.bridges.webcrm_uniconta.cards import agreed
from bridge_gui.bridges.webcrm_uniconta.panel_specs import JOIN_PAIRS, KEEP_SIDES
from bridge_gui.bridges.webcrm_uniconta.panels import Shown
from bridge_gui.bridges.webcrm_uniconta.steps import DEBTOR, ChangeRecord, JoinRecord, place
from bridge_gui.bridges.webcrm_uniconta.two_way import NOTHING
from bridge_gui.sync.actions import Action, Checked, Notice, lines_in
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import Held, Known
from bridge_gui.sync.panels import LEFT, PAIRS_KEPT, RIGHT, SHOWN_KEPT, SIDES_KEPT
from bridge_gui.sync.step import Step


class JoinPairs(Action):
    """Each pair that is kept is joined."""

    key, flow = JOIN_PAIRS, "organisations"

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """Two organisations cannot be one debtor."""
        del subject, known
        rows = _pairs(answers)
        double = len(rows) - len({row[RIGHT] for row in rows})
        return Checked(problems=(Notice(code="pairs.twice", params={"count": double}),) if double else ())

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """A step for each pair."""
        del subject, known
        return [self._step(row) for row in _pairs(answers)]

    def _step(self, row: dict[str, str]) -> Step:
        org = row[LEFT]
        return JoinRecord(
            name=f"join:{org}", link=place(DEBTOR, org), lane=f"{DEBTOR}:{org}", other=row[RIGHT], mark=org,
            source_content=NOTHING, sources=(org,), day=self._today(), number=org, party=org,
        )  # fmt: skip


class KeepSides(Action):
    """The fields of webcrm that are right go to Uniconta at once; the others come back by themselves."""

    key, flow = KEEP_SIDES, "organisations"

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """Only a pair that Bridge has joined can be decided."""
        del subject, answers
        linked = any(link.kind == DEBTOR and link.target is not None for link in known.links)
        return Checked(problems=() if linked else (Notice(code="pairs.not_joined"),))

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """One write, bound to the two contents that were shown."""
        links = [link for link in known.links if link.kind == DEBTOR and link.target is not None]
        if not links or not answers.get(SHOWN_KEPT):
            return Held(code="pairs.not_joined")
        shown = json.decode(answers[SHOWN_KEPT], type=Shown)
        sides = {row["field"]: row["side"] for row in lines_in(answers.get(SIDES_KEPT, ""))}
        changes = {key: shown.mine.values[key] for key, side in sides.items() if side == LEFT}
        taken = {key: shown.mine.values[key] for key, side in sides.items() if side == RIGHT}
        mine: dict[str, str | None] = dict(taken)
        return [
            ChangeRecord(
                name="sides", link=place(DEBTOR, links[-1].source_id, links[-1].ordinal), creates=False,
                lane=f"{DEBTOR}:{subject}", record=shown.debtor, changes=changes, by_hand=True,
                before={key: shown.theirs.values[key] for key in changes},
                pending={**dict.fromkeys(taken)}, source_content=canonical(agreed(shown.mine, mine)),
                sources=(subject,), day=self._today(), number=subject, party=subject,
            )
        ]  # fmt: skip


def _pairs(answers: Mapping[str, str]) -> list[dict[str, str]]:
    return [row for row in lines_in(answers.get(PAIRS_KEPT, "")) if row.get(LEFT) and row.get(RIGHT)]
