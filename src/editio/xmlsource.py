"""What the sources in XML share: by which root element a format is known, and closed parsing that refuses in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from editio import codes, tei
from editio.container import refuse_binary
from editio.diagnostics import Location, refuse
from editio.model import Source

# What may stand before the root element, a DOCTYPE with its internal subset included.
_BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s[^\[>]*(?:\[[^\]]*\]\s*)?>", re.S)
_ROOT = re.compile(r"<(?:(?P<prefix>[\w.-]+):)?(?P<name>[\w.-]+)(?P<attributes>[^>]*)")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?(?P<name>[\w.-]+)")


@dataclass(frozen=True)
class Root:
    """The root element of a document as its beginning shows it."""

    name: str
    namespace: str = ""


def root_of(head: str) -> Root:
    """The root element by the beginning of a file (bytes as Latin-1); no name if it is not XML."""
    head = head.replace("\0", "").removeprefix("ï»¿").lstrip("ÿþ")
    at = 0
    while piece := _BEFORE.match(head, at):
        at = piece.end()
    found = _ROOT.match(head, at)
    if found is None:
        declared = _DOCTYPE.match(head, at)
        return Root(declared["name"] if declared else "")
    prefix = f":{found['prefix']}" if found["prefix"] else ""
    namespace = re.search(rf"\sxmlns{re.escape(prefix)}\s*=\s*[\"']([^\"']*)", found["attributes"])
    return Root(found["name"], namespace[1] if namespace else "")


def parse_source(source: Source) -> etree._Element:
    """The root of a source; refused where it is not well-formed or is nothing to be opened."""
    refuse_binary(source)
    try:
        return tei.parse(source.data)
    except tei.MalformedXml as error:
        place = Location(source.name, error.line, error.column)
        hint = error.hint or "export the file again, or correct the line named"
        raise refuse(codes.DAMAGED_SOURCE, place, error.message, hint) from None
