"""A mapping says what becomes of what has no counterpart, and warns of sharing only where that matters."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QLocale

from bridge_gui.desktop.main import make_application, make_desk
from bridge_gui.desktop.wizard_pairs import Pairs
from bridge_gui.sync.specs import Field, FieldKind, Option
from bridge_gui.wording.catalogue import Catalogue

LEFTS = (
    Option(key="a", title="Courses"),
    Option(key="b", title="Memberships"),
    Option(key="c", title="Other"),
)


def flow(**more):
    """Two of three at the left share what they are paired with."""
    asked = Field(key="items", kind=FieldKind.MAPPING, label="Items", left="kinds", right="items", **more)
    return SimpleNamespace(
        asked=lambda _place: asked,
        spec=SimpleNamespace(sales="crm", books="books"),
        vendor=lambda key: SimpleNamespace(title=key),
        options=lambda which: LEFTS if which == "kinds" else (Option(key="1", title="Course"),),
        pairs=lambda _place: {"a": "1", "b": "1"},
        is_suggestion=lambda _place, _left: False,
        shared=lambda _place: {"Course": ["Courses", "Memberships"]},
        unpaired=lambda _place: ["Other"],
    )


@pytest.fixture
def made(qtbot):
    desk = make_desk(make_application(), dark=False, locale=QLocale("en_GB"), words=Catalogue())

    def make(**more):
        pairs = Pairs(desk, flow(**more), "mappings.items")
        qtbot.addWidget(pairs)
        pairs.show()
        return pairs

    yield make
    desk.close()


def said(note):
    return f"{note.words.text()} {note.advice.text()}".strip() if not note.isHidden() else ""


def test_what_has_no_counterpart_waits_unless_the_bridge_says_what_becomes_of_it(made):
    assert "waits under Needs attention" in said(made().unpaired)
    sold = made(without="They are sold as “Sales”.")
    assert said(sold.unpaired) == "Not chosen: Other. They are sold as “Sales”."
    assert sold.choices["c"].lineEdit().placeholderText() == "Not chosen"


def test_sharing_is_warned_of_only_where_each_should_have_its_own(made):
    assert said(made().shared) == ""
    warned = said(made(apart="One account for each is advised.").shared)
    assert warned == "Courses and Memberships share Course. One account for each is advised."
