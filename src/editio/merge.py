"""Decides what becomes of a converted document when its TEI file may have been edited by hand (promise 3).

What the machine wrote last is kept as base in ``.editio/base``; it belongs into version control
with the TEI. A file that differs from its base was edited: what the conversion changed since is merged into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from editio import codes, tei
from editio.diagnostics import Report
from editio.merging import threeway

BASE = Path(".editio/base")
NEW = Path(".editio/new")
DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)")

# Whether a document that was valid still is: its bytes before and after.
StaysValid = Callable[[bytes, bytes], bool]


class State(StrEnum):
    """What happens to a TEI file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept (edited by hand)"
    MERGED = "merged with your edits"
    CONFLICT = "merged with your edits, except for conflicts"
    NOT_MERGED = "kept (edited by hand; the source or settings changed too)"


@dataclass(frozen=True)
class Place:
    """The file of a document, with its base and the new version of a conflict."""

    file: Path
    base: Path
    new: Path


@dataclass(frozen=True)
class Plan:
    """What is to become of the files of a document: their new bytes; None leaves file and base, and lets no new version be."""

    state: State
    file: bytes | None = None
    base: bytes | None = None
    new: bytes | None = None


def place_of(root: Path, folder: str, id: str) -> Place:
    """Where a document of the project lies."""
    return Place(root / folder / f"{id}.xml", root / BASE / f"{id}.xml", root / NEW / f"{id}.xml")


def plan(place: Place, data: bytes, stays_valid: StaysValid, report: Report) -> Plan:
    """What to do with a converted document, its conflicts reported; nothing is written."""
    now, base = _bytes_of(place.file), _bytes_of(place.base)
    if now is None or now in (base, data):
        return Plan(State.UNCHANGED if now == data else State.WRITTEN, data, data)
    if data == base:
        return Plan(State.KEPT)
    try:
        merged = _merge(base, now, data, stays_valid)
    except tei.MalformedXml as error:
        report.add(codes.MALFORMED_TEI, report.place(place.file, error.line, error.column), error.message)
        return _not_merged(place, now, data, "your file is not well-formed XML", report)
    except Unmergeable as reason:
        return _not_merged(place, now, data, str(reason), report)
    for conflict in merged.conflicts:
        report.add(codes.MERGE_CONFLICT, report.place(place.file, conflict.line), _in_words(conflict))
    if merged.conflicts:
        return Plan(State.CONFLICT, merged.file, merged.base, data)
    return Plan(State.KEPT if merged.file == now else State.MERGED, merged.file, data)


def carry_out(place: Place, plan: Plan) -> None:
    """Write what was planned; the file before its base: ended in between, the file must not look edited by hand."""
    if plan.new is not None:
        tei.write_if_changed(place.new, plan.new)
    if plan.file is not None:
        tei.write_if_changed(place.file, plan.file)
    if plan.base is not None:
        tei.write_if_changed(place.base, plan.base)
    if plan.new is None:
        place.new.unlink(missing_ok=True)


def keep(place: Place) -> bool:
    """Settle all conflicts for the editor's file: the new version becomes the base. False if there is no conflict."""
    if not place.new.is_file():
        return False
    place.base.parent.mkdir(parents=True, exist_ok=True)
    place.new.replace(place.base)
    return True


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


# --- merging bytes ----------------------------------------------------------------------------


class Unmergeable(Exception):
    """Versions cannot be merged; the message says why."""


@dataclass(frozen=True)
class _Merged:
    file: bytes
    base: bytes
    conflicts: tuple[threeway.Conflict, ...]


def _merge(base: bytes | None, now: bytes, data: bytes, stays_valid: StaysValid) -> _Merged:
    tei.parse(now)
    if base is None or not _is_well_formed(base):
        raise Unmergeable("what was written last is not in .editio/base")
    text, encoding = _decoded(now)
    try:
        merged = threeway.merge(_decoded(base)[0], text, _decoded(data)[0])
    except threeway.CannotMerge:
        raise Unmergeable("too much changed on both sides") from None
    if merged.text == text:
        return _Merged(now, merged.base.encode(), merged.conflicts)
    file = merged.text.encode(encoding, "xmlcharrefreplace")
    if not _is_well_formed(file):
        raise Unmergeable("merged, they would not be well-formed XML")
    if _repeated_ids(file) - _repeated_ids(now):
        raise Unmergeable("merged, they would have the same xml:id twice")
    if not stays_valid(now, file):
        raise Unmergeable("merged, they would not be valid")
    return _Merged(file, merged.base.encode(), merged.conflicts)


def _is_well_formed(data: bytes) -> bool:
    try:
        tei.parse(data)
    except tei.MalformedXml:
        return False
    return True


def _decoded(data: bytes) -> tuple[str, str]:
    """A well-formed document as text, and the encoding that gives its bytes back."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    else:
        declared = DECLARED.match(data)
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    return data.decode(encoding), encoding


def _repeated_ids(data: bytes) -> set[str]:
    counts = Counter(str(id) for id in tei.parse(data).xpath("//@xml:id"))
    return {id for id, count in counts.items() if count > 1}


def with_change(now: bytes, before: str, after: str, stays_valid: StaysValid) -> bytes:
    """A file with the change from one serialisation of it to another, all else spelt as it was; may be Unmergeable."""
    text, encoding = _decoded(now)
    if before == after:
        return now
    if text == before:
        file = after.encode(encoding, "xmlcharrefreplace")
        if not stays_valid(now, file):
            raise Unmergeable("changed, it would not be valid")
        return file
    merged = _merge(before.encode(), now, after.encode(), stays_valid)
    if merged.conflicts:
        raise Unmergeable(_in_words(merged.conflicts[0]))
    return merged.file


# --- what is told -----------------------------------------------------------------------------


def _not_merged(place: Place, now: bytes, data: bytes, reason: str, report: Report) -> Plan:
    line = _first_difference(now, data)
    where = place.new.relative_to(report.root) if place.new.is_relative_to(report.root) else place.new
    report.add(
        codes.EDITED_AND_CHANGED,
        report.place(place.file, line),
        f"edited by hand, while the conversion now gives another text; not merged: {reason}; "
        f"the new version is {where}, line {line}",
    )
    return Plan(State.NOT_MERGED, new=data)


def _first_difference(one: bytes, other: bytes) -> int:
    lines = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((number for number, (a, b) in enumerate(lines, 1) if a != b), 1)


def _in_words(conflict: threeway.Conflict) -> str:
    yours, new = (f"“{side}”" if side else "nothing" for side in (conflict.yours, conflict.new))
    return f"you and the conversion changed the same place: yours {yours}, new {new}"
