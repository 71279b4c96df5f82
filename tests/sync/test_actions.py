"""Actions and panels over real HTTP: a bridge in a temporary package, its actions from first look to outcome."""

from __future__ import annotations

import importlib
import threading
import time
from dataclasses import replace

import pytest
from msgspec.structs import replace as changed

from bridge_gui.errors import SetupError
from bridge_gui.sandbox.faults import Fault, Match
from bridge_gui.store import sources
from bridge_gui.store.rows import DocumentFilter
from bridge_gui.sync.actions import ActionSpec, Checked, Form, How, Told, Wanted, lines_in, lines_text
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import PanelKind, Query
from bridge_gui.sync.registry import Registry
from bridge_gui.web.waiting import never
from tests.sync.test_toy_package import BRIDGE, drawn, host, house, registry, rooms, set_up
from tests.sync.toy_acting import ACTING

__all__ = ["host", "house", "registry", "rooms"]
NAME = "toys"


@pytest.fixture(autouse=True)
def acting(rooms, tmp_path):
    (tmp_path / "toy_bridges" / "stall_drawer.py").write_text(BRIDGE + ACTING, "utf-8")
    importlib.invalidate_caches()


@pytest.fixture
def synced(house, host):
    set_up(house, host)
    house.sync(NAME, never(), nobody)
    return house


def act(house, action, subject, request="r1", **how):
    return house.act(NAME, action, [Wanted(request=request, subject=subject, **how)], never(), nobody)[0]


def asked(host, vendor, path):
    """How often a vendor was asked for this."""
    return sum(call["path"] == path for call in host.simulators[vendor].requests.shown(1000)["last"])


def extra(house, subject="S0", request="r1", **answers):
    form = house.begin(NAME, "extra", subject, never())
    return Wanted(request=request, subject=subject, form=form, answers=answers)


def test_an_order_goes_at_once_and_its_outcome_is_told(synced, host):
    told = act(synced, "void", "paper/S0/1", confirmed=True)
    assert (told.how, told.number, told.state) == (How.DONE, "S0", "voided")
    assert [thing["mark"] for thing in host.simulators["drawer"].things.find() if thing.get("voided")] == [
        "S0/1"
    ]
    shown = {row.source_number: row.state for row in synced.documents(DocumentFilter(), 0, 10)}
    assert (shown["S0"], shown["S1"]) == ("voided", "posted")


def test_a_double_click_is_one_and_is_told_the_same(synced, host):
    first = act(synced, "void", "S0", confirmed=True)
    assert asked(host, "drawer", "/void") == 1
    assert act(synced, "void", "S0", confirmed=True) == first
    assert asked(host, "drawer", "/void") == 1


def test_what_cannot_be_undone_is_confirmed_first(synced, host):
    told = act(synced, "void", "S0")
    assert (told.how, told.code) == (How.REFUSED, "action.confirm")
    assert not [thing for thing in host.simulators["drawer"].things.find() if thing.get("voided")]


def test_a_refused_change_of_state_says_why_and_leaves_nothing_behind(synced):
    act(synced, "void", "S0", confirmed=True)
    told = act(synced, "void", "S0", "r2", confirmed=True)
    assert told == Told(
        how=How.REFUSED, code="stall_drawer.void_already", params={"number": "S0", "state": "voided"}
    )
    waiting = len(synced.attention(NAME))
    refused = act(synced, "void", "S1", "r3", confirmed=True)
    assert (refused.how, refused.code) == (How.REFUSED, "drawer.refused")
    assert len(synced.attention(NAME)) == waiting
    assert synced.sync(NAME, never(), nobody).written == 0
    assert act(synced, "void", "S1", "r4", confirmed=True).code == "drawer.refused"


def test_a_document_is_named_by_place_row_or_number_and_by_nothing_else(synced):
    row = next(row for row in synced.documents(DocumentFilter(), 0, 10) if row.source_number == "S3")
    assert act(synced, "receipt", f"#{row.id}").how is How.DONE
    assert act(synced, "receipt", "S3").how is How.DONE
    for nonsense in ("#99999", "paper/S9/1", "S9", "paper/S0/x", "#-1"):
        with pytest.raises(SetupError) as raised:
            act(synced, "receipt", nonsense)
        assert raised.value.code == "action.no_document"


def test_a_file_gets_a_name_that_is_only_a_name(synced):
    told = act(synced, "receipt", "S0")
    assert told.file.name == "_S0_receipt.pdf"
    assert told.file.content.startswith(b"%PDF-D")


def test_only_the_vendors_own_pages_are_opened(synced):
    assert act(synced, "look", "S0").address.startswith("https://pages.stall.example/D")
    told = act(synced, "look", "S1")
    assert (told.how, told.code, told.params) == (
        How.REFUSED, "action.foreign_address", {"host": "evil.example"},
    )  # fmt: skip
    rows = {row.id: row.urls for row in synced.panel_rows(NAME, "stock", Query(), never()).rows}
    assert rows["S0"] == {"page": "https://pages.stall.example/S0"}
    assert rows["S1"] == {}
    assert synced.panel_detail(NAME, "stock", "S0", never()).documents[0].url == ""


