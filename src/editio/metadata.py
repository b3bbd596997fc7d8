"""Reads metadata of documents from a table (CSV or JSON) and lays them below what edition.toml says of each document."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from editio import codes, tei
from editio.config import DOCUMENT_FIELDS, PROFILES, Settings, place_of_setting
from editio.diagnostics import Location, Report
from editio.files import read_file
from editio.misspelling import did_you_mean

DELIMITERS = ",;\t"
KEYS = ("id", "file")


@dataclass(frozen=True)
class Row:
    """What the table says of one document, and where."""

    id: str
    place: Location
    fields: Mapping[str, str]


@dataclass(frozen=True)
class _Record:
    """A row as it stands: its line, and its cells by the name of their column."""

    line: int
    cells: Mapping[str, str]


class _Malformed(Exception):
    """The table cannot be read, from this line on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


def with_metadata(root: Path, settings: Settings, report: Report) -> Settings:
    """The settings with what the table of ``[convert] metadata`` says of documents; edition.toml goes before it."""
    table = {row.id: dict(row.fields) for row in read_table(root, settings, report)}
    if not table:
        return settings
    ids = dict.fromkeys((*settings.documents, *table))
    documents = {id: {**table.get(id, {}), **settings.documents.get(id, {})} for id in ids}
    return msgspec.structs.replace(settings, documents=documents)


def read_table(root: Path, settings: Settings, report: Report) -> tuple[Row, ...]:
    """The rows of the table, one a document; whatever is wrong with it is reported."""
    name = settings.convert.metadata
    if not name:
        return ()
    place = report.place(root / name)
    if not (root / name).exists():
        report.add(
            codes.MISSING_FOLDER, place_of_setting(root, "convert.metadata"), f"there is no “{name}” in the project"
        )
        return ()
    try:
        text = _decoded(read_file(root / name))
        records = _json(text) if name.lower().endswith(".json") else _csv(text, place, report)
        return tuple(_rows(list(records), place, report))
    except OSError as error:
        report.add(codes.UNREADABLE_FILE, place, f"the file cannot be read: {error.strerror}")
    except _Malformed as fault:
        report.add(codes.MALFORMED_METADATA, Location(place.file, fault.line), fault.message)
    return ()


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Malformed(data.count(b"\n", 0, error.start) + 1, "the table is not UTF-8") from None


# --- CSV ---------------------------------------------------------------------------------------


def _csv(text: str, place: Location, report: Report) -> Iterator[_Record]:
    """The rows of CSV, whose first row names the columns."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    names: list[str] | None = None
    before = 0
    while True:
        try:
            cells = next(lines, None)
        except csv.Error as error:
            raise _Malformed(lines.line_num or before + 1, f"not CSV: {error}") from None
        if cells is None:
            break
        line, before = before + 1, lines.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = _columns(cells, Location(place.file, line), report)
            continue
        if any(cell.strip() for cell in cells[len(names) :]):
            message = f"the row has {len(cells)} cells, but there are {len(names)} columns"
            report.add(codes.ODD_METADATA, Location(place.file, line), message)
        yield _Record(line, {name: cell for name, cell in zip(names, cells, strict=False) if name})
    if names is None:
        raise _Malformed(1, "the table is empty")


def _delimiter(text: str) -> str:
    """The character between the columns, by the first row that says anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count)


def _columns(cells: Sequence[str], place: Location, report: Report) -> list[str]:
    """The names of the columns; empty for one that has none or that of another."""
    names = [_field(cell) for cell in cells]
    if not set(names) & set(KEYS):
        raise _Malformed(place.line, "no column is called “id” or “file”")
    for number, name in enumerate(names):
        if name in names[:number] and name:
            report.add(codes.ODD_METADATA, place, f"two columns are called “{name}”; the second one was left out")
            names[number] = ""
        elif not name and cells[number].strip():
            report.add(codes.ODD_METADATA, place, f"“{cells[number].strip()}” is not a name for a column")
    return names


