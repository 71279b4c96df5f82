"""A form with one file in it, as browsers send it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/]')


class Form(NamedTuple):
    """A body and its media type."""

    body: bytes
    media_type: str


def form_of(fields: Mapping[str, str], name: str, content: bytes, media_type: str) -> Form:
    """Fields first, then the file; the boundary is made from the content and is not found inside it."""
    boundary = _boundary(content)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{safe_name(name)}"\r\n'
        f"Content-Type: {media_type}\r\n\r\n"
    )
    body = "".join([*parts, head]).encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return Form(body, f"multipart/form-data; boundary={boundary}")


def safe_name(name: str) -> str:
    """A file's name without what could end its header or lead to another folder."""
    return _UNSAFE.sub("_", name)


def _boundary(content: bytes) -> str:
    boundary = sha256(content).hexdigest()
    while boundary.encode() in content:
        boundary = sha256(boundary.encode()).hexdigest()
    return boundary
