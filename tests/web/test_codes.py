"""The table of codes is the whole truth about what this room raises."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bridge_gui import errors
from bridge_gui.web.codes import CODES

ROOM = Path(__file__).parents[2] / "bridge_gui" / "web"
SOURCES = "".join(path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py") if path.name != "codes.py")


def test_every_code_in_the_sources_is_in_the_table_and_the_other_way_round():
    families = {code.partition(".")[0] for code in CODES}
    found = set(re.findall(rf'"((?:{"|".join(families)})\.[a-z_]+)"', SOURCES))
    assert found == set(CODES)


def test_every_code_is_raised_as_one_of_our_errors():
    assert {code.raised_as for code in CODES.values()} <= set(dir(errors))


@pytest.mark.parametrize(
    "module",
    ["pace", "manners", "answer", "meter", "wire", "http", "bearer", "keychain", "decode", "oauth.terms"],
)
def test_what_specs_and_clients_need_is_light_to_import(module):
    code = (
        f"import sys, bridge_gui.web.{module}; "
        "print([name for name in ('requests', 'urllib3', 'keyring', 'truststore', 'tenacity') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOM.parents[1]
    )
    assert done.stdout.strip() == "[]"
