"""The file to fill in: every question of a bridge as commented TOML."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bridge_gui.sync.form import Form, place_of
from bridge_gui.sync.specs import Field, FieldKind, Page, VendorSpec

Text = Callable[..., str]
WIDE = 100


def as_toml(form: Form, name: str, text: Text) -> str:
    """The questions as a TOML file that only has to be filled in."""
    blocks = [_head(form, name, text), *(_page(page, text) for page in form.spec.pages)]
    blocks += [_vendor(vendor, text) for vendor in form.vendors]
    blocks += [_settings(form, text), *_mappings(form, text)]
    return "\n".join("\n".join(block) + "\n" for block in blocks)


def as_data(form: Form, text: Text) -> dict[str, Any]:
    """The same questions as plain values."""
    endpoints = [
        {"place": f"{vendor.key}.endpoint", "kind": "text", "label": text("Address"), "default": "production"}
        for vendor in form.vendors
    ]
    asked = [_described(place, field, text) for place, field in form.fields().items()]
    return {"kind": form.spec.key, "title": text(form.spec.title), "questions": [*endpoints, *asked]}


def _described(place: str, asked: Field, text: Text) -> dict[str, Any]:
    return {
        "place": place,
        "kind": asked.kind.value,
        "label": text(asked.label),
        "help": text(asked.help),
        "required": asked.required,
        "default": asked.default,
        "choices": [{"key": one.key, "title": text(one.title)} for one in asked.choices],
        "pattern": asked.pattern,
    }


def _comment(words: str) -> list[str]:
    """Words as comment lines, their own line breaks kept."""
    lines: list[str] = []
    for line in words.splitlines():
        lines += textwrap.wrap(line, WIDE - 2, break_long_words=False) or [""]
    return [f"# {line}".rstrip() for line in lines]


def _head(form: Form, name: str, text: Text) -> list[str]:
    called = f" --name {json.dumps(name, ensure_ascii=False)}" if name else ""
    command = f"bridge-gui connect {form.spec.key}{called} --answers FILE.toml --secrets -"
    return [
        *_comment(text(form.spec.title)),
        "#",
        *_comment(text("Fill in what stands between quotation marks, save the file as UTF-8, then run:")),
        f"#   {command}",
        *_comment(text("Secrets do not belong in this file. They come on standard input, as TOML:")),
        *(f"#   {line}" for line in _secret_lines(form.vendors)),
    ]


def _secret_lines(vendors: Iterable[VendorSpec]) -> Iterator[str]:
    for vendor in vendors:
        secrets = [asked for asked in vendor.fields if asked.kind is FieldKind.SECRET]
        if secrets:
            yield f"[{vendor.key}]"
        for asked in secrets:
            yield f'{asked.key} = "..."'


def _page(page: Page, text: Text) -> list[str]:
    """What the wizard's page says, so that the file can be filled in without the window."""
    parts = [f"# {text(page.title)}".upper(), *_comment(text(page.text))]
    if page.menu:
        parts += ["#", *_comment(" > ".join(page.menu))]
    aside = f"{text(page.aside_title)} {text(page.aside)}" if page.aside else ""
    for more in (page.important, aside, page.copy, page.warning):
        if more:
            parts += ["#", *_comment(text(more))]
    return parts


def _vendor(vendor: VendorSpec, text: Text) -> list[str]:
    lines = [f"[{vendor.key}]"]
    names = ", ".join(f'"{name}"' for name in vendor.endpoints)
    lines += _comment(text("Address: {names}, or one that begins with https://.", names=names))
    lines.append('endpoint = "production"')
    redirects = vendor.oauth(vendor.endpoints["production"], {}).redirects if vendor.oauth else ()
    if redirects:
        told = text("Redirect addresses that your app at {vendor} has to know:", vendor=vendor.title)
        lines += ["", *_comment(told), *(f"#   {one}" for one in redirects)]
    for asked in vendor.fields:
        lines += ["", *_question(asked, text)]
    return lines


def _settings(form: Form, text: Text) -> list[str]:
    lines = ["[settings]"]
    for asked in form.settings():
        if asked.kind is not FieldKind.MAPPING:
            lines += [*_question(asked, text), ""]
    return lines[:-1]


def _mappings(form: Form, text: Text) -> Iterator[list[str]]:
    for asked in form.settings():
        if asked.kind is FieldKind.MAPPING:
            how = text("What has the same name on both sides is paired by itself; pair the others like this:")
            yield [f"[{place_of(asked)}]", *_about(asked, text), *_comment(how), '# "..." = "..."']


def _question(asked: Field, text: Text) -> list[str]:
    """The comments of one question and the line to fill in."""
    lines = _about(asked, text)
    if asked.kind is FieldKind.SECRET:
        told = text("A secret: it comes on standard input (--secrets -), never in this file.")
        return [*lines, *_comment(told), f"# {asked.key}"]
    if asked.kind is FieldKind.SIGN_IN:
        told = text("Asked at the vendor's own page: the command prints its address.")
        return [*lines, *_comment(told), f"# {asked.key}"]
    left_out = not asked.required and asked.default is None
    return [*lines, f"{'# ' if left_out else ''}{asked.key} = {_value(asked)}"]


def _about(asked: Field, text: Text) -> list[str]:
    needed = "" if asked.required and asked.default is None else text(" (may be left out)")
    lines = _comment(f"{text(asked.label)}{needed}")
    for more in (text(asked.help), text(asked.wrong)):
        lines += _comment(more)
    for choice in asked.choices:
        hint = f" {text(choice.hint)}" if choice.hint else ""
        lines += _comment(f'- "{choice.key}": {text(choice.title)}.{hint}')
    return lines


def _value(asked: Field) -> str:
    """The default as TOML, or an empty text to fill in."""
    default = asked.default or ""
    if asked.kind is FieldKind.NUMBER and default:
        return default
    if asked.kind is FieldKind.FLAG and default:
        return "true" if default == "yes" else "false"
    return json.dumps(default, ensure_ascii=False)
