"""Short words for cells of panels, where a code's whole sentence is too long."""

from __future__ import annotations

from bridge_gui.wording.message import mark

NEW_CONTACT = mark("New contact")
_WHY = {
    "": mark("Is being asked"),
    "email": mark("Asked by e-mail"),
    "sms": mark("Asked by text message"),
    "workflow": mark("Put into the workflow"),
    "tag": mark("Given the tag"),
    "before": mark("The same contact was asked before"),
    "review.off": mark("Review requests are switched off"),
    "review.not_first": mark("Had a paid invoice before the start date"),
    "review.no_email": mark("Has no e-mail address in QuickBooks"),
    "review.no_link": mark("The review link is missing in the settings"),
    "review.no_phone": mark("Has no telephone number in QuickBooks"),
    "review.unreachable": mark("Has neither e-mail address nor telephone"),
}


def why_words(code: str) -> str:
    """How somebody was asked, or why not."""
    return _WHY.get(code, code)
