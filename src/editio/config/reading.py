"""Reads edition.toml; every fault in it is a diagnostic with line and “did you mean”."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec

from editio import codes
from editio.config.places import FILE, line_of_setting
from editio.config.settings import DOCUMENT_FIELDS, EditionSettings, Settings, Struct
from editio.config.unusable import Fault, control_characters, unusable
from editio.config.wording import kind_fault, toml_fault
from editio.diagnostics import Diagnostic, Location, Refusal, Report, refuse
from editio.files import read_file
from editio.misspelling import did_you_mean

Table = Mapping[str, object]


def load(root: Path, report: Report) -> Settings:
    """Read edition.toml of the folder; unknown settings are reported, what cannot be read is refused."""
    text = _text(root)
    try:
        table = _Reading(text, report).known(tomllib.loads(text), Settings)
        settings = msgspec.convert(table, Settings)
    except tomllib.TOMLDecodeError as error:
        raise refuse(codes.MALFORMED_SETTINGS, *toml_fault(error)) from None
    except msgspec.ValidationError as error:
        raise refuse(codes.MALFORMED_SETTINGS, *kind_fault(error, text)) from None
    report.ignores = settings.ignores
    _refuse([*control_characters(table), *unusable(settings)], text, report)
    return settings


def of_folder(title: str) -> Settings:
    """The settings of a folder of TEI that has no edition.toml."""
    return Settings(edition=EditionSettings(title=title))


def _text(root: Path) -> str:
    path = root / FILE
    if not path.is_file():
        raise refuse(codes.NO_EDITION, Location(), f"there is no {FILE} in {root.resolve().name or root}")
    try:
        data = read_file(path)
    except OSError as error:
        raise refuse(codes.UNREADABLE_FILE, Location(FILE), f"the file cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(codes.MALFORMED_SETTINGS, Location(FILE, line), f"{FILE} is not UTF-8") from None


@dataclass(frozen=True)
class _Reading:
    """The text of edition.toml, and where what is wrong with it is reported."""

    text: str
    report: Report

    def known(self, value: object, kind: object, path: str = "") -> object:
        """A value with those settings only that its kind has; the others are reported."""
        if isinstance(value, list):
            inner = next(iter(get_args(kind)), None)
            return [self.known(one, inner, path) for one in value]
        if not isinstance(value, dict):
            return value
        if path == "documents":
            return {id: self._fields(fields, f"{path}.{id}") for id, fields in value.items()}
        if not (isinstance(kind, type) and issubclass(kind, Struct)):
            return value
        kinds = {field.name: field.type for field in msgspec.structs.fields(kind)}
        known = self._only(value, list(kinds), path)
        return {name: self.known(one, kinds[name], f"{path}.{name}" if path else name) for name, one in known.items()}

    def _fields(self, value: object, path: str) -> object:
        return self._only(value, sorted(DOCUMENT_FIELDS), path) if isinstance(value, dict) else value

    def _only(self, table: Table, names: list[str], path: str) -> Table:
        """The settings of a table that have one of these names."""
        for name in table:
            if name not in names:
                place = Location(FILE, line_of_setting(f"{path}.{name}" if path else name, self.text))
                what = f"“{name}” in [{path}]" if path else f"[{name}]"
                self.report.add(codes.UNKNOWN_SETTING, place, f"unknown setting {what}", did_you_mean(name, names))
        return {name: value for name, value in table.items() if name in names}


def _refuse(faults: Iterable[Fault], text: str, report: Report) -> None:
    """Refuse values that cannot be meant, all of them at once."""
    code = codes.MALFORMED_SETTINGS
    found = [Diagnostic(code, Location(FILE, line_of_setting(path, text)), words, code.cure) for path, words in faults]
    if found:
        report.extend(found[:-1])
        raise Refusal(found[-1])
