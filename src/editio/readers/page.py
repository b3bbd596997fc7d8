"""PAGE XML of all years, with the tags of Transkribus: regions in reading order, lines, tables."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from editio import codes, tei, transkribus
from editio.config import Settings
from editio.diagnostics import Location, Report
from editio.facsimile import NOWHERE, Cell, Line, Page, Region, Zones, draft, in_order
from editio.flat import Flat
from editio.model import Consumed, Draft, Run, Source, Surface, Text
from editio.registry import reader
from editio.tei import local_name
from editio.xmlsource import parse_source, root_of

TABLE = "TableRegion"
TEXT = "TextRegion"
PICTURES = frozenset("Image Graphic LineDrawing Chart Map Music Chem Maths Advert".split())
STRINGS = ("{*}Unicode", "{*}PlainText")


def is_page(head: str) -> bool:
    """Whether the beginning of a file is that of PAGE XML."""
    return root_of(head).name == "PcGts"


@reader(".xml", ".page", sniff=is_page, binary=True)
def read_page(source: Source, settings: Settings, report: Report) -> Draft:
    """A surface with zones, and a block for each region that has text."""
    root = parse_source(source)
    reading = _Reading(source, report)
    reading.collect(root)
    pages = [reading.page(node, number) for number, node in enumerate(root.iterchildren("{*}Page"), 1)]
    reading.report_faults()
    return draft(source, reading.flat, pages, reading.consumed)


@dataclass
class _Reading:
    """The reading of one file: its texts, and what was odd about it."""

    source: Source
    report: Report
    flat: Flat = field(default_factory=Flat)
    zones: Zones = field(init=False)
    # kept, so that an element is always the same object
    nodes: list[etree._Element] = field(default_factory=list)
    consumed: list[Consumed] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    outside: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.zones = Zones(self.source)

    def collect(self, root: etree._Element) -> None:
        """Enter every text of the file: of regions, lines, words and glyphs, and the words that tags bring."""
        for node in root.iter("{*}TextLine", *STRINGS):
            self.nodes.append(node)
            number = node.sourceline or 0
            if local_name(node) != "TextLine":
                self.flat.line(number)
                self.flat.add(node, tei.text_of(node))
                continue
            custom = node.get("custom", "")
            for key, tag in enumerate(transkribus.tags(custom) if transkribus.has_words(custom) else ()):
                if tag.beside:
                    self.flat.line(number)
                    self.flat.add((node, key), tag.beside[1])

    def page(self, node: etree._Element, number: int) -> Page:
        """One page, its regions in reading order."""
        size = node.get("imageWidth", ""), node.get("imageHeight", "")
        line = node.sourceline or 0
        surface = self.zones.surface(number, node.get("imageFilename", ""), *size, line, self.report)
        regions = [one for one in node.iter(etree.Element) if local_name(one).endswith("Region") and not _is_cell(one)]
        return Page(surface, tuple(self._region(regions[i], surface) for i in self._order(node, regions)))

    def report_faults(self) -> None:
        """Report what was odd, each kind once for the file."""
        self.zones.report(self.report)
        if self.differing:
            message = f"{len(self.differing)} regions or lines give another text than their lines or words, first here"
            self.report.add(codes.DIFFERING_TEXTS, Location(self.source.name, self.differing[0]), message)
        if self.outside:
            message = f"{len(self.outside)} lines have tags that reach beyond their text, first here"
            self.report.add(codes.TAG_OUTSIDE_LINE, Location(self.source.name, self.outside[0]), message)

    def _order(self, page: etree._Element, regions: list[etree._Element]) -> list[int]:
        """Indexes of the regions in reading order: what the page gives, else Transkribus, else that of the file."""
        order = page.find("{*}ReadingOrder")
        if order is None:
            return _by_index(regions)
        place = Location(self.source.name, order.sourceline or 0)
        return in_order([one.get("id", "") for one in regions], _references(order), place, self.report)

    def _region(self, node: etree._Element, surface: Surface) -> Region:
        kind = _kind(node)
        zone = self.zones.zone(surface, node.get("id", ""), _points(node), kind, node.sourceline or 0)
        cells = tuple(self._cell(cell, surface) for cell in _cells(node))
        return Region(kind, zone, self._lines(node, surface), cells)

    def _cell(self, node: etree._Element, surface: Surface) -> Cell:
        role = node.find("{*}Roles/{*}TableCellRole")
        row, column, rows, columns = _geometry(node if role is None else role)
        is_label = role is not None and role.get("header", "") in ("true", "1")
        zone = self.zones.zone(surface, node.get("id", ""), _points(node), "cell", node.sourceline or 0)
        return Cell(row, column, zone, self._lines(node, surface), rows, columns, is_label)

    # --- texts -----------------------------------------------------------------------------

    def _lines(self, region: etree._Element, surface: Surface) -> tuple[Line, ...]:
        """The lines of a region; where they have no text, the lines of the region's own text."""
        nodes = list(region.iterchildren("{*}TextLine"))
        lines = tuple(self._line(nodes[i], surface) for i in _by_index(nodes))
        whole = _chosen(region)
        if whole is None:
            return lines
        own = list(region.iterfind("{*}TextEquiv/*"))
        if any(line.plain.strip() for line in lines):
            self._compare(region, whole, "".join(line.plain for line in lines))
            self._leave(own, (), "page-repeated-text")
            return lines
        self._leave(own, (whole,), "page-other-reading")
        run = self.flat.run(whole, tei.text_of(whole))
        found = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", run.text)]
        return (*lines, *(Line(NOWHERE, (run.slice(*span),)) for span in found))

    def _line(self, node: etree._Element, surface: Surface) -> Line:
        zone = self.zones.zone(surface, node.get("id", ""), _points(node), "line", node.sourceline or 0)
        whole = _chosen(node)
        run = self._whole_line(node, whole) if whole is not None else None
        runs = [run] if run is not None else self._words(node)
        custom = node.get("custom", "")
        if not transkribus.speaks_of_words(custom):
            return Line(zone, tuple(runs))
        made = transkribus.tagged(Text(tuple(runs)), transkribus.tags(custom), self.flat, node)
        if made.reached_beyond:
            self.outside.append(node.sourceline or 0)
        return Line(zone, made.runs, carried=made.carried)

    def _whole_line(self, node: etree._Element, whole: etree._Element) -> Run:
        words = "".join(run.text for run in self._words(node, leaving=False))
        if words.strip():
            self._compare(node, whole, words)
        self._leave(node.iterfind("{*}TextEquiv/*"), (whole,), "page-other-reading")
        for finer in ("{*}Word", "{*}Glyph"):
            for one in node.iterchildren(finer):
                self._leave(one.iter(*STRINGS), (), "page-repeated-text")
        return self.flat.run(whole, re.sub(r"\s", " ", tei.text_of(whole)))

    def _words(self, node: etree._Element, leaving: bool = True) -> list[Run]:
        """The text of a line by its words, or by glyphs where a word has no text of its own."""
        runs: list[Run] = []
        for word in node.iterchildren("{*}Word"):
            whole = _chosen(word)
            glyphs = [one for glyph in word.iterchildren("{*}Glyph") if (one := _chosen(glyph)) is not None]
            taken = [whole] if whole is not None else glyphs
            if runs and taken:
                runs.append(Run(" ", runs[-1].end, runs[-1].end))
            runs += [self.flat.run(one, re.sub(r"\s", " ", tei.text_of(one))) for one in taken]
            if leaving:
                self._leave(word.iter(*STRINGS), taken, "page-repeated-text")
        return runs

    def _compare(self, node: etree._Element, whole: etree._Element, finer: str) -> None:
        """Remember that a text differs from that of its parts in more than white space."""
        if "".join(tei.text_of(whole).split()) != "".join(finer.split()):
            self.differing.append(node.sourceline or 0)

    def _leave(self, equivalents: Iterable[etree._Element], taken: Sequence[etree._Element], rule: str) -> None:
        """Enter texts as used up that say once more what another says."""
        for one in equivalents:
            if one not in taken and one in self.flat.spans:
                self.consumed.append(Consumed(*self.flat.spans[one], rule))


