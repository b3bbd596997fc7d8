"""Reads the files of a schema, closed, and knows where in them each element begins."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from xml.parsers import expat

from lxml import etree

Read = Callable[[str], bytes]
SCH = "{http://purl.oclc.org/dsdl/schematron}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# What of an element is kept while files are joined: its file, line and column.
PLACE = "{urn:editio:schematron}place"


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in the files of a schema; lines and columns count from 1, 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong in a schema: an ``error`` leaves something out that would have been checked."""

    place: Place
    message: str
    severity: Literal["error", "warning"] = "error"


class SchemaError(Exception):
    """A schema of which nothing can be used."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.place.file}:{fault.place.line}: {fault.message}")
        self.fault = fault


def parse(data: bytes, name: str) -> etree._Element:
    """The root of a file, each of its elements with its place; DOCTYPE, and so every entity, is refused."""
    positions = _positions(data, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", None) or (0, 0)
        raise SchemaError(Fault(Place(name, line, column), f"not well-formed: {error}")) from None
    for element, (line, column) in zip(root.iter(etree.Element), positions, strict=True):
        element.set(PLACE, f"{line} {column} {name}")
    return root


def place(element: etree._Element) -> Place:
    """Where an element begins; that of its parent where it was made here."""
    for one in (element, *element.iterancestors()):
        if written := one.get(PLACE):
            line, column, name = written.split(" ", 2)
            return Place(name, int(line), int(column))
    return Place("")


def _positions(data: bytes, name: str) -> list[tuple[int, int]]:
    """Line and column of every start tag in document order; lxml knows only where tags end."""
    parser = expat.ParserCreate()
    found: list[tuple[int, int]] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    def refuse(*declared: object) -> None:
        raise SchemaError(Fault(Place(name, parser.CurrentLineNumber), "a schema of rules may not have a DOCTYPE"))

    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"not well-formed: {expat.ErrorString(error.code)}"
        raise SchemaError(Fault(Place(name, error.lineno, error.offset + 1), message)) from None
    except (LookupError, UnicodeError) as error:
        raise SchemaError(Fault(Place(name), f"the file’s encoding cannot be read: {error}")) from None
    return found


def resolve(href: str, base: str) -> tuple[str, str]:
    """The name of a file that another one refers to, and the fragment behind it; absolute addresses as they are."""
    path, _, fragment = href.partition("#")
    if not path:
        return base, fragment
    if re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:|/", path):
        return path, fragment
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:(//[^/]*)?", base)
    prefix, rest = (scheme[0], base[scheme.end() :]) if scheme else ("", base)
    return prefix + posixpath.normpath(posixpath.join(posixpath.dirname(rest), path)), fragment
