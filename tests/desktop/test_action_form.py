"""A form of an action: what is asked can be read, and nobody is told off before they had their turn."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from bridge_gui.desktop.action_form import FormView
from bridge_gui.desktop.action_lines import shown_text
from bridge_gui.sync.actions import Form, Notice, lines_text
from bridge_gui.sync.specs import Field, FieldKind, Option

TAX = "VAT 25.5 % on sales abroad"
ITEM = Option(key="I1", title="Day of training, on site", hint="PD-1003")
LINE = (
    Field(key="item", kind=FieldKind.CHOICE, label="Item", search="items", required=False),
    Field(key="text", kind=FieldKind.TEXT, label="Text"),
    Field(key="tax", kind=FieldKind.CHOICE, label="Tax rate", options="taxes", required=False),
)
FIELDS = (
    Field(key="name", kind=FieldKind.TEXT, label="Name"),
    Field(key="city", kind=FieldKind.TEXT, label="City"),
    Field(key="lines", kind=FieldKind.LINES, label="Lines", columns=LINE),
)


@pytest.fixture
def form(desk, qtbot):
    rows = [{"item": "I1", "text": "", "tax": "T1"}]
    asked = Form(
        title="", text="", fields=FIELDS, answers={"lines": lines_text(rows)},
        options={"items": (ITEM,), "taxes": (Option(key="T1", title=TAX),)},
    )  # fmt: skip
    view = FormView(desk, asked, lambda _which, _text: lambda _cancel: ())
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    view.show()
    view.activateWindow()
    return view


def test_what_stands_in_a_line_can_be_read(form):
    row = form.lines["lines"].rows[0]
    for key, text in (("tax", TAX), ("item", "Day of training, on site  PD-1003")):
        control = row[key]
        assert shown_text(control) == control.target.toolTip() == text
        assert control.target.width() > QFontMetrics(control.target.font()).horizontalAdvance(text)


def test_what_is_missing_is_said_once_its_field_was_left(form, qtbot):
    places = ("name", "city", "lines.0.text")
    form.show_notices((), [Notice(code="answers.empty", at=place) for place in places])
    lines = form.lines["lines"]
    assert not any(form._said[key].isVisible() for key in ("name", "city"))
    assert not lines._wrong[0].isVisible()
    assert form.missing() == ["Name", "City", "Text"]
    form.controls["name"].target.setFocus()
    form.controls["city"].target.setFocus()
    qtbot.waitUntil(form._said["name"].isVisible, timeout=2000)
    assert form._said["name"].text() == "Please fill this in."
    assert not form._said["city"].isVisible()
    lines.rows[0]["text"].target.setFocus()
    form.controls["name"].target.setFocus()
    qtbot.waitUntil(lines._wrong[0].isVisible, timeout=2000)
    assert form._said["city"].isVisible()


def test_a_line_taken_away_takes_along_that_it_was_left(form, qtbot):
    lines = form.lines["lines"]
    lines.rows[0]["text"].target.setFocus()
    form.controls["name"].target.setFocus()
    qtbot.waitUntil(lambda: lines.left() == ["lines.0.text"], timeout=2000)
    lines.add()
    lines.remove(0)
    assert lines.left() == []
