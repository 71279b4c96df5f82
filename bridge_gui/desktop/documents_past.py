"""What was done about a document, in words: what was sent and when, what a person decided and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.states import kind_name
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.record import Happened

DONE: dict[str, str] = {
    "planned": mark("{what} is to be sent"),
    "sending": mark("{what} is being sent"),
    "unknown": mark("{what} was sent without an answer; Bridge looks for it"),
    "done": mark("{what} was sent"),
    "stopped": mark("{what} was refused"),
    "asked": mark("{what} was sent, only you can tell whether it arrived"),
    "superseded": mark("{what} was planned, and planned anew"),
    "skipped": mark("{what} is not sent"),
}


def happening(desk: Desk, one: Happened, currency: str) -> tuple[str, str, list[str]]:
    """When, what, and what more there is to know."""
    when = desk.formats.when(one.at, desk.now()) if one.at is not None else desk.words.text("not yet")
    if one.choice:
        return when, _chosen(desk, one), [one.reason] if one.reason else []
    text = desk.words.text
    what = text(kind_name(one.kind))
    if one.total is not None:
        what = f"{what}, {desk.formats.money(one.total, currency)},"
    more = [desk.say(one.code, one.params).sentence] if one.code else []
    return when, text(DONE.get(one.state, DONE["planned"]), what=what), more


def _chosen(desk: Desk, one: Happened) -> str:
    """A decision; with the document, where one was named."""
    said = desk.say(f"choice.{one.choice}").sentence
    if one.choice.startswith("use:"):
        said = one.choice.removeprefix("use:")
    if one.target:
        return desk.words.text("You decided: {choice} ({document})", choice=said, document=one.target)
    return desk.words.text("You decided: {choice}", choice=said)
