"""What a vendor and a bridge declare about themselves; light enough to read before the window shows.

A SPEC is data plus functions that import what they need when they are called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from bridge_gui.errors import Param
from bridge_gui.sync.actions import ActionSpec
from bridge_gui.sync.notices import NoticeSpec
from bridge_gui.sync.panels import PanelSpec
from bridge_gui.web.oauth.terms import OAuth
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import Message

if TYPE_CHECKING:
    from bridge_gui.sync.files.kind import FileKind
    from bridge_gui.sync.flow import Flow
    from bridge_gui.sync.opening import BridgeContext, ConnectionContext
    from bridge_gui.sync.service import PreviewDocument
    from bridge_gui.sync.step import Step


class Role(Enum):
    """The two sides of a bridge."""

    SALES = "sales"
    BOOKS = "books"


class FieldKind(Enum):
    """How a question is asked and its answer kept."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - a kind of field
    SIGN_IN = "sign_in"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    MAPPING = "mapping"
    LINES = "lines"
    COLUMNS = "columns"

    @property
    def is_hidden(self) -> bool:
        """Whether its answer is for the keychain only."""
        return self in (FieldKind.SECRET, FieldKind.SIGN_IN)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer to choose from; `key` is kept, `title` is shown."""

    key: str
    title: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question. `pattern` is a full-match regular expression; `default` is used when unanswered.

    A CHOICE offers `choices`, or what `options` names at the opened bridge. A MAPPING pairs each of
    `left` with one of `right` (both name what the opened bridge lists); `without` says what becomes of one
    that has none, where it does not wait, `apart` why each should have its own. A SIGN_IN is answered at the
    vendor's own page; what comes of it is kept as a secret. `advanced` ones most people
    never need; the window keeps them out of sight until they are asked for. `only` names a setting
    (a vendor's field: another one of that vendor) and its answer: with another answer this is not asked.
    `renews` names the vendor whose sign-in the answer is about: with a new sign-in it is asked anew.

    In an action's form: `search` names what `Action.search` finds by a text typed, for a CHOICE of too many
    to list. `columns` are the fields of each row of LINES. `parts` are what the columns of COLUMNS can be,
    where the file is no report by days and accounts. `fixed` is shown and not edited (a computed
    total). `unset` is the warning sign's text while there is no answer ("Not linked to an item yet").
    """

    key: str
    kind: FieldKind
    label: str
    help: str = ""
    required: bool = True
    default: str | None = None
    choices: tuple[Choice, ...] = ()
    options: str = ""
    left: str = ""
    right: str = ""
    pattern: str = ""
    wrong: str = ""
    advanced: bool = False
    only: tuple[str, str] | None = None
    renews: str = ""
    search: str = ""
    columns: tuple[Field, ...] = ()
    parts: tuple[str, ...] = ()
    fixed: bool = False
    unset: str = ""
    without: str = ""
    apart: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One step of the wizard: one task, its text, its fields, and what is checked before going on.

    `fields` are names such as "payday.client_id", "settings.start_date" or "mappings.payment_methods".
    `check` names the connection ("payday") that is opened and probed when the page is left. `menu` is
    where to click at the vendor, `important` what must not be missed, `copy` a letter for `send_to`,
    `aside` help that only some need, under its heading. `opens` names the vendor whose site is opened.
    `only` names a setting and the answer without which the page is left out. `verified` where the bridge
    looks at both vendors whether what the page asks for is there (`Verifies`), before it is left.
    """

    key: str
    title: str
    text: str
    fields: tuple[str, ...] = ()
    check: str = ""
    copy: str = ""
    warning: str = ""
    menu: tuple[str, ...] = ()
    important: str = ""
    send_to: str = ""
    aside_title: str = ""
    aside: str = ""
    opens: str = ""
    only: tuple[str, str] | None = None
    verified: bool = False


class KeyStyle(Enum):
    """What a vendor's idempotency key identifies."""

    NONE = "none"
    PER_REQUEST = "per request"
    PER_DOCUMENT = "per document"


