"""The registers as a CSV file: written for spreadsheets, read back from them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from editio import codes
from editio.diagnostics import Diagnostic, Location, Refusal, Report, printable, refuse
from editio.kinds import KINDS
from editio.model import Edition
from editio.registers.cells import Unreadable, formula_safe, without_apostrophe
from editio.registers.table import HEADERS, Row, headers_of, row_of
from editio.registers.writing import Changes

BOM = "\ufeff"
LONGEST_CELL = 1_000_000
LARGEST = 64 * 2**20
# How many unknown columns a message names.
MOST_NAMED = 10


@dataclass(frozen=True)
class Imported:
    """What a table changed: ids of entries, and names of files."""

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def export(edition: Edition, kinds: Collection[str] = (), bom: bool = False) -> str:
    """The entries of some kinds (default: all) as CSV, a row each, in the order of the registers."""
    wanted = [kind for kind in KINDS if not kinds or kind in kinds]
    headers = headers_of(wanted)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n" if bom else "\n")
    writer.writerow(headers)
    for kind in wanted:
        for entry in edition.entries.values():
            if entry.kind == kind:
                row = row_of(entry.element)
                writer.writerow([formula_safe(row.get(header, "")) for header in headers])
    return (BOM if bom else "") + out.getvalue()


def read_table(path: Path, report: Report) -> bytes | None:
    """The bytes of a table, which may be no larger than 64 MB: all of it is held at once, and what it changes."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        report.add(codes.UNREADABLE_FILE, Location(str(path)), f"the table cannot be read: {error.strerror}")
        return None
    if len(data) > LARGEST:
        report.add(codes.TOO_LARGE_TABLE, Location(str(path)), f"the table is larger than {LARGEST // 2**20} MB")
        return None
    return data


def import_table(edition: Edition, data: bytes, file: str, prune: bool, report: Report) -> Imported:
    """Change the registers to what a table says: all of it, or nothing if a row cannot be.

    Entries that the table has no row for stay, unless ``prune``: then those of the kinds it speaks of are deleted.
    """
    rows = _Import(edition, Changes(edition))
    for line, row in _rows(data, file, report):
        place = Location(file, line)
        try:
            rows.take(row, place)
        except Unreadable as fault:
            report.add(codes.UNUSABLE_ROW, place, str(fault))
        except Refusal as refusal:
            report.extend([refusal.diagnostic])
    return Imported() if report.failed() else rows.written(prune)


@dataclass
class _Import:
    """What the rows of a table that were taken so far come to."""

    edition: Edition
    changes: Changes
    changed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)

    def take(self, row: Row, place: Location) -> None:
        """Add or change the entry of a row."""
        kind, is_new = _kind(row, self.edition)
        self.kinds.add(kind)
        id = row.get("id", "")
        if id in self.lines and id:
            raise Unreadable(f"the id “{id}” stands in line {self.lines[id]} already")
        self.lines[id] = place.line
        if is_new:
            self.changes.refuse_repetition({**row, "kind": kind}, place)
            self.added.append(self.changes.add({**row, "kind": kind}))
        elif self.changes.change(id, row):
            self.changed.append(id)

    def written(self, prune: bool) -> Imported:
        """Write all; what the registers have of these kinds and the table has not is deleted, or kept."""
        entries = self.edition.entries.values()
        missing = tuple(one.id for one in entries if one.kind in self.kinds and one.id not in self.lines)
        for id in missing if prune else ():
            self.changes.delete(id)
        written = self.changes.write()
        deleted, kept = (missing, ()) if prune else ((), missing)
        return Imported(tuple(self.changed), tuple(self.added), deleted, kept, written)


def _kind(row: Row, edition: Edition) -> tuple[str, bool]:
    """The kind of the entry of a row, and whether it is a new one."""
    id, written = row.get("id", ""), row.get("kind", "").strip()
    kind = written.casefold().removesuffix("s")
    known = edition.entries.get(id)
    if kind and kind not in KINDS:
        raise Unreadable(f"“{written}” is not a kind of entry: write {', '.join(KINDS)}")
    if known is None:
        if not kind:
            raise Unreadable(f"a new entry needs a kind in the column “kind”: {', '.join(KINDS)}")
        return kind, True
    if kind and kind != known.kind:
        raise Unreadable(f"“{id}” is a {known.kind} in {known.file}, not a {kind}; ids are those of the whole edition")
    return known.kind, False


# --- reading ------------------------------------------------------------------------------------------


def _rows(data: bytes, file: str, report: Report) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table by their columns, each with the line it begins in; empty rows left out."""
    text = _decoded(data, file)
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=lambda mark: (first.count(mark), mark == ","))
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    headers: list[str] = []
    try:
        for cells in reader:
            if not headers:
                headers = _headers(cells, file, report)
            elif any(cell.strip() for cell in cells):
                yield line, _row(headers, cells, Location(file, line), report)
            line = reader.line_num + 1
    except csv.Error as fault:
        raise refuse(codes.UNREADABLE_TABLE, Location(file, line), f"the table is not CSV: {fault}") from None
    if not headers:
        raise refuse(codes.UNREADABLE_TABLE, Location(file), "the table is empty")


def _decoded(data: bytes, file: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise refuse(codes.UNREADABLE_TABLE, Location(file, line), "the table is not UTF-8") from None
    # a hint that Excel leaves and takes
    text = re.sub(r"\Asep=.\r?\n", "", text)
    if "\0" in text:
        raise refuse(codes.UNREADABLE_TABLE, Location(file), "the table holds binary data")
    return text


def _headers(cells: list[str], file: str, report: Report) -> list[str]:
    headers = [" ".join(cell.split()).casefold() for cell in cells]
    place = Location(file, 1)
    if "id" not in headers and "name" not in headers:
        raise refuse(codes.UNREADABLE_TABLE, place, "the first line names neither a column “id” nor “name”")
    for header in headers:
        if header and headers.count(header) > 1:
            raise refuse(codes.UNREADABLE_TABLE, place, f"two columns are called “{printable(header)}”")
    unknown = [f"“{header}”" for header in headers if header and header not in HEADERS]
    if unknown:
        named = ", ".join(unknown[:MOST_NAMED]) + (f" … ({len(unknown)} in all)" if len(unknown) > MOST_NAMED else "")
        report.add(codes.UNKNOWN_COLUMN, place, f"registers have no column {named}; not imported")
    return headers


def _row(headers: list[str], cells: list[str], place: Location, report: Report) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(headers) :]):
        message = f"the row has {len(cells)} cells, but the table {len(headers)} columns"
        report.extend([Diagnostic(codes.UNUSABLE_ROW, place, message, codes.UNUSABLE_ROW.cure)])
    pairs = zip(headers, cells, strict=False)
    row = {header: " ".join(without_apostrophe(cell).split()) for header, cell in pairs if header in HEADERS}
    return row
