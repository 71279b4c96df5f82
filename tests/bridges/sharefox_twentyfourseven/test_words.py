"""A button that a message of this bridge has leads somewhere, or stands for the answers below it."""

from __future__ import annotations

import pytest

from bridge_gui.bridges.sharefox_twentyfourseven.messages import MESSAGES

SOMEWHERE = {"Open mappings", "Open settings", "Sign in again", "Try again"}


@pytest.mark.parametrize("message", [one for one in MESSAGES if one.button], ids=lambda one: one.code)
def test_no_button_leads_nowhere(message):
    assert str(message.button) in SOMEWHERE | {"Decide"}
