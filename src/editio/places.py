"""Knows where in its file every element and every text of a parsed document begins.

libxml2 itself gives the line in which a start tag ends, no column, and after 65,535 lines often no line that is true. So the
tags of one name are looked for in the bytes, where there are as many as the tree has elements of that name; where not (a
prefix that means two things, entities that hold elements), expat counts all nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import cast
from xml.parsers import expat

from lxml import etree

from editio.doctype import decoded

# Line and column, counted from 1; the column in characters, 0 where only the line is known.
Place = tuple[int, int]
LINE_END = re.compile(rb"\r\n?|\n")
LONE_RETURN = re.compile(rb"\r(?!\n)")
START_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
COMMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.S)
END_TAG = re.compile(rb"</[^>]*>")
# What may hold “<” that begins no tag.
NO_TAGS = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.S)
NAME = re.compile(rb"</([^\s>]+)")
# A text as it is written: what stands for one character, what stands for none, and characters.
WRITTEN = re.compile(
    rb"(?P<one>&[^;]*;|\r\n)|(?P<section><!\[CDATA\[(?P<inside>.*?)\]\]>)|(?P<none></?[^>]*>)|[^&<\r]+|.", re.S
)


class Places:
    """The places of a tree that stays as it is, parsed from these bytes; where the two do not agree, what libxml2 knows."""

    def __init__(self, root: etree._Element, data: bytes) -> None:
        self._root = root
        self._data = _in_utf8(root, data)
        # a lone carriage return, as of very old files, ends a line, too
        self._lone_returns = b"\r" in self._data and bool(LONE_RETURN.search(self._data))
        self._counted_to = 0, 1
        self._of_name: dict[str, Mapping[etree._Element, int]] = {}
        self._ended: dict[bytes, Mapping[int, int]] = {}

    def of(self, node: etree._Element) -> Place:
        """Where an element begins with its start tag; also of a comment or instruction."""
        begin = self._begin(node)
        return (node.sourceline or 0, 0) if begin is None else self._place(begin)

    def in_text(self, parent: etree._Element, behind: etree._Element | None, offset: int) -> Place:
        """Where a character stands, by its offset in the text that begins an element or stands behind a child of it."""
        begin = self._begin(parent if behind is None else behind)
        if begin is None:
            return parent.sourceline or 0, 0
        return self._place(self._behind_characters(self._start_of_text(begin, behind), offset))

    def of_ended_at(self, line: int, column: int) -> Place:
        """Where the element begins whose end tag begins there, or whose empty tag ends there; else the same place."""
        at = self._offset(line, column)
        name = NAME.match(self._data, at)
        if not name and self._data.endswith(b"/>", 0, at):
            return self._place(self._only_tags.rfind(b"<", 0, at))
        begin = self._begins_by_end(name[1]).get(at) if name else None
        return (line, column) if begin is None else self._place(begin)

    def _begins_by_end(self, name: bytes) -> Mapping[int, int]:
        """Where each element of a name begins, by where its end tag begins."""
        if name not in self._ended:
            found: dict[int, int] = {}
            begins: list[int] = []
            for tag in self._tags(name, 0):
                if not tag[0].startswith(b"</"):
                    begins += () if self._is_empty(tag.start()) else (tag.start(),)
                elif begins:
                    found[tag.start()] = begins.pop()
            self._ended[name] = found
        return self._ended[name]

    def _offset(self, line: int, column: int) -> int:
        """The offset of what stands in a line and column; the end of the document for a line behind it."""
        starts, last = self._starts_of_lines, len(self._data)
        start, end = (starts[at] if at < len(starts) else last for at in (line - 1, line))
        return start + len(self._data[start:end].decode(errors="replace")[: column - 1].encode())

    @cached_property
    def _starts_of_lines(self) -> Sequence[int]:
        return [0, *(found.end() for found in LINE_END.finditer(self._data))]

    def _begin(self, node: etree._Element) -> int | None:
        """The offset at which a node begins, if it is known."""
        if isinstance(node.tag, str):
            if node.tag not in self._of_name:
                self._of_name[node.tag] = self._begins_of(node)
            if node in self._of_name[node.tag]:
                return self._of_name[node.tag][node]
        return self._counted.get(node)

    def _begins_of(self, node: etree._Element) -> Mapping[etree._Element, int]:
        """Where the elements begin that are called as this one; none, if they cannot be told from others in the bytes."""
        if self._root.getroottree().docinfo.internalDTD is not None:
            return {}
        nodes = list(self._root.iter(cast(str, node.tag)))
        tags = [tag.start() for tag in _start_tags(_written(node)).finditer(self._only_tags)]
        alike = len(nodes) == len(tags) and all(one.prefix == node.prefix for one in nodes)
        return dict(zip(nodes, tags, strict=True)) if alike else {}

    def _tags(self, name: bytes, at: int) -> Iterator[re.Match[bytes]]:
        """The beginnings of the start and end tags of a name from an offset on, in order."""
        return _all_tags(name).finditer(self._only_tags, at)

    @cached_property
    def _only_tags(self) -> bytes:
        """The bytes with blanks for comments, instructions and sections in which markup is text."""
        return NO_TAGS.sub(lambda found: b" " * len(found[0]), self._data)

    @cached_property
    def _counted(self) -> Mapping[etree._Element, int]:
        """Where every node begins, by its number in document order; none, if expat counts other nodes than lxml."""
        begins, nodes = _begins(self._data), list(self._root.iter())
        return dict(zip(nodes, begins, strict=True)) if len(begins) == len(nodes) else {}

    def _start_of_text(self, begin: int, behind: etree._Element | None) -> int:
        if behind is not None and not isinstance(behind.tag, str):
            return _end_of(COMMENT, self._data, begin)
        if behind is None or self._is_empty(begin):
            return _end_of(START_TAG, self._data, begin)
        return self._end(begin, _written(behind))

    def _end(self, begin: int, name: bytes) -> int:
        """Where the element ends that begins there; there itself if an entity stands for it."""
        open_ones = 0
        for tag in self._tags(name, begin):
            if not tag[0].startswith(b"</"):
                open_ones += not self._is_empty(tag.start())
                continue
            open_ones -= 1
            if open_ones <= 0:
                return _end_of(END_TAG, self._data, tag.start())
        return begin

    def _is_empty(self, begin: int) -> bool:
        """Whether the tag that begins there is that of an empty element, ``<lb/>``."""
        return self._data.endswith(b"/>", begin, _end_of(START_TAG, self._data, begin))

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
        while (section := WRITTEN.match(self._data, at)) and section["section"]:
            if section["inside"]:
                return section.start("inside")
            at = section.end()
        return at

    def _place(self, offset: int) -> Place:
        """The line and column of an offset; lines are counted from where they were counted to, if that is before it."""
        if offset < self._counted_to[0]:
            self._counted_to = 0, 1
        at, line = self._counted_to
        line += self._data.count(b"\n", at, offset)
        start = self._data.rfind(b"\n", 0, offset)
        if self._lone_returns:
            line += sum(1 for _ in LONE_RETURN.finditer(self._data, at, offset))
            start = max(start, self._data.rfind(b"\r", 0, offset))
        self._counted_to = offset, line
        return line, len(self._data[start + 1 : offset].decode(errors="replace")) + 1


@lru_cache(1024)
def _start_tags(name: bytes) -> re.Pattern[bytes]:
    return re.compile(b"<" + re.escape(name) + rb"(?=[\s/>])")


@lru_cache(1024)
def _all_tags(name: bytes) -> re.Pattern[bytes]:
    return re.compile(b"</?" + re.escape(name) + rb"(?=[\s/>])")


def _written(node: etree._Element) -> bytes:
    """The name of an element as its tags have it."""
    local = etree.QName(node).localname
    return (f"{node.prefix}:{local}" if node.prefix else local).encode()


def _end_of(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    """Where what begins at an offset ends; that offset itself where an entity stands for it."""
    found = pattern.match(data, at)
    return found.end() if found else at


def _in_utf8(root: etree._Element, data: bytes) -> bytes:
    return decoded(data, root.getroottree().docinfo.encoding or "utf-8").encode("utf-8", "replace")


def _begins(data: bytes) -> list[int]:
    """Where the nodes of a document begin, in document order; none if expat does not get through it."""
    begins: list[int] = []
    depth = 0
    parser = expat.ParserCreate("utf-8")

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        begins.append(parser.CurrentByteIndex)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def other(*_: object) -> None:
        if depth:  # in front of the root and behind it they are not in the tree's order
            begins.append(parser.CurrentByteIndex)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CommentHandler = parser.ProcessingInstructionHandler = other
    try:
        parser.Parse(data, True)
    except expat.ExpatError:  # libxml2 allows what expat does not, such as names of later editions of XML
        return []
    return begins