def _field(name: str) -> str:
    """The name of a field as settings write it: lower case, hyphens between words."""
    return tei.xml_name(re.sub(r"[\s_]+", "-", name.strip().casefold()))


# --- JSON --------------------------------------------------------------------------------------


def _json(text: str) -> Iterator[_Record]:
    """The objects of JSON: a list of them, or an object that has them by their id."""
    try:
        found = json.loads(text, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        raise _Malformed(error.lineno, f"not JSON: {error.msg.lower()}") from None
    except (RecursionError, ValueError):
        raise _Malformed(1, "not JSON that a table can be made of") from None
    if isinstance(found, _Pairs):
        objects = [(id, value) for id, value in found.pairs]
    elif isinstance(found, list):
        objects = [("", value) for value in found]
    else:
        raise _Malformed(1, "the file holds neither a list of objects nor objects by id")
    at = 0
    for id, value in objects:
        if not isinstance(value, _Pairs):
            raise _Malformed(_line(text, at), "an entry is not an object with the fields of a document")
        cells = {_field(name): _words(one, _line(text, at)) for name, one in value.pairs}
        key = id or next((cells[name] for name in KEYS if cells.get(name)), "")
        here = max(at, text.find(json.dumps(key, ensure_ascii=False), at))
        yield _Record(_line(text, here), {"id": id, **cells} if id else cells)
        at = here + 1


class _Pairs:
    """The fields of an object in order, with those that stand twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        self.pairs = pairs


def _words(value: object, line: int) -> str:
    """A value as words; several are separated by semicolons."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list):
        return "; ".join(filter(None, (_words(one, line) for one in value)))
    raise _Malformed(line, "a field holds an object where words are wanted")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


# --- rows --------------------------------------------------------------------------------------


def _rows(records: Sequence[_Record], place: Location, report: Report) -> Iterator[Row]:
    lines: dict[str, int] = {}
    _report_columns(records, place, report)
    for record in records:
        here = Location(place.file, record.line)
        id = _id(record)
        if not id:
            report.add(codes.ODD_METADATA, here, "the row names no document")
        elif id in lines:
            report.add(codes.ODD_METADATA, here, f"line {lines[id]} is about the document “{id}” already")
        else:
            lines[id] = record.line
            yield Row(id, here, dict(_said(record, here, report)))


def _id(record: _Record) -> str:
    """The id of the document a row is about; a file is named with or without its folder and ending."""
    id = record.cells.get("id", "").strip()
    file = record.cells.get("file", "").strip().replace("\\", "/")
    return id or (tei.xml_name(PurePosixPath(file).stem) if file else "")


def _report_columns(records: Sequence[_Record], place: Location, report: Report) -> None:
    """Report fields that the header has no place for, once each."""
    first_line: dict[str, int] = {}
    for record in records:
        for name in record.cells:
            first_line.setdefault(name, record.line)
    for name in sorted(set(first_line) - DOCUMENT_FIELDS - set(KEYS) - {""}):
        message = f"“{name}” is not a field of the header; its words are notes there"
        report.add(
            codes.OTHER_COLUMN,
            Location(place.file, first_line[name]),
            message,
            did_you_mean(name, sorted(DOCUMENT_FIELDS)),
        )


def _said(record: _Record, place: Location, report: Report) -> Iterator[tuple[str, str]]:
    """The fields of a row that say anything."""
    for name, cell in record.cells.items():
        words = " ".join(cell.split())
        if not words or not name or name in KEYS:
            continue
        if tei.NOT_XML.search(words):
            report.add(codes.CONTROL_CHARACTER, place, "control character replaced by U+FFFD")
        if name == "profile" and words not in PROFILES:
            message = f"no profile “{words}”; there are {', '.join(PROFILES)}"
            report.add(codes.ODD_METADATA, place, message)
            continue
        yield name, tei.clean(words)
