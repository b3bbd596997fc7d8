"""Parses XML closed: no network, no external entities, no DTD, and limits that hold."""

from __future__ import annotations

import re
from typing import Any, cast

from lxml import etree

from editio.tei.malformed import first_flaw, not_in_encoding, place_of

MOST_ATTRIBUTES = 200
_OVERLOADED = etree.XPath(f"//@*[{MOST_ATTRIBUTES + 1}]/..")
# What may stand before a DOCTYPE, and the DOCTYPE that names a file
PROLOG = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.S)
EXTERNAL_ID = re.compile(
    rb"<!DOCTYPE\s+[^\s\[>]+\s*((?:SYSTEM|PUBLIC)\s*(?:\"[^\"]*\"|'[^']*')(?:\s*(?:\"[^\"]*\"|'[^']*'))?)"
)
PLAIN_ENCODING = re.compile(r"(?i)utf-?8|us-ascii|ascii|iso[-_]8859-\d{1,2}|latin-?\d|windows-125\d|cp125\d|koi8-[ru]")
UTF_8 = re.compile("(?i)utf-?8")
MARK = b"\xef\xbb\xbf"
IN_UTF_8 = 'save the file as UTF-8, with <?xml version="1.0" encoding="UTF-8"?> as its first line'


class MalformedXml(Exception):
    """A file that is not XML, or that is XML nobody should open; ``line`` counts from 1, ``hint`` may be empty."""

    def __init__(self, line: int, column: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.column, self.message, self.hint = line, column, message, hint


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
    known = _in_known_encoding(data)
    try:
        root = etree.fromstring(_without_external_subset(known), parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise _in_words(known, error) from None
    for element in cast("list[etree._Element]", _OVERLOADED(root)):
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
        return re.sub(r"\A(<\?xml[^>]*?)\sencoding\s*=\s*(\"[^\"]*\"|'[^']*')", r"\1", _of_utf_16(data)).encode("utf-8")
    marked = data.startswith(MARK)
    data = data.removeprefix(MARK)
    if data.startswith(MARK) or b"\0" in data[:4]:
        raise MalformedXml(1, 0, "the file's encoding cannot be read", IN_UTF_8)
    name = _declared_encoding(data)
    if marked and name and not UTF_8.fullmatch(name):
        message = f"the file says that it is in “{name}”, but begins with the mark of UTF-8"
        raise MalformedXml(1, 1, message, 'write encoding="UTF-8" in the first line')
    if name and not PLAIN_ENCODING.fullmatch(name):
        raise _unsupported(data, name)
    return data


def _of_utf_16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        line = data[: error.start].decode("utf-16", "replace").count("\n") + 1
        message = "the file begins like UTF-16, but does not go on like it"
        raise MalformedXml(line, 0, message, "save the file as UTF-8") from None


def _declared_encoding(data: bytes) -> str:
    """The encoding that a document says it is in; empty if it says nothing, which means UTF-8."""
    declared = re.match(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)", data)
    return declared[1].decode(errors="replace") if declared else ""


def _unsupported(data: bytes, name: str) -> MalformedXml:
    """Why a document in this encoding is not opened."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return MalformedXml(1, 0, f"the encoding “{name}” is not supported; save as UTF-8", IN_UTF_8)
    message = f"the encoding “{name}” is not supported, and the file is not in it, but in UTF-8"
    return MalformedXml(1, 1, message, 'write encoding="UTF-8" in the first line')


def _in_words(data: bytes, error: etree.XMLSyntaxError) -> MalformedXml:
    """What is wrong with a document that libxml2 refused: the first flaw, if it is one that we can name."""
    line, column = error.position if error.position else (0, 0)
    encoding = _declared_encoding(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        return MalformedXml(*not_in_encoding(data, encoding, wrong))
    except LookupError:  # of “iso-8859-99”
        return MalformedXml(1, 1, f"there is no encoding “{encoding}”", IN_UTF_8)
    flaw = first_flaw(text)
    if flaw:
        place = place_of(text, flaw.offset)
        # what a parser only warns of does not end its reading
        if not line or place[0] <= line or error.code == etree.ErrorTypes.WAR_UNDECLARED_ENTITY:
            return MalformedXml(*place, flaw.message, flaw.hint)
    return MalformedXml(line or 0, column or 0, _plain_message(error.msg or str(error)))


def _plain_message(message: str) -> str:
    message = re.sub(r", line \d+, column \d+.*$", "", message, flags=re.DOTALL).strip()
    # libxml2 speaks to programmers: of functions and of options that are not the editor's
    message = re.sub(r"^xml\w+: |,? (?:use|try|see) [Xx]\w+.*$", "", message, flags=re.DOTALL)
    message = re.sub(r"PCDATA invalid Char value (\d+)", r"the control character \1 may not stand in XML", message)
    message = re.sub(r"invalid xmlChar value \d+", "a reference to a character that XML does not allow", message)
    return message[:1].lower() + message[1:] if message[1:2].islower() else message
