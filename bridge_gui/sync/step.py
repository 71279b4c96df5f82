"""Steps: serialisable intentions to write, kept in the sync journal before anything leaves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Self

import msgspec
from msgspec import Struct

from bridge_gui.accounting.documents import DocumentState, Ref


class LinkTo(Struct, frozen=True, kw_only=True):
    """The place of a link: of which source, which kind of document, the how-manyeth."""

    kind: str
    source_id: str
    ordinal: int = 1

    @property
    def name(self) -> str:
        """The place as one word."""
        return f"{self.kind}/{self.source_id}/{self.ordinal}"


class Step(Struct, frozen=True, kw_only=True, tag_field="step", omit_defaults=True):
    """One intention to write. Subclasses carry what is written; a tag's meaning never changes.

    `name` is unique within one plan of one source. `link` is the link the step makes (`creates`) or
    changes. Steps of one `lane` go one after another. `mark` is our text inside the document.
    `needs` are links that must have a target first. `turns` says what becomes of other links once
    this is done (a reversed entry). `findable` is False for effects nobody can look up (an e-mail).
    `target` is filled in when the step is claimed: what was chosen, where `find` looks first.
    `sources` are the ids whose content goes into the document; `source_content` is that content.
    `unlinks`: once done, the link it is about is no more (nothing was written to a vendor).
    `ensures`: a thing that several sources need (a contact, an item). It has a source and a lane of its own,
    is looked for before it is made, and is left out where its link is there or on its way. It is `fresh` once
    a person wants a new one, whichever others fit: it is then looked for by its own mark alone.
    Two ways: `source_content` is the record's content as `digest.canonical` writes it.
    """

    name: str
    link: LinkTo
    lane: str
    mark: str = ""
    creates: bool = True
    findable: bool = True
    ensures: bool = False
    fresh: bool = False
    unlinks: bool = False
    needs: tuple[LinkTo, ...] = ()
    turns: dict[int, DocumentState] = {}
    sources: tuple[str, ...] = ()
    source_content: bytes = b""
    planned_on: str = ""
    target: Ref | None = None
    day: date
    number: str = ""
    party: str = ""
    total: Decimal = Decimal(0)
    currency: str = ""
    targets: dict[str, str] = {}

    def with_targets(self, targets: dict[str, str]) -> Self:
        """The step as it is written: `targets` says for each `needs` (by name) where it is now."""
        return msgspec.structs.replace(self, targets=targets)

    def aimed_at(self, target: Ref | None) -> Self:
        """The step with the target that was chosen for it, itself if none was."""
        return self if target is None else msgspec.structs.replace(self, target=target)


def encode(step: Step) -> bytes:
    """A step as JSON for the sync journal."""
    return msgspec.json.encode(step)


def decoder(types: tuple[type, ...]) -> msgspec.json.Decoder[Any]:
    """Reads back what `encode` wrote, for the step types a bridge declares."""
    union: Any = types[0]
    for kind in types[1:]:
        union = union | kind
    return msgspec.json.Decoder(union)


def mark_of(source_id: str, ordinal: int, *, reversal: bool = False) -> str:
    """Our text inside a vendor's document: the source's own id, "/", the ordinal, "R" for a reversal."""
    return f"{source_id}/{ordinal}{'R' if reversal else ''}"
