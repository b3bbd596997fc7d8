"""hOCR: pages, areas, paragraphs, lines and words as classes of HTML elements, as Tesseract and others write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from editio import codes, tei
from editio.config import Settings
from editio.container import refuse_binary
from editio.diagnostics import Location, Report, refuse
from editio.facsimile import NOWHERE, Line, Page, Region, Zones, corners, draft, in_both
from editio.flat import Flat, hi
from editio.model import Draft, Field, Mark, Run, Source, Surface, Text, Zone
from editio.registry import reader

LINES = frozenset({"ocr_line", "ocrx_line"})
REGIONS = {
    "ocr_par": "paragraph",
    "ocr_carea": "area",
    "ocrx_block": "area",
    "ocr_title": "heading",
    "ocr_header": "header",
    "ocr_footer": "footer",
    "ocr_pageno": "page-number",
    "ocr_caption": "caption",
    "ocr_textfloat": "paragraph",
    "ocr_float": "figure",
    "ocr_photo": "figure",
    "ocr_image": "figure",
    "ocr_graphic": "figure",
    "ocr_linedrawing": "figure",
    "ocr_separator": "separator",
    "ocr_noise": "noise",
}
STYLES = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline"}
STYLES |= {"sup": "superscript", "sub": "subscript"}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
UNSEEN = frozenset({"script", "style", "template"})
CHARSET = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def is_hocr(head: str) -> bool:
    """Whether the beginning of a file is that of hOCR."""
    return bool(re.search(r"ocr-system|\bocr_page\b|ocr-capabilities", head))


@reader(".hocr", ".html", ".htm", ".xhtml", sniff=is_hocr, binary=True)
def read_hocr(source: Source, settings: Settings, report: Report) -> Draft:
    """A surface for each page, and a block for each paragraph (where there is none, area)."""
    root = _parse(source)
    reading = _Reading(source, report)
    titles = [tei.text_of(node) for node in root.iterfind("head/title")]
    for number, title in enumerate(titles):
        reading.flat.line(1)
        reading.flat.add(("title", number), title)
    pieces = [piece for body in root.iter("body") for piece in _pieces(body)]
    for piece in pieces:
        reading.collect(piece)
    for piece in pieces:
        reading.place(piece)
    reading.zones.report(report)
    fields = [
        Field("furniture:properties", Text((reading.flat.run(("title", number), title),)), "hocr-properties")
        for number, title in enumerate(titles)
        if title.strip()
    ]
    return draft(source, reading.flat, [page.made for page in reading.pages], fields=fields)


def _parse(source: Source) -> etree._Element:
    """The root of the page, parsed without network."""
    refuse_binary(source)
    encoding = _encoding(source)
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, encoding=encoding, remove_comments=True, remove_pis=True
    )
    data = source.data.removeprefix(b"\xef\xbb\xbf")
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError as error:
        raise refuse(codes.DAMAGED_SOURCE, Location(source.name, error.lineno or 0), f"{error.msg}") from None
    if root is None:
        raise refuse(codes.EMPTY_SOURCE, Location(source.name), "the source holds no text")
    for fault in parser.error_log:
        if fault.type_name == "ERR_INTERNAL_ERROR" or "depth" in fault.message or "huge" in fault.message.lower():
            message = re.sub(r",? (?:try|use) .*", "", fault.message.lower(), flags=re.DOTALL).strip()
            raise refuse(codes.OVERSIZED_SOURCE, Location(source.name, fault.line), message)
    return root


def _encoding(source: Source) -> str:
    """The encoding that the file declares; UTF-8 if it declares none or is UTF-8 all the same."""
    try:
        source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = CHARSET.search(source.data[:2048])
        name = declared[1].decode("ascii") if declared else ""
        if name.lower() not in ("", "utf-8", "utf8") and _decodes(source.data, name):
            return name
        line = source.data.count(b"\n", 0, error.start) + 1
        message = "the file is not UTF-8 and names no other encoding"
        raise refuse(codes.WRONG_ENCODING, Location(source.name, line), message) from None
    return "utf-8"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


# --- the tree as a sequence ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Inside:
    """Where a piece of the page stands: the elements of hOCR around it, and the marks it is under."""

    page: etree._Element | None = None
    region: etree._Element | None = None
    kind: str = ""
    line: etree._Element | None = None
    word: etree._Element | None = None
    heading: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text, or the beginning of an element (no text), with its number and where it stands."""

    number: int
    text: str | None
    inside: _Inside
    line: int


