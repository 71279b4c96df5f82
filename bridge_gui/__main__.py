"""`python -m bridge_gui`: the window, or a command."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the program with the words it was called with."""
    from bridge_gui.app import main as start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
