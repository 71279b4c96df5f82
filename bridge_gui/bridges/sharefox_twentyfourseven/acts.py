"""What a user may have done: look now what became of an order."""

from __future__ import annotations

from datetime import date

from bridge_gui.accounting.money import ZERO
from bridge_gui.bridges.sharefox_twentyfourseven.shown import read_shown
from bridge_gui.bridges.sharefox_twentyfourseven.steps import CheckOrder, place
from bridge_gui.sync.actions import Action
from bridge_gui.sync.flow import Held, Known
from bridge_gui.sync.step import Step


class CheckStatus(Action):
    """Ask 24SevenOffice what became of an order; nothing is written."""

    key, flow = "check_status", "rentals"

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """One look."""
        chosen = known.chosen
        if chosen is None or chosen.target is None:
            return Held(code="order.not_there")
        shown = read_shown(chosen.target_content)
        return [
            CheckOrder(
                name="check", link=place(chosen.kind, chosen.source_id, chosen.ordinal), creates=False,
                lane=f"invoice:{chosen.source_id}", target=chosen.target,
                day=shown.day if shown is not None else date.min,
                number=chosen.target.number or chosen.target.id,
                total=shown.total if shown is not None else ZERO,
                currency=shown.currency if shown is not None else "",
            )
        ]  # fmt: skip