def _pieces(body: etree._Element) -> Iterator[_Piece]:
    """The texts of a page and the beginnings of its elements in order; without recursion, for deep pages."""
    waiting: list[tuple[str | etree._Element, _Inside, int]] = [(body, _Inside(), 0)]
    number = 0
    while waiting:
        node, inside, line = waiting.pop()
        number += 1
        if isinstance(node, str):
            yield _Piece(number, node, inside, line)
        elif isinstance(node.tag, str) and node.tag not in UNSEEN:
            here = _entered(node, inside)
            line = node.sourceline or line
            if here is not inside and here.word is None:
                yield _Piece(number, None, here, line)
            waiting += ((piece, here, line) for piece in reversed(tei.contents(node)))
            if node.tag == "br":
                waiting.append((" ", here, line))


def _entered(node: etree._Element, outer: _Inside) -> _Inside:
    """Where one is inside an element."""
    classes = (node.get("class") or "").split()
    name = next((one for one in classes if one.startswith(("ocr_", "ocrx_"))), "")
    marks, heading = outer.marks, outer.heading or node.tag in HEADINGS
    if (rend := STYLES.get(tei.local_name(node))) and hi(rend) not in marks:
        marks = (*marks, hi(rend))
    if name == "ocr_page":
        return _Inside(node, None, "", None, None, heading, marks)
    if name in LINES or (name in REGIONS and outer.kind == "paragraph" and outer.region is not None):
        return _Inside(outer.page, outer.region, outer.kind, node, None, heading, marks)
    if name in REGIONS:
        return _Inside(outer.page, node, REGIONS[name], None, None, heading, marks)
    if name == "ocrx_word":
        return _Inside(outer.page, outer.region, outer.kind, outer.line, node, heading, marks)
    if marks is outer.marks and heading == outer.heading:
        return outer
    return _Inside(outer.page, outer.region, outer.kind, outer.line, outer.word, heading, marks)


# --- pages ---------------------------------------------------------------------------------------


@dataclass
class _Line:
    """A line that is being read."""

    zone: Zone
    is_header: bool = False
    runs: list[Run] = field(default_factory=list)
    word: etree._Element | None = None
    space: bool = False


@dataclass
class _Region:
    """A region that is being read; its last line goes on until another begins."""

    kind: str
    zone: Zone
    lines: dict[etree._Element | None, _Line] = field(default_factory=dict)

    @property
    def made(self) -> Region:
        """The region as it is when all is read: a paragraph of headers only is what Tesseract makes of a heading."""
        lines = [one for one in self.lines.values() if one.runs]
        kind = "heading" if lines and all(one.is_header for one in lines) else self.kind
        return Region(kind, replace(self.zone, type=kind), tuple(Line(one.zone, tuple(one.runs)) for one in lines))


@dataclass
class _Page:
    """A page that is being read."""

    surface: Surface
    regions: dict[etree._Element | None, _Region] = field(default_factory=dict)

    @property
    def made(self) -> Page:
        """The page as it is when all is read."""
        return Page(self.surface, tuple(region.made for region in self.regions.values()))


