"""What menus know of an action is what the action does."""

from __future__ import annotations

import pytest

from bridge_gui.bridges.pipedrive_xero.acts import ACTIONS
from bridge_gui.bridges.pipedrive_xero.create import CreateInvoice
from bridge_gui.bridges.pipedrive_xero.turning import Attach, Detach, Disconnect, Email, OpenAtXero, Pdf, Void
from bridge_gui.sync.actions import Action

SPECS = {spec.key: spec for spec in ACTIONS}


@pytest.mark.parametrize(
    "action",
    [Attach, CreateInvoice, Detach, Disconnect, Email, OpenAtXero, Pdf, Void],
    ids=lambda one: one.key,
)
def test_an_action_that_notes_something_first_is_asked_before_it_is_ordered(action):
    assert SPECS[action.key].asks or action.fields is Action.fields
