"""The pages and questions that every wizard has beside those its bridge declares."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync.specs import Field, FieldKind, Page
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.wizard import WizardFlow

NAME = "name"
PREVIEW = "preview"

NAME_FIELD = Field(
    key=NAME,
    kind=FieldKind.TEXT,
    label=mark("Name of the bridge"),
    help=mark("Only you see it. It also names the bridge at the command line."),
    pattern=r"[^\W_]([\w .&+()-]{0,58}[\w.&+()-])?",
    wrong=mark("Up to 60 letters, digits, spaces and . & + ( ) - _, beginning with a letter or digit."),
)
NAME_PAGE = Page(
    key=NAME,
    title=mark("Name"),
    text=mark(
        "There is a bridge between these two systems already. Give this one a name of its own, such as "
        "the client's."
    ),
    fields=(NAME,),
)
_FIRST = Page(
    key=PREVIEW,
    title=mark("The first sync"),
    text=mark("This is what the first sync would send. So far nothing was sent, and nothing was kept."),
)
_NEXT = Page(
    key=PREVIEW,
    title=mark("The next sync"),
    text=mark("This is what the next sync would send. So far nothing was sent, and nothing was changed."),
)
_MOST = 56


def last_page(*, changes: bool) -> Page:
    """What would be sent next; by a bridge that is changed it is not the first time."""
    return _NEXT if changes else _FIRST


def free_name(wanted: str, taken: Collection[str]) -> str:
    """A name nobody has, as near to the wanted one as the rules for names allow."""
    plain = re.sub(r"[^\w .&+()-]", " ", wanted)
    base = " ".join(plain.split()).lstrip("_ .&+()-")[:_MOST].rstrip() or "bridge"
    number = 1
    name = base
    while name in taken:
        number += 1
        name = f"{base} {number}"
    return name


def sign_in_like(flow: WizardFlow, row: BridgeRow) -> None:
    """Fill in how to sign in as another bridge does; reads the keychain, so never on the main thread."""
    keychain = flow.setup.house.keychain
    for side in (row.sales, row.books):
        flow.setup.answer(f"{side.vendor}.endpoint", side.endpoint)
        for asked in flow.vendor(side.vendor).fields:
            secret = asked.kind is FieldKind.SECRET
            value = keychain.get(side.name, asked.key) if secret else side.values.get(asked.key)
            if value:
                flow.setup.answer(f"{side.vendor}.{asked.key}", value)
    for place in {place for page in flow.spec.pages if page.check for place in page.fields}:
        told = flow.spec.demo.get(place, "")
        if place.startswith("settings.") and isinstance(told, str) and told:
            flow.setup.answer(place, told)
