"""Answers made up from the vendors' own documents, in every call that reads them: a value or a code, nothing else.

In CI some hundreds of each vendor that has a document; `BRIDGE_LONG_TESTS=100000` has a tenth of so many of each.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator

from bridge_gui.app import registry
from bridge_gui.wording.render import Wording
from tests.crash.fuzzing import Fuzzer, Say
from tests.crash.recording import Archive
from tests.crash.replaying import pattern
from tests.crash.spoken import FOLDERS, Schemas, Speaker
from tests.longer import LONG
from tests.vendors.documents import Document

ANSWERS = LONG // 10 or 400


def say(schema: Any, document: Document) -> Say:
    """A body of this kind: one in four by the schema alone."""

    def made(recorded: Any, chance: random.Random) -> Any:
        speaker = Speaker(document, chance)
        return speaker.whole(schema) if chance.random() < 0.25 else speaker.mixed(recorded, schema)

    return made


def documented(archive: Archive, schemas: Schemas) -> dict[str, tuple[Any, Document]]:
    """The kinds of good answers that were recorded and that the document tells of."""
    kinds = {}
    for request, answer in archive.exchanges:
        found = schemas.find(request.method, urlsplit(request.url).path, answer.status)
        if found is not None and answer.status < 300:
            kinds[pattern(request)] = found
    return kinds


@pytest.mark.timeout(max(120, LONG // 20))
@pytest.mark.logs_errors
@pytest.mark.parametrize("vendor", FOLDERS)
def test_whatever_the_document_allows_is_read_or_refused_by_name(
    vendor: str, archives: dict[str, Archive], specs: Path
):
    kinds = documented(archives[vendor], Schemas(specs, vendor))
    assert len(kinds) >= 5, kinds
    knows = Wording(registry().messages()).knows
    bodies = {asked: say(*found) for asked, found in kinds.items()}
    score = Fuzzer(archives[vendor], knows).spoken(LONG or 1, ANSWERS, bodies)
    codes = ", ".join(f"{code} {count}" for code, count in score.codes.most_common())
    print(f"{vendor}: {score.answers} answers, {score.decoded} decoded, {codes}")  # noqa: T201 - the long run's
    assert not score.found, "\n".join(map(str, score.found[:20]))
    assert score.decoded > ANSWERS // 20
    assert score.codes.total() > ANSWERS // 20


def test_what_is_made_up_fits_the_document(specs: Path):
    document = Document(specs / "xero" / "xero-accounting-16.1.0-trimmed.json", strict=False)
    schema = document.answer("GET", "/Invoices", 200)
    chance = random.Random(1)
    for _ in range(30):
        made = Speaker(document, chance).whole(schema)
        found = [*Draft202012Validator(document.rooted(schema)).iter_errors(made)]
        assert not found, found[0].message
        assert re.search("Invoice", str(made)) or made.get("Invoices") in (None, [])
