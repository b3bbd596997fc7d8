"""Decides what becomes of a converted document when its TEI file may have been edited by hand (promise 3).

What the machine wrote last is kept as base in ``.editio/base``; it belongs into version control
with the TEI. A file that differs from its base was edited and is never overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from editio import codes, tei
from editio.diagnostics import Report

BASE = Path(".editio/base")
NEW = Path(".editio/new")


class State(StrEnum):
    """What happened to a TEI file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept (edited by hand)"
    CONFLICT = "kept (edited by hand; the source or settings changed too)"


@dataclass(frozen=True)
class Place:
    """The file of a document, with its base and the new version of a conflict."""

    file: Path
    base: Path
    new: Path


def place_of(root: Path, folder: str, id: str) -> Place:
    """Where a document of the project lies."""
    return Place(root / folder / f"{id}.xml", root / BASE / f"{id}.xml", root / NEW / f"{id}.xml")


def lay_down(place: Place, data: bytes, report: Report) -> State:
    """Write a converted document unless its file was edited; then report a conflict if the conversion changed too."""
    now = place.file.read_bytes() if place.file.is_file() else None
    base = place.base.read_bytes() if place.base.is_file() else None
    if now is None or now in (base, data):
        # the file before its base: ended in between, the file must not look edited by hand
        state = State.WRITTEN if tei.write_if_changed(place.file, data) else State.UNCHANGED
        tei.write_if_changed(place.base, data)
        place.new.unlink(missing_ok=True)
        return state
    if data == base:
        place.new.unlink(missing_ok=True)
        return State.KEPT
    tei.write_if_changed(place.new, data)
    line = _first_difference(now, data)
    where = place.new.relative_to(report.root) if place.new.is_relative_to(report.root) else place.new
    report.add(
        codes.EDITED_AND_CHANGED,
        report.place(place.file, line),
        f"edited by hand, while the conversion now gives another text; the new version is {where}, line {line}",
    )
    return State.CONFLICT


def keep(place: Place) -> bool:
    """Settle a conflict for the editor's file: the new version becomes the base. False if there is no conflict."""
    if not place.new.is_file():
        return False
    place.base.parent.mkdir(parents=True, exist_ok=True)
    place.new.replace(place.base)
    return True


def _first_difference(one: bytes, other: bytes) -> int:
    lines = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((number for number, (a, b) in enumerate(lines, 1) if a != b), 1)
