"""Actions: one thing done to one record on the user's word. What a bridge author writes is all here.

**Declared** in the SPEC (light, for menus, before anything is opened): an `ActionSpec` says on what it
stands (`on`: a panel's key, or `DOCUMENTS` with `kinds` and `states`), its title, what it `gives`, and
`confirm`, a plain sentence where it cannot be undone. `flow` names the flow that writes its steps and must
be one of the SPEC's `flows`.

**Done** by the opened bridge: it has `actions`, one `Action` for each `ActionSpec`, of the same key, and
reaches settings and adapters as its flows do. The road of an order:

1. `fields(subject, known)` gives the `Form`, filled from the record; it may ask the vendors (it runs in a
   job), or refuse with `Held`. Leave it out where nothing is asked: an empty form.
2. `search(name, text)` finds options for a CHOICE whose `Field.search` is `name`.
3. `check(subject, answers, known)` says before anything goes what will go: the documents, totals, computed
   cells, warnings, problems. It is asked again and again while the user types, and once more when the order
   is given: with a problem nothing is kept and nothing sent.
4. `plan(subject, answers, known)` is pure and gives the steps, as a flow's plan does; it is kept with a
   request id made when the dialog opened, so a double click is one. The running sync delivers it next; where
   none runs it goes at once. After a conflict it is planned again from the links as they stand.

An action that gives a FILE or an ADDRESS plans nothing: `fetch` gives it back. An address is opened only if
it is https on a host of the vendor's own (`VendorSpec.hosts`, `VendorSpec.site`).

`subject` is the row's id in the panel, for a document the id of its source. `known` are the links of the
source that `about(subject)` names (itself, unless you say otherwise); for a document `known.chosen` is its
link. `answers` are texts by field key; a LINES answer is read by `lines_in` and written by `lines_text`. What
the plan needs besides, and nobody edits (the contact found, a currency, the digest of what was read), goes
into `Form.kept` and comes back among the answers.

To link or unlink without writing to a vendor, plan a step all the same, so that it is in the journal: a step
that `creates` and whose `write` only reads the chosen thing back and returns its `Ref` links; a step with
`unlinks` (and `creates=False`), whose `write` gives the `Ref` back, frees the link's place once it is done.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from msgspec import DecodeError, Struct, json

from bridge_gui.errors import Param, SetupError

if TYPE_CHECKING:
    from bridge_gui.sync.flow import Held, Known
    from bridge_gui.sync.service import PreviewDocument
    from bridge_gui.sync.specs import Field, Option
    from bridge_gui.sync.step import Step

DOCUMENTS = "documents"
"""Where an action stands that is about documents of the Documents list."""


class Gives(Enum):
    """What an action comes to: steps to be written, a file for the user, or an address to be opened."""

    STEPS = "steps"
    FILE = "file"
    ADDRESS = "address"


@dataclass(frozen=True, kw_only=True)
class ActionSpec:
    """An action as menus know it.

    `on` is the key of the panel whose rows it is about, or DOCUMENTS; `kinds` are kinds of documents, none
    named means all; `states` those a document, or a row, must be in, none named means any. `why_not` gives
    the code said for another state (by state, "" for all others). `confirm` is the sentence the user has to
    agree to. `asks` is False where there is no form: it is confirmed and done. `many`: for several records
    at once, each filled from its own record; the fields of `shared` are asked once for all of them.
    """

    key: str
    title: str
    on: str = DOCUMENTS
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    why_not: Mapping[str, str] = field(default_factory=dict)
    gives: Gives = Gives.STEPS
    flow: str = ""
    confirm: str = ""
    asks: bool = True
    many: bool = False
    shared: tuple[str, ...] = ()

    def fits(self, kind: str, state: str) -> bool:
        """Whether it may be offered for a document (or, with no kind, a row) that stands so."""
        of_kind = not self.kinds or not kind or kind in self.kinds
        return of_kind and (not self.states or state in self.states)


class Notice(Struct, frozen=True, kw_only=True):
    """A code with its parameters; `at` is the field it is about: "due", or "lines.2.item"."""

    code: str
    params: dict[str, Param] = {}
    at: str = ""


class Form(Struct, frozen=True, kw_only=True):
    """What is asked, filled from the record.

    Fields are of the kinds TEXT, DATE, NUMBER, FLAG, CHOICE and LINES. `answers` by field key; `options` by
    the names that fields give as `options` or `search`: what can be chosen, at least what is chosen already
    (its title is shown). `kept` is not shown and comes back among the answers.
    """

    fields: tuple[Field, ...] = ()
    answers: dict[str, str] = {}
    options: dict[str, tuple[Option, ...]] = {}
    kept: dict[str, str] = {}
    title: str = ""
    text: str = ""


def shared_form(forms: Sequence[Form], keys: Collection[str]) -> Form:
    """What several forms ask alike and are filled with alike: an answer to it is one to each of them."""
    first = forms[0]
    alike = tuple(
        asked
        for asked in first.fields
        if asked.key in keys and len({form.answers.get(asked.key, "") for form in forms}) == 1
    )
    return Form(fields=alike, answers=first.answers, options=first.options)


class Total(Struct, frozen=True, kw_only=True):
    """One sum below the form; `strong` for the one that counts. The label is marked, or data."""

    label: str
    amount: Decimal
    currency: str
    strong: bool = False


class Checked(Struct, frozen=True, kw_only=True):
    """What an order would come to.

    `documents` are just what would be sent. `computed` are texts by place for fields nobody edits
    ("lines.0.total"), amounts with a point and no grouping. A `problem` forbids it, a `warning` does not.
    `confirm` asks for more than the SPEC's own sentence does (payments are taken off first).
    """

    documents: tuple[PreviewDocument, ...] = ()
    totals: tuple[Total, ...] = ()
    computed: dict[str, str] = {}
    warnings: tuple[Notice, ...] = ()
    problems: tuple[Notice, ...] = ()
    confirm: Notice | None = None


class File(Struct, frozen=True, kw_only=True):
    """A file for the user; `name` is a suggestion, cleaned before it is shown."""

    name: str
    content: bytes


class Address(Struct, frozen=True, kw_only=True):
    """A page at the vendor for the user's browser."""

    url: str


