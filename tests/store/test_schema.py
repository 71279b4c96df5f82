"""The first migration is what the tables say, written out by a command."""

import ast

from bridge_gui.store import migrate, schema


def test_the_first_migration_is_what_the_generator_writes():
    written = (migrate.MIGRATIONS / "versions" / "v0001_begin.py").read_text("utf-8")
    assert ast.dump(ast.parse(written)) == ast.dump(ast.parse(schema.drafted()))
