"""Tags of Transkribus: the ``custom`` attribute of PAGE XML, by offset and length in a line, as marks and points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from editio.flat import Flat, attributes
from editio.model import Block, Mark, Point, Run, Text

TAG = re.compile(r"(?P<name>[\w-]+)\s*\{(?P<values>[^}]*)\}")
INDEX = re.compile(r"\breadingOrder\s*\{[^}]*?\bindex:\s*([0-9]{1,9})\s*[;}]")
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
# What says nothing about words.
APART = frozenset({"readingOrder", "structure"})
ELEMENTS = {
    "person": "persName",
    "place": "placeName",
    "organization": "orgName",
    "date": "date",
    "abbrev": "abbr",
    "sic": "sic",
    "unclear": "unclear",
    "supplied": "supplied",
    "add": "add",
    "del": "del",
    "work": "title",
}
STYLES = {
    "italic": "italic",
    "bold": "bold",
    "underlined": "underline",
    "strikethrough": "strikethrough",
    "superscript": "superscript",
    "subscript": "subscript",
    "smallCaps": "small-caps",
    "letterSpaced": "letter-spaced",
}
# Values of tags that are words of their own, with the element that stands beside the words tagged.
BESIDE = {("abbrev", "expansion"): "expan", ("sic", "correction"): "corr", ("comment", "comment"): "note"}


@dataclass(frozen=True)
class Tag:
    """A tag: its name, and what it says."""

    name: str
    values: Mapping[str, str]

    @property
    def start(self) -> int:
        """The offset in the line where it begins."""
        return _count(self.values.get("offset", ""))

    @property
    def end(self) -> int:
        """The offset in the line where it ends."""
        return self.start + _count(self.values.get("length", ""))

    @property
    def continued(self) -> bool:
        """Whether it goes on in the next line or comes from the one before."""
        return self.values.get("continued", "") == "true"

    @cached_property
    def beside(self) -> tuple[str, str] | None:
        """The element that stands beside the words, and its own words: an expansion, a correction, a comment."""
        for (name, key), element in BESIDE.items():
            if self.name == name and self.values.get(key, "").strip():
                return element, self.values[key].strip()
        return None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The elements around the words tagged, outermost first."""
        if self.name == "textStyle":
            rend = " ".join(word for name, word in STYLES.items() if self.values.get(name) == "true")
            return (Mark("hi", (("rend", rend),)),) if rend else ()
        if self.name in ("gap", "comment"):
            return ()
        name = ELEMENTS.get(self.name)
        if name is None:
            return (Mark("seg", attributes(type=re.sub(r"[^\w.-]", "-", self.name))),)
        own = Mark(name, self._attributes())
        return (Mark("choice"), own) if self.beside else (own,)

    def _attributes(self) -> tuple[tuple[str, str], ...]:
        match self.name:
            case "person":
                names = (self.values.get("lastname", "").strip(), self.values.get("firstname", "").strip())
                return attributes(key=", ".join(filter(None, names)), ref=_wikidata(self.values))
            case "place" | "organization":
                return attributes(ref=_wikidata(self.values))
            case "date":
                return attributes(when=_when(self.values))
            case "unclear" | "supplied":
                return attributes(reason=_word(self.values.get("reason", "")))
        return ()

    @property
    def gap(self) -> Point:
        """The element of a gap."""
        quantity = self.values.get("quantity", "").strip()
        known = quantity if re.fullmatch(r"\d{1,6}", quantity) else ""
        unit = _word(self.values.get("unit", "")) if known else ""
        return Point("gap", attributes(reason=_word(self.values.get("reason", "")), quantity=known, unit=unit))


def tags(custom: str) -> list[Tag]:
    """The tags of a ``custom`` attribute, in their order."""
    return [Tag(found["name"], dict(_values(found["values"]))) for found in TAG.finditer(custom)]


def index_of(custom: str) -> int:
    """The place in the reading order that a ``custom`` attribute gives; -1 if none."""
    found = INDEX.search(custom)
    return int(found[1]) if found else -1


def has_words(custom: str) -> bool:
    """Whether a ``custom`` attribute may bring words of its own; told without reading it."""
    return any(key in custom for _, key in BESIDE)


def speaks_of_words(custom: str) -> bool:
    """Whether a ``custom`` attribute has any tag that is about words."""
    return any(found["name"] not in APART for found in TAG.finditer(custom))