@dataclass
class _Reading:
    """The reading of one file."""

    source: Source
    report: Report
    flat: Flat = field(default_factory=Flat)
    zones: Zones = field(init=False)
    pages: list[_Page] = field(default_factory=list)
    page_of: dict[etree._Element | None, _Page] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.zones = Zones(self.source)

    def collect(self, piece: _Piece) -> None:
        """Enter a text; a line of the report begins with every element."""
        if piece.text is not None:
            self.flat.add(piece.number, piece.text)
        else:
            self.flat.line(piece.line)

    def place(self, piece: _Piece) -> None:
        """Put a text into its line; an element makes its page, region or line even if it stays empty."""
        inside = piece.inside
        if inside.page is None and not (piece.text or "").strip():
            return
        page = self._page(inside.page, piece.line)
        if inside.region is None and inside.line is None and not (piece.text or "").strip():
            return
        region = self._region(page, inside, piece.line)
        if piece.text is not None and (piece.text.strip() or region.lines):
            self._add(self._line(page, region, inside, piece.line), piece, piece.text)
        elif inside.line is not None:
            self._line(page, region, inside, piece.line)

    def _page(self, node: etree._Element | None, line: int) -> _Page:
        if node not in self.page_of:
            number = len(self.pages) + 1
            said = _said(node)
            left, top, right, bottom = (said.get("bbox", "").split() + [""] * 4)[:4]
            size = (right, bottom) if left == top == "0" else ("", "")
            image = said.get("image", "") or said.get("x_source", "")
            surface = self.zones.surface(number, image, *size, line, self.report)
            self.page_of[node] = _Page(surface)
            self.pages.append(self.page_of[node])
        return self.page_of[node]

    def _region(self, page: _Page, inside: _Inside, line: int) -> _Region:
        if inside.region not in page.regions:
            kind = "heading" if inside.heading else inside.kind or "paragraph"
            zone = self._zone(inside.region, page.surface, kind, line) if inside.region is not None else NOWHERE
            page.regions[inside.region] = _Region(kind, zone)
        return page.regions[inside.region]

    def _line(self, page: _Page, region: _Region, inside: _Inside, line: int) -> _Line:
        if inside.line not in region.lines:
            zone = self._zone(inside.line, page.surface, "line", line) if inside.line is not None else NOWHERE
            is_header = inside.line is not None and "ocr_header" in (inside.line.get("class") or "")
            region.lines[inside.line] = _Line(zone, is_header)
        return region.lines[inside.line]

    def _zone(self, node: etree._Element, surface: Surface, type: str, line: int) -> Zone:
        return self.zones.zone(surface, node.get("id") or "", _points(node), type, line)

    def _add(self, line: _Line, piece: _Piece, text: str) -> None:
        """Add a text to a line: white space is one space, and two words are apart."""
        words = " ".join(text.split())
        if not words:
            line.space = bool(line.runs)
            return
        new_word = line.word is not None and piece.inside.word is not line.word
        if line.runs and (line.space or text[0].isspace() or new_word):
            before = line.runs[-1]
            marks = in_both(before.marks, piece.inside.marks)
            line.runs.append(Run(" ", before.end, before.end, marks))
        start = self.flat.spans[piece.number][0] + len(text) - len(text.lstrip())
        line.runs.append(Run(tei.clean(words), start, start + len(text.strip()), piece.inside.marks))
        line.word, line.space = piece.inside.word, text[-1].isspace()


def _said(node: etree._Element | None) -> Mapping[str, str]:
    """The properties that the ``title`` of an element says."""
    title = (node.get("title") or "") if node is not None else ""
    found = re.finditer(r"(?:^|;)\s*(?P<name>[\w-]+)\s+(?:\"(?P<quoted>[^\"]*)\"|(?P<plain>[^;]*))", title)
    return {one["name"]: (one["quoted"] if one["quoted"] is not None else one["plain"]).strip() for one in found}


def _points(node: etree._Element) -> str:
    """The corner points of an element: its polygon, else its box; what is neither is given as it stands."""
    said = _said(node)
    if "poly" in said:
        return said["poly"]
    numbers = said.get("bbox", "").split()
    if len(numbers) == 4 and all(re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", one) for one in numbers):
        return corners(*map(float, numbers))
    return " ".join(numbers)
