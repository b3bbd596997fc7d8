"""ALTO 2 to 4: text blocks in the order of the file or of its reading order, words with their styles, hyphens told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from lxml import etree

from editio import tei
from editio.config import Settings
from editio.diagnostics import Location, Report
from editio.facsimile import Line, Page, Region, Zones, box, draft, in_both, in_order
from editio.flat import Flat, hi
from editio.model import Draft, Mark, Run, Source, Surface, Zone
from editio.registry import reader
from editio.tei import local_name
from editio.xmlsource import parse_source, root_of

MARGINS = {
    "TopMargin": "header",
    "BottomMargin": "footer",
    "LeftMargin": "marginalia",
    "RightMargin": "marginalia",
}
# What kind of region a tag of a block says (SegmOnto and the words of PAGE).
KINDS = {
    "margintextzone": "marginalia",
    "numberingzone": "page-number",
    "runningtitlezone": "header",
    "quiremarkszone": "signature-mark",
    "dropcapitalzone": "drop-capital",
    "footnotezone": "footnote",
    "pagenumber": "page-number",
    **{
        kind: kind
        for kind in (
            "heading header footer page-number marginalia footnote endnote signature-mark catch-word drop-capital"
        ).split()
    },
}
STYLES = {
    "bold": "bold",
    "italics": "italic",
    "underline": "underline",
    "superscript": "superscript",
    "subscript": "subscript",
    "smallcaps": "small-caps",
    "strikethrough": "strikethrough",
}
NAMES = {"person": "persName", "place": "placeName", "location": "placeName", "organization": "orgName"}
ONLY_NUMBER = re.compile(r"\W*(?:\d{1,5}|[ivxlcIVXLC]{1,9})\W*")


def is_alto(head: str) -> bool:
    """Whether the beginning of a file is that of ALTO."""
    return root_of(head).name == "alto"


@reader(".xml", ".alto", sniff=is_alto, binary=True)
def read_alto(source: Source, settings: Settings, report: Report) -> Draft:
    """A surface for each page, and a block for each text block."""
    root = parse_source(source)
    reading = _Reading(root, source, report)
    pages = [reading.page(node, number) for number, node in enumerate(root.iterfind("{*}Layout/{*}Page"), 1)]
    reading.zones.report(report)
    return draft(source, reading.flat, pages)


@dataclass
class _Reading:
    """The reading of one file: its texts, and what its blocks and words refer to."""

    root: etree._Element
    source: Source
    report: Report
    flat: Flat = field(default_factory=Flat)
    zones: Zones = field(init=False)
    labels: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    # keeps the lines, so that each is always the same object
    texts: dict[etree._Element, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.zones = Zones(self.source)
        self.image = next(
            (tei.text_of(one) for one in self.root.iterfind(".//{*}sourceImageInformation/{*}fileName")), ""
        )
        unit = self.root.find("{*}Description/{*}MeasurementUnit")
        self.in_pixels = unit is None or tei.text_of(unit).strip() in ("", "pixel")
        self._collect()
        for tag in self.root.iterfind("{*}Tags/*"):
            id, label = tag.get("ID", ""), tag.get("LABEL", "") or tag.get("TYPE", "")
            self.labels[id] = label
            name = NAMES.get(tag.get("TYPE", "").casefold())
            if local_name(tag) == "NamedEntityTag" and name:
                self.marks[id] = Mark(name)
        for style in self.root.iterfind("{*}Styles/{*}TextStyle"):
            for mark in _style(style.get("FONTSTYLE", "")):
                self.marks[style.get("ID", "")] = mark
        self.marked = bool(self.marks) or b"STYLE=" in self.source.data

    def _collect(self) -> None:
        """Enter the text of every line."""
        for node in self.root.iter("{*}TextLine", "{*}String", "{*}HYP"):
            parent = node.getparent()
            if parent is None or local_name(node) == "TextLine" or local_name(parent) != "TextLine":
                self.flat.line(node.sourceline or 0)
                self.texts[node] = "".join(text for text, _ in _pieces(node))
                self.flat.add(node, self.texts[node])

    def page(self, node: etree._Element, number: int) -> Page:
        """One page, its blocks in reading order."""
        size = node.get("WIDTH", ""), node.get("HEIGHT", "")
        surface = self.zones.surface(number, self.image, *size, node.sourceline or 0, self.report)
        surface = replace(surface, unit="px" if self.in_pixels else "")
        blocks = list(_blocks(node))
        return Page(surface, tuple(self._region(blocks[i], surface) for i in self._order(blocks)))

    def _order(self, blocks: Sequence[etree._Element]) -> list[int]:
        """Indexes of the blocks of a page in the reading order, if the file has one."""
        ids = [block.get("ID", "") for block in blocks]
        named = (one.get("REF", "") for one in self.root.iterfind(".//{*}ReadingOrder//{*}ElementRef"))
        known = set(ids)
        return in_order(ids, [id for id in named if id in known], Location(self.source.name), self.report)

    def _region(self, node: etree._Element, surface: Surface) -> Region:
        kind = self._kind(node)
        zone = self._zone(node, surface, kind)
        lines = tuple(self._line(one, surface) for one in node.iterchildren("{*}TextLine", "{*}String", "{*}HYP"))
        if kind in ("header", "footer") and ONLY_NUMBER.fullmatch(" ".join(line.plain for line in lines)):
            kind = "page-number"
        return Region(kind, replace(zone, type=kind), lines)

    def _kind(self, node: etree._Element) -> str:
        """What a block is: by its tags, else by the margin it stands in."""
        for id in node.get("TAGREFS", "").split():
            label = re.split(r"[:#]", self.labels.get(id, "").casefold())[0]
            if label in KINDS:
                return KINDS[label]
        if local_name(node) in ("Illustration", "GraphicalElement"):
            return "figure"
        areas = (MARGINS.get(local_name(one)) for one in node.iterancestors())
        return next((kind for kind in areas if kind), "paragraph")

    def _zone(self, node: etree._Element, surface: Surface, type: str) -> Zone:
        polygon = node.find("{*}Shape/{*}Polygon")
        rectangle = (node.get(name, "") for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        points = box(*rectangle) if polygon is None else polygon.get("POINTS", "")
        return self.zones.zone(surface, node.get("ID", ""), points, type, node.sourceline or 0)

    def _line(self, node: etree._Element, surface: Surface) -> Line:
        words = list(node.iterchildren("{*}String", "{*}HYP"))
        last = words[-1] if words else node
        divided = local_name(last) == "HYP" or last.get("SUBS_TYPE") == "HypPart1"
        return Line(self._zone(node, surface, "line"), tuple(self._runs(node)), divided)

    def _runs(self, node: etree._Element) -> Iterator[Run]:
        """The text of a line as runs of words under the same marks; a space is under those of both its neighbours."""
        start, end = self.flat.spans[node]
        if not self.marked:
            if start < end:
                yield self.flat.run(node, self.texts[node])
            return
        pieces = [(text, self._marks(one) if one is not None else None) for text, one in _pieces(node)]
        last: tuple[Mark, ...] = ()
        under: list[tuple[str, tuple[Mark, ...]]] = []
        for (text, marks), (_, following) in zip(pieces, [*pieces[1:], ("", None)], strict=True):
            under.append((text, in_both(last, following or ()) if marks is None else marks))
            last = marks or ()
        for marks, group in groupby(under, key=lambda one: one[1]):
            text = tei.clean("".join(one for one, _ in group))
            if text:
                yield Run(text, start, start + len(text), marks)
                start += len(text)

    def _marks(self, word: etree._Element) -> tuple[Mark, ...]:
        """The elements around a word: the name it is tagged as, its styles."""
        ids = f"{word.get('TAGREFS', '')} {word.get('STYLEREFS', '')}".split()
        own = (*(self.marks[id] for id in ids if id in self.marks), *_style(word.get("STYLE", "")))
        return tuple(dict.fromkeys(own))


def _blocks(page: etree._Element) -> Iterator[etree._Element]:
    """What stands on a page in the order of the file: text blocks, pictures, and whatever else holds lines."""
    seen: set[etree._Element] = set()
    for node in page.iter("{*}TextBlock", "{*}Illustration", "{*}GraphicalElement", "{*}TextLine"):
        block = node.getparent() if local_name(node) == "TextLine" else node
        if block is not None and block not in seen:
            seen.add(block)
            yield block


def _pieces(node: etree._Element) -> Iterator[tuple[str, etree._Element | None]]:
    """The words and hyphens of a line, and the spaces between them, which have no element to answer for them."""
    if local_name(node) != "TextLine":
        yield node.get("CONTENT", ""), node
        return
    has_spaces = node.find("{*}SP") is not None
    before: etree._Element | None = None
    space = False
    for child in node.iterchildren("{*}String", "{*}SP", "{*}HYP"):
        content = child.get("CONTENT")
        if content is None:  # SP
            space = True
            continue
        if before is not None and (space or not (has_spaces or local_name(child) == "HYP")):
            yield " ", None
        yield content, child
        before, space = child, False


def _style(words: str) -> tuple[Mark, ...]:
    rend = " ".join(STYLES[word] for word in words.casefold().split() if word in STYLES)
    return (hi(rend),) if rend else ()
