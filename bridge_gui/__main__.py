"""`python -m bridge_gui`: the window, or a command."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the program with the words it was called with."""
    try:
        if sys.argv[1:] == ["read-spreadsheet"]:  # the program itself asks so, see there
            from bridge_gui.sync.files.apart import serve

            return serve()
        from bridge_gui.app import main as start

        return start(sys.argv[1:])
    except KeyboardInterrupt:  # before anything has begun
        return 130


if __name__ == "__main__":
    sys.exit(main())
