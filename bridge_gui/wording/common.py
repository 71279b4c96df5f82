"""The sentences of every code that no single vendor or bridge owns."""

from __future__ import annotations

from bridge_gui.wording.common_files import FILES
from bridge_gui.wording.common_net import NET
from bridge_gui.wording.common_notices import NOTICES
from bridge_gui.wording.common_setup import SETUP
from bridge_gui.wording.common_store import STORE
from bridge_gui.wording.common_sync import SYNC
from bridge_gui.wording.common_tieout import TIEOUT
from bridge_gui.wording.message import Message

COMMON: tuple[Message, ...] = (*NET, *STORE, *SYNC, *SETUP, *TIEOUT, *FILES, *NOTICES)