def structure_of(custom: str) -> str:
    """The type that a ``custom`` attribute gives a region; empty if none."""
    return next((tag.values.get("type", "") for tag in tags(custom) if tag.name == "structure"), "")


@dataclass(frozen=True)
class _Span:
    """A tag of a line with where it really begins and ends there."""

    number: int
    tag: Tag
    start: int
    end: int

    @property
    def order(self) -> tuple[int, int, int]:
        """The one that begins first, then the longer one, is the outer one."""
        return (self.start, -self.end, self.number)


@dataclass(frozen=True)
class Tagged:
    """A line with its tags: its runs, the marks that go on in the next line, and whether a tag reached beyond it."""

    runs: tuple[Run, ...]
    carried: tuple[Mark, ...]
    reached_beyond: bool


def tagged(text: Text, found: list[Tag], flat: Flat, key: object) -> Tagged:
    """The text of a line under its tags; ``flat`` has the words beside it as ``(key, number of the tag)``."""
    length = len(text.plain)
    spans = [
        _Span(number, tag, min(tag.start, length), min(tag.end, length))
        for number, tag in enumerate(found)
        if tag.name not in APART
    ]
    runs: list[Run] = []
    cuts = sorted({0, length, *(at for span in spans for at in (span.start, span.end))})
    for start, end in zip(cuts, [*cuts[1:], length], strict=True):
        runs += _points(text, spans, start, flat, key)
        covering = [span for span in spans if span.start <= start < end <= span.end]
        marks = _nested(covering)
        runs += (replace(run, marks=marks) for run in text.slice(start, end).runs if start < end)
        for span in covering:
            if span.end == end:
                outer = [other for other in covering if other.order < span.order]
                runs += _beside(span, outer, runs[-1].end, flat, key)
    carried = tuple(mark for span in spans if span.tag.continued for mark in span.tag.marks)
    return Tagged(tuple(runs), carried, any(tag.end > length for tag in found if tag.name not in APART))


def _nested(covering: list[_Span]) -> tuple[Mark, ...]:
    return tuple(mark for span in sorted(covering, key=lambda span: span.order) for mark in span.tag.marks)


def _points(text: Text, spans: list[_Span], at: int, flat: Flat, key: object) -> Iterator[Run]:
    """Gaps at a place of a line, and the words of tags that cover nothing there."""
    offset = text.slice(0, at).end if at else text.start
    for span in spans:
        if span.start == at and span.tag.name == "gap":
            yield Run("", offset, offset, point=span.tag.gap)
        if span.start == span.end == at:
            yield from _beside(span, [], offset, flat, key)


def _beside(span: _Span, outer: list[_Span], offset: int, flat: Flat, key: object) -> Iterator[Run]:
    """What stands beside the words of a tag; an empty run keeps two neighbouring choices apart."""
    if span.tag.beside is None:
        return
    element, words = span.tag.beside
    in_choice = bool(span.tag.marks) and span.start < span.end
    marks = (*_nested(outer), *((Mark("choice"),) if in_choice else ()))
    name, kind = (element, "") if in_choice else ("note", span.tag.name)
    own = Text((flat.run((key, span.number), words),))
    yield Run("", offset, offset, marks, Point(name, attributes(type=kind), (Block("paragraph", own),)))
    yield Run("", offset, offset)


def _values(text: str) -> Iterator[tuple[str, str]]:
    for pair in text.split(";"):
        name, colon, value = pair.partition(":")
        if colon:
            yield name.strip(), ESCAPE.sub(lambda found: chr(int(found[1], 16)), value.strip())


def _count(text: str, otherwise: int = 0) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text.strip()) else otherwise


def _word(text: str) -> str:
    return "-".join(text.split())


def _wikidata(values: Mapping[str, str]) -> str:
    id = values.get("wikiData", "").strip()
    return f"https://www.wikidata.org/entity/{id}" if re.fullmatch(r"Q\d{1,12}", id) else ""


def _when(values: Mapping[str, str]) -> str:
    """The date of a tag, as exactly as it says."""
    year, month, day = (values.get(name, "").strip() for name in ("year", "month", "day"))
    if not re.fullmatch(r"\d{1,4}", year) or not int(year):
        return ""
    parts = [year.zfill(4)]
    for part, most in ((month, 12), (day, 31)):
        if not re.fullmatch(r"\d{1,2}", part) or not 0 < int(part) <= most:
            break
        parts.append(part.zfill(2))
    return "-".join(parts)
