"""What an editor wants to know of the registers and names of an edition at a glance, as text, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editio.checks.registers import needs_coordinates
from editio.diagnostics import Diagnostic, Report, printable
from editio.documents import find_documents, read_documents
from editio.model import Edition, Entry
from editio.registers.cells import formula_safe
from editio.registers.mentions import Mentions, gather
from editio.registers.table import geo_of
from editio.reports.text import line_of
from editio.scanning.tables import columns, cut
from editio.validate import validate_together
from editio.validating.examination import ask_checks

# The codes whose lists the overview has itself.
LISTED = frozenset({"unmentioned-entry", "unlinked-name", "one-name-two-entries", "place-without-coordinates"})
# How many columns of a terminal a cell takes at most.
WIDEST = 80


@dataclass(frozen=True)
class Overview:
    """The entries with how often they are mentioned, the names without entry, and what the checks found besides."""

    entries: tuple[Entry, ...]
    mentions: Mentions
    without_coordinates: tuple[str, ...]
    faults: tuple[Diagnostic, ...]

    @property
    def mentioned(self) -> list[Entry]:
        """Entries with a mention, the most mentioned first."""
        found = [entry for entry in self.entries if self.mentions.of[entry.id].count]
        return sorted(found, key=lambda entry: (-self.mentions.of[entry.id].count, entry.id))

    @property
    def unmentioned(self) -> list[Entry]:
        """Entries that no document mentions."""
        return [entry for entry in self.entries if not self.mentions.of[entry.id].count and not entry.same_as]


def overview(edition: Edition, report: Report) -> Overview:
    """The overview of an edition; documents that cannot be read are reported."""
    documents = (
        *read_documents(find_documents(edition.root / edition.settings.convert.tei), report),
        *edition.registers,
    )
    found = Report(edition.root, report.ignores)
    for register in edition.registers:
        ask_checks(register, edition, found)
    validate_together(documents, edition, found)
    places = [entry for entry in edition.entries.values() if needs_coordinates(entry)]
    return Overview(
        tuple(edition.entries.values()),
        gather(documents, edition),
        tuple(entry.id for entry in places if geo_of(entry.element) is None),
        tuple(one for one in found if one.code.stage == "check" and one.code.name not in LISTED),
    )


# --- for people ---------------------------------------------------------------------------------------


def as_text(found: Overview) -> str:
    """Tables with headings, those that would be empty left out."""
    return "\n".join(line.rstrip() for line in _lines(found)) + "\n"


def _lines(found: Overview) -> Iterator[str]:
    yield f"{len(found.entries)} {'entry' if len(found.entries) == 1 else 'entries'}, {len(found.mentioned)} of them mentioned"
    counts = [
        (str(_count(found, one)), str(len(found.mentions.of[one.id].documents)), one.kind, one.id, one.name)
        for one in found.mentioned
    ]
    yield from _table("Entries by mentions", ("mentions", "documents", "kind", "id", "name"), counts)
    silent = [(one.kind, one.id, one.name) for one in found.unmentioned]
    yield from _table("Entries mentioned nowhere", ("kind", "id", "name"), silent)
    unlinked = [(str(one.count), str(len(one.documents)), one.kind, one.words) for one in found.mentions.unlinked]
    yield from _table("Names that point to no entry", ("times", "documents", "kind", "name"), unlinked)
    shared = [(words, ", ".join(ids)) for words, ids in found.mentions.shared.items()]
    yield from _table("Names of several entries", ("name", "entries"), shared)
    yield from _table("Places without coordinates", ("id",), [(id,) for id in found.without_coordinates])
    if found.faults:
        yield from ("", "Faults", *(line_of(fault) for fault in found.faults))


def _count(found: Overview, entry: Entry) -> int:
    return found.mentions.of[entry.id].count


def _table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    shown = [headers, *([cut(printable(cell), WIDEST) for cell in row] for row in rows)]
    widths = [max(columns(row[at]) for row in shown) for at in range(len(headers))]
    yield from ("", f"{title}: {len(rows)}")
    for row in shown:
        yield "  " + "  ".join(cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))


# --- for programs -------------------------------------------------------------------------------------


def as_json(found: Overview) -> str:
    """The same with all documents, two spaces deep."""
    entries = [
        {
            "id": entry.id,
            "kind": entry.kind,
            "name": entry.name,
            "file": entry.file,
            "mentions": _count(found, entry),
            "documents": list(found.mentions.of[entry.id].documents),
            "words": dict(found.mentions.of[entry.id].words.most_common()),
        }
        for entry in found.entries
    ]
    unlinked = [
        {"name": one.words, "kind": one.kind, "mentions": one.count, "documents": dict(one.documents)}
        for one in found.mentions.unlinked
    ]
    faults = [
        {"code": one.code.name, "file": one.location.file, "line": one.location.line, "message": one.message}
        for one in found.faults
    ]
    shared = {words: list(ids) for words, ids in found.mentions.shared.items()}
    whole = {
        "entries": entries,
        "unlinked": unlinked,
        "shared": shared,
        "without_coordinates": list(found.without_coordinates),
        "faults": faults,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_csv(found: Overview) -> str:
    """One table: a row for each entry and each name without one; a name's id is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("id", "kind", "name", "mentions", "documents"))
    rows = [
        (one.id, one.kind, one.name, _count(found, one), len(found.mentions.of[one.id].documents))
        for one in found.entries
    ]
    rows += [("", one.kind, one.words, one.count, len(one.documents)) for one in found.mentions.unlinked]
    writer.writerows([formula_safe(str(cell)) for cell in row] for row in rows)
    return out.getvalue()


FORMATS = {"text": as_text, "json": as_json, "csv": as_csv}
