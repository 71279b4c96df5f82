"""Every code this bridge can say has a sentence, and an answer a label."""

from __future__ import annotations

import re
from pathlib import Path

import bridge_gui.bridges.highlevel_quickbooks as room
from bridge_gui.accounting.crm import CrmInvoiceState, SourceKind
from bridge_gui.accounting.sales import PaymentState
from bridge_gui.bridges.highlevel_quickbooks.messages import MESSAGES
from bridge_gui.bridges.highlevel_quickbooks.panel_specs import ACTIONS, PANELS
from bridge_gui.bridges.highlevel_quickbooks.questions import MAPPINGS, PAGES, SETTINGS
from bridge_gui.vendors.quickbooks.messages import MESSAGES as OF_QUICKBOOKS

_CODE = re.compile(r'"((?:sale|payment|invoice|refund|books|customers?|contact|item|review|pair)\.[a-z_]+)"')
_NOTES = {"payments.seen", "invoices.seen", "reviews.asked", "customers.brought", "customers.csv"}


def test_every_code_in_the_room_has_a_sentence_and_none_is_idle():
    sources = "\n".join(
        path.read_text()
        for path in Path(room.__file__).parent.glob("*.py")
        if not path.name.endswith("messages.py")
    )
    said = set(_CODE.findall(sources)) - _NOTES
    said |= {f"invoice.{one.value}" for one in (CrmInvoiceState.DRAFT, CrmInvoiceState.VOIDED)}
    said |= {"invoice.other", "invoice.deleted"}
    said |= {f"payment.{one.value}" for one in (PaymentState.PENDING, PaymentState.FAILED)}
    said |= {f"kind.{one.value}" for one in SourceKind}
    said |= {f"entry.done.{how}.review" for how in ("renamed", "named")}
    told = {message.code for message in MESSAGES if not message.code.startswith("choice.")}
    assert told == said


def test_no_code_is_told_twice_and_advice_ends_as_a_sentence():
    codes = [message.code for message in (*MESSAGES, *OF_QUICKBOOKS)]
    assert len(codes) == len(set(codes))
    assert all(not one.advice or one.advice[-1] in ".!?" for one in MESSAGES)
    assert all(len(one.advice) <= 200 for one in MESSAGES)


def test_pages_ask_every_setting_and_mapping_once():
    asked = [name for page in PAGES for name in page.fields]
    assert len(asked) == len(set(asked))
    ours = [f"settings.{one.key}" for one in SETTINGS] + [f"mappings.{one.key}" for one in MAPPINGS]
    assert [name for name in ours if name not in asked] == []


def test_actions_stand_on_panels():
    panels = {panel.key: panel for panel in PANELS}
    assert all(action.on in panels for action in ACTIONS)
    assert panels["customers"].keeps == ACTIONS[0].key
