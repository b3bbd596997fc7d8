"""Knows the footnotes, endnotes and comments of a Word document, and how Word numbers them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from editio.ooxml.numbers import shown
from editio.ooxml.parts import Package, W, child, number, value

KINDS = {"footnote": "foot", "endnote": "end"}
FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}
# Lines between text and notes, which documents keep among the notes.
SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass
class Notes:
    """The notes of one kind by their ids; ``count`` is the number of the last one read in the text."""

    kind: str
    part: str = ""
    nodes: dict[str, etree._Element] = field(default_factory=dict)
    separators: list[etree._Element] = field(default_factory=list)
    roots: list[etree._Element] = field(default_factory=list)
    settings: tuple[etree._Element, ...] = ()
    sections: tuple[etree._Element, ...] = ()
    section: int = 0
    count: int = 0
    seen: dict[str, str] = field(default_factory=dict)

    def next_number(self) -> str:
        """The number shown at the next note."""
        first = number(self._said("numStart"), 1)
        self.count = self.count + 1 if self.count else first
        return shown(self.count, self._said("numFmt") or FORMATS[self.kind])

    def begin_section(self) -> None:
        """A new section begins, with which the numbers may begin again."""
        self.section += 1
        if self._said("numRestart") == "eachSect":
            self.count = 0

    def _said(self, name: str) -> str:
        """What the section's settings of notes say, else the document's."""
        here = self.sections[self.section : self.section + 1]
        places = [child(one, f"{self.kind}Pr") for one in (*here, *self.settings)]
        return next((said for place in places if (said := value(place, name))), "")


def read_notes(kind: str, package: Package, sections: tuple[etree._Element, ...]) -> Notes:
    """The notes of a kind: ``footnote``, ``endnote`` or ``comment``."""
    settings = package.part("settings")
    found = Notes(kind, settings=(settings,) if settings is not None else (), sections=sections)
    for part, root in package.related(f"{kind}s"):
        found.part = part
        found.roots.append(root)
        for node in root.iter(f"{W}{kind}"):
            if node.get(f"{W}type") in SEPARATORS or node.get(f"{W}id", "") in found.nodes:
                found.separators.append(node)
            else:
                found.nodes[node.get(f"{W}id", "")] = node
    return found


def sections_of(document: etree._Element) -> tuple[etree._Element, ...]:
    """The properties of the sections of a document in order."""
    return tuple(
        one for one in document.iter(f"{W}sectPr") if next(one.iterancestors(f"{W}sectPrChange"), None) is None
    )
