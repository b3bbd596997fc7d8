"""Knows where in its file every element and every text of a parsed document begins, by one pass of expat over the bytes.

libxml2 itself gives the line in which a start tag ends, no column, and after 65,535 lines often no line that is true.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from editio.doctype import decoded

# Line and column, counted from 1; the column in characters, 0 where only the line is known.
Place = tuple[int, int]
LINE_END = re.compile(rb"\r\n?|\n")
START_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
COMMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.S)
END_TAG = re.compile(rb"</[^>]*>")
# A text as it is written: what stands for one character, what stands for none, and characters.
WRITTEN = re.compile(
    rb"(?P<one>&[^;]*;|\r\n)|(?P<section><!\[CDATA\[(?P<inside>.*?)\]\]>)|(?P<none></?[^>]*>)|[^&<\r]+|.", re.S
)


@dataclass
class _Offsets:
    """Where the nodes of a document begin, in document order, and where elements end, as offsets of its bytes."""

    begins: list[int] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    whole: bool = True


class Places:
    """The places of a tree that stays as it is, parsed from these bytes; where the two do not agree, what libxml2 knows."""

    def __init__(self, root: etree._Element, data: bytes) -> None:
        self._data = _in_utf8(root, data)
        self._numbers = {node: number for number, node in enumerate(root.iter())}
        offsets = _offsets(self._data)
        agrees = offsets.whole and len(offsets.begins) == len(self._numbers)
        self._begins = offsets.begins if agrees else []
        self._ends = offsets.ends
        self._lines = [0, *(found.end() for found in LINE_END.finditer(self._data))]
        self._with_end_at: dict[Place, Place] | None = None

    def of(self, node: etree._Element) -> Place:
        """Where an element begins with its start tag; also of a comment or instruction."""
        number = self._numbers.get(node)
        if number is None or not self._begins:
            return node.sourceline or 0, 0
        return self._place(self._begins[number])

    def in_text(self, parent: etree._Element, behind: etree._Element | None, offset: int) -> Place:
        """Where a character stands, by its offset in the text that begins an element or stands behind a child of it."""
        number = self._numbers.get(parent if behind is None else behind)
        if number is None or not self._begins:
            return parent.sourceline or 0, 0
        return self._place(self._behind_characters(self._start_of_text(number, behind), offset))

    def of_ended_at(self, line: int, column: int) -> Place:
        """Where the element begins whose end tag begins there; the same place if there is none."""
        if self._with_end_at is None:
            numbers = self._ends if self._begins else {}
            self._with_end_at = {self._place(end): self._place(self._begins[number]) for number, end in numbers.items()}
        return self._with_end_at.get((line, column), (line, column))

    def _start_of_text(self, number: int, behind: etree._Element | None) -> int:
        begin = self._begins[number]
        if behind is None:
            return _end_of(START_TAG, self._data, begin)
        if not isinstance(behind.tag, str):
            return _end_of(COMMENT, self._data, begin)
        end = self._ends[number]
        # of an empty element expat tells the end behind its tag
        is_empty = self._data.endswith(b"/>", begin, end) and end == _end_of(START_TAG, self._data, begin)
        return end if is_empty else _end_of(END_TAG, self._data, end)

    def _behind_characters(self, at: int, count: int) -> int:
        """The offset in bytes behind so many characters of a text."""
        while count > 0 and (found := WRITTEN.match(self._data, at)):
            if found["none"]:
                break
            if found["section"]:
                words, at = found["inside"].decode(), found.start("inside")
                if count < len(words):
                    return at + len(words[:count].encode())
                count, at = count - len(words), found.end()
                continue
            words = " " if found["one"] else found[0].decode()
            if count < len(words):
                return at + len(words[:count].encode())
            count, at = count - len(words), found.end()
        section = WRITTEN.match(self._data, at)
        return section.start("inside") if section and section["section"] else at

    def _place(self, offset: int) -> Place:
        line = bisect_right(self._lines, offset)
        return line, len(self._data[self._lines[line - 1] : offset].decode(errors="replace")) + 1


def _end_of(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    """Where what begins at an offset ends; that offset itself where an entity stands for it."""
    found = pattern.match(data, at)
    return found.end() if found else at


def _in_utf8(root: etree._Element, data: bytes) -> bytes:
    return decoded(data, root.getroottree().docinfo.encoding or "utf-8").encode("utf-8", "replace")


def _offsets(data: bytes) -> _Offsets:
    found = _Offsets()
    parser = expat.ParserCreate("utf-8")
    begins, ends, open_elements = found.begins, found.ends, list[int]()

    def start(*_: object) -> None:
        open_elements.append(len(begins))
        begins.append(parser.CurrentByteIndex)

    def end(_: str) -> None:
        ends[open_elements.pop()] = parser.CurrentByteIndex

    def other(*_: object) -> None:
        if open_elements:  # in front of the root and behind it they are not in the tree's order
            begins.append(parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CommentHandler = parser.ProcessingInstructionHandler = other
    try:
        parser.Parse(data, True)
    except expat.ExpatError:  # libxml2 allows what expat does not, such as names of later editions of XML
        found.whole = False
    return found
