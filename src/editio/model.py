"""The nouns: what travels from source to TEI to the published edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from lxml import etree

from editio.config import Settings
from editio.diagnostics import Location


@dataclass(frozen=True)
class Source:
    """A document as it came: its text, and where it lies (``name`` is relative to the project)."""

    path: Path
    name: str
    id: str
    text: str

    def location(self, offset: int) -> Location:
        """Line and column of a character offset."""
        line = self.text.count("\n", 0, offset) + 1
        return Location(self.name, line, offset - self.text.rfind("\n", 0, offset))


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style that remembers which source characters it came from.

    Verbatim when ``end - start == len(text)``; a character reference, for one, is not.
    ``kind`` is ``text``, or ``break`` for a break of the source inside a paragraph.
    """

    text: str
    start: int
    end: int
    styles: frozenset[str] = frozenset()
    target: str = ""
    kind: str = "text"

    def slice(self, start: int, end: int) -> Run:
        """The part between two offsets into ``text``."""
        if (start, end) == (0, len(self.text)):
            return self
        if self.end - self.start != len(self.text):
            keep_start = self.start if start == 0 else self.end
            return replace(self, text=self.text[start:end], start=keep_start, end=self.end)
        return replace(self, text=self.text[start:end], start=self.start + start, end=self.start + end)


@dataclass(frozen=True)
class Text:
    """Mixed content of a block: runs in order. A newline in it is a line break of the source that counts."""

    runs: tuple[Run, ...] = ()

    @cached_property
    def plain(self) -> str:
        """The characters alone."""
        return "".join(run.text for run in self.runs)

    @property
    def start(self) -> int:
        """The source offset where the text begins (0 for no text)."""
        return self.runs[0].start if self.runs else 0

    def __add__(self, other: Text) -> Text:
        return Text(self.runs + other.runs)

    def __bool__(self) -> bool:
        return bool(self.plain.strip())

    def slice(self, start: int, end: int | None = None) -> Text:
        """The part between two offsets into ``plain``."""
        end = len(self.plain) if end is None else end
        return Text(tuple(self._sliced(start, end)))

    def _sliced(self, start: int, end: int) -> Iterator[Run]:
        at = 0
        for run in self.runs:
            first, last = max(start - at, 0), min(end - at, len(run.text))
            if first < last or (not run.text and start <= at < end):
                yield run.slice(first, last)
            at += len(run.text)

    def strip(self) -> Text:
        """The text without white space at its edges."""
        start = len(self.plain) - len(self.plain.lstrip())
        return self.slice(start, max(start, len(self.plain.rstrip())))

    def lines(self) -> list[Text]:
        """The lines of the text, stripped, empty ones left out."""
        spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", self.plain)]
        return [line for line in (self.slice(*span).strip() for span in spans) if line]


@dataclass(frozen=True)
class Block:
    """A paragraph-like piece of a document. Readers set ``kind``; rules decide on ``role`` and put their name to it.

    ``kind`` is ``paragraph``, ``heading``, ``quote``, ``verse`` or ``item``; ``role`` names the TEI it becomes
    (see ``encode.BUILDERS``), ``n`` its number, ``type`` its @type, ``label`` a number kept as text.
    """

    kind: str
    text: Text
    level: int = 0
    role: str = ""
    n: str = ""
    type: str = ""
    label: Text = Text()
    rule: str = ""

    @property
    def whole(self) -> Text:
        """The text with the label before it, for where a block does not become an item."""
        return self.label + Text((Run(" ", self.text.start, self.text.start),)) + self.text if self.label else self.text


@dataclass(frozen=True)
class Field:
    """A piece of header material: ``name`` is a key of the header (``title``, ``citation`` …)."""

    name: str
    text: Text
    rule: str


@dataclass(frozen=True)
class Consumed:
    """Source characters used up as markup by a named rule."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Draft:
    """A document between source and TEI: blocks in order, header fields, and what was used up so far."""

    source: Source
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...] = ()
    consumed: tuple[Consumed, ...] = ()

    def field(self, name: str) -> Text | None:
        """The first field of a name, if there is one."""
        return next((field.text for field in self.fields if field.name == name), None)


@dataclass(frozen=True)
class Mention:
    """A name or date at offsets of a plain text: the element it becomes and why."""

    start: int
    end: int
    element: str
    attributes: Mapping[str, str]
    cert: str
    rule: str
    entry: str = ""
    candidates: tuple[str, ...] = ()
    almost: str = ""


@dataclass(frozen=True)
class Document:
    """A TEI document: its tree and its file (``name`` is relative to the project)."""

    id: str
    name: str
    root: etree._Element
    data: bytes = b""

    def location(self, element: etree._Element) -> Location:
        """The place of an element in the file."""
        return Location(self.name, element.sourceline or 0)


@dataclass(frozen=True)
class Entry:
    """An entry of a register with all the names it goes by."""

    id: str
    kind: str
    name: str
    file: str
    element: etree._Element


@dataclass(frozen=True)
class Edition:
    """The project as the stages see it: where it is, what it says, whom it knows."""

    root: Path
    settings: Settings
    entries: Mapping[str, Entry]
    registers: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Artifact:
    """A file to publish: its path below the output folder of its format, and its bytes."""

    path: str
    data: bytes
