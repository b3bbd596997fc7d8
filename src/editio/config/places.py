"""Where in edition.toml a setting stands."""

from __future__ import annotations

import re
from pathlib import Path

from editio.diagnostics import Location
from editio.files import read_file

FILE = "edition.toml"


def place_of_setting(root: Path, path: str) -> Location:
    """Where a setting (``table.name``) or table stands in edition.toml of a folder."""
    try:
        return Location(FILE, line_of_setting(path, read_file(root / FILE).decode("utf-8")))
    except OSError:
        return Location(FILE)


def line_of_setting(path: str, text: str) -> int:
    """The line of a setting, looked for in its own table first."""
    table, _, name = path.rpartition(".")
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        here = header[1].replace('"', "") if header else here
        if (here == path and header) or (here == table and re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", line)):
            return number
    return _line_with(name, text)


def _line_with(name: str, text: str) -> int:
    pattern = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(name)}\b")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 0)