def test_a_form_is_filled_from_the_record_and_searched(synced):
    form = synced.begin(NAME, "extra", "S3", never())
    assert isinstance(form, Form)
    assert lines_in(form.answers["lines"])[0]["amount"] == "103"
    assert [one.title for one in synced.find(NAME, "extra", "items", "p", never())] == [
        "Apples",
        "Pears",
        "Plums",
    ]
    refused = synced.begin(NAME, "extra", "S77", never())
    assert (refused.how, refused.code) == (How.REFUSED, "stall_drawer.no_thing")


def test_what_will_be_sent_is_seen_before_it_goes_and_just_that_goes(synced, host):
    rows = [{"text": "a", "item": "I1", "amount": "30.50"}, {"text": "b", "item": "", "amount": "9.50"}]
    wanted = extra(synced, lines=lines_text(rows))
    before = drawn(host)
    seen = synced.check(NAME, "extra", wanted, never())
    assert [str(total.amount) for total in seen.totals] == ["40.00"]
    assert seen.computed == {"lines.0.tax": "7.62", "lines.1.tax": "2.38"}
    assert [warning.at for warning in seen.warnings] == ["lines.1.item"]
    assert drawn(host) == before
    told = synced.act(NAME, "extra", [wanted], never(), nobody)[0]
    assert told.how is How.DONE
    assert [thing for thing in drawn(host) if thing not in before] == [
        ("XS0/1", int(seen.documents[0].total) - 1)
    ]


@pytest.mark.parametrize(
    ("answers", "at", "code"),
    [
        ({"day": "soon"}, "day", "answers.type"),
        ({"day": ""}, "day", "answers.empty"),
        ({"drawer": "middle"}, "drawer", "answers.choice"),
        ({"round": "perhaps"}, "round", "answers.type"),
        ({"lines": "[]"}, "lines", "answers.empty"),
        ({"lines": "nonsense"}, "lines", "answers.type"),
        ({"lines": lines_text([{"text": "a", "amount": "many"}])}, "lines.0.amount", "answers.type"),
        ({"lines": lines_text([{"text": "a", "amount": "501"}])}, "lines.0.amount", "stall_drawer.too_much"),
    ],
)
def test_a_problem_is_said_where_it_is_and_forbids_the_order(synced, host, answers, at, code):
    before = drawn(host)
    wanted = extra(synced, **answers)
    seen = synced.check(NAME, "extra", wanted, never())
    assert [(problem.at, problem.code) for problem in seen.problems] == [(at, code)]
    told = synced.act(NAME, "extra", [wanted], never(), nobody)[0]
    assert (told.how, told.code, told.problems) == (How.REFUSED, code, seen.problems)
    assert drawn(host) == before


def test_what_nobody_is_asked_cannot_be_answered(synced):
    with pytest.raises(SetupError) as raised:
        synced.check(NAME, "extra", extra(synced, digest="another"), never())
    assert raised.value.code == "answers.unknown_key"


def test_several_at_once_are_each_filled_from_their_own_record(synced, host):
    wanted = [extra(synced, subject, f"r-{subject}") for subject in ("S0", "S1", "S3")]
    told = synced.act(NAME, "extra", wanted, never(), nobody)
    assert [one.how for one in told] == [How.DONE] * 3
    assert {("XS0/1", 100), ("XS1/1", 101), ("XS3/1", 103)} <= set(drawn(host))


def test_an_order_given_while_a_sync_runs_is_delivered_by_it_or_right_after(synced, host):
    lock = synced.alone(NAME)
    told = []
    with lock.held(never()):  # a sync is at work
        thread = threading.Thread(target=lambda: told.append(act(synced, "void", "S0", confirmed=True)))
        thread.start()
        time.sleep(0.6)
        with synced.database.read() as connection:
            assert sources.get(connection, 1, "sales", "r1") is not None  # planned, waiting
        assert not told
    thread.join(20)
    assert told[0].how is How.DONE


def test_an_order_waits_in_its_job_only_as_long_as_nobody_stops_it(synced):
    stop = threading.Event()
    stop.set()
    wanted = Wanted(request="r1", subject="S0", confirmed=True)
    with synced.alone(NAME).held(never()):
        told = synced.act(NAME, "void", [wanted], stop, nobody)[0]
    assert (told.how, told.code) == (How.WAITING, "action.next_sync")
    synced.sync(NAME, never(), nobody)
    assert act(synced, "void", "S0", confirmed=True).how is How.DONE


