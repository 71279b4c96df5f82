"""The jobs of actions and panels: ask, check, order, fetch; each opens what it needs and may ask vendors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from bridge_gui.errors import SetupError
from bridge_gui.store import bridges, sources
from bridge_gui.sync import memory
from bridge_gui.sync.actions import Checked, File, Form, Gives, How, Notice, Told, Wanted
from bridge_gui.sync.carrying import carry_out, told_of, withdraw
from bridge_gui.sync.events import Listener, nobody
from bridge_gui.sync.filling import keeping, misfits, whole
from bridge_gui.sync.flow import Flow, Held
from bridge_gui.sync.given_back import file_name, is_own
from bridge_gui.sync.house import House
from bridge_gui.sync.notes import KeptNotes
from bridge_gui.sync.opener import Job
from bridge_gui.sync.orders import Order, give_order
from bridge_gui.sync.planning import decided
from bridge_gui.sync.run import Run
from bridge_gui.sync.specs import OpenBridge, Option
from bridge_gui.sync.subjects import About, Desk, about_of
from bridge_gui.web.address import origin
from bridge_gui.web.meter import Meter
from bridge_gui.web.waiting import Cancel

BETWEEN_LOOKS = 0.2


def begin(house: House, name: str, action: str, subject: str, cancel: Cancel) -> Form | Told:
    """What is asked, filled from the record; or why it cannot be done as things stand."""
    with _session(house, name, action, cancel) as desk:
        about = about_of(desk, subject)
        if isinstance(about, Told):
            return about
        form = decided(lambda: desk.action.fields(about.subject, about.known))
        if isinstance(form, Held):
            return _refused(form)
        panels = house.registry.bridge(desk.run.bridge.kind).panels
        kept = next((one for one in panels if one.keeps == action), None)
        return keeping(kept) if kept is not None and not form.fields else form


def find(house: House, name: str, action: str, which: str, text: str, cancel: Cancel) -> Sequence[Option]:
    """Options for a CHOICE that is searched."""
    with _session(house, name, action, cancel) as desk:
        return desk.action.search(which, text)


def check(house: House, name: str, action: str, wanted: Wanted, cancel: Cancel) -> Checked:
    """What an order would come to; the bridge is asked once the answers fit their questions."""
    answers = whole(wanted)
    wrong = misfits(wanted.form, answers)
    if wrong:
        return Checked(problems=wrong)
    with _session(house, name, action, cancel) as desk:
        about = about_of(desk, wanted.subject)
        if isinstance(about, Told):
            return Checked(problems=(Notice(code=about.code, params=about.params),))
        return _checked(desk, about, answers)


def act(
    house: House, name: str, action: str, wanted: Sequence[Wanted], cancel: Cancel, tell: Listener
) -> tuple[Told, ...]:
    """Give orders and see them carried out; one answer for each, in order."""
    row = house.bridge(name)
    with house.job(cancel) as job:
        restored = house.restored(row)
        run = house.run_of(row, job, tell)
        if restored:
            run.reload()
        desk = _desk(house, run, house.opener.bridge(row, job, KeptNotes(house.database, row.id)), action)
        if (stopped := _stands_still(run)) is not None:
            return tuple(stopped for _ in wanted)
        if desk.spec.gives is not Gives.STEPS:
            return tuple(_fetched(house, desk, one) for one in wanted)
        refused = {one.request: _given(desk, one) for one in wanted}
        kept = [request for request, told in refused.items() if told is None]
        told = _carried(house, desk, kept) if kept else {}
        memory.remember(house.database, house.keychain)
    return tuple(refused[one.request] or told[one.request] for one in wanted)


def _stands_still(run: Run) -> Told | None:
    """What a bridge stands still for until a person has seen to it holds for orders too."""
    with run.database.read() as connection:
        stopped = bridges.lasting_stop(connection, run.bridge.id)
    return None if stopped is None else Told(how=How.REFUSED, code=stopped[0], params=stopped[1])


def _carried(house: House, desk: Desk, requests: Sequence[str]) -> dict[str, Told]:
    """See the orders carried out: here if no sync runs, else by it, waited for until it has ended."""
    run, flow = desk.run, _flow(desk)
    lock = house.alone(run.bridge.name)
    ended: Told | None = None
    while not lock.free():
        if _settled(run, flow, requests) or run.cancel.wait(BETWEEN_LOOKS):
            return {request: told_of(run, flow, request) for request in requests}
    try:
        ended = carry_out(run, flow, requests)
        withdrawn = {request: withdraw(run, flow, request) for request in requests}
    finally:
        lock.release()
    return {request: withdrawn[request] or told_of(run, flow, request, ended) for request in requests}


def _settled(run: Run, flow: Flow, requests: Sequence[str]) -> bool:
    """Whether the running sync is done with these orders."""
    return all(told_of(run, flow, request).how is not How.WAITING for request in requests)


def _given(desk: Desk, wanted: Wanted) -> Told | None:
    """Keep one order, unless it is kept already; why not, if it cannot be."""
    run, flow = desk.run, _flow(desk)
    with run.database.read() as connection:
        if sources.get(connection, run.bridge.id, flow.key, wanted.request) is not None:
            return None
    answers = whole(wanted)
    wrong = misfits(wanted.form, answers)
    if wrong:
        return Told(how=How.REFUSED, code=wrong[0].code, params=wrong[0].params, problems=wrong)
    about = about_of(desk, wanted.subject)
    if isinstance(about, Told):
        return about
    seen = _checked(desk, about, answers)
    if seen.problems:
        first = seen.problems[0]
        return Told(how=How.REFUSED, code=first.code, params=first.params, problems=seen.problems)
    if (desk.spec.confirm or seen.confirm) and not wanted.confirmed:
        return Told(how=How.REFUSED, code="action.confirm")
    order = Order(subject=about.subject, answers=answers, document=about.document)
    held = give_order(run, desk.spec.key, wanted.request, order)
    return _refused(held) if held is not None else None


def _fetched(house: House, desk: Desk, wanted: Wanted) -> Told:
    """What an action that gives a file or an address gives."""
    answers = whole(wanted)
    about = about_of(desk, wanted.subject)
    if isinstance(about, Told):
        return about
    found = decided(lambda: desk.action.fetch(about.subject, answers, about.known))
    if isinstance(found, Held):
        return _refused(found)
    if isinstance(found, File):
        named = File(name=file_name(found.name), content=found.content)
        return Told(how=How.DONE, file=named)
    if not is_own(house.registry.sides(house.registry.bridge(desk.run.bridge.kind)), found.url):
        return Told(how=How.REFUSED, code="action.foreign_address", params={"host": origin(found.url)[1]})
    return Told(how=How.DONE, address=found.url)


def _checked(desk: Desk, about: About, answers: dict[str, str]) -> Checked:
    """The action's own check; that it cannot be done at all is a problem like another."""
    found = decided(lambda: desk.action.check(about.subject, answers, about.known))
    if isinstance(found, Held):
        return Checked(problems=(Notice(code=found.code, params=found.params),))
    return found


