"""Any body becomes one readable, bounded line without a secret in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_gui.vendors.uniconta.said import LONGEST, words
from bridge_gui.web.redact import Redactor

SECRET = 'hemme"ligt/kode&ord'
HIDE = Redactor(SECRET).text

PAGE = (
    b"<!DOCTYPE html><html><head><title>500</title><style>p{}</style></head><body><h1>Server Error</h1>"
    b"<script>alert(1)</script><p>Kontoen &aelig;r l&aring;st</p></body></html>"
)


def told(body) -> str:
    return words(body if isinstance(body, bytes) else json.dumps(body).encode(), HIDE)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", ""),
        (b"   \r\n", ""),
        (b"KeyExists", "KeyExists"),
        ("KeyExists", "KeyExists"),
        (12, "12"),
        (None, ""),
        ({}, ""),
        ([], ""),
        ({"Message": "Feltet Gruppe skal udfyldes", "StackTrace": "at Uniconta.X"}, "Feltet Gruppe skal udfyldes"),
        ({"message": "An error", "exceptionMessage": "Key exists"}, "An error; Key exists"),
        ({"error": {"code": "500", "message": {"lang": "en", "value": "Not found"}}}, "Not found; 500"),
        ({"odata.error": {"code": "", "message": {"lang": "en-US", "value": "Bad filter"}}}, "Bad filter"),
        ({"errors": {"Account": ["Account is too long"]}, "title": "Wrong"}, "Wrong; Account: Account is too long"),
        ({"Err": 31, "ErrorProperty": "Group", "ErrorValue": None}, "31; Group"),
        ({"Foo": {"Bar": "et eller andet"}}, "Bar: et eller andet"),
        ([{"message": "one"}, {"message": "one"}, {"message": "two"}], "one; two"),
        (b'\xef\xbb\xbf"KeyExists"', "KeyExists"),
        (b"{not json", "{not json"),
        (b'{"a": NaN}', '{"a": NaN}'),
        ("<html>".encode("utf-16"), ""),
        ("Blank\u202e felt\x00\x07!".encode(), "Blank felt !"),
        (
            PAGE,
            "Server Error Kontoen ær låst",
        ),
        (b"<m:error xmlns:m='x'><m:code/><m:message xml:lang='da'>Forkert filter</m:message></m:error>", "Forkert filter"),
    ],
)  # fmt: skip
def test_the_words_of_a_body(body, said):
    assert told(body) == said


@pytest.mark.parametrize(
    "body",
    [
        f"Fejl for {SECRET}".encode(),
        {"Message": f"pass {SECRET}"},
        f"<p>{SECRET.replace('&', '&amp;').replace(chr(34), '&quot;')}</p>".encode(),
        {"token": SECRET, "x": "a"},
        [SECRET],
        f"{'x ' * 40_000}{SECRET}".encode(),
        f"<p>{'<b></b>' * 9362}{SECRET}</p>".encode(),
    ],
)
def test_no_secret_comes_out(body):
    said = told(body)
    assert SECRET not in said
    assert SECRET[:8] not in said
    assert len(said) <= LONGEST


def test_a_long_text_is_cut():
    assert len(told("x" * 5000)) == LONGEST
    assert told({"Message": "y" * 400}).endswith("…")


@given(st.binary(max_size=400))
def test_any_bytes_are_survived(body):
    said = told(body)
    assert len(said) <= LONGEST
    assert all(sign.isprintable() or sign == " " for sign in said) or not said.isascii()
    assert "\n" not in said


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_survived(value):
    assert len(told(value)) <= LONGEST


def test_deep_nesting_is_survived():
    assert told(b"[" * 100_000) != "x"
    assert told({"error": {"error": {"error": {"error": {"error": {"error": {"error": "deep"}}}}}}}) == ""