def test_a_lost_answer_is_told_as_being_looked_for_and_done_once(synced, host):
    drawer = host.simulators["drawer"]
    drawer.faults.arm(Fault(kind="cut_after", match=Match(method="POST", path_prefix="/things")))
    told = synced.act(NAME, "extra", [extra(synced)], never(), nobody)[0]
    assert (told.how, told.code) == (How.WAITING, "action.being_checked")
    synced.sync(NAME, never(), nobody)
    assert synced.act(NAME, "extra", [extra(synced)], never(), nobody)[0].how is How.DONE
    assert [mark for mark, _ in drawn(host)].count("XS0/1") == 1


def test_pairs_are_kept_as_links_and_can_be_taken_apart(synced):
    form = synced.begin(NAME, "keep_pairs", "matches", never())
    kept = lines_text([{"left": "S0", "right": "D9"}])
    wanted = Wanted(request="r1", subject="matches", form=form, answers={"pairs": kept})
    assert synced.act(NAME, "keep_pairs", [wanted], never(), nobody)[0].how is How.DONE
    again = changed(wanted, request="r2")
    assert synced.act(NAME, "keep_pairs", [again], never(), nobody)[0].code == "plan.place_taken"
    assert act(synced, "unpair", "pair/S0/1", "r3").how is How.DONE
    assert synced.act(NAME, "keep_pairs", [changed(wanted, request="r4")], never(), nobody)[0].how is How.DONE


def test_a_panel_is_searched_filtered_and_paged(synced):
    def ids(**query):
        return [row.id for row in synced.panel_rows(NAME, "stock", Query(**query), never()).rows]

    assert ids() == ["S0", "S1", "S2", "S3", "S4"]
    assert ids(text="s3") == ["S3"]
    assert ids(filters={"size": "big"}) == ["S3", "S4"]
    assert ids(offset=2, limit=2) == ["S2", "S3"]
    with pytest.raises(SetupError) as raised:
        ids(filters={"colour": "red"})
    assert raised.value.code == "panel.no_filter"
    with pytest.raises(SetupError):
        synced.panel_rows(NAME, "cellar", Query(), never())


def test_a_bridge_stays_open_for_its_panels_until_a_setting_changes(synced, host):
    before = asked(host, "stall", "/things")
    for _ in range(3):
        synced.panel_rows(NAME, "stock", Query(), never())
    assert asked(host, "stall", "/things") == before + 3
    first = synced.sessions._open[NAME].opened
    set_up(synced, host, limit="200")
    synced.panel_rows(NAME, "stock", Query(), never())
    assert synced.sessions._open[NAME].opened is not first


def test_an_action_nobody_declared_is_answered_with_those_there_are(synced):
    with pytest.raises(SetupError) as raised:
        act(synced, "explode", "S0")
    assert raised.value.code == "action.unknown"
    assert "void" in raised.value.params["names"]


def wrong(spec, **changes):
    return replace(spec, actions=(replace(spec.actions[0], **changes), *spec.actions[1:]))


def pane(spec, at, **changes):
    panels = [*spec.panels]
    panels[at] = replace(panels[at], **changes)
    return replace(spec, panels=tuple(panels))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda spec: wrong(spec, flow="purchases"), "stall_drawer: action void names no flow purchases"),
        (lambda spec: wrong(spec, flow=""), "stall_drawer: action void names no flow "),
        (lambda spec: wrong(spec, on="cellar"), "stall_drawer: action void on no panel cellar"),
        (lambda spec: wrong(spec, key="extra"), "stall_drawer: two actions or two panels have one key"),
        (lambda spec: pane(spec, 0, key="documents"), "stall_drawer: two actions or two panels have one key"),
        (lambda spec: pane(spec, 0, opens="void"), "stall_drawer: panel stock names no action void"),
        (lambda spec: pane(spec, 0, columns=()), "stall_drawer: panel stock lacks columns"),
        (
            lambda spec: pane(spec, 1, keeps=""),
            "stall_drawer: panel matches lacks an action that keeps the answers",
        ),
    ],
)
def test_a_wrong_declaration_is_refused_when_specs_load(registry, change, said):
    with pytest.raises(TypeError) as raised:
        Registry(list(registry.vendors.values()), [change(registry.bridge("stall_drawer"))])
    assert str(raised.value) == said


def test_what_is_declared_and_not_done_is_a_bug_said_aloud(synced, registry):
    spec = registry.bridge("stall_drawer")
    more = ActionSpec(key="more", title="More", flow="sales")
    registry.bridges["stall_drawer"] = replace(spec, actions=(*spec.actions, more))
    with pytest.raises(TypeError, match="does not do more"):
        act(synced, "more", "S0")


def test_what_is_offered_is_what_the_spec_declares(synced):
    offers = synced.offers(NAME)
    assert [one.key for one in offers.actions if one.fits("paper", "voided")] == [
        "extra", "receipt", "look", "keep_pairs", "keep_sides",
    ]  # fmt: skip
    assert [panel.kind for panel in offers.panels] == [PanelKind.TABLE, PanelKind.PAIRS, PanelKind.COMPARE]
    assert isinstance(synced.check(NAME, "extra", extra(synced), never()), Checked)