class How(Enum):
    """How an order ended: `WAITING` goes on by itself with the next sync, `ASKED` waits for a person."""

    DONE = "done"
    REFUSED = "refused"
    ASKED = "asked"
    WAITING = "waiting"


class Told(Struct, frozen=True, kw_only=True):
    """What is told back of an order; `code` says why where it is not simply done.

    `number`, `url` and `state` are the document's as the books have it now.
    """

    how: How
    code: str = ""
    params: dict[str, Param] = {}
    problems: tuple[Notice, ...] = ()
    number: str = ""
    url: str = ""
    state: str = ""
    file: File | None = None
    address: str = ""


class Wanted(Struct, frozen=True, kw_only=True):
    """One order, as a dialog or a file has it.

    `request` is made when the dialog opens. `subject` is a panel row's id; of a document its place
    ("invoice/D7/1"), its row in the Documents list ("#12") or its number. `form` is what was asked,
    `answers` what was answered otherwise than it is filled.
    """

    request: str
    subject: str
    form: Form = Form()
    answers: dict[str, str] = {}
    confirmed: bool = False


class Action(ABC):
    """One thing done to one record on the user's order; see the top of this file.

    `flow` names the flow that writes its steps, and whose links the plan knows.
    """

    key: str
    flow: str = ""

    def about(self, subject: str) -> str:
        """Pure: the source whose links the plan knows."""
        return subject

    def fields(self, subject: str, known: Known) -> Form | Held:
        """What is asked, filled from the record; may ask the vendors."""
        del subject, known
        return Form()

    def search(self, name: str, text: str) -> Sequence[Option]:
        """Options for a CHOICE whose `search` is this name; may ask the vendors."""
        raise LookupError(name)

    def check(self, subject: str, answers: dict[str, str], known: Known) -> Checked:
        """What the order would come to; may ask the vendors."""
        del subject, answers, known
        return Checked()

    @abstractmethod
    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """Pure: the steps of the order. Planned again, from the links as they stand, after a conflict."""

    def fetch(self, subject: str, answers: dict[str, str], known: Known) -> File | Address | Held:
        """What an action that gives a file or an address gives; asks the vendors."""
        raise LookupError(self.key)


class Fetches(Action):
    """An action that plans nothing: it gives a file or an address."""

    def plan(self, subject: str, answers: dict[str, str], known: Known) -> list[Step] | Held:
        """Nothing is written."""
        raise LookupError(self.key)


@runtime_checkable
class Acts(Protocol):
    """A bridge that can do more than sync."""

    actions: Sequence[Action]


class Place(Struct, frozen=True, kw_only=True):
    """A document as the subject of an action: which kind, of which source, the how-manyeth."""

    kind: str
    source_id: str
    ordinal: int

    @property
    def name(self) -> str:
        """As one word, the way the Documents list and the command line name it."""
        return f"{self.kind}/{self.source_id}/{self.ordinal}"


def place(subject: str) -> Place | None:
    """The document a subject names ("invoice/D7/1"), None for nonsense; a source's id may hold slashes."""
    kind, _, rest = subject.partition("/")
    source_id, _, ordinal = rest.rpartition("/")
    if not (kind and source_id and ordinal.isascii() and ordinal.isdigit() and len(ordinal) < 10):
        return None
    return Place(kind=kind, source_id=source_id, ordinal=int(ordinal))


def lines_in(text: str) -> list[dict[str, str]]:
    """A LINES answer as rows; `SetupError` if it is none."""
    try:
        return json.decode(text, type=list[dict[str, str]]) if text else []
    except DecodeError as error:
        raise SetupError("answers.type", key="lines", expected="rows of texts") from error


def lines_text(rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as a LINES answer."""
    return json.encode([dict(row) for row in rows]).decode()
