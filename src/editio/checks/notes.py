"""Checks of notes: what calls them, and how they are numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.pointing import pointed_to
from editio.registry import Finding, check
from editio.tei import TEI, XML_ID, local_name

# Where notes stand that are called from elsewhere.
COLLECTIONS = frozenset(f"{TEI}{name}" for name in ("back", "standOff", "noteGrp", "listAnnotation"))
COLLECTING_DIVISIONS = frozenset({"notes", "endnotes", "footnotes", "note", "commentary", "annotations"})
NOTES = frozenset(f"{TEI}{name}" for name in ("note", "noteGrp", "app"))
LARGEST_GAP = 3


@check(
    Severity.WARNING,
    "let a ref or ptr, or the note's @target, say where the note belongs; or delete the note",
    '<note xml:id="n3">…</note>, while <ref target="#n1"/> calls the first note and nothing calls this one',
)
def note_without_anchor(document: Document, edition: Edition) -> Iterable[Finding]:
    """A note that is kept apart from the text is called from nowhere, while its neighbours are."""
    apart = [note for note in document.lookup.elements("note") if _is_apart(note)]
    if not apart:
        return
    called = pointed_to(document)
    lost = [
        note for note in apart if not note.get("target") and note.get(XML_ID) not in called and not note.get("corresp")
    ]
    if 2 * len(lost) < len(apart) or (len(apart) == 2 and len(lost) == 1):
        for note in lost:
            yield Finding(document.location(note), "nothing in the text calls this note")


@check(
    Severity.WARNING,
    "correct the pointer, or add the note",
    '<ref type="noteAnchor" target="#p3">4</ref>',
)
def anchor_without_note(document: Document, edition: Edition) -> Iterable[Finding]:
    """A place of the text calls a note, but there is none: its pointer leads to something else, or it has no pointer and
    no note points to it."""
    pointed: frozenset[str] | None = None
    for anchor in document.lookup.elements("ref", "ptr", "anchor"):
        kind = anchor.get("type", "").lower()
        if kind not in ("noteanchor", "note-anchor", "footnote", "endnote"):
            continue
        if pointed is None:
            pointed = pointed_to(document)
        if anchor.get(XML_ID) in pointed:
            continue
        target = anchor.get("target", "")
        if not target:
            if not any(child.tag in NOTES for child in anchor):
                yield Finding(document.location(anchor), "this place calls a note, but no note belongs to it")
            continue
        found = [one for pointer in target.split() for one in document.lookup.by_id.get(pointer.lstrip("#"), ())]
        if found and not any(_holds_note(one) for one in found):
            message = f"this place calls a note, but “{target}” is a {local_name(found[0])}"
            yield Finding(document.location(anchor), message)


@check(
    Severity.WARNING,
    "correct @n, or look whether a note is missing",
    '<note n="3">…</note> … <note n="3">…</note> … <note n="4">…</note>',
)
def note_out_of_sequence(document: Document, edition: Edition) -> Iterable[Finding]:
    """The number of a note is that of the note before it, or leaves one or two numbers out, in a row that otherwise counts
    on. A row that begins anew, on each page or in each chapter, is none."""
    rows: dict[tuple[str, ...], list[tuple[etree._Element, int]]] = {}
    grouped = {note for group in document.lookup.elements("noteGrp") for note in group}
    for note in document.lookup.elements("note"):
        number = note.get("n", "").strip("().[]*")
        if number.isascii() and number.isdigit() and len(number) < 6 and note not in grouped:
            key = (note.get("place", ""), note.get("type", ""), note.get("resp", ""))
            rows.setdefault(key, []).append((note, int(number)))
    for row in rows.values():
        yield from (Finding(document.location(note), message) for note, message in _breaks(row))


def _breaks(row: list[tuple[etree._Element, int]]) -> Iterator[tuple[etree._Element, str]]:
    """Notes whose number repeats or skips, where the numbers before and behind count on by one."""
    for at in range(1, len(row) - 1):
        (_, before), (note, number), (_, behind) = row[at - 1 : at + 2]
        counted = at < 2 or row[at - 2][1] == before - 1
        if not counted:
            continue
        # “1, 1, 2” is a page with one note and the next page
        if number == before and behind - before in ((2,) if number == 1 else (1, 2)):
            yield note, f"two notes in succession have the number {number}"
        elif 1 < number - before <= LARGEST_GAP and behind == number + 1:
            yield note, f"note {number} follows note {before}"


def _is_apart(note: etree._Element) -> bool:
    parent = note.getparent()
    if parent is None or not note.get(XML_ID):
        return False
    return parent.tag in COLLECTIONS or (
        parent.tag in (f"{TEI}div", f"{TEI}list") and parent.get("type", "").lower() in COLLECTING_DIVISIONS
    )


def _holds_note(element: etree._Element) -> bool:
    return element.tag in NOTES or next(element.iter(f"{TEI}note"), None) is not None or _stands_in_note(element)


def _stands_in_note(element: etree._Element) -> bool:
    if next(element.iterancestors(*NOTES), None) is not None:
        return True
    division = next(element.iterancestors(f"{TEI}div", f"{TEI}list", f"{TEI}back"), None)
    return division is not None and (
        division.tag == f"{TEI}back" or division.get("type", "").lower() in COLLECTING_DIVISIONS
    )
