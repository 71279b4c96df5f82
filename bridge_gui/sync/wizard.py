"""The wizard without a window: page after page, valid, busy or in error; kept is nothing until *Finish*.

The window draws it and runs its `Work` beside itself; a flow itself is only touched by one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bridge_gui.errors import BridgeError, Cancelled, Param, SetupError
from bridge_gui.sync.events import Listener
from bridge_gui.sync.files.questions import holds
from bridge_gui.sync.form import PRODUCTION
from bridge_gui.sync.house import House
from bridge_gui.sync.service import Preview
from bridge_gui.sync.setup import Finished, Setup, named, twins_of
from bridge_gui.sync.specs import Field, FieldKind, Option, Page, VendorSpec
from bridge_gui.sync.trial import preview_of
from bridge_gui.sync.wizard_columns import FileColumns
from bridge_gui.sync.wizard_lists import Lists, load_lists, option_named, paired
from bridge_gui.sync.wizard_pages import NAME, NAME_FIELD, NAME_PAGE, PREVIEW, free_name, last_page
from bridge_gui.sync.wizard_signin import SigningIn
from bridge_gui.sync.wizard_verify import Verifying
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import Cancel

What = Literal["check", "lists", "columns", "sign_in", "preview", "verify", "finish"]


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What is wrong with an answer or a page."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Work:
    """Something that takes a while: to be run on another thread, its result given to `take` or `fail`."""

    what: What
    vendor: str
    run: Callable[[Cancel, Listener], Any]


class WizardFlow(FileColumns, SigningIn, Verifying):
    """Setting up one bridge, page by page. Made in a job: it reads the store and the keychain."""

    def __init__(self, house: House, kind: str, change: str = "") -> None:
        FileColumns.__init__(self)
        SigningIn.__init__(self)
        Verifying.__init__(self)
        self._house = house
        self.change = change
        self.in_memory = False
        self._others = [status.row for status in house.bridges() if status.row.name != change]
        self._taken = {row.name for row in self._others}
        own = change or free_name(kind, self._taken)
        self.setup = Setup(house, kind, own)
        self.spec = self.setup.spec
        self.at = self.furthest = 0
        self.busy: Work | None = None
        self.error: Trouble | None = None
        self.dirty = False
        self.lists: Lists | None = None
        self.preview: Preview | None = None
        self.finished: Finished | None = None
        self._typed: dict[str, str] = {}
        self._wrong: dict[str, Trouble] = {}
        self._checked: dict[str, int] = {}
        self._listed = self._previewed = 0
        self._touched: set[tuple[str, str]] = set()
        if change:
            self._as_before()

    def __repr__(self) -> str:
        return f"WizardFlow({self.spec.key!r}, page {self.at})"

    # Pages.

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages in order; a name is only asked where one bridge of this kind stands already."""
        naming = (NAME_PAGE,) if self.spec.key in self._taken and not self.change else ()
        own = tuple(page for page in self.spec.pages if self._is_shown(page))
        return (*own, *naming, last_page(changes=self.setup.before is not None))

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.pages[self.at]

    @property
    def is_last(self) -> bool:
        """Whether *Finish* stands where *Next* was."""
        return self.at == len(self.pages) - 1

    @property
    def valid(self) -> bool:
        """Whether the page in front can be left forwards, as far as can be told without asking anybody."""
        return not self.busy and not self.problems() and not self._unloaded()

    def problems(self) -> dict[str, Trouble]:
        """What is wrong with the page's answers, by place."""
        found: dict[str, Trouble] = {}
        missing = set(self.setup.missing())
        for place in self.places():
            if place in self._wrong:
                found[place] = self._wrong[place]
            elif place in missing or self.lacks_company(place):
                found[place] = Trouble(code="answers.empty", params={"key": place})
        return found

    def places(self) -> list[str]:
        """The page's questions by place, with where its vendor is."""
        where = [f"{self.page.check}.endpoint"] if self.page.check else []
        return [*(place for place in self.page.fields if self.setup.form.asks(place)), *where]

    def next(self) -> Work | None:
        """Leave the page forwards; gives what has to be done first, or on the page that comes."""
        self.error = None
        if not self.valid or self.is_last:
            return None
        vendor = self.page.check
        if vendor and self._checked.get(vendor) != self._signature(vendor):
            row, setup = self.setup.connection(vendor), self.setup
            return self._begin("check", lambda cancel, _tell: self._sign_in(setup, row, cancel), vendor)
        work = self.look_first() or self.verify_first()
        return work if work is not None or self.error else self.go(self.at + 1)

    def back(self) -> Work | None:
        """Leave the page backwards; every answer stays."""
        return self.go(max(0, self.at - 1))

    def go(self, at: int) -> Work | None:
        """Show a page; gives what it has to load."""
        self.at, self.error, self.busy = at, None, None
        self.furthest = max(self.furthest, at)
        if self.page.key == NAME and not self._typed.get(NAME):
            self._propose_name()
        if self.page.key == PREVIEW and self._previewed != self._state():
            return self.preview_again()
        return self.load_again() if self._unloaded() else self.look_on_arrival()

    # Answers.

    def asked(self, place: str) -> Field:
        """The question at a place."""
        return NAME_FIELD if place == NAME else self.setup.fields()[place]

    def vendor(self, key: str) -> VendorSpec:
        """One of the two vendors."""
        return self._house.registry.vendors[key]

    def value(self, place: str) -> str:
        """What stands in a field: as typed, else as answered, else its default."""
        answers = self.setup.answers
        if place in self._typed:
            return self._typed[place]
        default = PRODUCTION if place.endswith(".endpoint") else (self.asked(place).default or "")
        return answers.plain.get(place) or answers.secrets.get(place) or default

    def answer(self, place: str, value: str) -> None:
        """Take an answer as typed; what is wrong with it is among the page's problems."""
        changed = value != self.value(place)
        self.dirty = self.dirty or changed
        self._typed[place] = value
        self._wrong.pop(place, None)
        if changed:
            self._outdate(place)
        try:
            self._name(value) if place == NAME else self._answer(place, value)
        except SetupError as error:
            self._wrong[place] = Trouble(code=error.code, params=error.params)

    def recalled(self, place: str) -> bool:
        """Whether a secret that is not given here is in the keychain and will be used."""
        return self.setup.recalled(place) and not self.setup.answers.secrets.get(place)

    def company(self, vendor: str) -> str:
        """The company's name, once it is known that these answers sign in to it."""
        known = self._checked.get(vendor) == self._signature(vendor)
        return self.setup.companies[vendor].name if known else ""

    def twins(self) -> tuple[str, ...]:
        """The names of bridges that join these two companies already, as far as they are known."""
        return twins_of(self.setup.draft(), self._others)

    # Lists and pairs.

    def options(self, name: str) -> tuple[Option, ...]:
        """What a vendor lists."""
        return self.lists.options.get(name, ()) if self.lists else ()

    def chosen(self, place: str) -> Option | None:
        """The option that the answer at a place means."""
        return option_named(self.options(self.asked(place).options), self.value(place))

    def pairs(self, place: str) -> dict[str, str]:
        """A mapping as it stands, left key to right key; an empty right one was left alone on purpose."""
        return dict(self.setup.answers.mappings.get(self.asked(place).key, {}))

    def pair(self, place: str, left: str, right: str) -> None:
        """Pair one with another, or with nothing."""
        self.dirty = True
        self._touched.add((place, left))
        self.setup.answers.mappings[self.asked(place).key] = {**self.pairs(place), left: right}

    def is_suggestion(self, place: str, left: str) -> bool:
        """Whether a pair is our proposal that nobody has looked at yet."""
        asked = self.asked(place)
        proposed = self.lists.suggested.get(asked.key, {}).get(left) if self.lists else None
        same = bool(proposed) and self.pairs(place).get(left) == proposed
        return same and (place, left) not in self._touched and not self.change

    def unpaired(self, place: str) -> list[str]:
        """The titles at the left that have nothing at the right."""
        pairs = self.pairs(place)
        lefts = self.options(self.asked(place).left)
        return [option.title for option in lefts if option.offered and not pairs.get(option.key)]

    def shared(self, place: str) -> dict[str, list[str]]:
        """What several at the left share, by its title."""
        asked, pairs = self.asked(place), self.pairs(place)
        found: dict[str, list[str]] = {}
        for left in self.options(asked.left):
            right = option_named(self.options(asked.right), pairs.get(left.key, ""))
            if right is not None and left.offered:
                found.setdefault(f"{right.hint} {right.title}".strip(), []).append(left.title)
        return {right: lefts for right, lefts in found.items() if len(lefts) > 1}

    # Work.

    def load_again(self) -> Work:
        """Ask the vendors for their lists; what was chosen stays."""
        self.error = None
        house, opener, draft = self._house, self.setup.opener, self.setup.draft()
        return self._begin("lists", lambda cancel, _tell: load_lists(house, opener, draft, cancel))

    def preview_again(self) -> Work:
        """See what the first sync would send."""
        self.error, self.preview = None, None
        house, setup, draft = self._house, self.setup, self.setup.draft()
        lists = self.lists
        pairs = {key: {k: v for k, v in own.items() if v} for key, own in draft.mappings.items()}

        def run(cancel: Cancel, tell: Listener) -> Preview:
            mappings = pairs if lists is not None else paired(setup, cancel)
            return preview_of(house, draft, mappings, setup.memory, cancel, tell)

        return self._begin("preview", run)

    def finish(self, *, in_memory: bool = False) -> Work | None:
        """Keep everything; `in_memory` keeps the secrets only until Bridge is closed."""
        if not self.valid:
            return None
        self.error = None
        house, setup = self._house, self.setup
        self.in_memory = in_memory

        def run(cancel: Cancel, _tell: Listener) -> Finished:
            if in_memory and not isinstance(house.keychain, MemoryKeychain):
                house.keychain = MemoryKeychain()
            return setup.finish(cancel, need_keychain=True)

        return self._begin("finish", run)

    def take(self, work: Work, result: Any) -> Work | None:
        """The result of a work; one that nobody waits for any more is dropped. May lead to another."""
        if work is not self.busy:
            return None
        self.busy = None
        if work.what == "check":
            self.setup.companies[work.vendor] = result
            self._checked[work.vendor] = self._signature(work.vendor)
            return self.go(self.at + 1)
        if work.what == "verify":
            self.take_verified(result)
            return self.go(self.at + 1)
        if work.what == "sign_in":
            self.dirty, wrong = True, self._signed(work.vendor, result)
            self.error = Trouble(code=wrong.code, params=wrong.params) if wrong else None
        elif work.what == "lists":
            self._take_lists(result)
        elif work.what == "columns":
            self.take_look(result)
        elif work.what == "preview":
            self.preview, self._previewed = result, self._state()
        else:
            self.finished = result
        return None

    def fail(self, work: Work, code: str, params: Mapping[str, Param]) -> None:
        """A work that came to nothing; stopping it is no error."""
        if work is self.busy:
            self.busy = self.signing = None
            self.error = None if code == "cancelled" else Trouble(code=code, params=params)

    def _begin(self, what: What, run: Callable[[Cancel, Listener], Any], vendor: str = "") -> Work:
        def reported(cancel: Cancel, tell: Listener) -> Any:
            try:
                return run(cancel, tell)
            except Exception as error:
                if not isinstance(error, (BridgeError, Cancelled)):
                    self._house.report(error)
                raise

        self.busy = Work(what=what, vendor=vendor, run=reported)
        return self.busy

    def _is_shown(self, page: Page) -> bool:
        """Whether a page is needed, as the questions are answered so far."""
        form = self.setup.form
        return holds(page.only, form.given_settings(), form.settings())

    def _sign_in(self, setup: Setup, row: Any, cancel: Cancel) -> Any:
        with self._house.job(cancel) as job:
            return setup.signed_in(row, job)

    def _answer(self, place: str, value: str) -> None:
        answers = self.setup.answers
        if not value.strip():
            answers.plain.pop(place, None)
            answers.secrets.pop(place, None)
            return
        try:
            self.setup.answer(place, value)
        except SetupError:
            answers.plain.pop(place, None)
            answers.secrets.pop(place, None)
            raise

    def _name(self, value: str) -> None:
        if value.strip() in self._taken:
            raise SetupError("bridge.name_taken", name=value.strip())
        self.setup.name = named(value.strip())

    def _propose_name(self) -> None:
        known = self.company(self.spec.books) or self.company(self.spec.sales)
        self._typed.pop(NAME, None)
        dirty = self.dirty
        self.answer(NAME, free_name(known or self.setup.name, self._taken))
        self.dirty = dirty

    def _unloaded(self) -> bool:
        """Whether the page offers what a vendor lists, and it was not asked for yet."""
        wants = any(_listing(self.asked(place)) for place in self.page.fields)
        return wants and (self.lists is None or self._listed != self._both())

    def _take_lists(self, lists: Lists) -> None:
        """What was listed, and our proposals wherever nothing was answered."""
        self.lists, self._listed = lists, self._both()
        for key, proposed in lists.suggested.items():
            mappings = self.setup.answers.mappings
            mappings[key] = {**proposed, **mappings.get(key, {})}
        for key, advice in lists.advice.items():
            place = f"settings.{key}"
            if place not in self.setup.answers.plain and place not in self._typed:
                self.setup.answer(place, advice.answer)

    def _as_before(self) -> None:
        """The answers of the bridge that is changed."""
        self.setup.recall()
        before, form = self.setup.before, self.setup.form
        if before is None:
            raise SetupError("bridge.unknown", name=self.change, names=", ".join(sorted(self._taken)))
        plain = {f"settings.{key}": value for key, value in before.settings.items()}
        plain["settings.start_date"] = before.start.isoformat()
        for side in (before.sales, before.books):
            plain |= {f"{side.vendor}.{key}": value for key, value in side.values.items()}
            form.answers.plain[f"{side.vendor}.endpoint"] = side.endpoint
        form.take_over(plain)
        form.answers.mappings |= {key: dict(pairs) for key, pairs in before.mappings.items()}
        self.furthest = len(self.pages) - 2

    def _signature(self, vendor: str) -> int:
        """Changes with everything that decides where and as whom we sign in."""
        spec, answers = self.vendor(vendor), self.setup.answers
        places = [f"{vendor}.{asked.key}" for asked in spec.fields]
        own = [answers.plain.get(place) or self.setup.identity(place) for place in places]
        return hash((answers.plain.get(f"{vendor}.endpoint"), *own))

    def _both(self) -> int:
        """Changes with either connection."""
        return hash((self._signature(self.spec.sales), self._signature(self.spec.books)))

    def _state(self) -> int:
        """Changes with every answer."""
        answers = self.setup.answers
        pairs = ((key, *sorted(own.items())) for key, own in sorted(answers.mappings.items()))
        return hash((self._both(), self.setup.name, *sorted(answers.plain.items()), *pairs))


def _listing(asked: Field) -> bool:
    return bool(asked.options) or asked.kind is FieldKind.MAPPING
