"""Puts what a document includes where it includes it, as XInclude 1.0 says; reads nothing outside the project.

The text is put together, not the tree, so that schema, rules and checks read it as they read any document; between
stretches of different files stands an empty comment with a line break, so that each line is of one file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from lxml import etree

from editio import codes, tei
from editio.diagnostics import Code, Location, Report
from editio.doctype import without_doctype
from editio.files import followed, leads_out, read_file
from editio.including.origins import Origins, Stretch
from editio.including.scan import XI, Fallback, Include, Scan, Span, scan
from editio.model import Document
from editio.pointing import joined, scheme_of

INCLUDE = f"{{{XI}}}include"
SEAM = "<!--\n-->"
# An id, as a pointer of its own or in one of the schemes that name it.
POINTED = re.compile(r"""([^\s()/]+)|element\(([^\s()/]+)\)|xpointer\(id\((["'])([^"']+)\3\)\)""")
BASE = re.compile(r"(\sxml:base\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
DEEPEST, MOST, LARGEST = 40, 10_000, 16 * 2**20
# From place to place in a file so many bytes are counted at most, however long its lines are.
APART = 2**14
WITHIN_CHARACTER = bytes(range(0x80, 0xC0))  # bytes of UTF-8 that begin none


def whole(document: Document, path: Path, grounds: Path, report: Report) -> Document:
    """A document in a file with all that it includes; what cannot be included is reported, and missing from its ``data``."""
    if next(document.root.iter(INCLUDE), None) is None:
        return document
    assembly = _Assembly(grounds, report)
    own = _file(path, document.name, document.data, document.root)
    assembly.write_whole(own)
    if not assembly.included:
        return document
    plain, based = "".join(assembly.plain).encode(), "".join(assembly.based).encode()
    origins = Origins(tuple(assembly.stretches), frozenset(assembly.files))
    try:
        root = tei.parse(based)
    except tei.MalformedXml as error:
        place = origins.place(error.line, error.column)
        report.add(codes.MALFORMED_TEI, place, f"with what {document.name} includes: {error.message}")
        return document
    return replace(document, root=root, data=plain, origins=origins)


@dataclass(frozen=True)
class _File:
    """A file of XML: its text as UTF-8, without DOCTYPE and with its entities written out."""

    path: Path
    name: str
    data: bytes
    scan: Scan

    @cached_property
    def counted(self) -> tuple[tuple[int, int], ...]:
        """The line and column of every so-many-th byte."""
        found = [(1, 1)]
        for start in range(0, len(self.data) - APART, APART):
            found.append(_behind(found[-1], self.data[start : start + APART]))
        return tuple(found)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of a place in its text."""
        number = offset // APART if offset < len(self.counted) * APART else len(self.counted) - 1
        return _behind(self.counted[number], self.data[number * APART : offset])

    def includes(self, start: int, end: int) -> Iterator[Include]:
        """The includes that begin in a stretch of it, in order."""
        first = bisect_left(self.scan.includes, start, key=lambda one: one.span.start)
        for number in range(first, len(self.scan.includes)):
            include = self.scan.includes[number]
            if include.span.start >= end:
                return
            yield include


def _behind(place: tuple[int, int], text: bytes) -> tuple[int, int]:
    """The line and the column behind a text that begins at a place."""
    lines, last = text.count(b"\n"), text[text.rfind(b"\n") + 1 :]
    column = len(last.translate(None, WITHIN_CHARACTER))
    return place[0] + lines, column + 1 if lines else place[1] + column


def _file(path: Path, name: str, data: bytes, root: etree._Element) -> _File:
    text = without_doctype(data, root).encode()
    return _File(path, name, text, scan(text))


@dataclass(frozen=True)
class _Element:
    """An element of a file, to be included, and its address as the include has it."""

    file: _File
    span: Span
    address: str
    key: tuple[Path, str]


@dataclass(frozen=True)
class _Text:
    """A file to be included as text."""

    name: str
    text: str


class _Refused(Exception):
    """Why something cannot be included; ``is_absence`` claims that a fallback may stand for it."""

    def __init__(self, code: Code, message: str, is_absence: bool = True) -> None:
        super().__init__(message)
        self.code, self.message, self.is_absence = code, message, is_absence


Chain = tuple[tuple[Path, str], ...]


class _Assembly:
    """A document while it is put together: as text, and as text with the xml:base that its parts get."""

    def __init__(self, grounds: Path, report: Report) -> None:
        self.grounds, self.report = grounds, report
        self.plain: list[str] = []
        self.based: list[str] = []
        self.stretches: list[Stretch] = []
        self.files: set[Path] = set()
        self.included, self.size, self.read, self.line, self.column = 0, 0, 0, 1, 1
        self.is_full = False
        self._known: dict[Path, _File] = {}

    def write_whole(self, file: _File) -> None:
        """Write a document with all that it includes."""
        self._known[followed(file.path)] = file
        self._begin(file.name, 1, 1)
        self._write(file, 0, len(file.data), ((followed(file.path), ""),))

    def _begin(self, name: str, line: int, column: int) -> None:
        """Begin a stretch of a file, at its line and column."""
        if self.stretches:
            self._put(SEAM)
        self.stretches.append(Stretch(self.line, self.column, name, line, column))

    def _go_on(self, file: _File, offset: int) -> None:
        """Go on in a file behind what was not written as it stands there."""
        self.stretches.append(Stretch(self.line, self.column, file.name, *file.position(offset)))

    def _put(self, text: str, based: str = "") -> None:
        self.plain.append(text)
        self.based.append(based or text)
        self.size += len(text)
        self.line += text.count("\n")
        self.column = len(text) - text.rfind("\n") if "\n" in text else self.column + len(text)

    def _write(self, file: _File, start: int, end: int, chain: Chain) -> None:
        """Write a stretch of a file, and what it includes where it includes it."""
        at = passed = start
        for include in file.includes(start, end):
            if include.span.start < passed:
                continue
            passed = include.span.end
            target = self._target(include, file, chain)
            self._put(file.data[at : include.span.start].decode())
            self.included += 1
            if target is None:
                self._put(*_left_out(file, include.span))
            else:
                self._include(target, file, chain)
            self._begin(file.name, *file.position(passed))
            at = passed
        self._put(file.data[at:end].decode())

    def _include(self, target: _Element | _Text | Fallback, file: _File, chain: Chain) -> None:
        match target:
            case _Text():
                self._begin(target.name, 1, 1)
                self._put(escape(target.text, quote=False))
            case Fallback():
                self._begin(file.name, *file.position(target.start))
                self._write_fallback(target, file, chain)
            case _Element():
                span = target.span
                self._begin(target.file.name, *target.file.position(span.start))
                self._put(*_start_tags(target))
                self._go_on(target.file, span.inside)
                self._write(target.file, span.inside, span.end, (*chain, target.key))
                if not target.key[1]:
                    self.files.add(target.key[0])

    def _write_fallback(self, fallback: Fallback, file: _File, chain: Chain) -> None:
        at = fallback.start
        for child in fallback.children:
            self._write(file, at, child.start, chain)
            self._put(_start_tag(file, child))
            self._go_on(file, child.inside)
            at = child.inside
        self._write(file, at, fallback.end, chain)

    def _target(self, include: Include, file: _File, chain: Chain) -> _Element | _Text | Fallback | None:
        """What an include puts in its place; nothing if it is to stay, which has been reported then."""
        try:
            if len(chain) > DEEPEST or self.included >= MOST or self.size > LARGEST or self.read > 2 * LARGEST:
                raise _Refused(codes.TOO_MANY_INCLUDES, "the document includes too much", is_absence=False)
            return self._resource(include.span, file, chain)
        except _Refused as refused:
            if refused.is_absence and include.fallback is not None:
                return include.fallback
            if not (self.is_full and refused.code is codes.TOO_MANY_INCLUDES):
                place = Location(file.name, *file.position(include.span.start))
                self.report.add(refused.code, place, refused.message)
            self.is_full = self.is_full or refused.code is codes.TOO_MANY_INCLUDES
            return None

    def _resource(self, span: Span, file: _File, chain: Chain) -> _Element | _Text:
        href, pointer = span.attributes.get("href", "").strip(), span.attributes.get("xpointer", "").strip()
        path = self._path(joined(span.base, href), file) if href else file.path
        kind = span.attributes.get("parse", "xml").strip()
        if kind == "text":
            encoding = span.attributes.get("encoding", "utf-8")
            return _Text(_name(path, self.report), _text(self._read(path, href), href, encoding))
        if kind != "xml":
            raise _Refused(codes.UNREAD_INCLUDE, f"parse=“{kind}” is neither “xml” nor “text”", is_absence=False)
        id = _id_pointed_to(pointer)
        key = (followed(path), id)
        if key in chain:
            raise _Refused(codes.CIRCULAR_INCLUDE, f"“{href or '#' + id}” includes itself", is_absence=False)
        target = self._opened(path, href)
        if id and id not in target.scan.by_id:
            raise _Refused(codes.MISSING_INCLUDE, f"“{href}” has no element with the id “{id}”")
        return _Element(target, target.scan.by_id[id] if id else target.scan.root, href, key)

    def _path(self, address: str, file: _File) -> Path:
        if scheme_of(address) or address.startswith("//"):
            raise _Refused(codes.UNREAD_INCLUDE, f"“{address[:200]}” lies outside and is not fetched")
        if "#" in address or "?" in address:
            message = f"“{address[:200]}” has a “#” or “?”: to include an element, name its id in @xpointer"
            raise _Refused(codes.UNREAD_INCLUDE, message, is_absence=False)
        path = file.path.parent / PurePosixPath(unquote(address))
        try:
            if leads_out(path, self.grounds):
                raise _Refused(codes.MISSING_INCLUDE, f"“{address[:200]}” lies outside the project")
            if not path.is_file():
                raise _Refused(codes.MISSING_INCLUDE, f"there is no file “{address[:200]}”")
            if path.stat().st_size + self.size > LARGEST:
                raise _Refused(codes.TOO_MANY_INCLUDES, f"“{address[:200]}” is too large", is_absence=False)
        except (ValueError, OSError):  # a name that no file can have
            raise _Refused(codes.MISSING_INCLUDE, f"there is no file “{address[:200]}”") from None
        return path

    def _opened(self, path: Path, href: str) -> _File:
        own = followed(path)
        if own not in self._known:
            data = self._read(path, href)
            try:
                self._known[own] = _file(path, _name(path, self.report), data, tei.parse(data))
            except tei.MalformedXml as error:
                self.report.add(codes.MALFORMED_TEI, self.report.place(path, error.line, error.column), error.message)
                message = f"“{href}” is not well-formed XML (line {error.line})"
                raise _Refused(codes.UNREAD_INCLUDE, message, is_absence=False) from None
        return self._known[own]

    def _read(self, path: Path, href: str) -> bytes:
        """The bytes of a file; they count, for what turns out to be of no use could be asked for again and again."""
        try:
            data = read_file(path)
        except OSError as error:
            raise _Refused(codes.MISSING_INCLUDE, f"“{href}” cannot be read: {error.strerror}") from None
        self.read += len(data)
        return data


def _name(path: Path, report: Report) -> str:
    """How a report calls a file; what “..” leads back from is left out."""
    return report.place(path.parent.resolve() / path.name).file


def _id_pointed_to(pointer: str) -> str:
    """The id that an XPointer names; empty for none."""
    found = POINTED.fullmatch(pointer)
    if pointer and not found:
        message = f"of XPointer, only ids are supported, not “{pointer[:200]}”"
        raise _Refused(codes.UNREAD_INCLUDE, message)
    return (found[1] or found[2] or found[4]) if found else ""


def _text(data: bytes, href: str, encoding: str) -> str:
    try:
        text = data.decode(encoding.strip())
    except (LookupError, UnicodeError):
        raise _Refused(codes.UNREAD_INCLUDE, f"“{href}” is not written in {encoding[:40]}", is_absence=False) from None
    if tei.NOT_XML.search(text):
        message = f"“{href}” holds characters that XML cannot have"
        raise _Refused(codes.UNREAD_INCLUDE, message, is_absence=False)
    return text.removeprefix("\ufeff")


def _start_tags(target: _Element) -> tuple[str, str]:
    """The start tag of an element that is included, with what was in scope around it; and the same with its xml:base.

    XInclude wants that xml:base. For schemas it is left out, as parsers do on demand: few allow it everywhere.
    """
    plain = _start_tag(target.file, target.span)
    base = _quoted(joined(target.address, target.span.base))
    if base == '""':
        return plain, plain
    if "xml:base" in target.span.attributes:
        return plain, BASE.sub(lambda found: found[1] + base, plain, count=1)
    return plain, _with(plain, f" xml:base={base}")


def _left_out(file: _File, span: Span) -> tuple[str, str]:
    """An include that nothing stands for: a comment of as many lines for schemas, itself for checks, so that they know."""
    rest = file.data[span.inside : span.end].decode()
    return f"<!--{_lines(file, span)}-->", _start_tag(file, span) + rest


def _lines(file: _File, span: Span) -> str:
    return "\n" * file.data.count(b"\n", span.start, span.end)


def _start_tag(file: _File, span: Span) -> str:
    return _with(file.data[span.start : span.inside].decode(), "".join(_scope(span)))


def _with(tag: str, attributes: str) -> str:
    cut = len(tag) - (2 if tag.endswith("/>") else 1)
    return tag[:cut] + attributes + tag[cut:]


def _scope(span: Span) -> Iterator[str]:
    """The declarations and the language that an element has from around it, as attributes."""
    for prefix, uri in {"": "", **span.namespaces}.items():
        if prefix not in span.declared:
            yield f" xmlns{':' * bool(prefix)}{prefix}={_quoted(uri)}"
    if span.language and "xml:lang" not in span.attributes:
        yield f" xml:lang={_quoted(span.language)}"


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'