def _refused(held: Held) -> Told:
    return Told(how=How.REFUSED, code=held.code, params=held.params)


def _flow(desk: Desk) -> Flow:
    """The flow that writes an action's steps."""
    assert desk.flow is not None
    return desk.flow


def _desk(house: House, run: Run, opened: OpenBridge, key: str) -> Desk:
    """An action at the opened bridge; what it declares and does not have is a bug that is said aloud."""
    house.furnish(run, opened)
    spec = next((one for one in house.registry.bridge(run.bridge.kind).actions if one.key == key), None)
    if spec is None:
        names = ", ".join(one.key for one in house.registry.bridge(run.bridge.kind).actions)
        raise SetupError("action.unknown", action=key, names=names)
    action = run.actions.get(key)
    if action is None or action.flow != spec.flow or (spec.flow and spec.flow not in run.flows):
        raise TypeError(f"{run.bridge.kind}: the opened bridge does not do {key} as its SPEC declares it")
    return Desk(run, spec, action, run.flows.get(spec.flow))


@contextmanager
def _session(house: House, name: str, action: str, cancel: Cancel) -> Iterator[Desk]:
    """An action at a bridge that stays open."""
    row = house.bridge(name)
    with house.sessions.using(row, cancel) as (opened, relay), ExitStack() as ending:
        run = house.run_of(row, Job(cancel=relay, meter=Meter(), ending=ending), nobody)
        yield _desk(house, run, opened, action)
