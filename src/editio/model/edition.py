"""The TEI documents of an edition, the edition, and what is published of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from editio.config import Settings
from editio.diagnostics import Location
from editio.lookup import Lookup
from editio.model.decisions import Decisions
from editio.model.names import Entry


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


@dataclass(frozen=True)
class Artifact:
    """A file to publish: its path below the output folder of its format, and its bytes."""

    path: str
    data: bytes
