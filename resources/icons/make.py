"""Draw the program's icon at every size from bridge.svg: `.venv/bin/python resources/icons/make.py`."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).parent
PNG = 256
ICO = (16, 24, 32, 48, 64, 256)
ICNS = {b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}


def draw(size: int) -> bytes:
    """The icon as a PNG of `size` by `size` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(HERE / "bridge.svg")).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows no str for the format
    return bytes(buffer.data().data())


def ico(sizes: tuple[int, ...]) -> bytes:
    """Windows' container: a directory of 16 bytes an image, then the PNGs."""
    pictures = [draw(size) for size in sizes]
    offset = 6 + 16 * len(sizes)
    directory = struct.pack("<HHH", 0, 1, len(sizes))
    for size, picture in zip(sizes, pictures, strict=True):
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return directory + b"".join(pictures)


def icns(sizes: dict[bytes, int]) -> bytes:
    """Apple's container: each PNG behind its type and length."""
    body = b"".join(kind + struct.pack(">I", len(p := draw(size)) + 8) + p for kind, size in sizes.items())
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main() -> None:
    """Write the three files beside the drawing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    (HERE / "bridge.png").write_bytes(draw(PNG))
    (HERE / "bridge.ico").write_bytes(ico(ICO))
    (HERE / "bridge.icns").write_bytes(icns(ICNS))


if __name__ == "__main__":
    main()
