"""What the window must not do before it shows."""

from __future__ import annotations

import subprocess
import sys
import textwrap

HEAVY = ("sqlalchemy", "alembic", "requests", "keyring", "flask", "werkzeug", "tenacity", "zeep", "lxml")


def test_importing_the_desktop_imports_nothing_slow():
    program = textwrap.dedent(f"""
        import pkgutil, sys, importlib
        import bridge_gui.desktop
        for module in pkgutil.iter_modules(bridge_gui.desktop.__path__, "bridge_gui.desktop."):
            importlib.import_module(module.name)
        print([name for name in {HEAVY!r} if name in sys.modules])
    """)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_window_itself_needs_even_less():
    program = "import sys, bridge_gui.desktop.main; print('msgspec' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "False"
