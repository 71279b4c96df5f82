"""What stands on the deal: the invoice in the user's language, whatever is in its number."""

from __future__ import annotations

import gettext
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.bridges.pipedrive_xero.notes import Notes, Told
from bridge_gui.bridges.pipedrive_xero.steps import WriteNote
from bridge_gui.sync.flow import Known, Record
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.wording.catalogue import Catalogue

FINNISH = {
    "Xero invoice {number}: {state}, {total}": "Xero-lasku {number}: {state}, {total}",
    "awaiting payment": "odottaa maksua",
    "partly paid": "osittain maksettu",
    "{amount} to be paid": "maksettavaa {amount}",
}
TOLD = Told(
    deal="42", invoice="guid-1", number="INV-7", state=DocumentState.AWAITING_PAYMENT, total=Decimal("119.23"),
    remaining=Decimal("119.23"), currency="EUR", url="https://go.xero.com/app/!x/invoicing/view/guid-1",
)  # fmt: skip


class Finnish(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return FINNISH.get(message, message)


def noted(told: Told, words: Catalogue) -> str:
    context = BridgeContext(
        name="office", sales=SimpleNamespace(), books=SimpleNamespace(), settings={"notes": "yes"}, mappings={},
        start=date(2026, 1, 1), zone=ZoneInfo("Europe/Helsinki"), cancel=never(), clock=SystemClock(), words=words,
    )  # fmt: skip
    record = Record(id="guid-1", day=date(2026, 11, 22), content=told)
    (step,) = Notes(context, timedelta(0)).plan(record, Known())
    return cast("WriteNote", step).content


@pytest.mark.parametrize(
    ("words", "said"),
    [(Catalogue(), "Xero invoice"), (Catalogue(Finnish()), "Xero-lasku")],
    ids=["english", "finnish"],
)
def test_a_note_is_in_the_users_language(words, said):
    note = noted(TOLD, words)
    assert note.startswith(f'<p>{said} <a href="{TOLD.url}">INV-7</a>: ')
    assert note.endswith("<br>guid-1</p>")


def test_what_is_paid_in_part_says_what_remains():
    told = replace(TOLD, state=DocumentState.PARTLY_PAID, remaining=Decimal("19.23"))
    assert "osittain maksettu, 119.23 EUR, maksettavaa 19.23 EUR<br>" in noted(told, Catalogue(Finnish()))


def test_a_draft_without_a_number_is_named_all_the_same_and_nothing_is_markup():
    told = replace(TOLD, number="", state=DocumentState.DRAFT)
    assert noted(told, Catalogue()) == "<p>Xero invoice: draft, 119.23 EUR<br>guid-1</p>"
    assert "<b>" not in noted(replace(TOLD, number="<b>7</b>"), Catalogue())
