"""A form of an action: what is asked can be read, and nobody is told off before they had their turn."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from bridge_gui.desktop.action_form import FormView
from bridge_gui.desktop.action_lines import shown_text
from bridge_gui.sync.actions import Form, lines_text
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
