"""Panels: what a bridge shows besides documents. It brings data of a few kinds, never a widget.

**Declared** in the SPEC: a `PanelSpec` says its key, title and kind; every `ActionSpec` whose `on` is that
key is offered on its rows. **Filled** by the opened bridge: it has `rows(panel, query)`, asked page by page
in a job, and `detail(panel, row)` and `search(name, text)` where the panel has a use for them.

- **TABLE**: `columns`, a search field where `search` has a text, `filters`. Rows are `Row`: values by column
  key. `detail` gives what the pane below shows of one row: facts, lines, documents, history.
- **PAIRS**: two sides to be matched before anything is written. Rows are `Pair`: the left one, what is
  proposed for it and how sure that is. The user takes the proposal, chooses another (`search(key, text)`,
  the panel's key) or leaves it. `keeps` is the action that keeps the choices: its `subject` is the panel's
  key, `answers["pairs"]` a LINES answer with `left` and `right` (ids) in each row, and `name`, the left one
  as it was shown, where it is known: what is done is called by it.
  (No `fields` are needed: what is asked is known.)
- **COMPARE**: one record at both sides that no longer agree. Rows are `Compared`: its fields with both
  values. The user takes left or right, field by field. `keeps` is the action: its `subject` is the row's id,
  `answers["sides"]` a LINES answer with `field` and `side` ("left" or "right") in each row, and
  `answers["shown"]` the row's `shown`, so that the answer binds to the contents that were shown.

An editable table of lines is no panel: it is a `Field` of the kind LINES in an action's form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from msgspec import Struct

if TYPE_CHECKING:
    from bridge_gui.sync.specs import Choice, Option

PAIRS_KEPT, SIDES_KEPT, SHOWN_KEPT = "pairs", "sides", "shown"
LEFT, RIGHT, NAME = "left", "right", "name"


class PanelKind(Enum):
    """The few kinds there are."""

    TABLE = "table"
    PAIRS = "pairs"
    COMPARE = "compare"


class ColumnKind(Enum):
    """How a value is drawn; figures to the right, a state as a sign with a word."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    STATE = "state"
    LINK = "link"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column; `width` in characters, 0 takes what is left. A `seldom` one is hidden while it is empty."""

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 0
    seldom: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One thing to narrow the rows by: fixed `choices`, or what `options` names at the opened bridge."""

    key: str
    title: str
    choices: tuple[Choice, ...] = ()
    options: str = ""


@dataclass(frozen=True, kw_only=True)
class PanelSpec:
    """A panel as tabs and the command line know it; see the top of this file.

    `search` is the search field's hint, empty for none. `text` stands above the rows, `empty` where there
    are none. `left` and `right` head the two sides. `opens` is the action a double click or Enter begins.
    `documents_of` names the flow whose documents stand beside a row, which is their source.
    """

    key: str
    title: str
    kind: PanelKind = PanelKind.TABLE
    columns: tuple[Column, ...] = ()
    filters: tuple[Filter, ...] = ()
    search: str = ""
    text: str = ""
    empty: str = ""
    left: str = ""
    right: str = ""
    keeps: str = ""
    opens: str = ""
    documents_of: str = ""


class Query(Struct, frozen=True, kw_only=True):
    """Which rows: a search text, answers to filters by key, and which slice of them."""

    text: str = ""
    filters: dict[str, str] = {}
    offset: int = 0
    limit: int = 100


Value = str | int | Decimal | date | None


class Row(Struct, frozen=True, kw_only=True):
    """One row of a TABLE. `state` is what actions look at; `urls` by the key of a LINK column."""

    id: str
    values: dict[str, Value]
    state: str = ""
    currency: str = ""
    urls: dict[str, str] = {}


class Certainty(Enum):
    """How sure a proposed pair is: by a number both sides have; by an address; by name alone; none at all."""

    SURE = "sure"
    LIKELY = "likely"
    NAME_ONLY = "name only"
    NONE = "none"


class Pair(Struct, frozen=True, kw_only=True):
    """One at the left and what is proposed for it at the right; `why` is a code ("pair.same_number")."""

    id: str
    left: str
    left_hint: str = ""
    right_id: str = ""
    right: str = ""
    right_hint: str = ""
    certainty: Certainty = Certainty.NONE
    why: str = ""


class Sided(Struct, frozen=True, kw_only=True):
    """One field of a record at both sides; `proposed` is the side taken unless the user says otherwise."""

    key: str
    label: str
    left: str
    right: str
    proposed: str = ""


class Compared(Struct, frozen=True, kw_only=True):
    """One record that differs; `shown` names the two contents, so that an answer binds to them."""

    id: str
    title: str
    hint: str = ""
    fields: tuple[Sided, ...] = ()
    shown: str = ""


AnyRow = Row | Pair | Compared


class Rows(Struct, frozen=True, kw_only=True):
    """A slice; `total` is None where the vendor does not count, then `more` says whether there are others."""

    rows: tuple[AnyRow, ...]
    total: int | None = None
    more: bool = False


class Related(Struct, frozen=True, kw_only=True):
    """A document beside a row; `place` is its subject for actions where it is one of ours."""

    kind: str
    number: str
    state: str
    day: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    url: str = ""
    place: str = ""


class Sum(Struct, frozen=True):
    """An amount among facts: who shows it writes it as the user's country does."""

    amount: Decimal
    currency: str


Fact = str | date | Sum | tuple[str | date | Sum, ...]


class Detail(Struct, frozen=True, kw_only=True):
    """One row in full: facts as (label, what), lines under their columns, documents, history by instant."""

    facts: tuple[tuple[str, Fact], ...] = ()
    columns: tuple[Column, ...] = ()
    lines: tuple[Row, ...] = ()
    documents: tuple[Related, ...] = ()
    history: tuple[tuple[str, str], ...] = ()


@runtime_checkable
class ShowsPanels(Protocol):
    """A bridge with panels of its own; everything may ask the vendors."""

    def rows(self, panel: str, query: Query) -> Rows:
        """A slice of a panel."""
        ...

    def detail(self, panel: str, row: str) -> Detail:
        """One row in full."""
        ...

    def search(self, name: str, text: str) -> Sequence[Option]:
        """What may be chosen at the right of a PAIRS panel."""
        ...
