"""The running text of a document that decisions are about, and what is marked in it already."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from editio import tei
from editio.markable import HEADER_PROSE, NAMELESS, NAMING
from editio.tei import TEI, Unit

PARTS = ("text", "header")
AUTOMATIC = "#editio"


@dataclass(frozen=True)
class Mark:
    """What is marked from ``start`` to ``end`` of a passage; several elements where markup tears the name apart."""

    start: int
    end: int
    elements: tuple[etree._Element, ...]

    @property
    def first(self) -> etree._Element:
        """The element, or the first of them."""
        return self.elements[0]

    @property
    def name(self) -> str:
        """The name of the element."""
        return tei.local_name(self.first)

    @property
    def by(self) -> str:
        """Whose it is: the pointers of @resp."""
        return str(self.first.get("resp", ""))


@dataclass(frozen=True, eq=False)
class Passage:
    """A part of a document: its units, their text, and the pieces of it that annotators look at one by one."""

    part: str
    units: tuple[Unit, ...]
    pieces: tuple[tuple[int, str], ...]

    @cached_property
    def text(self) -> str:
        """The text of all units, in which offsets count."""
        return tei.whole_text(self.units)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the units begin."""
        return tuple(unit.start for unit in self.units)

    def unit_of(self, start: int, end: int) -> Unit | None:
        """The unit that holds a stretch of text whole."""
        number = bisect_right(self.starts, start) - 1
        unit = self.units[number] if number >= 0 else None
        return unit if unit and end <= unit.start + len(unit.text) else None

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The names and dates that are marked, in order, outer ones first, and what may hold none."""
        return tuple(sorted(_chained(self._elements(), self.text), key=lambda one: (one.start, -one.end)))

    def _elements(self) -> Iterator[Mark]:
        for unit in self.units:
            for node, at in tei.elements_with_offsets(unit.element, unit.start):
                if node.tag in NAMING or node.tag in NAMELESS or not str(node.tag).startswith(TEI):
                    yield Mark(at, at + len(tei.running_text_of_unit(node)), (node,))

    @cached_property
    def _longest(self) -> int:
        return max((mark.end - mark.start for mark in self.marks), default=0)

    @cached_property
    def _mark_starts(self) -> tuple[int, ...]:
        return tuple(mark.start for mark in self.marks)

    def marks_in(self, start: int, end: int) -> list[Mark]:
        """The marks that share text with a stretch."""
        first = bisect_left(self._mark_starts, start - self._longest)
        last = bisect_left(self._mark_starts, end)
        return [mark for mark in self.marks[first:last] if mark.end > start]


def _chained(marks: Iterator[Mark], text: str) -> Iterator[Mark]:
    """The marks without white space at their edges, those that @prev joins as one."""
    begun: dict[str, Mark] = {}
    for mark in marks:
        words = text[mark.start : mark.end]
        start = mark.start + len(words) - len(words.lstrip())
        one = Mark(start, max(start, mark.start + len(words.rstrip())), mark.elements)
        before = begun.pop(str(one.first.get("prev", "")), None)
        if before:
            one = Mark(before.start, one.end, (*before.elements, *one.elements))
        goes_on = one.elements[-1].get("next")
        id = one.elements[-1].get(tei.XML_ID)
        if goes_on and id:
            begun[f"#{id}"] = one
        else:
            yield one
    yield from begun.values()


def passage_of(root: etree._Element, part: str) -> Passage:
    """The text of a document, or the sentences of its header."""
    if part == "text":
        nodes = list(root.iterfind(f"{TEI}text"))
    else:
        paths = ("/".join(f"{TEI}{step}" for step in path.split("/")) for path in HEADER_PROSE)
        nodes = [node for path in paths for node in root.iterfind(f"{TEI}teiHeader//{path}")]
    units: list[Unit] = []
    pieces: list[tuple[int, str]] = []
    at = 0
    for node in nodes:
        own = tei.units(node)
        units += (Unit(unit.element, at + unit.start, unit.text) for unit in own)
        pieces.append((at, tei.whole_text(own)))
        at += len(pieces[-1][1]) + 2 if own else 0
    return Passage(part, tuple(units), tuple(piece for piece in pieces if piece[1]))
