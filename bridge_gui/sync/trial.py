"""What a bridge that is not there yet would send first: a whole house on a copy that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import BridgeRow
from bridge_gui.sync.events import Listener
from bridge_gui.sync.house import House
from bridge_gui.sync.service import Preview
from bridge_gui.sync.setup import keep
from bridge_gui.web.keychain import Keychain
from bridge_gui.web.waiting import Cancel


def preview_of(
    house: House,
    draft: BridgeRow,
    mappings: Mapping[str, Mapping[str, str]],
    secrets: Keychain,
    cancel: Cancel,
    tell: Listener,
) -> Preview:
    """The preview of a draft; of the house, nothing changes."""
    with tempfile.TemporaryDirectory(dir=house.folder.path, prefix="preview-") as place:
        folder = DataFolder(Path(place))
        house.database.copy_to(folder.database)
        scratch = House(folder, house.registry, lambda _folder: secrets, house.clock)
        try:
            keep(scratch.database, draft, mappings)
            return scratch.preview(draft.name, cancel, tell)
        finally:
            scratch.close()
