"""What parsers find wrong with edition.toml, in an editor's words and with its place."""

from __future__ import annotations

import re
import tomllib
from itertools import islice
from typing import get_args, get_type_hints

import msgspec

from editio.config.places import FILE, line_of_setting
from editio.config.settings import Settings
from editio.diagnostics import Location

NO_CHOICE = re.compile(r"Invalid enum value '(?P<value>.*)' - at `\$\.(?P<path>[\w.]+)`", re.S)


def toml_fault(error: tomllib.TOMLDecodeError) -> tuple[Location, str]:
    """Where and why a text is not TOML."""
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    message = re.sub(r" \(at .*\)$", "", str(error))
    place = Location(FILE, int(found[1]), int(found[2])) if found else Location(FILE)
    return place, message[:1].lower() + message[1:]


def kind_fault(error: msgspec.ValidationError, text: str) -> tuple[Location, str]:
    """Which setting has a value of the wrong kind, or is missing."""
    return Location(FILE, _line_of(str(error), text)), _words(str(error))


def _line_of(message: str, text: str) -> int:
    one = re.search(r"`\$\.([\w.]+)\[(\d+)\]", message)
    tables = re.finditer(rf"(?m)^[ \t]*\[\[\s*{re.escape(one[1])}\s*\]\]", text) if one else iter(())
    table = next(islice(tables, int(one[2]), None), None) if one else None
    if table:
        return text.count("\n", 0, table.start()) + 1
    path = re.search(r"`\$\.([\w.]+)", message)
    return line_of_setting(path[1], text) if path else 0


def _words(message: str) -> str:
    if found := NO_CHOICE.fullmatch(message):
        values = ", ".join(f"“{value}”" for value in _choices(found["path"]))
        return f"{found['path']} is “{found['value']}”; it must be one of {values}"
    message = message.replace("Object missing required field", "required setting missing:")
    kinds = {
        "`str`": "a string",
        "`int`": "a number",
        "`bool`": "true or false",
        "`array`": "a list",
        "`object`": "a table",
    }
    for kind, words in kinds.items():
        message = message.replace(kind, words)
    message = re.sub(r" - at `\$\.([\w.]+)\[(\d+)\](?:\.(\w+))?`", _table_in_words, message)
    message = re.sub(r" - at `\$\.?([^`]*)`", r" (in \1)", message)
    return message[:1].lower() + message[1:]


def _choices(path: str) -> tuple[str, ...]:
    """The words that a setting may be."""
    kind: object = Settings
    for name in path.split("."):
        kind = get_type_hints(kind).get(name)
    return tuple(map(str, get_args(kind)))


def _table_in_words(found: re.Match[str]) -> str:
    """Which of several tables of one name is meant, counted as people count."""
    setting = f"“{found[3]}” of " if found[3] else ""
    return f" (in {setting}[[{found[1]}]] number {int(found[2]) + 1})"
