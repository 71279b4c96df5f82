"""Both themes are complete, readable, and follow the system."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from bridge_gui.desktop import signs
from bridge_gui.desktop.signs import Sign
from bridge_gui.desktop.states import LOOKS, Tone, ground, ink, kind_name, look_of
from bridge_gui.desktop.theme import DARK, LIGHT, Theme, Tokens

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def brightness(colour: str) -> float:
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
def test_every_text_is_readable_where_it_stands(tokens: Tokens):
    pairs = [
        (text, ground)
        for text in (tokens.text, tokens.muted, tokens.accent, tokens.amber, tokens.red)
        for ground in (tokens.window, tokens.surface, tokens.hover)
    ]
    pairs += [(tokens.text, tokens.side), (tokens.muted, tokens.side), (tokens.on_accent, tokens.accent)]
    pairs += [(tokens.text, tokens.accent_soft), (tokens.on_accent, tokens.accent_hover)]
    pairs += [(ink(tokens, tone), ground(tokens, tone)) for tone in Tone]
    pairs += [(ink(tokens, tone), tokens.accent_soft) for tone in (Tone.NEEDS_YOU, Tone.WRONG)]
    pairs += [(tokens.text, soft(tokens, look)) for look in ("amber", "red", "good", "quiet")]
    pairs += [
        (tokens.accent, tokens.accent_soft),
        (tokens.muted, tokens.quiet_soft),
        (tokens.accent, tokens.side),
    ]
    weak = [
        (one, other, round(contrast(one, other), 2)) for one, other in pairs if contrast(one, other) < 4.5
    ]
    assert weak == []


@THEMES
def test_what_is_filled_in_and_where_the_focus_is_can_be_seen(tokens: Tokens):
    grounds = (tokens.surface, tokens.window)
    pairs = [(line, ground) for line in (tokens.field, tokens.accent, tokens.red) for ground in grounds]
    pairs += [(tokens.text, tokens.window), (tokens.accent, tokens.side)]  # the ring of a primary button
    weak = [(one, other, round(contrast(one, other), 2)) for one, other in pairs if contrast(one, other) < 3]
    assert weak == []


def soft(tokens: Tokens, look: str) -> str:
    return {
        "amber": tokens.amber_soft, "red": tokens.red_soft, "good": tokens.accent_soft, "quiet": tokens.quiet_soft
    }[look]  # fmt: skip


@THEMES
def test_every_token_is_a_colour(tokens: Tokens):
    assert all(QColor(getattr(tokens, one.name)).isValid() for one in fields(tokens) if one.name != "dark")


def test_follows_the_system_until_told(qapp):
    theme = Theme(qapp)
    assert theme.tokens.dark == (qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark)
    told = []
    theme.changed.connect(lambda: told.append(theme.tokens.dark))
    theme.choose(dark=True)
    theme.choose(dark=None)
    assert told == [True, False]


def test_a_state_is_a_sign_with_a_word_and_no_two_tones_share_a_sign():
    for look in LOOKS.values():
        assert look.word
    by_sign: dict[Sign, set[Tone]] = {}
    for look in LOOKS.values():
        by_sign.setdefault(look.sign, set()).add(look.tone)
    shared = [tones for sign, tones in by_sign.items() if len(tones) > 1 and sign is not signs.CLOCK]
    assert shared == []


def test_what_is_new_to_the_window_shows_its_own_name():
    assert look_of("half_baked").word == "Half baked"
    assert kind_name("time_sheet") == "Time sheet"
