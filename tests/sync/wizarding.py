"""The wizard's works carried out in a test, as the window does beside itself."""

from __future__ import annotations

from bridge_gui.errors import BridgeError, classify
from bridge_gui.sync.events import nobody
from bridge_gui.sync.wizard import WizardFlow, Work
from bridge_gui.web.waiting import never


def worked(flow: WizardFlow, work: Work | None) -> None:
    """Carry out a work and what follows from it, to its end or to what it fails with."""
    while work is not None:
        try:
            result = work.run(never(), nobody)
        except BridgeError as error:
            verdict = classify(error)
            flow.fail(work, verdict.code, verdict.params)
            return
        work = flow.take(work, result)
