"""A code's sentence, advice and button, in English, marked for the translators."""

from __future__ import annotations

from dataclasses import dataclass


def mark(text: str) -> str:
    """Mark a text for the catalogue without translating it yet."""
    return text


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a user reads for one code: what happened, what to do, and at most one button's label."""

    code: str
    sentence: str
    advice: str = ""
    button: str = ""
