"""Finds in the text of a document where its includes and its elements with an id begin and end, and what is in scope there."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from editio.pointing import joined

XI = "http://www.w3.org/2001/XInclude"
INCLUDE, FALLBACK = (XI, "include"), (XI, "fallback")
EXAMPLES = "http://www.tei-c.org/ns/Examples"
TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")


@dataclass(frozen=True)
class Span:
    """An element: the bytes from ``start`` to ``end`` of its text as UTF-8, of which its start tag goes to ``inside``.

    ``declared`` are the prefixes that it declares itself, ``namespaces`` all that are in scope; ``base`` is what the
    xml:base of itself and of the elements around it come to.
    """

    start: int
    inside: int
    end: int
    attributes: Mapping[str, str]
    declared: frozenset[str]
    namespaces: ChainMap[str, str]
    language: str
    base: str


@dataclass(frozen=True)
class Fallback:
    """What an xi:fallback holds: from one byte to another; the elements among it, if they need what is declared here."""

    start: int
    end: int
    children: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Include:
    """An xi:include, and what stands for what it cannot include, if anything does."""

    span: Span
    fallback: Fallback | None = None


@dataclass(frozen=True)
class Scan:
    """The root of a document, its elements with an id, and its includes, in order; those that are examples are left out."""

    root: Span
    by_id: Mapping[str, Span]
    includes: tuple[Include, ...]


def scan(data: bytes) -> Scan:
    """What a well-formed document without DOCTYPE, in UTF-8, has that includes could be about."""
    found = _Scanner(data)
    found.parser.Parse(data, True)
    if found.root is None:
        raise ValueError("a document without root")
    return Scan(found.root, found.by_id, tuple(sorted(found.includes, key=lambda one: one.span.start)))


@dataclass
class _Open:
    """An element that has begun: its span as far as it is known, its expanded name, what of it is needed for fallbacks."""

    span: Span
    name: tuple[str, str]
    is_example: bool
    fallback: Fallback | None = None
    children: list[Span] = field(default_factory=list)


class _Scanner:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root: Span | None = None
        self.by_id: dict[str, Span] = {}
        self.includes: list[Include] = []
        self.open: list[_Open] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        around = self.open[-1].span if self.open else None
        own = {name[6:]: value for name, value in attributes.items() if name == "xmlns" or name.startswith("xmlns:")}
        outer = around.namespaces if around else ChainMap[str, str]()
        base = attributes.get("xml:base", "").strip()
        span = Span(
            start,
            start,
            start,
            attributes,
            frozenset(own),
            ChainMap(own, *outer.maps) if own else outer,
            attributes.get("xml:lang", around.language if around else ""),
            joined(around.base if around else "", base) if base else around.base if around else "",
        )
        prefix, _, local = tag.rpartition(":")
        space = span.namespaces.get(prefix, "")
        within = self.open[-1].is_example if self.open else False
        self.open.append(_Open(span, (space, local), within or space == EXAMPLES))

    def _end(self, tag: str) -> None:
        one = self.open.pop()
        around = self.open[-1].name if self.open else ("", "")
        is_include = one.name == INCLUDE and not one.is_example
        is_fallback = one.name == FALLBACK and around == INCLUDE
        id = one.span.attributes.get("xml:id", "")
        if not (is_include or is_fallback or id or around == FALLBACK) and self.open:
            return
        span = self._whole(one.span)
        if id:
            self.by_id.setdefault(id, span)
        if is_include:
            self.includes.append(Include(span, one.fallback))
        if is_fallback:
            end = max(span.inside, self.data.rfind(b"</", span.start, span.end))
            declares = span.declared or self.open[-1].span.declared
            self.open[-1].fallback = Fallback(span.inside, end, tuple(one.children) if declares else ())
        elif around == FALLBACK and not is_include:
            self.open[-1].children.append(span)
        if not self.open:
            self.root = span

    def _whole(self, span: Span) -> Span:
        """A span with its ends; expat stands at the end tag, or behind the tag of an empty element."""
        tag = TAG.match(self.data, span.start)
        inside = tag.end() if tag else span.start
        if self.data[inside - 2 : inside] == b"/>":
            return replace(span, inside=inside, end=inside)
        return replace(span, inside=inside, end=self.data.index(b">", self.parser.CurrentByteIndex) + 1)
