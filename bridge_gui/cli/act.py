"""`act`: one thing done to one record, or to several; seen before it goes, told after."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bridge_gui.cli.act_answers import given_answers, pairs_asked, questions
from bridge_gui.cli.act_shown import buttons, saved, shape, shape_seen, tell_seen, tell_told
from bridge_gui.cli.codes import Exit, of_told, worst
from bridge_gui.cli.progress import Watcher
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import table
from bridge_gui.errors import SetupError
from bridge_gui.sync.actions import Checked, Form, Gives, Told, Wanted
from bridge_gui.sync.filling import LINES_MOST
from bridge_gui.sync.panels import Pair, PanelKind, Query
from bridge_gui.web.waiting import Cancel

if TYPE_CHECKING:
    from bridge_gui.sync.actions import ActionSpec
    from bridge_gui.sync.house import House
    from bridge_gui.sync.panels import PanelSpec


def run(shell: Shell) -> int:
    """List a bridge's actions, print one's questions, look at what would go, or do it."""
    options = shell.options
    with shell.stoppable() as cancel, shell.working() as house:
        if not options.action:
            return _list(shell, house.offers(options.name).actions)
        spec = _spec(house, options.name, options.action)
        if not options.subjects:
            raise SetupError("cli.usage", problem=_needs(shell), help="bridge-gui act --help")
        wanted, refused = _wanted(shell, house, spec, cancel)
        if options.questions:
            return _questions(shell, wanted, refused, _proposed(shell, house, spec, cancel))
        seen = _seen(house, options.name, spec, wanted, cancel)
        if not shell.options.json:
            tell_seen(shell, spec, seen)
        if options.preview:
            return _previewed(shell, seen, refused)
        told = refused | _done(shell, house, spec, wanted, cancel)
    return _tell(shell, told, seen)


def _needs(shell: Shell) -> str:
    return shell.words.text("Say on which record or document.")


def _spec(house: House, name: str, action: str) -> ActionSpec:
    """The action that is meant, or a sentence naming those there are."""
    actions = {one.key: one for one in house.offers(name).actions}
    if action not in actions:
        raise SetupError("action.unknown", action=action, names=", ".join(actions) or "-")
    return actions[action]


def _list(shell: Shell, actions: Sequence[ActionSpec]) -> int:
    text = shell.words.text
    shell.out.data([{"action": one.key, "title": text(one.title), "on": one.on} for one in actions])
    rows = [[one.key, text(one.title), one.on, text(one.confirm)] for one in actions]
    heads = [text(head) for head in ("Action", "What it does", "On", "Note")]
    shell.out.lines(table(heads, rows) if rows else [text("This bridge has no actions.")])
    return Exit.DONE


def _wanted(
    shell: Shell, house: House, spec: ActionSpec, cancel: Cancel
) -> tuple[dict[str, Wanted], dict[str, Told]]:
    """Each subject's order, filled from its record and the answers given; and those refused at once."""
    options = shell.options
    request = options.request or uuid.uuid4().hex
    answers = given_answers(options.answers) if options.answers else {}
    wanted: dict[str, Wanted] = {}
    refused: dict[str, Told] = {}
    for number, subject in enumerate(dict.fromkeys(options.subjects)):
        asks = spec.asks or _panel_kept_by(house, options.name, spec) is not None
        form = house.begin(options.name, spec.key, subject, cancel) if asks else Form()
        if isinstance(form, Told):
            refused[subject] = form
            continue
        named = f"{request}/{number}" if len(options.subjects) > 1 else request
        wanted[subject] = Wanted(
            request=named, subject=subject, form=form, answers=answers, confirmed=options.yes
        )
    return wanted, refused


def _panel_kept_by(house: House, name: str, spec: ActionSpec) -> PanelSpec | None:
    """The panel of two sides whose answers this action keeps, if it does."""
    return next((one for one in house.offers(name).panels if one.keeps == spec.key), None)


def _proposed(shell: Shell, house: House, spec: ActionSpec, cancel: Cancel) -> str:
    """The pairs that a panel proposes, as answers to fill in; empty where there is no such panel."""
    name = shell.options.name
    panel = _panel_kept_by(house, name, spec)
    if panel is None or panel.kind is not PanelKind.PAIRS:
        return ""
    found = house.panel_rows(name, panel.key, Query(limit=LINES_MOST), cancel)
    return pairs_asked([one for one in found.rows if isinstance(one, Pair)], shell.say)


def _questions(shell: Shell, wanted: dict[str, Wanted], refused: dict[str, Told], proposed: str) -> int:
    """The first record's form as a file to fill in."""
    for told in refused.values():
        shell.out.told(shell.say(told.code, told.params))
    for one in wanted.values():
        shell.out.raw(proposed or questions(one.form, shell.words.text))
        return Exit.DONE
    return worst(of_told(told, buttons(shell)) for told in refused.values())


def _seen(
    house: House, name: str, spec: ActionSpec, wanted: dict[str, Wanted], cancel: Cancel
) -> dict[str, Checked]:
    """What would be sent for each."""
    if spec.gives is not Gives.STEPS:
        return {}
    return {subject: house.check(name, spec.key, one, cancel) for subject, one in wanted.items()}


def _previewed(shell: Shell, seen: dict[str, Checked], refused: dict[str, Told]) -> int:
    shell.out.data({"orders": [shape_seen(shell, subject, seen[subject]) for subject in seen]})
    for told in refused.values():
        shell.out.told(shell.say(told.code, told.params))
    wrong = refused or any(one.problems for one in seen.values())
    shell.out.say(shell.words.text("Nothing was sent."))
    return Exit.WRONG if wrong else Exit.DONE


def _done(
    shell: Shell, house: House, spec: ActionSpec, wanted: dict[str, Wanted], cancel: Cancel
) -> dict[str, Told]:
    """Give the orders; files are written where the user says."""
    if not wanted:
        return {}
    answers = house.act(shell.options.name, spec.key, list(wanted.values()), cancel, Watcher(shell))
    shell.out.wipe()
    told = dict(zip(wanted, answers, strict=True))
    return {subject: _kept(shell, one) for subject, one in told.items()}


def _kept(shell: Shell, told: Told) -> Told:
    """An answer whose file has been written, its name that of the file."""
    if told.file is None:
        return told
    place = saved(told.file, shell.options.to)
    return replace(told, file=replace(told.file, name=str(place)))


def _tell(shell: Shell, told: dict[str, Told], seen: dict[str, Checked]) -> int:
    shell.out.data(
        {"orders": [shape(shell, subject, one, seen.get(subject)) for subject, one in told.items()]}
    )
    for subject, one in told.items():
        tell_told(shell, subject, one)
    return worst(of_told(one, buttons(shell)) for one in told.values())
