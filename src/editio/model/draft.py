"""A document on its way from source to TEI: its text, its blocks, its pages."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Literal

from lxml import etree

from editio.diagnostics import Location

Attributes = tuple[tuple[str, str], ...]
# What readers tell apart; a rule is a line across the page.
BlockKind = Literal[
    "paragraph", "heading", "quote", "item", "verse", "table", "row", "cell", "figure", "verbatim", "rule"
]


@dataclass(frozen=True)
class Source:
    """A document as it came: its text, and where it lies (``name`` is relative to the project).

    A text file's ``text`` is its characters. Of a container or a tree (DOCX, HTML, TEI …) the reader
    makes it from ``data``: every text node in order (see ``flat.Flat``), with ``lines`` as pairs of an
    offset and the line or paragraph that begins there.
    """

    path: Path
    name: str
    id: str
    text: str
    data: bytes = field(default=b"", repr=False)
    lines: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def location(self, offset: int) -> Location:
        """Line and column of a character offset; in a container the paragraph, counted from 1."""
        if self.lines:
            at = max(bisect_right(self.lines, (offset, sys.maxsize)) - 1, 0)
            return Location(self.name, self.lines[at][1])
        line = self.text.count("\n", 0, offset) + 1
        return Location(self.name, line, offset - self.text.rfind("\n", 0, offset))


@dataclass(frozen=True)
class Mark:
    """An element around running text: what a style, a link or a tag of the source becomes (TEI name and attributes)."""

    name: str
    attributes: Attributes = ()


@dataclass(frozen=True)
class Point:
    """An element at one place of running text: pb, lb, milestone, anchor, or a note or figure with its blocks."""

    name: str
    attributes: Attributes = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Run:
    """A stretch of text under the same marks (outermost first) that remembers its source characters.

    Verbatim when ``end - start == len(text)``; a character reference, for one, is not.
    A run with a ``point`` has no text.
    """

    text: str
    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    point: Point | None = None

    def slice(self, start: int, end: int) -> Run:
        """The part between two offsets into ``text``."""
        if (start, end) == (0, len(self.text)):
            return self
        if self.end - self.start != len(self.text):
            keep_start = self.start if start == 0 else self.end
            return Run(self.text[start:end], keep_start, self.end, self.marks, self.point)
        return Run(self.text[start:end], self.start + start, self.start + end, self.marks, self.point)


@dataclass(frozen=True)
class Text:
    """Mixed content of a block: runs in order. A newline in it is a line break of the source that counts."""

    runs: tuple[Run, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The characters alone."""
        return "".join([run.text for run in self.runs])

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """Offsets into ``plain`` at which the runs end."""
        return tuple(accumulate(len(run.text) for run in self.runs))

    @property
    def start(self) -> int:
        """The source offset where the text begins (0 for no text)."""
        return self.runs[0].start if self.runs else 0

    @property
    def end(self) -> int:
        """The source offset where the text ends (0 for no text)."""
        return self.runs[-1].end if self.runs else 0

    @property
    def points(self) -> tuple[Point, ...]:
        """The elements that stand in the text."""
        return tuple(run.point for run in self.runs if run.point)

    def __add__(self, other: Text) -> Text:
        return Text(self.runs + other.runs)

    def __bool__(self) -> bool:
        return bool(self.plain.strip())

    def slice(self, start: int, end: int | None = None) -> Text:
        """The part between two offsets into ``plain``; points at its start belong to it, those at its end do not."""
        whole = len(self.plain)
        end = whole if end is None else end
        if (start, end) == (0, whole):
            return self
        return Text(tuple(self._sliced(start, end, whole)))

    def _sliced(self, start: int, end: int, whole: int) -> Iterator[Run]:
        index = bisect_left(self._ends, start)
        at = self._ends[index - 1] if index else 0
        for run in self.runs[index:]:
            if at > end or (at == end and run.text):
                return
            first, last = max(start - at, 0), min(end - at, len(run.text))
            if first < last or (not run.text and (start <= at < end or at == end == whole)):
                yield run.slice(first, last)
            at += len(run.text)

    def strip(self) -> Text:
        """The text without white space at its edges."""
        plain = self.plain
        if not plain.strip():
            return Text(tuple(run for run in self.runs if run.point))
        start = len(plain) - len(plain.lstrip())
        end = max(start, len(plain.rstrip()))
        if (start, end) == (0, len(plain)):
            return self
        before = (run for run in self.slice(0, start).runs if run.point) if start else ()
        behind = (run for run in self.slice(end).runs if run.point) if end < len(plain) else ()
        return Text((*before, *self.slice(start, end).runs, *behind))

    def replaced(self, start: int, end: int, *runs: Run) -> Text:
        """The text with the part between two offsets replaced by runs."""
        return self.slice(0, start) + Text(runs) + self.slice(end)

    def lines(self) -> list[Text]:
        """The lines of the text, stripped, empty ones left out; points without words go with the line before."""
        plain = self.plain
        ends = [*(match.end() for match in re.finditer("\n", plain)), len(plain)]
        found: list[Text] = []
        waiting = Text()
        for start, end in zip([0, *ends], ends, strict=False):
            if start == end and start:
                line = Text(tuple(run for run in self.slice(start, end).runs if run.point))
            else:
                line = self.slice(start, end).strip()
            if line:
                found.append(waiting + line)
                waiting = Text()
            elif found:
                found[-1] += line
            else:
                waiting += line
        return found


