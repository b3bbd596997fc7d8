"""The TEI documents of an edition, the edition, and what is published of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from editio.config import Settings
from editio.diagnostics import Location
from editio.including.origins import Origins
from editio.lookup import Lookup
from editio.model.decisions import Decisions
from editio.model.names import Entry
from editio.places import Places
from editio.tei import Passage


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
        return self.place(*self.places.of(element))

    def location_in(self, passage: Passage, offset: int) -> Location:
        """The place of a character in its file, by its offset in a text."""
        return self.place(*self.places.in_text(passage.element, passage.behind, offset))

    def place(self, line: int, column: int = 0) -> Location:
        """The place of what stands in a line and column of ``data``, in the file that it was written in."""
        return self.origins.place(line, column) if self.origins and line else Location(self.name, line, column)

    def line_of(self, element: etree._Element) -> str:
        """The line of an element, as a message has it: with its file, if that is another than the document's."""
        place = self.location(element)
        return f"line {place.line}" + ("" if place.file == self.name else f" of {place.file}")

    @cached_property
    def places(self) -> Places:
        """Where everything in it begins; found when it is first asked for, for most documents are without a fault."""
        return Places(self.root, self.data)

    @cached_property
    def lookup(self) -> Lookup:
        """Where its elements and attributes are; for documents that nobody changes any more."""
        return Lookup(self.root)


@dataclass(frozen=True)
class Edition:
    """The project as the stages see it: where it is, what it says, whom it knows."""

    root: Path
    settings: Settings
    entries: Mapping[str, Entry]
    registers: tuple[Document, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)

    def location(self, entry: Entry, element: etree._Element) -> Location:
        """The place of a register entry, or of an element in it."""
        registers = (register for register in self.registers if register.name == entry.file)
        return next((one.location(element) for one in registers), Location(entry.file, element.sourceline or 0))


@dataclass(frozen=True)
class Artifact:
    """A file to publish: its path below the output folder of its format, and its bytes."""

    path: str
    data: bytes
