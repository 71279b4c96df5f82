"""Answers files: what can be filled in, and everything that can be wrong with one."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path

import pytest

from bridge_gui.app import registry
from bridge_gui.cli.connect import taken
from bridge_gui.cli.questions import as_data, as_toml
from bridge_gui.cli.toml_file import MOST_BYTES, parsed, read_file, read_input
from bridge_gui.errors import SetupError
from bridge_gui.sync.form import Form
from bridge_gui.wording.catalogue import Catalogue
from tests.cli.program import KIND, Bridge


@pytest.fixture(scope="module")
def form() -> Form:
    return Form(registry(), KIND)


def test_every_question_is_in_the_file(form: Form):
    text = as_toml(form, "", Catalogue().text)
    tables = tomllib.loads(text)
    asked = as_data(form, Catalogue().text)["questions"]
    for question in asked:
        section, _, key = question["place"].partition(".")
        assert section in tables
        assert question["label"] in text
        if question["kind"] == "secret":
            assert key not in tables[section]
        elif question.get("required", True):
            assert key in tables[section]
    assert {"payday.endpoint", "salescloud.endpoint", "settings.schedule"} <= {one["place"] for one in asked}


def test_what_an_app_has_to_know_is_in_the_file_without_a_window():
    text = as_toml(Form(registry(), "pipedrive_xero"), "", Catalogue().text)
    told = text.partition("Redirect addresses that your app at Xero has to know:")[2]
    assert told.splitlines()[1].startswith("#   http://localhost:")


def test_what_is_left_empty_and_not_asked_is_not_wrong():
    form = Form(registry(), "pipedrive_xero")
    tables = {"settings": {"automatic": "no", "stage": ""}, "pipedrive": {"client_id": "", "way": "token"}}
    assert taken(form, tables, secrets=False) == []
    (wrong,) = taken(form, {"settings": {"automatic": "stage", "stage": ""}}, secrets=False)
    assert (wrong.code, wrong.params["key"]) == ("answers.empty", "settings.stage")


def test_the_printed_defaults_are_answers(form: Form):
    fresh = Form(registry(), KIND)
    for section, inside in tomllib.loads(as_toml(form, "", Catalogue().text)).items():
        for key, value in inside.items():
            if value != "":
                fresh.answer(f"{section}.{key}", value)
    assert fresh.missing()
    assert all(place.startswith(("payday.", "salescloud.")) for place in fresh.missing())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[payday\n", "answers.not_toml"),
        (b"\xff\xfe[\x00p\x00", "answers.not_utf8"),
        ("[payday]\nclient_id = 'þ'".encode("latin-1"), "answers.not_utf8"),
        (b"a = " + b"[" * 5000, "answers.not_toml"),
        (b"a = 1e999999999999", ""),
        (b"\x00", "answers.not_toml"),
        (b"\xef\xbb\xbf[payday]\r\nclient_id = '1'\r\n", ""),
        (b"", ""),
    ],
)
def test_what_is_no_toml(raw: bytes, code: str):
    if not code:
        parsed("file", raw)
        return
    with pytest.raises(SetupError) as caught:
        parsed("file", raw)
    assert caught.value.code == code
    assert caught.value.__cause__ is None or not isinstance(caught.value.__cause__, tomllib.TOMLDecodeError)


def test_a_line_is_named_and_its_content_is_not():
    with pytest.raises(SetupError) as caught:
        parsed("standard input", b'[payday]\nclient_secret = "abc\n')
    assert caught.value.params == {"file": "standard input", "line": "2"}
    assert "abc" not in str(caught.value.params)


def test_places_that_are_no_file(tmp_path: Path):
    for path, code in (
        (tmp_path, "answers.is_folder"),
        (tmp_path / "none", "answers.no_file"),
        (Path("bad\0name"), "answers.unreadable"),
    ):
        with pytest.raises(SetupError) as caught:
            read_file(str(path))
        assert caught.value.code == code


def test_a_megabyte_is_enough():
    with pytest.raises(SetupError) as caught:
        read_input(io.BytesIO(b"#" * (MOST_BYTES + 1)), "standard input")
    assert caught.value.code == "answers.too_big"


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("payday.client_id", 7, "answers.type"),
        ("payday.client_id", "short", "answers.pattern"),
        ("payday.client_id", "", "answers.empty"),
        ("payday.endpoint", True, "answers.type"),
        ("payday.endpoint", "http://payday.is", "address.not_https"),
        ("payday.endpoint", "https://user:word@payday.is", "address.user_info"),
        ("payday.nonsense", "x", "answers.unknown_key"),
        ("nonsense", "x", "answers.unknown_key"),
        ("settings.start_date", "yesterday", "answers.type"),
        ("settings.start_date", 20, "answers.type"),
        ("settings.grouping", "month", "answers.choice"),
        ("settings.rounding_limit", True, "answers.type"),
        ("settings.rounding_limit", "NaN", "answers.type"),
        ("settings.rounding_limit", "1e999999", "answers.type"),
        ("settings.schedule", "now and then", "answers.pattern"),
        ("mappings.payment_methods", "cash", "answers.type"),
        ("mappings.payment_methods", {"cash": 3420}, "answers.type"),
    ],
)
def test_a_wrong_answer(place: str, value: object, code: str):
    with pytest.raises(SetupError) as caught:
        Form(registry(), KIND).answer(place, value)
    assert caught.value.code == code


def test_all_that_is_wrong_is_said_and_nothing_is_made(empty: Bridge, tmp_path: Path):
    file = tmp_path / "answers.toml"
    file.write_text('[payday]\nclient_secret = "0123"\nclient_id = 7\n[other]\nx = 1\n', "utf-8")
    ended = empty("connect", KIND, "--answers", str(file))
    assert ended.code == 2
    assert ended.error == "answers.unknown_key"
    assert "is a secret" in ended.err
    assert "0123" not in ended.out + ended.err
    assert "must be text" in ended.err
    assert not empty.folder.exists()


def test_a_name_that_is_none(empty: Bridge, tmp_path: Path):
    file = tmp_path / "answers.toml"
    file.write_text("", "utf-8")
    ended = empty("connect", KIND, "--name", "../x", "--answers", str(file))
    assert (ended.code, ended.error) == (2, "bridge.bad_name")
