"""What the reading of one Word document shares: its parts, styles, lists, notes, and where its characters go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from lxml import etree

from editio import codes
from editio.config import Settings
from editio.diagnostics import Code, Report
from editio.flat import Flat
from editio.model import Consumed, Mark, Run, Source
from editio.ooxml.notes import Notes
from editio.ooxml.numbers import Numbering
from editio.ooxml.parts import Package, W, child, own_text, value
from editio.ooxml.styles import Styles
from editio.ooxml.texts import INSTRUCTIONS, PARAGRAPH, TEXTS, Key, keys_in, texts_of

# What may stand in an address as it is (RFC 3986); brackets do so in IPv6 hosts only.
SAFE_IN_ADDRESS = "%:/?#@!$&'()*+,;=~-._"
PLACES = re.compile(r'(?:\b(?:NOTE|PAGE)?REF|\\l)\s+(?:"([^"]*)"|(\S+))')
# Places that Word makes for itself, and that a table of contents points to.
OWN_PLACES = frozenset({"_top", "top", "_goback"})


@dataclass
class Context:
    """The state of the reading of one document."""

    source: Source
    settings: Settings
    report: Report
    package: Package
    styles: Styles
    numbering: Numbering
    notes: dict[str, Notes]
    flat: Flat
    language: str = ""
    anchors: dict[str, str] = field(default_factory=dict)
    consumed: list[Consumed] = field(default_factory=list)
    furniture: dict[str, list[Run]] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    anchored: set[str] = field(default_factory=set)
    at: int = 0

    def run(self, key: Key, marks: tuple[Mark, ...] = ()) -> Run:
        """The run of a text; a line end of the XML is a space."""
        start, end = self.flat.spans[key]
        self.at = end
        return Run(self.source.text[start:end].replace("\n", " ").replace("\r", " "), start, end, marks)

    def consume(self, key: Key, rule: str, kept: str = "") -> None:
        """Enter a text as used up by a rule."""
        start, end = self.flat.spans[key]
        self.consumed.append(Consumed(start, end, rule, kept))

    def consume_all(self, root: etree._Element, rule: str) -> None:
        """Enter all texts in an element as used up by a rule."""
        for key in keys_in(root):
            self.consume(key, rule)

    def set_aside(self, name: str, run: Run) -> None:
        """Keep a run for the header, among what is no part of the text."""
        self.furniture.setdefault(name, []).append(run)

    def set_all_aside(self, name: str, root: etree._Element) -> None:
        """Keep all texts in an element for the header; instructions of fields are used up."""
        for node in root.iter(PARAGRAPH, *TEXTS):
            if node.tag == PARAGRAPH:
                self.set_aside(name, Run(" ", self.at, self.at))
            for key, _ in texts_of(node) if node.tag != PARAGRAPH else ():
                if node.tag in INSTRUCTIONS:
                    self.consume(key, "docx-field")
                else:
                    self.set_aside(name, self.run(key))
                if isinstance(key, tuple):
                    self.set_aside(name, Run(" ", self.at, self.at))
        self.set_aside(name, Run("\n", self.at, self.at))

    def say(self, code: Code, message: str) -> None:
        """Report something about the document where the reading is."""
        self.report.add(code, self.source.location(self.at), message)

    def place(self, bookmark: str) -> str:
        """The pointer to a bookmark; empty if there is none, which is reported."""
        if bookmark in self.anchors:
            return f"#{self.anchors[bookmark]}"
        if bookmark and bookmark.casefold() not in OWN_PLACES:
            self.say(codes.MISSING_BOOKMARK, f"a link leads to the bookmark “{bookmark}”, which is not in the document")
        return ""


def address(written: str) -> str:
    """An address as a pointer may have it: without spaces, odd characters as %XX; empty for one that is none."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", re.sub(r"[\x00-\x20\x7f]+", "%20", written.strip()))
    before, mark, behind = quote(text, safe=SAFE_IN_ADDRESS).partition("#")
    host = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?[^/?#:]*(?::(?P<port>[^/?#]*))?", before)
    scheme = re.match(r"([^/?#:]*):", before)
    if scheme and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme[1]):
        return ""
    if host and not re.fullmatch(r"\d*", host["port"] or ""):
        return ""
    return before + mark + behind.replace("#", "%23")


def anchors_of(roots: Iterable[etree._Element], styles: Styles, taken: set[str]) -> dict[str, str]:
    """The ids of those bookmarks that something outside of tables of contents refers to, by their names."""
    wanted: set[str] = set()
    names: dict[str, None] = {}
    for root in roots:
        names |= dict.fromkeys(node.get(f"{W}name", "") for node in root.iter(f"{W}bookmarkStart"))
        wanted |= set(_places_wanted(root, styles))
    ids: dict[str, str] = {}
    for name in names:
        if name not in wanted or not name:
            continue
        id = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip(".-")
        id = id if re.match(r"[A-Za-z_]", id) else f"place-{id}".rstrip("-")
        while id in taken:
            id += "-1"
        taken.add(id)
        ids[name] = id
    return ids


def _places_wanted(root: etree._Element, styles: Styles) -> Iterable[str]:
    written: dict[etree._Element | None, str] = {}
    for node in root.iter(f"{W}hyperlink", f"{W}instrText", f"{W}fldSimple"):
        paragraph = next(node.iterancestors(f"{W}p"), None)
        if styles.paragraph(value(paragraph, "pPr/pStyle")).contents or _is_generated(node):
            continue
        if node.tag == f"{W}hyperlink":
            yield node.get(f"{W}anchor", "")
        else:
            written[paragraph] = written.get(paragraph, "") + node.get(f"{W}instr", "") + own_text(node)
    for instructions in written.values():
        for match in PLACES.finditer(instructions):
            yield match[1] or match[2] or ""


def _is_generated(node: etree._Element) -> bool:
    """Whether an element stands in what Word makes from the document, such as a table of contents."""
    return any(child(one, "sdtPr/docPartObj") is not None for one in node.iterancestors(f"{W}sdt"))
