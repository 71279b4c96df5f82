"""A code with its parameters becomes a sentence, an advice and at most one button."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bridge_gui.errors import Param
from bridge_gui.wording.catalogue import Catalogue, fill
from bridge_gui.wording.common import COMMON
from bridge_gui.wording.message import Message, mark
from bridge_gui.wording.plain import AMOUNTS, WORDS, figure, shown

_UNKNOWN = mark("Something happened that this version of Bridge has no words for ({code}).")
_UNKNOWN_ADVICE = mark("Copy the details from the log and send them to support.")


class Said(NamedTuple):
    """What a user reads."""

    sentence: str
    advice: str = ""
    button: str = ""


class Wording:
    """The sentences of all codes: the common ones, and those that vendors and bridges bring along."""

    def __init__(
        self,
        messages: Iterable[Message] = (),
        catalogue: Catalogue | None = None,
        show: Callable[[Param], str] = shown,
        amount: Callable[[Param], str] = figure,
    ) -> None:
        self._messages = {message.code: message for message in (*COMMON, *messages)}
        self._words = catalogue or Catalogue()
        self._show = show
        self._amount = amount

    def knows(self, code: str) -> bool:
        """Whether this code has a sentence of its own."""
        return code in self._messages

    def say(self, code: str, params: Mapping[str, Param] | None = None) -> Said:
        """The code's sentence, advice and button; an honest general one for a code nobody knows.

        Where a parameter `why` has a sentence of its own ("net.tls.expired"), that one is said; where it has
        one for this `kind` of document ("entry.done.sent.review"), that one before it.
        """
        values = {name: self._shown(name, value) for name, value in (params or {}).items()}
        kind = (params or {}).get("kind", "")
        if "decision" in values:
            values["decision"] = self._decided(values["decision"], values)
        narrower = f"{code}.{values.get('why', '')}"
        ways = (f"{narrower}.{kind}", narrower, code)
        message = next((self._messages[one] for one in ways if one in self._messages), None)
        if message is None:
            message = Message(code=code, sentence=_UNKNOWN, advice=_UNKNOWN_ADVICE)
            values["code"] = code
        text = self._words.text
        return Said(
            fill(text(message.sentence), values),
            fill(text(message.advice), values),
            text(message.button),
        )

    def _shown(self, name: str, value: Param) -> str:
        """A parameter as a person reads it; what holds an amount, or a word of ours, is known by its name."""
        word = self._messages.get(f"{name}.{value}") if name in WORDS else None
        if word is not None:
            return self._words.text(word.sentence)
        return self._amount(value) if name in AMOUNTS else self._show(value)

    def _decided(self, choice: str, values: Mapping[str, str]) -> str:
        """A person's answer in the words of its button; which of several they meant by its name."""
        which = self._messages.get("choice.use") if choice.startswith("use:") else None
        message = which or self._messages.get(f"choice.{choice}")
        return fill(self._words.text(message.sentence), values) if message is not None else choice
