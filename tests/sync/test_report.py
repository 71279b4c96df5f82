"""A report says where it happened, and nothing of what was being handled."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_gui import __version__
from bridge_gui.errors import OutcomeUnknown, Refused
from bridge_gui.sync.report import write_report

NOW = datetime(2026, 3, 2, 9, 30, 15, 42, tzinfo=UTC)
SECRET = "fedcba98-secret"
CUSTOMER = "Anna Þórsdóttir"


def raised(work):
    with pytest.raises(BaseException) as caught:
        work()
    return caught.value


def written(folder, error, now=NOW):
    return write_report(folder / "reports", error, now).read_text("utf-8")


def careless():
    """A foreign error with everything in its message that must not be told on."""
    password = SECRET
    raise ValueError(f"{CUSTOMER} at https://books.example/?key={password}: {password!r}")


def test_messages_of_foreign_errors_stay_out(tmp_path):
    text = written(tmp_path, raised(careless))
    assert "ValueError" in text
    assert "careless" in text
    assert SECRET not in text
    assert CUSTOMER not in text
    assert "books.example" not in text


def test_nor_are_parameters_details_or_lines_of_source_in_it(tmp_path):
    def refuse():
        raise Refused("books.refused", detail=f"Bearer {SECRET}", text=CUSTOMER)

    text = written(tmp_path, raised(refuse))
    assert "Refused books.refused" in text
    assert SECRET not in text
    assert CUSTOMER not in text
    assert "raise Refused" not in text


def test_notes_and_groups_stay_out(tmp_path):
    def several():
        inner = ValueError(SECRET)
        inner.add_note(CUSTOMER)
        raise ExceptionGroup(SECRET, [inner])

    text = written(tmp_path, raised(several))
    assert "ExceptionGroup" in text
    assert SECRET not in text
    assert CUSTOMER not in text


def test_the_whole_chain_is_told_without_its_messages(tmp_path):
    def chain():
        try:
            careless()
        except ValueError as error:
            raise OutcomeUnknown("http.no_answer") from error

    text = written(tmp_path, raised(chain))
    assert text.index("OutcomeUnknown http.no_answer") < text.index("caused by:") < text.index("ValueError")
    assert SECRET not in text


def test_what_came_up_while_another_error_was_handled_is_told_too(tmp_path):
    def chain():
        try:
            careless()
        except ValueError:
            raise LookupError(SECRET)  # noqa: B904

    text = written(tmp_path, raised(chain))
    assert "ValueError" in text
    assert SECRET not in text


def test_the_places_are_files_and_lines_without_the_users_folders(tmp_path):
    text = written(tmp_path, raised(careless))
    assert "tests/sync/test_report.py:" in text
    assert str(Path.cwd()) not in text


def test_the_head_says_when_and_with_what(tmp_path):
    head = written(tmp_path, raised(careless)).splitlines()[:2]
    assert head[0] == f"Bridge {__version__}, 2026-03-02 09:30:15 UTC"
    assert head[1].startswith("Python ")


def test_the_report_and_its_folder_are_private_whatever_the_umask(tmp_path):
    old = os.umask(0)
    try:
        path = write_report(tmp_path / "reports", raised(careless), NOW)
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_reports_are_two_files(tmp_path):
    for at in (NOW, NOW + timedelta(microseconds=1)):
        written(tmp_path, raised(careless), at)
    assert len(list((tmp_path / "reports").iterdir())) == 2


def test_an_error_that_was_never_raised_has_no_places(tmp_path):
    assert written(tmp_path, KeyError(SECRET)).splitlines()[-1] == "KeyError"
