"""How far an edition is encoded: of its names, entries, dates and notes, how many say what they could say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from editio import tei
from editio.config import FILE
from editio.diagnostics import Report
from editio.documents import Shelf
from editio.kinds import KINDS
from editio.model import Document, Edition
from editio.registers.mentions import gather, texts_of

# What says when a date is.
DATING = ("when", "notBefore", "notAfter", "from", "to", "when-custom", "when-iso", "from-iso", "to-iso")
NAMED = {f"{tei.TEI}{name}" for name in ("persName", "placeName", "orgName", "eventName")}
DATE, NOTE, BODY = f"{tei.TEI}date", f"{tei.TEI}note", f"{tei.TEI}text"


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def percent(self) -> int:
        """The part in hundredths, never rounded to all or nothing where it is neither; all of nothing is all."""
        if not self.whole:
            return 100
        return min(max(round(100 * self.part / self.whole), int(self.part > 0)), 99 + int(self.part == self.whole))


@dataclass(frozen=True)
class OfDocument:
    """One document: its names with an entry, its dates that say when, and how many notes it has."""

    names: Share
    dates: Share
    notes: int


@dataclass(frozen=True)
class Coverage:
    """An edition: its title, its documents by file, names by element, entries that are mentioned by kind."""

    title: str
    documents: dict[str, OfDocument]
    names: dict[str, Share]
    entries: dict[str, Share]

    @property
    def dates(self) -> Share:
        """Of all dates, those that say when."""
        return sum((one.dates for one in self.documents.values()), Share())

    @property
    def notes(self) -> Share:
        """Of all documents, those with notes."""
        return Share(sum(one.notes > 0 for one in self.documents.values()), len(self.documents))


def coverage(edition: Edition, paths: Sequence[Path], report: Report) -> Coverage:
    """The coverage of these documents; what cannot be read was reported when they were checked."""
    documents = Shelf(paths, report.root)
    mentions = gather(documents, edition)
    entries: Counter[str] = Counter(entry.kind for entry in edition.entries.values())
    mentioned: Counter[str] = Counter(entry.kind for entry in edition.entries.values() if mentions.of[entry.id].count)
    names: Counter[str] = Counter()
    linked: Counter[str] = Counter()
    of_documents: dict[str, OfDocument] = {}
    for document in texts_of(documents, edition):
        found = _names(document)
        names.update({kind: share.whole for kind, share in found.items()})
        linked.update({kind: share.part for kind, share in found.items()})
        of_documents[document.name] = _of_document(document, found)
    return Coverage(
        _title(edition),
        of_documents,
        {kind: Share(linked[kind], names[kind]) for kind in sorted(names)},
        {kind: Share(mentioned[kind], entries[kind]) for kind in KINDS if entries[kind]},
    )


def _title(edition: Edition) -> str:
    """The title of an edition; a folder of somebody else's TEI has none, only a name."""
    if (edition.root / FILE).is_file():
        return edition.settings.edition.title
    return f"TEI files in “{edition.root.resolve().name or '/'}”"


def _names(document: Document) -> dict[str, Share]:
    """The names of a document's text by element, and those of them that point to somebody."""
    found: dict[str, Share] = {}
    for node in _in_text(document, *NAMED):
        name = etree.QName(node).localname
        found[name] = found.get(name, Share()) + Share(int(bool(node.get("ref") or node.get("key"))), 1)
    return found


def _of_document(document: Document, names: dict[str, Share]) -> OfDocument:
    dates = [any(node.get(name) for name in DATING) for node in _in_text(document, DATE)]
    return OfDocument(
        sum(names.values(), Share()), Share(sum(dates), len(dates)), sum(1 for _ in _in_text(document, NOTE))
    )


def _in_text(document: Document, *tags: str) -> list[etree._Element]:
    return [node for text in document.root.iterchildren(BODY) for node in text.iter(*tags)]