@dataclass(frozen=True)
class Block:
    """A paragraph-like piece of a document. Readers set ``kind``; rules decide on ``role`` and put their name to it.

    ``role`` names the TEI it becomes (see ``blocks.BUILDERS``), ``n`` its
    number, ``type`` its @type, ``label`` a number kept as text, ``level`` the depth of a heading or of a
    list item (from 1). ``blocks`` are what a quotation, note, table (rows), row (cells), cell or figure
    holds. An item with type ``start`` begins a new item, any other goes on with the one before it.
    ``cert`` says how sure a rule is, where it had to judge.
    """

    kind: BlockKind
    text: Text = Text()
    level: int = 0
    role: str = ""
    n: str = ""
    type: str = ""
    label: Text = Text()
    rule: str = ""
    cert: str = ""
    attributes: Attributes = ()
    blocks: tuple[Block, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is a paragraph that nothing was decided on."""
        return self.kind == "paragraph" and not self.role

    @property
    def is_line(self) -> bool:
        """Whether it is such a paragraph of one line, without label."""
        return self.is_plain and not self.label and "\n" not in self.text.plain.strip()

    @property
    def whole(self) -> Text:
        """The text with the label before it, for where a block does not become an item."""
        return self.label + Text((Run(" ", self.text.start, self.text.start),)) + self.text if self.label else self.text

    def with_texts(self, change: Callable[[Text], Text]) -> Block:
        """The block with its text and those of the blocks it holds changed; labels and notes stay."""
        text = change(self.text) if self.text else self.text
        inner = tuple(block.with_texts(change) for block in self.blocks)
        return self if text is self.text and inner == self.blocks else replace(self, text=text, blocks=inner)

    @property
    def texts(self) -> Iterator[Text]:
        """All texts of the block and of what it holds, notes left out."""
        yield self.label
        yield self.text
        for block in self.blocks:
            yield from block.texts


@dataclass(frozen=True)
class Field:
    """A piece of header material: ``name`` is a key of the header (``title``, ``citation`` …)."""

    name: str
    text: Text
    rule: str


@dataclass(frozen=True)
class Consumed:
    """Source characters used up as markup by a named rule; ``quote`` is what the header keeps of them as written."""

    start: int
    end: int
    rule: str
    quote: str = ""


@dataclass(frozen=True)
class Zone:
    """A region or line of a page image: its id, the corner points as ``x,y x,y …`` in pixels, and what it is."""

    id: str
    points: str
    type: str = ""
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True)
class Surface:
    """A page image: its id, file, size and zones; ``unit`` is empty where the source does not count in pixels."""

    id: str
    image: str
    width: int
    height: int
    zones: tuple[Zone, ...] = ()
    unit: str = "px"


@dataclass(frozen=True)
class Draft:
    """A document between source and TEI: blocks in order, header fields, and what was used up so far.

    ``tree`` is a source that is TEI already: it is kept and completed, its blocks are empty.
    """

    source: Source
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...] = ()
    consumed: tuple[Consumed, ...] = ()
    surfaces: tuple[Surface, ...] = ()
    language: str = ""
    tree: etree._Element | None = None

    def field(self, name: str) -> Text | None:
        """The first field of a name, if there is one."""
        return next((field.text for field in self.fields if field.name == name), None)
