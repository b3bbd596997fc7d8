"""Parses XML closed: no network, no external entities, no DTD, and limits that hold."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

MOST_ATTRIBUTES = 200
# What may stand before a DOCTYPE, and the DOCTYPE that names a file
PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.S)
EXTERNAL_ID = re.compile(
    rb"<!DOCTYPE\s+[^\s\[>]+\s*((?:SYSTEM|PUBLIC)\s*(?:\"[^\"]*\"|'[^']*')(?:\s*(?:\"[^\"]*\"|'[^']*'))?)"
)
PLAIN_ENCODING = re.compile(rb"(?i)utf-?8|us-ascii|ascii|iso[-_]8859-\d{1,2}|latin-?\d|windows-125\d|cp125\d|koi8-[ru]")


class MalformedXml(Exception):
    """A file that is not XML, or that is XML nobody should open; ``line`` counts from 1."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message = line, column, message


class _NoResolver(etree.Resolver):
    """Gives nothing for every external file."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        return self.resolve_empty(context)


def parse(data: bytes) -> etree._Element:
    """The root of a document, parsed without network, external entities, DTD, or limits removed."""
    parser = etree.XMLParser(
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=False,
    )
    parser.resolvers.add(_NoResolver())
    try:
        root = etree.fromstring(_without_external_subset(_in_known_encoding(data)), parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        line, column = error.position if error.position else (0, 0)
        raise MalformedXml(line or 0, column or 0, _plain_message(error.msg or str(error))) from None
    except (UnicodeDecodeError, LookupError) as error:
        raise MalformedXml(0, 0, f"the file's encoding cannot be read: {error}") from None
    for element in root.iter(etree.Element):
        if len(element.attrib) > MOST_ATTRIBUTES:
            raise MalformedXml(element.sourceline or 0, 0, f"an element has more than {MOST_ATTRIBUTES} attributes")
    return root


def _without_external_subset(data: bytes) -> bytes:
    """The document with the external identifier of its DOCTYPE blanked out, so that nothing can be loaded by it.

    libxml2 loads that file in spite of ``load_dtd=False`` where ``collect_ids`` is off, and asks no resolver.
    """
    at = 0
    while piece := PROLOG.match(data, at):
        at = piece.end()
    found = EXTERNAL_ID.match(data, at)
    if not found:
        return data
    blank = re.sub(rb"[^\n]", b" ", found[1])
    return data[: found.start(1)] + blank + data[found.end(1) :]


def _in_known_encoding(data: bytes) -> bytes:
    """The document in an encoding in which markup is ASCII; refused where it says to be in one that hides markup."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and not data.startswith(b"\xff\xfe\0\0"):
        text = data.decode("utf-16")
        return re.sub(r"\A(<\?xml[^>]*?)\sencoding\s*=\s*(\"[^\"]*\"|'[^']*')", r"\1", text).encode("utf-8")
    data = data.removeprefix(b"\xef\xbb\xbf")
    declared = re.match(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)", data)
    if data.startswith(b"\xef\xbb\xbf") or b"\0" in data[:4]:
        raise MalformedXml(1, 0, "the file's encoding cannot be read")
    if declared and not PLAIN_ENCODING.fullmatch(declared[1]):
        raise MalformedXml(
            1, 0, f"the encoding “{declared[1].decode(errors='replace')}” is not supported; save as UTF-8"
        )
    return data


def _plain_message(message: str) -> str:
    message = re.sub(r", line \d+, column \d+.*$", "", message, flags=re.DOTALL).strip()
    # libxml2 speaks to programmers: of functions and of options that are not the editor's
    message = re.sub(r"^xml\w+: |,? (?:use|try|see) [Xx]\w+.*$", "", message, flags=re.DOTALL)
    message = re.sub(r"PCDATA invalid Char value (\d+)", r"the control character \1 may not stand in XML", message)
    message = re.sub(r"invalid xmlChar value \d+", "a reference to a character that XML does not allow", message)
    return message[:1].lower() + message[1:] if message[1:2].islower() else message
