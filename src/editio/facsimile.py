"""Pages of images with the text read from them: what PAGE XML, ALTO and hOCR have in common, and how it becomes a Draft.

A reader of such a format gives pages of regions of lines; here they become surfaces and zones
(TEI facsimile), blocks with a line beginning for each line, notes, tables and page furniture.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from urllib.parse import quote

from editio import codes
from editio.diagnostics import Location, Report
from editio.flat import Flat
from editio.model import Attributes, Block, Consumed, Draft, Field, Mark, Point, Run, Source, Surface, Text, Zone

NOTES = {"marginalia": "margin", "footnote": "foot", "footnote-continued": "foot", "endnote": "end"}
FURNITURE = {
    "header": "page-header",
    "footer": "page-footer",
    "signature-mark": "signature-mark",
    "catch-word": "catch-word",
    "page-number": "page-number",
}
# Characters that only ever divide a word at the end of a line, and those that may also join one.
DIVIDES = frozenset("\u00ad\u00ac\u2e17")
MAY_DIVIDE = re.compile(r"[^\W\d_][-\u2010]$")
# The zone of what has no place of its own on the image.
NOWHERE = Zone("", "")
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
FEWEST_POINTS = 3


@dataclass(frozen=True)
class Line:
    """A line with its zone and its runs.

    ``divided`` says that the format itself tells a word divided at its end, ``carried`` which marks go
    on in the next line.
    """

    zone: Zone
    runs: tuple[Run, ...]
    divided: bool = False
    carried: tuple[Mark, ...] = ()

    @property
    def plain(self) -> str:
        """The characters of the line."""
        return "".join(run.text for run in self.runs)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the line, not even a gap."""
        return not self.plain.strip() and not any(run.point for run in self.runs)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: where it stands, how many rows and columns it spans, and its lines."""

    row: int
    column: int
    zone: Zone
    lines: tuple[Line, ...]
    rows: int = 1
    columns: int = 1
    is_label: bool = False


@dataclass(frozen=True)
class Region:
    """A region of a page: ``kind`` is what PAGE XML calls its type, or ``table`` or ``figure``."""

    kind: str
    zone: Zone
    lines: tuple[Line, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def plain(self) -> str:
        """The characters of the region."""
        return " ".join(line.plain for line in self.lines)


@dataclass(frozen=True)
class Page:
    """A page: its image, and its regions in reading order."""

    surface: Surface
    regions: tuple[Region, ...]


# --- identity and place ------------------------------------------------------------------------


@dataclass
class Zones:
    """Gives zones unique ids and sound points, and remembers the first line whose coordinates make no sense."""

    source: Source
    taken: set[str] = field(default_factory=set)
    odd: list[int] = field(default_factory=list)

    def surface(self, number: int, image: str, width: str, height: str, line: int, report: Report) -> Surface:
        """The surface of a page; a page without an image name is reported."""
        if not image.strip():
            report.add(codes.UNNAMED_IMAGE, Location(self.source.name, line), f"page {number} names no image")
        size = [int(one) if re.fullmatch(r"\d{1,9}", one.strip()) else 0 for one in (width, height)]
        return Surface(self._unique(f"facs-{number}"), address(image), size[0] if size[1] else 0, size[1])

    def zone(self, surface: Surface, id: str, points: str, type: str, line: int) -> Zone:
        """A zone named after its id in the source, or after its number."""
        own = re.sub(r"[^A-Za-z0-9_]+", "-", id).strip("-") or f"{type}-{len(self.taken)}"
        return Zone(self._unique(f"{surface.id}-{own}"), self._sound(points, line), type)

    def report(self, report: Report) -> None:
        """Report coordinates that make no sense, once for the file."""
        if self.odd:
            message = f"the coordinates of {len(self.odd)} zones make no sense, the first of them here"
            report.add(codes.ODD_COORDINATES, Location(self.source.name, self.odd[0]), message)

    def _unique(self, id: str) -> str:
        unique, number = id, 1
        while unique in self.taken:
            number += 1
            unique = f"{id}.{number}"
        self.taken.add(unique)
        return unique

    def _sound(self, points: str, line: int) -> str:
        """The points as TEI has them; nothing if there are too few or they are no numbers."""
        numbers = [one for one in re.split(r"[\s,]+", points) if one]
        if not numbers:
            return ""
        if len(numbers) % 2 or len(numbers) < 2 * FEWEST_POINTS or not all(map(NUMBER.fullmatch, numbers)):
            self.odd.append(line)
            return ""
        if any(one.startswith("-") for one in numbers):
            self.odd.append(line)
        whole = [str(max(0, math.floor(float(one)))) for one in numbers]
        return " ".join(f"{x},{y}" for x, y in zip(whole[::2], whole[1::2], strict=True))


def box(left: str, top: str, width: str, height: str) -> str:
    """The corner points of a rectangle given by its upper left corner and size."""
    if not all(NUMBER.fullmatch(one) for one in (left, top, width, height)):
        return " ".join((left, top, width, height)).strip()
    x, y = float(left), float(top)
    return corners(x, y, x + float(width), y + float(height))


def corners(left: float, top: float, right: float, bottom: float) -> str:
    """The corner points of a rectangle given by two corners, clockwise."""
    ring = ((left, top), (right, top), (right, bottom), (left, bottom))
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in ring)


def address(image: str) -> str:
    """The name of an image file as the address of a graphic: spaces and the like are escaped, ``\\`` is ``/``."""
    escaped = quote(image.strip().replace("\\", "/"), safe="/:?#@!$&'()*+,;=%~")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", escaped)


def in_order(ids: Sequence[str], order: Iterable[str], place: Location, report: Report) -> list[int]:
    """Indexes of regions in a reading order; regions it forgets come last, what it names wrongly is reported."""
    index_of = {id: index for index, id in reversed(list(enumerate(ids)))}
    found: dict[int, None] = {}
    wrong: list[str] = []
    for id in order:
        index = index_of.get(id, -1)
        if index < 0 or index in found:
            wrong.append(id)
        else:
            found[index] = None
    if wrong:
        message = f"the reading order names “{wrong[0][:60]}”, which is not a region of the page or was named before"
        report.add(codes.ODD_READING_ORDER, place, message + (f"; so do {len(wrong) - 1} more" if wrong[1:] else ""))
    return [*found, *(index for index in range(len(ids)) if index not in found)]


# --- the draft ---------------------------------------------------------------------------------


def draft(
    source: Source,
    flat: Flat,
    pages: Sequence[Page],
    consumed: Iterable[Consumed] = (),
    fields: Iterable[Field] = (),
) -> Draft:
    """The draft of a document of pages."""
    made = [_Made(page) for page in pages]
    return Draft(
        flat.source(source),
        tuple(block for one in made for block in one.blocks),
        (*fields, *(field for one in made for field in one.fields)),
        (*consumed, *(used for one in made for used in one.consumed)),
        tuple(_with_zones(page) for page in pages),
    )


def _with_zones(page: Page) -> Surface:
    """The surface with the zones of its regions, and in these the zones of their lines and cells."""
    return replace(page.surface, zones=tuple(_zone(region) for region in page.regions if region.zone.id))


def _zone(region: Region) -> Zone:
    cells = (replace(cell.zone, zones=_zones(cell.lines)) for cell in region.cells)
    return replace(region.zone, zones=(*_zones(region.lines), *cells))


def _zones(lines: Iterable[Line]) -> tuple[Zone, ...]:
    return tuple(line.zone for line in lines if line.zone.id)


class _Made:
    """What becomes of one page."""

    def __init__(self, page: Page) -> None:
        self.fields: list[Field] = []
        self.consumed: list[Consumed] = []
        self.waiting: list[Run] = []
        self.initial: tuple[Line, ...] = ()
        number = next((one for one in page.regions if one.kind == "page-number" and _number(one)), None)
        self.blocks = [Block("paragraph", role="pb", n=_number(number), attributes=_facs(page.surface))]
        for region in page.regions:
            self._add(region, region is number)
        self._settle()

    def _add(self, region: Region, is_number: bool) -> None:
        if is_number:
            runs = (run for line in region.lines for run in line.runs if run.text)
            self.consumed += [Consumed(run.start, run.end, "page-number", run.text) for run in runs]
        elif region.cells:
            self._block(_table(region))
        elif all(line.is_empty for line in region.lines):
            return
        elif region.kind in FURNITURE:
            self.fields.append(Field(f"furniture:{FURNITURE[region.kind]}", text_of(region.lines), "page-furniture"))
        elif region.kind in NOTES:
            self._note(region)
        elif region.kind == "drop-capital":
            self.initial += tuple(replace(line, divided=True) for line in region.lines)
        else:
            lines, self.initial = (*self.initial, *region.lines), ()
            text, attributes = text_of(lines), _facs(region.zone)
            is_heading = region.kind == "heading"
            self._block(Block("heading" if is_heading else "paragraph", text, int(is_heading), attributes=attributes))

    def _block(self, block: Block) -> None:
        """A block, with the notes before it that waited for one."""
        if self.waiting and block.kind == "paragraph":
            block = replace(block, text=Text(tuple(self.waiting)) + block.text)
            self.waiting = []
        self.blocks.append(block)

    def _note(self, region: Region) -> None:
        """A note stands at the end of the paragraph before it; its own place on the page is its zone."""
        text = text_of(region.lines)
        attributes = (("place", NOTES[region.kind]), *_facs(region.zone))
        last = self.blocks[-1]
        at = last.text.end if last.kind == "paragraph" and last.text else text.start
        run = Run("", at, at, point=Point("note", attributes, (Block("paragraph", text),)))
        if last.kind == "paragraph" and last.text:
            self.blocks[-1] = replace(last, text=last.text + Text((run,)))
        else:
            self.waiting.append(run)

    def _settle(self) -> None:
        """Notes and initials that found no paragraph are paragraphs of their own."""
        if self.initial:
            self._block(Block("paragraph", text_of(self.initial)))
        self.blocks += [Block("paragraph", Text((run,))) for run in self.waiting]


def _number(region: Region | None) -> str:
    """The page number that a region holds, without the ornaments around it."""
    found = re.search(r"\w(?:.*\w)?", region.plain) if region else None
    return " ".join(found[0].split()) if found else ""


def _facs(what: Zone | Surface) -> Attributes:
    return (("facs", f"#{what.id}"),) if what.id else ()


def _table(region: Region) -> Block:
    """A table, its cells by row and column."""
    numbers = sorted({cell.row for cell in region.cells})
    rows = (sorted((one for one in region.cells if one.row == row), key=lambda one: one.column) for row in numbers)
    made = tuple(Block("row", blocks=tuple(_cell(cell) for cell in row)) for row in rows)
    return Block("table", text_of(region.lines), attributes=_facs(region.zone), blocks=made)


def _cell(cell: Cell) -> Block:
    spans = (("rows", cell.rows), ("cols", cell.columns))
    attributes = (
        *((name, str(count)) for name, count in spans if count > 1),
        *((("role", "label"),) if cell.is_label else ()),
        *_facs(cell.zone),
    )
    return Block("cell", text_of(cell.lines), attributes=attributes)


# --- lines -------------------------------------------------------------------------------------


def text_of(lines: Iterable[Line]) -> Text:
    """Lines run together, a line beginning before each."""
    return Text(tuple(_joined([line for line in lines if not line.is_empty])))


def _joined(lines: Sequence[Line]) -> Iterator[Run]:
    before: Line | None = None
    for line in lines:
        marks = _common(before, line)
        broken = _broken(before) if before else ""
        if before and not broken:
            at = before.runs[-1].end
            yield Run(" ", at, at, marks)
        attributes = (*_facs(line.zone), *((("break", broken),) if broken else ()))
        yield Run("", line.runs[0].start, line.runs[0].start, marks, Point("lb", attributes))
        yield from line.runs
        before = line


def _broken(line: Line) -> str:
    """What @break says of the line beginning behind a line; nothing where a word ends with the line."""
    plain = line.plain.rstrip()
    if line.divided or plain[-1:] in DIVIDES:
        return "no"
    return "maybe" if MAY_DIVIDE.search(plain) else ""


def _common(before: Line | None, line: Line) -> tuple[Mark, ...]:
    """The marks that the source says go on from one line into the next."""
    if before is None:
        return ()
    both = in_both(before.runs[-1].marks, line.runs[0].marks)
    return tuple(takewhile(lambda mark: mark in before.carried, both))


def in_both(one: Sequence[Mark], other: Sequence[Mark]) -> tuple[Mark, ...]:
    """The outer marks that two neighbours share, which what stands between them is under as well."""
    return tuple(a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