@dataclass(frozen=True, kw_only=True)
class VendorSpec:
    """A vendor: how to sign in, how fast to call, and how to open an adapter or a simulator.

    `site` is where a person signs in with a browser (https, the vendor's own), `hosts` where else its pages
    are: what lies on neither is never opened. "*.vendor.com" is one name before the vendor's, a customer's.
    `settle_after` is how long after a write a read may still miss it (read lag, time-out and a
    margin). `open` gives the adapter; it must not call the vendor. `simulator` gives the class.
    With the login "oauth2", `oauth` gives the terms for an address and the answers so far, one field is
    a SIGN_IN, and `company_field` names the one that keeps which of several companies is meant.
    """

    key: str
    title: str
    role: Role
    login: str
    fields: tuple[Field, ...]
    endpoints: Mapping[str, str]
    pace: Pace
    open: Callable[[ConnectionContext], Any]
    simulator: Callable[[], type]
    key_style: KeyStyle = KeyStyle.NONE
    settle_after: timedelta = timedelta(0)
    capabilities: tuple[type, ...] = ()
    messages: tuple[Message, ...] = ()
    site: str = ""
    hosts: tuple[str, ...] = ()
    oauth: Callable[[str, Mapping[str, str]], OAuth] | None = None
    company_field: str = ""

    @property
    def sign_in(self) -> str:
        """The key of its SIGN_IN field, empty if it has none."""
        return next((field.key for field in self.fields if field.kind is FieldKind.SIGN_IN), "")


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing to choose or to map, as a vendor lists it now."""

    key: str
    title: str
    hint: str = ""
    offered: bool = True


@dataclass(frozen=True, kw_only=True)
class Advice:
    """Which answer to a question is recommended to this company, and why as a code with its parameters."""

    answer: str
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


class OpenBridge(Protocol):
    """A bridge with both its adapters at hand."""

    flows: Sequence[Flow]

    def describe(self, step: Step) -> PreviewDocument:
        """A step as a person reads it before it goes: lines, expected tax, warnings."""
        ...

    def options(self, name: str) -> Sequence[Option]:
        """What a CHOICE or one side of a MAPPING may be; asks the vendors."""
        ...

    def suggest(self, name: str) -> Mapping[str, str]:
        """A first proposal for a mapping, left key to right key; only where there is no doubt."""
        ...


@runtime_checkable
class Advises(Protocol):
    """A bridge that recommends answers after a look at the company's own figures."""

    def advise(self, name: str) -> Advice | None:
        """What is recommended for this setting, if anything; asks the vendors."""
        ...


@runtime_checkable
class Verifies(Protocol):
    """A bridge that can tell whether what a page of its wizard asks for is there."""

    def verify(self, page: str) -> None:
        """Look at both vendors; `SetupError` naming what is missing, and where it is mended."""
        ...


@dataclass(frozen=True, kw_only=True)
class BridgeSpec:
    """A bridge: the two vendors, its questions, its flows and the sentences of its own codes.

    `needs` names the capabilities each side must have; the registry refuses a spec whose vendors lack
    them. `steps` are the step types its flows plan: a tag's meaning never changes. `demo` are the
    answers for the demo companies. `file_flows` are the flows fed by files, all others by the sales
    vendor; a bridge that has any asks `files.questions.FIELDS`, and `file_kind` tells what such a file holds
    where that is no report by days and accounts. `currency` is the books' own where it is
    always the same. `apart` are kinds of documents, and codes for which a record is left out, that are no
    sales of their own: the payment of an invoice, a deal not won yet. `actions` and `panels` are what it
    lets a user do and see besides (`sync.actions`, `sync.panels`); `flows` are the keys of the flows that
    its actions name. `notices` are the vendors' change notices it understands (`sync.notices`).
    """

    key: str
    title: str
    sales: str
    books: str
    settings: tuple[Field, ...]
    pages: tuple[Page, ...]
    open: Callable[[BridgeContext], OpenBridge]
    steps: Callable[[], tuple[type, ...]]
    needs: Mapping[Role, tuple[type, ...]] = field(default_factory=dict)
    flows: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    actions: tuple[ActionSpec, ...] = ()
    panels: tuple[PanelSpec, ...] = ()
    notices: tuple[NoticeSpec, ...] = ()
    every: timedelta = timedelta(days=1)
    messages: tuple[Message, ...] = ()
    time_zone: str = "UTC"
    currency: str = ""
    file_flows: tuple[str, ...] = ()
    file_kind: Callable[[], FileKind] | None = None
    demo: Mapping[str, Any] = field(default_factory=dict)
