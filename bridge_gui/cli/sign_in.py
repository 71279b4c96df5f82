"""Signing in at a vendor's page from a terminal: open the address, then the answer comes, or is pasted."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from bridge_gui.cli.shell import Shell
from bridge_gui.errors import SetupError
from bridge_gui.web.address import is_loopback

if TYPE_CHECKING:
    from bridge_gui.sync.setup import Setup
    from bridge_gui.web.oauth.flow import SignInFlow
    from bridge_gui.web.waiting import Cancel


class TerminalSignIn:
    """Tells which page to open and waits; a pasted address is taken line by line from standard input."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def __call__(self, setup: Setup, vendor: str, cancel: Cancel) -> None:
        """Have a person sign in; raises why there is no sign-in."""
        from bridge_gui.sync import signing

        text = self._shell.words.text
        with signing.begin(setup, vendor, text) as flow:
            self._listen(flow)
            self._tell(flow, setup.house.registry.vendors[vendor].title)
            if not is_loopback(flow.host):
                self._read(flow)
            with setup.house.job(cancel) as job:
                found = signing.complete(setup, vendor, flow, job)
        signing.require_company(setup, vendor, found)

    def _listen(self, flow: SignInFlow) -> None:
        """Without a port the answer can still be pasted, where somebody is there to paste it."""
        try:
            flow.listen()
        except SetupError as error:
            if is_loopback(flow.host):
                return
            if not self._may_paste:
                raise
            self._shell.out.told(self._shell.say(error.code, error.params))

    @property
    def _may_paste(self) -> bool:
        """Standard input is not taken by the secrets, unless a person types."""
        return self._shell.options.secrets is None or sys.stdin.isatty()

    def _tell(self, flow: SignInFlow, vendor: str) -> None:
        say, text = self._shell.out.note, self._shell.words.text
        say(
            text(
                "Sign in to {vendor} at {host}. Open this address in a browser:",
                vendor=vendor,
                host=flow.host,
            )
        )
        say(flow.address)
        if flow.listening:
            say(text("The answer comes back to {address} by itself.", address=flow.redirect))
        if self._may_paste and not is_loopback(flow.host):
            say(text("Or paste the address of the last page here, then press Enter:"))

    def _read(self, flow: SignInFlow) -> None:
        """Take pasted lines beside the waiting; a thread that hangs on the terminal keeps nobody."""
        if not self._may_paste:
            if not flow.listening:
                raise SetupError("oauth.paste")
            return
        threading.Thread(target=self._lines, args=(flow,), daemon=True).start()

    def _lines(self, flow: SignInFlow) -> None:
        for line in sys.stdin:
            if not line.strip():
                continue
            wrong = flow.offer(line)
            if wrong is None:
                return
            self._shell.out.told(self._shell.say(wrong.code, wrong.params))
