"""Every file that is shipped has an owner, and every owner a licence in full."""

import os
import sys
from pathlib import Path

import PySide6
import pytest
import sqlalchemy

import dev
from bridge_gui.sync import libraries
from installers import licences
from installers.trial import Failed, demand

LIBRARY = Path(sqlalchemy.__file__)
QT = Path(PySide6.__file__)
OWN = dev.ROOT / "bridge_gui" / "app.py"


def test_each_file_belongs_to_a_part():
    found = {part.name: part for part in licences.parts([LIBRARY, QT, OWN, Path(os.__file__)])}
    assert set(found) == {"SQLAlchemy", "PySide6_Essentials", "Python"}
    assert found["Python"].version == sys.version.split()[0]
    assert "MIT" in found["SQLAlchemy"].licence


def test_qt_comes_with_the_texts_its_wheels_leave_out():
    (text,) = [part.text for part in licences.parts([QT]) if part.name == "PySide6_Essentials"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text


def test_a_file_of_unknown_origin_stops_the_build(tmp_path: Path):
    stranger = tmp_path / "libwhose.so.1"
    stranger.write_bytes(b"")
    with pytest.raises(LookupError, match="libwhose"):
        licences.parts([LIBRARY, stranger])


@pytest.mark.skipif(not dev.LINUX, reason="packages of Debian")
def test_a_library_of_the_system_is_named_by_its_package():
    found = [
        part for part in licences.parts([Path("/lib/x86_64-linux-gnu/libz.so.1")]) if part.name != "Python"
    ]
    assert [part.name for part in found] == ["zlib1g"]
    assert "Permission is granted" in found[0].text


def test_the_list_names_all_and_each_text_stands_once():
    one = licences.Part(name="a", version="1", licence="MIT", text="the text")
    other = licences.Part(name="b", version="2", licence="MIT", text="the text")
    told = licences.told([one, other])
    assert told.startswith("Bridge ")
    assert "a 1: MIT\nb 2: MIT\n" in told
    assert told.count("the text") == 1
    assert "\na, b\n" in told


def test_the_frozen_program_shows_what_was_written_when_it_was_frozen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert libraries.shipped() == ""
    (tmp_path / libraries.SHIPPED).write_text("all of them", "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert libraries.shipped() == "all of them"


def test_a_trial_that_fails_says_why():
    with pytest.raises(Failed, match="no window"):
        demand([], "no window")
