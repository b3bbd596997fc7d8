"""Puts stretches of running text into elements: one in another, and in parts where markup crosses them."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from lxml import etree

from editio import tei
from editio.tei import Content

# What a span that is all of its text goes around, not into.
TAKEN_WHOLE = frozenset({*tei.ALTERNATIVES, f"{tei.TEI}subst"})
Parts = tuple[etree._Element, ...]


@dataclass(frozen=True)
class Span:
    """Running text from ``start`` to ``end`` of an element that is to stand in ``wrapper``."""

    start: int
    end: int
    wrapper: etree._Element


@dataclass(frozen=True)
class _Part(Span):
    """A span, or a part of the one with this number, counted from the beginning of the element that will hold it."""

    span: int = 0

    def within(self, first: int, last: int, by: int) -> _Part:
        """The part between two offsets, counted from a later beginning."""
        return replace(self, start=max(self.start, first) - by, end=min(self.end, last) - by)


def wrap(parent: etree._Element, start: int, end: int, wrapper: etree._Element) -> bool:
    """Put the running text from ``start`` to ``end`` of an element into ``wrapper``; False if markup crosses it."""
    span = Span(start, end, wrapper)
    if start >= end or is_crossed(parent, span):
        return False
    wrap_all(parent, [span])
    return True


def wrap_all(parent: etree._Element, spans: Sequence[Span]) -> list[Parts]:
    """Put spans of an element's running text into their wrappers; the wrappers of each span that was placed.

    Markup that begins and ends with a span goes into its wrapper, the span goes into markup that holds more
    than it. Where markup begins before it and ends inside, or the other way round, the span stands in two
    parts or more, all but the first in copies of the wrapper. Of two spans that cross, the earlier one, else
    the longer one is placed. No text is changed.
    """
    kept = _apart_or_nested(spans)
    placed: dict[int, list[etree._Element]] = {}
    _place(parent, [_Part(one.start, one.end, one.wrapper, number) for number, one in enumerate(kept)], placed)
    return [tuple(placed[number]) for number in sorted(placed) if placed[number]]


def join(parts: Sequence[etree._Element]) -> None:
    """Chain the parts of a name that markup tears apart by @next and @prev."""
    if len(parts) == 1:
        return
    taken = parts[0].getroottree().xpath("//@xml:id")
    number = next(n for n in count(1) if f"name-{n}-1" not in taken)
    for index, part in enumerate(parts, 1):
        part.set(tei.XML_ID, f"name-{number}-{index}")
        if index > 1:
            part.set("prev", f"#name-{number}-{index - 1}")
        if index < len(parts):
            part.set("next", f"#name-{number}-{index + 1}")


def is_crossed(parent: etree._Element, span: Span) -> bool:
    """Whether markup begins before a span and ends in it, or begins in it and ends behind."""
    for piece, first, last in tei.pieces_with_offsets(parent):
        if isinstance(piece, str) or not (first < span.end and span.start < last):
            continue
        if first <= span.start and span.end <= last:
            return is_crossed(piece, Span(span.start - first, span.end - first, span.wrapper))
        if first < span.start or span.end < last:
            return True
    return False


def _apart_or_nested(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    around: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        while around and around[-1].end <= span.start:
            around.pop()
        if span.start < span.end and not (around and span.end > around[-1].end):
            kept.append(span)
            around.append(span)
    return kept


def _place(parent: etree._Element, parts: list[_Part], placed: dict[int, list[etree._Element]]) -> None:
    pieces = list(tei.pieces_with_offsets(parent))
    own, inner = _shared_out(pieces, parts)
    row = _Row(deque(sorted(own, key=lambda one: (one.start, -one.end))), placed)
    for number, (piece, first, last) in enumerate(pieces):
        if not isinstance(piece, str) and number in inner:
            _place(piece, inner[number], placed)
        row.add(piece, first, last)
    if own:
        tei.set_contents(parent, row.content[0])


def _shared_out(
    pieces: Sequence[tuple[Content, int, int]], parts: Iterable[_Part]
) -> tuple[list[_Part], dict[int, list[_Part]]]:
    """The parts that stand among the pieces of an element, and those that stand inside a piece, by its number."""
    own: list[_Part] = []
    inner: dict[int, list[_Part]] = {}
    texts = [
        (number, *rest) for number, rest in enumerate(pieces) if not isinstance(rest[0], str) and rest[1] < rest[2]
    ]
    ends = [last for _, _, _, last in texts]
    for part in parts:
        at = part.start
        for number, piece, first, last in texts[bisect_right(ends, at) :]:
            if part.end <= first:
                break
            if part.start <= first and last <= part.end and not _holds_all(piece, first, last, part):
                continue
            if at < first:
                own.append(part.within(at, first, 0))
            inner.setdefault(number, []).append(part.within(first, last, first))
            at = min(last, part.end)
        if at < part.end:
            own.append(part.within(at, part.end, 0))
    return own, inner


def _holds_all(piece: Content, first: int, last: int, part: _Part) -> bool:
    """Whether a part that is all of an element's text goes into it; alternatives are taken whole."""
    taken_whole = not isinstance(piece, str) and piece.tag in TAKEN_WHOLE
    return (first, last) == (part.start, part.end) and not taken_whole


@dataclass
class _Row:
    """The new content of an element while its pieces pass by; the last of ``content`` is that of the innermost part."""

    waiting: deque[_Part]
    placed: dict[int, list[etree._Element]]
    begun: list[_Part] = field(default_factory=list)
    content: list[list[Content]] = field(default_factory=lambda: [[]])

    def add(self, piece: Content, first: int, last: int) -> None:
        """Take the next piece, which stands from ``first`` to ``last``."""
        if isinstance(piece, str) and first < last:
            self._add_text(piece, first, last)
            return
        if first < last:
            self._begin(first)
        self.content[-1].append(piece)
        self._end(last)

    def _add_text(self, text: str, first: int, last: int) -> None:
        at = first
        while at < last:
            self._begin(at)
            next_one = [self.waiting[0].start] if self.waiting else []
            stop = min([last, *next_one, *(part.end for part in self.begun[-1:])])
            self.content[-1].append(text[at - first : stop - first])
            self._end(stop)
            at = stop

    def _begin(self, at: int) -> None:
        while self.waiting and self.waiting[0].start <= at:
            self.begun.append(self.waiting.popleft())
            self.content.append([])

    def _end(self, at: int) -> None:
        while self.begun and self.begun[-1].end <= at:
            part, content = self.begun.pop(), self.content.pop()
            before = self.placed.setdefault(part.span, [])
            if not "".join(map(tei.running_text, content)).strip():
                self.content[-1] += content
                continue
            before_it, content, behind_it = _without_edges(content)
            wrapper = etree.Element(before[0].tag, before[0].attrib, tei.NAMESPACES) if before else part.wrapper
            tei.set_contents(wrapper, content)
            before.append(wrapper)
            self.content[-1] += [*before_it, wrapper, *behind_it]


def _without_edges(content: list[Content]) -> tuple[list[Content], list[Content], list[Content]]:
    """White space that a part begins with, the part itself, white space that it ends with."""
    before: list[Content] = []
    behind: list[Content] = []
    if content and isinstance(content[0], str):
        first = content[0].lstrip()
        before, content = [content[0][: len(content[0]) - len(first)]], [first, *content[1:]]
    if content and isinstance(content[-1], str):
        last = content[-1].rstrip()
        behind, content = [content[-1][len(last) :]], [*content[:-1], last]
    return before, content, behind