def _chosen(node: etree._Element) -> etree._Element | None:
    """The text of a region, line, word or glyph: the first reading by index, else the surest."""
    found: list[tuple[float, float, etree._Element]] = []
    for reading in node.iterchildren("{*}TextEquiv"):
        text = next((one for name in STRINGS for one in reading.iterchildren(name) if tei.text_of(one).strip()), None)
        if text is not None:
            found.append((_number(reading.get("index"), math.inf), -_number(reading.get("conf"), 0), text))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _number(text: str | None, otherwise: float) -> float:
    return float(text) if text and re.fullmatch(r"\d{1,9}(\.\d{1,20})?", text) else otherwise


def _points(node: etree._Element) -> str:
    """The corner points of a region or line: an attribute, or before 2013 elements of their own."""
    coordinates = node.find("{*}Coords")
    if coordinates is None:
        return ""
    given = coordinates.get("points", "")
    return given or " ".join(f"{one.get('x', '?')},{one.get('y', '?')}" for one in coordinates.iterchildren("{*}Point"))


def _kind(node: etree._Element) -> str:
    """What a region is: the type that a tag or the schema gives it; of other regions, what they are made of."""
    name = local_name(node)
    if name == TEXT:
        given = transkribus.structure_of(node.get("custom", "")) or node.get("type", "")
        return re.sub(r"[^\w.-]+", "-", given).strip("-") or "paragraph"
    plain = name.removesuffix("Region")
    return "figure" if plain in PICTURES else plain.lower()


def _is_cell(node: etree._Element) -> bool:
    """Whether a text region is the cell of a table (PAGE of 2019)."""
    parent = node.getparent()
    is_inside = parent is not None and local_name(parent) == TABLE
    return is_inside and node.find("{*}Roles/{*}TableCellRole") is not None


def _cells(node: etree._Element) -> list[etree._Element]:
    if local_name(node) != TABLE:
        return []
    return [one for one in node.iterchildren(etree.Element) if local_name(one) == "TableCell" or _is_cell(one)]


def _geometry(node: etree._Element) -> tuple[int, int, int, int]:
    """Row and column of a cell from 0, and how many of each it spans."""
    row, column = (
        int(_number(node.get(ours, node.get(theirs)), 0))
        for ours, theirs in (("row", "rowIndex"), ("col", "columnIndex"))
    )
    rows, columns = (max(1, int(_number(node.get(name), 1))) for name in ("rowSpan", "colSpan"))
    return row, column, rows, columns


def _by_index(nodes: Sequence[etree._Element]) -> list[int]:
    """Indexes of regions or lines as their own numbers have it, else as they stand."""
    own = [transkribus.index_of(node.get("custom", "")) for node in nodes]
    return sorted(range(len(nodes)), key=lambda i: (own[i] < 0, own[i]))


def _references(order: etree._Element) -> Iterator[str]:
    """The regions that a reading order names: ordered groups by index, unordered ones as they stand."""
    for node in sorted(order.iterchildren(etree.Element), key=lambda one: _number(one.get("index"), -1)):
        if reference := node.get("regionRef"):
            yield reference
        yield from _references(node)
