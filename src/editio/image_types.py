"""Knows pictures by their first bytes, and which endings their files have."""

from __future__ import annotations

import re
from pathlib import Path

ENDINGS = {
    "PNG": frozenset({".png"}),
    "JPEG": frozenset({".jpg", ".jpeg", ".jpe", ".jfif"}),
    "GIF": frozenset({".gif"}),
    "WebP": frozenset({".webp"}),
    "TIFF": frozenset({".tif", ".tiff"}),
    "SVG": frozenset({".svg"}),
    "JPEG 2000": frozenset({".jp2", ".jpx", ".j2k", ".jpf"}),
    "PDF": frozenset({".pdf"}),
}
BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"%PDF-", "PDF"),
)
HEAD = 4096
SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<(?:\w+:)?svg[\s>/]", re.S
)


def type_of_ending(path: Path) -> str:
    """The type that a file's ending promises; empty for an ending that is none of a picture."""
    return next((name for name, endings in ENDINGS.items() if path.suffix.lower() in endings), "")


def type_of_bytes(head: bytes) -> str:
    """The type that the first bytes of a file show; empty for none of ours."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    found = next((name for beginning, name in BEGINNINGS if head.startswith(beginning)), "")
    return found or ("SVG" if SVG.match(head) else "")
