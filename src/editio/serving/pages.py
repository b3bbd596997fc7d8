"""Which file of a folder an address names: regular files only, no links, nothing outside, nothing hidden."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True)
class Page:
    """What an address names: a status, and with it a file and its type, or where to go instead."""

    status: int
    path: Path = Path()
    type: str = ""
    location: str = ""


def page_at(folder: Path, address: str) -> Page:
    """The file of a folder that the path of a URL names; of a folder in it, its index.html."""
    names = [part for part in unquote(address, errors="replace").split("/") if part]
    status = _status(folder, names)
    path = folder.joinpath(*names)
    mode = _mode(path) if status == 200 else None
    if mode is not None and stat.S_ISDIR(mode):
        if not address.endswith("/"):
            return Page(301, location="/" + quote("/".join(names)) + "/")
        return page_at(folder, f"{address}index.html")
    if status == 200 and (mode is None or not stat.S_ISREG(mode)):
        return Page(404)
    return Page(status, path, TYPES.get(path.suffix.lower(), "application/octet-stream"))


def _status(folder: Path, names: Sequence[str]) -> int:
    """Whether what the names lead to may be shown: not if a step is hidden, a link, or no name at all."""
    if any(name.startswith(".") or re.search(r"[\\:\0]", name) for name in names):
        return 403
    for number in range(len(names) + 1):
        mode = _mode(folder.joinpath(*names[:number]))
        if mode is None or stat.S_ISLNK(mode):
            return 404 if mode is None else 403
    return 200


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except (OSError, ValueError):
        return None
