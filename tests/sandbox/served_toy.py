"""Run as a program: the toy vendor, served with its state in the folder named."""

from __future__ import annotations

import sys
from pathlib import Path

from bridge_gui.sandbox.host import serve_forever
from tests.sandbox.toy import Toy

if __name__ == "__main__":
    serve_forever({"toy": Toy}, Path(sys.argv[1]))
