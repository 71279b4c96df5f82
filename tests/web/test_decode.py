from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from bridge_gui.errors import OutcomeUnknown, VendorChanged
from bridge_gui.web.answer import Answer
from bridge_gui.web.decode import Id, decode, decode_written, exact_json
from bridge_gui.web.paging import PageGuard


class Row(msgspec.Struct):
    amount: Decimal
    name: str = ""


class Sheet(msgspec.Struct):
    rows: list[Row]
    by: dict[str, Row] = {}


@pytest.mark.parametrize(
    "digits",
    ["54000.0", "1117.15", "0.1", "-0.005", "12345678901234567890.123456789", "1e3", '"7.10"', "1117"],
)
def test_decimals_arrive_digit_by_digit(digits):
    got = decode(b'{"amount":' + digits.encode() + b"}", Row, vendor="Toy").amount
    assert got == Decimal(digits.strip('"'))
    assert str(got) == str(Decimal(digits.strip('"')))


def test_unknown_fields_a_byte_order_mark_and_an_answer_are_taken():
    body = b'\xef\xbb\xbf{"amount":1,"new":[{}]}'
    source = Answer(status=200, url="https://toy.example/a", headers={}, body=body)
    assert decode(source, Row, vendor="Toy") == Row(Decimal(1))


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b'{"rows":[{"amount":1},{"name":"x"}]}', "$.rows[1]"),
        (b'{"rows":[{"amount":true}]}', "$.rows[0].amount"),
        (b'{"rows":[{"amount":1,"name":5}]}', "$.rows[0].name"),
        (b'{"rows":[],"by":{"secret-key":{}}}', "$.by[...]"),
        (b"{}", "$"), (b"[]", "$"), (b"null", "$"), (b'"rows"', "$"),
    ],
)  # fmt: skip
def test_what_is_missing_or_of_another_type_is_named_by_its_path(body, path):
    with pytest.raises(VendorChanged) as caught:
        decode(body, Sheet, vendor="Toy")
    assert caught.value.code == "vendor.changed"
    assert caught.value.params == {"vendor": "Toy", "path": path}
    assert caught.value.__context__ is None
    with pytest.raises(VendorChanged):
        decode_written(body, Sheet, vendor="Toy")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "net.empty"), (b" \r\n", "net.empty"), (b"<!DOCTYPE html>", "net.html"), (b"\n <html>", "net.html"),
        (b'{"rows":[', "net.not_json"), (b"Not Found", "net.not_json"), (b'{"rows":[]} x', "net.not_json"),
        (b'{"rows":[{"amount":1,"name":"\xff"}]}', "net.not_json"), (b"NaN", "net.not_json"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_at_all_has_codes_of_its_own(body, code):
    with pytest.raises(VendorChanged) as caught:
        decode(body, Sheet, vendor="Toy")
    assert (caught.value.code, caught.value.params) == (code, {"vendor": "Toy"})
    with pytest.raises(OutcomeUnknown) as doubt:
        decode_written(body, Sheet, vendor="Toy")
    assert doubt.value.params["why"] == code


def test_a_page_seen_before_ends_the_loop():
    guard = PageGuard("Toy")
    guard.see(["1", "2"])
    guard.see(["12"])
    guard.see(b"[1]")
    with pytest.raises(VendorChanged) as caught:
        guard.see(["1", "2"])
    assert (caught.value.code, caught.value.params) == ("vendor.page_repeats", {"vendor": "Toy", "page": 4})


def test_pages_that_never_end_end():
    guard = PageGuard("Toy", most=3)
    for number in range(3):
        guard.see([str(number)])
    with pytest.raises(VendorChanged, match=r"vendor\.page_repeats"):
        guard.see(["3"])


DEEP = b"[" * 20_000 + b"]" * 20_000


def test_an_answer_nested_too_deeply_is_no_bug_but_no_answer():
    with pytest.raises(VendorChanged, match=r"net\.not_json"):
        decode(b'{"amount": 1, "new": ' + DEEP + b"}", Row, vendor="Toy")
    with pytest.raises(OutcomeUnknown):
        decode_written(DEEP, list, vendor="Toy")
    with pytest.raises(ValueError, match="recursion"):
        exact_json(DEEP)


@pytest.mark.parametrize(
    "digits", ["1e999999999", "-1e-999999", '"1e999999999"', '"NaN"', '"-Infinity"', "1e24", "9" * 25]
)
def test_a_number_that_fills_the_memory_when_written_out_is_never_handed_on(digits):
    for body in (b'{"rows": [{"amount": %b}]}', b'{"rows": [], "by": {"a": {"amount": %b}}}'):
        with pytest.raises(VendorChanged) as caught:
            decode(body % digits.encode(), Sheet, vendor="Toy")
        assert caught.value.code == "vendor.changed"


def test_what_only_looks_like_a_monstrous_number_is_a_text():
    body = b'{"amount": 1, "name": "1e999999999"}'
    assert decode(body, Row, vendor="Toy").name == "1e999999999"


@pytest.mark.parametrize("body", ["1e999999999", "[NaN]", "-Infinity", "9" * 30, '"\\ud800"', "[", ""])
def test_json_without_a_shape_is_as_strict(body):
    with pytest.raises(ValueError):
        exact_json(body.encode())


def test_json_without_a_shape_is_exact():
    assert exact_json(b'\xef\xbb\xbf{"a": [0.10, 7, "\\ud83d\\ude00"]}') == {
        "a": [Decimal("0.10"), 7, "\U0001f600"]
    }


def test_an_id_is_never_blank():
    class Thing(msgspec.Struct):
        id: Id

    assert decode(b'{"id": "a 1"}', Thing, vendor="Toy").id == "a 1"
    for blank in ("", "  ", "\t"):
        with pytest.raises(VendorChanged, match=r"vendor\.changed"):
            decode(msgspec.json.encode({"id": blank}), Thing, vendor="Toy")
