"""edition.toml as frozen structs; every fault in it is a diagnostic with line and “did you mean”."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from editio import codes
from editio.diagnostics import Ignore, Location, Report, refuse

FILE = "edition.toml"


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of edition.toml."""


class EditionSettings(Struct, frozen=True):
    """``[edition]``: what the edition says of itself."""

    title: str
    subtitle: str = ""
    description: str = ""
    publisher: str = ""
    date: str = ""
    licence: str = ""
    rights: str = ""
    address: str = ""
    language: str = "en"
    original_language: str = ""


class ConvertSettings(Struct, frozen=True):
    """``[convert]``: how sources become TEI."""

    sources: str = "sources"
    tei: str = "tei"
    encoding: str = "utf-8"
    brackets: str = ""
    rules_off: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    original_words: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()


class NamesSettings(Struct, frozen=True):
    """``[names]``: which registers the names are looked up in."""

    registers: str = "tei/registers"
    mark: bool = True
    dates: bool = True


class ValidateSettings(Struct, frozen=True):
    """``[validate]``: what counts as sound."""

    schema: str = ""


class HtmlSettings(Struct, frozen=True):
    """``[html]``: the web edition."""

    css: str = ""


class PrintSettings(Struct, frozen=True):
    """``[print]``: the book."""

    standards: tuple[str, ...] = ("a-3a", "ua-1")
    fonts: tuple[str, ...] = ()
    font_folder: str = ""


class IgnoreSettings(Struct, frozen=True):
    """``[[ignore]]``: one kind of problem that the editors accept, with their reason."""

    code: str
    reason: str
    file: str = ""


class Settings(Struct, frozen=True):
    """All of edition.toml."""

    edition: EditionSettings
    convert: ConvertSettings = ConvertSettings()
    names: NamesSettings = NamesSettings()
    validate: ValidateSettings = ValidateSettings()
    html: HtmlSettings = HtmlSettings()
    print: PrintSettings = PrintSettings()
    documents: dict[str, dict[str, str]] = {}
    ignore: tuple[IgnoreSettings, ...] = ()

    @property
    def ignores(self) -> tuple[Ignore, ...]:
        """The ``[[ignore]]`` tables as the report wants them."""
        return tuple(Ignore(one.code, one.reason, one.file) for one in self.ignore)


def load(root: Path, report: Report) -> Settings:
    """Read edition.toml of the folder; unknown settings are reported, what cannot be read is refused."""
    path = root / FILE
    if not path.is_file():
        raise refuse(codes.NO_EDITION, Location(), f"there is no {FILE} in {root}")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
        table = tomllib.loads(text)
    except UnicodeDecodeError:
        raise refuse(codes.MALFORMED_SETTINGS, Location(FILE), f"{FILE} is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        line, column = _position(str(error))
        message = re.sub(r" \(at .*\)$", "", str(error))
        message = message[:1].lower() + message[1:]
        raise refuse(codes.MALFORMED_SETTINGS, Location(FILE, line, column), message) from None
    table = _without_unknown(table, text, report)
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise refuse(codes.MALFORMED_SETTINGS, Location(FILE, _line_of(str(error), text)), _words(error)) from None
    report.ignores = settings.ignores
    return settings


def of_folder(title: str) -> Settings:
    """The settings of a folder of TEI that has no edition.toml."""
    return Settings(edition=EditionSettings(title=title))


def _without_unknown(table: dict[str, Any], text: str, report: Report) -> dict[str, Any]:
    known = {field.name: field.type for field in msgspec.structs.fields(Settings)}
    kept: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            _unknown(f"[{name}]", name, list(known), text, report)
        elif isinstance(value, dict) and isinstance(known[name], type) and issubclass(known[name], Struct):
            kept[name] = _known_fields(name, value, known[name], text, report)
        else:
            kept[name] = value
    return kept


def _known_fields(
    table: str, values: dict[str, Any], struct: type[Struct], text: str, report: Report
) -> dict[str, Any]:
    names = [field.name for field in msgspec.structs.fields(struct)]
    for name in values:
        if name not in names:
            _unknown(f"“{name}” in [{table}]", name, names, text, report)
    return {name: value for name, value in values.items() if name in names}


def _unknown(what: str, name: str, known: list[str], text: str, report: Report) -> None:
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean “{close[0]}”?" if close else f"known here: {', '.join(known)}"
    report.add(codes.UNKNOWN_SETTING, Location(FILE, _line_with(name, text)), f"unknown setting {what}", hint)


def _line_with(name: str, text: str) -> int:
    pattern = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(name)}\b")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 0)


def _position(message: str) -> tuple[int, int]:
    found = re.search(r"at line (\d+), column (\d+)", message)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _line_of(message: str, text: str) -> int:
    path = re.search(r"`\$\.([\w.]+)", message)
    return _line_with(path[1].rsplit(".", 1)[-1], text) if path else 0


def _words(error: msgspec.ValidationError) -> str:
    message = str(error).replace("Object missing required field", "required setting missing:")
    kinds = {
        "`str`": "a string",
        "`int`": "a number",
        "`bool`": "true or false",
        "`array`": "a list",
        "`object`": "a table",
    }
    for kind, words in kinds.items():
        message = message.replace(kind, words)
    message = re.sub(r" - at `\$\.?([^`]*)`", r" (in \1)", message)
    return message[:1].lower() + message[1:]
