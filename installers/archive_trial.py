"""The tar, unpacked in a folder with a blank in its name, checking itself there."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

from installers import archive
from installers.frozen import NAME
from installers.trial import Installed, check_itself, step


def try_archive(path: Path) -> None:
    """Unpack it and let it check itself."""
    with tempfile.TemporaryDirectory(prefix="bridge trial ") as name:
        home = Path(name)
        with tarfile.open(path) as tar:
            tar.extractall(home, filter="tar")
        program = home / archive.top() / NAME
        step(f"unpack {path.name}, self-check", lambda: check_itself(Installed([str(program)], home)))
