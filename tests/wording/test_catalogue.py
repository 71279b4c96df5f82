"""Translations: the surroundings choose, English is the fallback."""

from __future__ import annotations

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bridge_gui.wording.catalogue import DOMAIN, Catalogue, languages, load


def test_the_surroundings_choose():
    assert languages({"LANG": "is_IS.UTF-8"}) == ["is_IS"]
    assert languages({"LANGUAGE": "da:sv", "LANG": "en_GB.UTF-8"}) == ["da", "sv"]
    assert languages({"LC_ALL": "nb_NO.UTF-8@euro", "LANG": "C"}) == ["nb_NO"]
    assert languages({"LANG": "C.UTF-8"}) == []
    assert languages({}) == []


def test_english_where_there_is_no_catalogue():
    words = load(["xx_XX"])
    assert words.text("Sync now") == "Sync now"
    assert words.text("") == ""
    assert words.many("{count} document", "{count} documents", 1) == "1 document"
    assert words.many("{count} document", "{count} documents", 3) == "3 documents"
    assert words.many("{shown} row", "{shown} rows", 2000, shown="2.000") == "2.000 rows"


def test_a_catalogue_is_found_and_its_plural_forms_hold(tmp_path):
    catalog = Catalog(locale="is")
    catalog.add("Sync now", "Samstilla núna")
    catalog.add(("{count} document", "{count} documents"), ("{count} skjal", "{count} skjöl"))
    folder = tmp_path / "is" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalog)
    words = load(["is-IS"], tmp_path)
    assert words.text("Sync now") == "Samstilla núna"
    assert words.many("{count} document", "{count} documents", 21) == "21 skjal"
    assert words.many("{count} document", "{count} documents", 11) == "11 skjöl"
    assert words.text("Stop") == "Stop"


def test_a_text_is_filled_only_with_what_is_given():
    assert Catalogue().text("{a} and {b}", a=1) == "1 and …"
    assert Catalogue().text("100 % {sure}") == "100 % {sure}"
