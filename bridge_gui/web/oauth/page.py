"""The last page of a sign-in, which Bridge itself shows in the user's browser."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bridge_gui.wording.message import mark

_TITLE = mark("Bridge has the answer")
_GO_BACK = mark("You can close this page and go back to Bridge.")
_STRANGE = mark("Nothing is waiting for this page. Start the sign-in in Bridge again.")

Text = Callable[[str], str]


def done_page(text: Text) -> bytes:
    """What is shown when the answer has arrived."""
    return _page(text(_TITLE), text(_GO_BACK))


def strange_page(text: Text) -> bytes:
    """What is shown to anything else that asks."""
    return _page("Bridge", text(_STRANGE))


def _page(title: str, words: str) -> bytes:
    style = "font: 16px system-ui, sans-serif; margin: 15vh auto; max-width: 32em; padding: 0 1em"
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f'<body style="{style}"><h1 style="font-size: 22px">{escape(title)}</h1>'
        f"<p>{escape(words)}</p></body></html>"
    ).encode()
