"""The nouns: what travels from source to TEI to the published edition."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from lxml import etree

from editio.config import Settings
from editio.diagnostics import Location
from editio.including.origins import Origins
from editio.lookup import Lookup

Attributes = tuple[tuple[str, str], ...]


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

    ``kind`` is one of ``KINDS``; ``role`` names the TEI it becomes (see ``blocks.BUILDERS``), ``n`` its
    number, ``type`` its @type, ``label`` a number kept as text, ``level`` the depth of a heading or of a
    list item (from 1). ``blocks`` are what a quotation, note, table (rows), row (cells), cell or figure
    holds. An item with type ``start`` begins a new item, any other goes on with the one before it.
    ``cert`` says how sure a rule is, where it had to judge.
    """

    kind: str
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


KINDS = frozenset(
    "paragraph heading quote item verse table row cell figure verbatim rule".split()
)  # rule: a line across the page


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


@dataclass(frozen=True)
class Context:
    """What an annotator may know of the document whose text it gets.

    ``date`` is the document's own (ISO, or empty), ``calendar`` ``gregorian`` or ``julian``: how it is dated;
    ``languages`` are the tags of the languages the text may be in, the main one first; ``correspondents``
    are the ids of the register entries that send and receive it, the sender first.
    """

    document: str = ""
    date: str = ""
    calendar: str = "gregorian"
    languages: tuple[str, ...] = ("en",)
    correspondents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A name or date at offsets of a plain text: the element it becomes and why.

    ``entry`` is the id of the register entry it names, if that is settled; ``candidates`` are the ids between
    which it is not. ``resp`` is who says so: ``#editio``, or an editor. ``almost`` is the form of the register
    that the text has a misprint of.
    """

    start: int
    end: int
    element: str
    attributes: Mapping[str, str]
    cert: str
    rule: str
    entry: str = ""
    candidates: tuple[str, ...] = ()
    almost: str = ""
    resp: str = "#editio"


@dataclass(frozen=True)
class Document:
    """A TEI document: its tree and its file (``name`` is relative to the project).

    Of one that includes others, tree and ``data`` are those of the whole, and ``origins`` knows whose lines they are.
    """

    id: str
    name: str
    root: etree._Element
    data: bytes = b""
    origins: Origins | None = None

    def location(self, element: etree._Element) -> Location:
        """The place of an element in its file."""
        return self.place(element.sourceline or 0)

    def place(self, line: int, column: int = 0) -> Location:
        """The place of what stands in a line and column of ``data``, in the file that it was written in."""
        return self.origins.place(line, column) if self.origins and line else Location(self.name, line, column)

    def line_of(self, element: etree._Element) -> str:
        """The line of an element, as a message has it: with its file, if that is another than the document's."""
        place = self.location(element)
        return f"line {place.line}" + ("" if place.file == self.name else f" of {place.file}")

    @cached_property
    def lookup(self) -> Lookup:
        """Where its elements and attributes are; for documents that nobody changes any more."""
        return Lookup(self.root)


@dataclass(frozen=True)
class Period:
    """A stretch of time between two ISO dates of any precision; empty where it is open or unknown."""

    start: str = ""
    end: str = ""


@dataclass(frozen=True)
class Name:
    """A name of a register entry: its words as the register writes them, and its parts where they are tagged.

    ``type`` is that of the register: ``main``, ``variant``, ``short``, ``nickname``, ``sort`` …; ``language`` the
    xml:lang in force; ``period`` when it was borne.
    """

    words: str
    type: str = ""
    language: str = ""
    forenames: tuple[str, ...] = ()
    surname: str = ""
    link: str = ""
    role: str = ""
    generation: str = ""
    added: str = ""
    period: Period = Period()


@dataclass(frozen=True)
class Office:
    """An office or role that a person held (``state``, ``occupation``, ``affiliation``), and when."""

    words: str
    period: Period = Period()


@dataclass(frozen=True)
class Quote:
    """A place of a text as a quotation of it: the words, what stands before and behind them, and where (-1: unknown).

    All white space is a single space, and ``at`` counts in such text, which is that of one ``part`` of a document:
    its ``text``, or the sentences of its ``header``.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    at: int = -1
    part: str = "text"


@dataclass(frozen=True)
class Decision:
    """What an editor decided about words: whether they name what somebody suggested.

    ``scope`` is ``place`` (the one quoted), ``document`` (all of these words in it) or ``edition``. ``verdict`` is
    ``accept``, ``reject``, or ``open``: not decided, although a wider decision covers it. A rejection is of the
    ``element``, or of one ``entry`` where it names one; without either, of every reading. ``rule`` and ``cert`` are
    those of the suggestion. ``line`` is where the decision stands in its file, ``extra`` what else is said there.
    """

    quote: Quote
    verdict: str
    scope: str = "place"
    document: str = ""
    element: str = ""
    entry: str = ""
    attributes: Attributes = ()
    by: str = ""
    on: str = ""
    rule: str = ""
    cert: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def says(self) -> tuple[str, str, str, Attributes]:
        """What is decided, without where, by whom and when."""
        return (self.verdict, self.element, self.entry, self.attributes)


@dataclass(frozen=True, eq=False)
class Decisions:
    """All decisions of an edition; ``faulty`` if lines of their file could not be read, so that it must not be written."""

    all: tuple[Decision, ...] = ()
    faulty: bool = False

    @cached_property
    def by_document(self) -> Mapping[str, tuple[Decision, ...]]:
        """Those about one document, by its id; those about the edition under the empty id."""
        found: dict[str, list[Decision]] = {}
        for one in self.all:
            found.setdefault("" if one.scope == "edition" else one.document, []).append(one)
        return {id: tuple(some) for id, some in found.items()}

    def about(self, document: str) -> tuple[Decision, ...]:
        """Those that may concern a document."""
        return (*self.by_document.get(document, ()), *self.by_document.get("", ()))


@dataclass(frozen=True, eq=False)
class Entry:
    """An entry of a register (``kind``: ``person``, ``place``, ``org``, ``event``) with all the names it goes by.

    ``name`` is the one that registers show; ``period`` is from birth to death, or how long the thing existed.
    ``names`` are those it can be looked for under; ``same_as`` is the id of the entry that it only stands for.
    """

    id: str
    kind: str
    name: str
    file: str
    element: etree._Element
    names: tuple[Name, ...] = ()
    offices: tuple[Office, ...] = ()
    period: Period = Period()
    description: str = ""
    same_as: str = ""


@dataclass(frozen=True)
class Edition:
    """The project as the stages see it: where it is, what it says, whom it knows."""

    root: Path
    settings: Settings
    entries: Mapping[str, Entry]
    registers: tuple[Document, ...] = ()
    decisions: Decisions = Decisions()


@dataclass(frozen=True)
class Artifact:
    """A file to publish: its path below the output folder of its format, and its bytes."""

    path: str
    data: bytes
