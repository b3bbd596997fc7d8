"""Knows TEI XML: namespace, closed parsing, building, mixed content, plain text with offsets, serialising.

The only module that touches ``.text`` and ``.tail``: everywhere else an element's content is a
list of strings and elements (``contents``), and text is found and marked by offsets.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

NS = "http://www.tei-c.org/ns/1.0"
TEI = f"{{{NS}}}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACES = {None: NS}
PREFIXED = {"xml_id": XML_ID, "xml_lang": XML_LANG}
MOST_ATTRIBUTES = 200

Content = str | etree._Element

# Elements that hold elements only (a line for each child), and those whose children may all be blocks.
STRUCTURAL = frozenset(
    "TEI teiHeader fileDesc titleStmt publicationStmt notesStmt sourceDesc respStmt availability msDesc "
    "msIdentifier msContents encodingDesc editorialDecl appInfo application profileDesc abstract langUsage "
    "correspDesc correspAction revisionDesc textClass keywords text front body back group div list table row "
    "lg sp address standOff listPerson listPlace listOrg person place org location opener closer".split()
)
BLOCKS = frozenset("p ab address salute dateline signed list item lg l head note quote byline epigraph table".split())
# Elements whose text is none of the sentence they stand in: notes, what was deleted or stands on the page besides,
# and blocks inside a block.
APART = frozenset(
    f"{TEI}{name}"
    for name in (
        "note noteGrp del fw figDesc floatingText p ab list item table row cell lg l sp figure head div".split()
    )
)
# Of elements that give a text in several ways, those that are read rather than others.
READ_FIRST = tuple(f"{TEI}{name}" for name in ("corr", "reg", "expan", "lem"))
ALTERNATIVES = frozenset({f"{TEI}choice", f"{TEI}app"})
LINE_BREAK = f"{TEI}lb"
# XML 1.0, production 2: what is not a Char
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


# --- building ---------------------------------------------------------------------------------


def element(name: str, *content: Content, **attributes: str) -> etree._Element:
    """A TEI element; ``xml_id`` and ``xml_lang`` stand for the attributes with a prefix, empty values are left out."""
    made = etree.Element(f"{TEI}{name}", nsmap=NAMESPACES)
    for key, value in attributes.items():
        if value:
            made.set(PREFIXED.get(key) or key.replace("_", "-"), value)
    append(made, *content)
    return made


def append(parent: etree._Element, *content: Content) -> None:
    """Add strings and elements behind what an element holds."""
    # len() counts the children one by one, and an element may have many
    last = next(parent.iterchildren(reversed=True), None)
    # strings side by side are set as one: each time, the whole text is copied
    words: list[str] = []
    for piece in (*content, None):
        if isinstance(piece, str):
            words.append(piece)
            continue
        if words and last is not None:
            last.tail = (last.tail or "") + "".join(words)
        elif words:
            parent.text = (parent.text or "") + "".join(words)
        words.clear()
        if piece is not None:
            parent.append(piece)
            last = piece


def contents(parent: etree._Element) -> list[Content]:
    """What an element holds, in order; empty strings left out."""
    found: list[Content] = [parent.text] if parent.text else []
    for child in parent:
        found.append(child)
        if child.tail:
            found.append(child.tail)
    return found


def insert(parent: etree._Element, index: int, node: etree._Element) -> None:
    """Put an element before the child at an index, on a line of its own; every text stays where it is."""
    node.tail = "\n"
    parent.insert(index, node)


def set_contents(parent: etree._Element, content: Sequence[Content]) -> None:
    """Give an element new content; its children may be reused."""
    for child in list(parent):
        parent.remove(child)
    parent.text = None
    for piece in content:
        if not isinstance(piece, str):
            cut_tail(piece)
    append(parent, *content)


def unwrap(node: etree._Element) -> None:
    """Take an element away and leave what it holds in its place."""
    parent = node.getparent()
    if parent is None:
        raise ValueError("the root cannot be taken away")
    kept: list[Content] = []
    for piece in contents(parent):
        kept += contents(node) if piece is node else [piece]
    set_contents(parent, kept)


def cut_tail(node: etree._Element) -> None:
    """Take the text behind an element off it, as ``contents`` has it as a piece of its own."""
    node.tail = None


def xml_name(text: str) -> str:
    """The text as an id or a token (an NCName that is safe in file names and addresses); empty if it has none in it."""
    name = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", text)).strip("-.")
    return name if re.match(r"[^\W\d]", name) else ""


def part(root: etree._Element, path: str) -> etree._Element:
    """The first element at a path of TEI names such as ``text/body``, which must be there."""
    found = root.find("/".join(f"{TEI}{step}" for step in path.split("/")))
    if found is None:
        raise ValueError(f"{local_name(root)} has no {path}")
    return found


def clean(text: str) -> str:
    """Text without characters that XML cannot hold: each becomes U+FFFD."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def local_name(node: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


# --- plain text -------------------------------------------------------------------------------


def text_of(node: etree._Element) -> str:
    """All text of an element, notes included, comments and processing instructions left out."""
    return "".join(_pieces(node))


def _pieces(node: etree._Element) -> Iterator[str]:
    for piece in contents(node):
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece.tag, str):
            yield from _pieces(piece)


def empty_among(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """Those elements that hold nothing but white space: no element, no comment, no word."""
    # len() counts the children one by one
    return [node for node in elements if (not (text := node.text) or text.isspace()) and not len(node)]


def texts(node: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every text of an element in order, with the element it stands in; comments and instructions left out."""
    for piece in contents(node):
        if isinstance(piece, str):
            yield node, piece
        elif isinstance(piece.tag, str):
            yield from texts(piece)


_STRING = etree.XPath("string()", smart_strings=False)


def string_of(node: etree._Element) -> str:
    """The same as ``text_of``, by libxml2: for whole documents."""
    return str(_STRING(node))


@dataclass(frozen=True, slots=True)
class Passage:
    """A text node: the element it stands in, and the child of it behind which it stands, if not at its beginning."""

    element: etree._Element
    text: str
    behind: etree._Element | None = None


def passages(root: etree._Element, needles: Sequence[str]) -> Iterator[Passage]:
    """The text nodes of a parsed document that contain one of these strings, in order; comments and instructions left out."""
    wanted = {f"n{index}": needle for index, needle in enumerate(needles)}
    for text in _texts_with(len(wanted))(root, **wanted) if wanted else ():
        node = text.getparent()
        if text.is_tail:
            yield Passage(node.getparent(), str(text), node)
        else:
            yield Passage(node, str(text))


@cache
def _texts_with(count: int) -> etree.XPath:
    """The search for texts that contain one of so many strings: libxml2 goes through all of them, Python only sees these."""
    return etree.XPath(
        "descendant::text()[{}]".format(" or ".join(f"contains(., $n{index})" for index in range(count)))
    )


def edges(node: etree._Element) -> tuple[str, str]:
    """The text before the first and behind the last child of an element; both are all of it if it has no child."""
    first = node.text or ""
    return first, (node[-1].tail or "") if len(node) else first


def running_text(node: Content) -> str:
    """Text as it is read: notes left out, a line break as newline. Offsets of names and dates count in it."""
    if isinstance(node, str):
        return node
    if not isinstance(node.tag, str) or is_apart(node):
        return ""
    if node.tag == LINE_BREAK:
        return "" if node.get("break") == "no" else "\n"
    return running_text_of_unit(node)


def is_apart(node: etree._Element) -> bool:
    """Whether an element's text is none of the sentence around it: a note, say, or the reading that is not read."""
    if node.tag in APART:
        return True
    parent = node.getparent()
    return parent is not None and parent.tag in ALTERNATIVES and node is not _read_of(parent)


def _read_of(alternatives: etree._Element) -> etree._Element | None:
    """The one child of a choice or an app that a reader of the text reads."""
    children = [child for child in alternatives if isinstance(child.tag, str)]
    found = next((child for child in children if child.tag in READ_FIRST), None)
    return found if found is not None else next(iter(children), None)


# What names and dates are marked by.
MARKS = frozenset(f"{TEI}{name}" for name in ("persName", "placeName", "orgName", "name", "rs", "date", "time"))


@dataclass(frozen=True)
class Unit:
    """An element that holds running text, such as a paragraph or a note, and where its text begins in the whole."""

    element: etree._Element
    start: int
    text: str


def units(root: etree._Element) -> tuple[Unit, ...]:
    """The units of a text in order, their texts two newlines apart."""
    found: list[Unit] = []
    at = 0
    for node in _unit_elements(root):
        inner = running_text_of_unit(node)
        found.append(Unit(node, at, inner))
        at += len(inner) + 2
    return tuple(found)


def running_text_of_unit(node: etree._Element) -> str:
    """The running text of an element, also when it is a note itself."""
    if node.tag in ALTERNATIVES:  # the white space between the readings is none of the text
        read = _read_of(node)
        return running_text(read) if read is not None else ""
    return "".join(running_text(piece) for piece in contents(node))


def _unit_elements(node: etree._Element, inside: bool = False) -> Iterator[etree._Element]:
    holds_text = any(_is_text(piece) for piece in contents(node))
    apart = inside and is_apart(node)
    is_unit = holds_text and (not inside or apart)
    if is_unit:
        yield node
    for child in node:
        if isinstance(child.tag, str):
            yield from _unit_elements(child, (inside and not apart) or is_unit)


def _is_text(piece: Content) -> bool:
    """Whether a piece is text, or text that was marked as a name: to mark it makes no other unit."""
    if isinstance(piece, str):
        return bool(piece.strip())
    return piece.tag in MARKS and any(_is_text(inner) for inner in contents(piece))


def whole_text(found: Iterable[Unit]) -> str:
    """The texts of units as one string in which their offsets hold."""
    return "\n\n".join(unit.text for unit in found)


def elements_with_offsets(parent: etree._Element, at: int = 0) -> Iterator[tuple[etree._Element, int]]:
    """The elements in an element's running text (those inside notes left out), each with the offset where it begins.

    An element that holds all of the running text counts as in it, so the element itself comes first.
    """
    yield parent, at
    for piece, first, _ in pieces_with_offsets(parent):
        if not isinstance(piece, str) and isinstance(piece.tag, str) and not is_apart(piece):
            yield from elements_with_offsets(piece, at + first)


def pieces_with_offsets(parent: etree._Element) -> Iterator[tuple[Content, int, int]]:
    """What an element holds, in order, each piece with where its running text begins and ends in that of the element."""
    at = 0
    alternatives = parent.tag in ALTERNATIVES
    for piece in contents(parent):
        length = 0 if alternatives and isinstance(piece, str) else len(running_text(piece))
        yield piece, at, at + length
        at += length


# --- files ------------------------------------------------------------------------------------


def serialise(root: etree._Element) -> bytes:
    """The document as UTF-8: a line for each block, nothing added where text stands."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + _lines(root).encode("utf-8") + b"\n"


def serialise_as_it_is(root: etree._Element) -> bytes:
    """The document as UTF-8 with all its white space, comments and instructions; without DOCTYPE."""
    before = reversed(list(root.itersiblings(preceding=True)))
    nodes = [*before, root, *root.itersiblings()]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines += [etree.tostring(node, encoding="unicode", with_tail=False) for node in nodes]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _lines(node: etree._Element) -> str:
    if not len(node) or not _holds_blocks(node):
        return etree.tostring(node, encoding="unicode", with_tail=False).replace(f' xmlns="{NS}"', "", _inherits(node))
    empty = etree.Element(
        node.tag, attrib=dict(node.attrib), nsmap={None: NS} if node.getparent() is None else node.nsmap
    )
    tag = etree.tostring(empty, encoding="unicode")[:-2]
    if _inherits(node):
        tag = tag.replace(f' xmlns="{NS}"', "", 1)
    children = "\n".join(_lines(child) for child in node)
    return f"{tag}>\n{children}\n</{local_name(node)}>"


def _inherits(node: etree._Element) -> int:
    return 0 if node.getparent() is None else 1


def _holds_blocks(node: etree._Element) -> bool:
    if any(isinstance(piece, str) and piece.strip() for piece in contents(node)):
        return False
    return local_name(node) in STRUCTURAL or all(local_name(child) in BLOCKS for child in node)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file by way of a new neighbour and a rename, unless it already holds these bytes; links are not followed."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(neighbour, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        neighbour.replace(path)
    finally:
        neighbour.unlink(missing_ok=True)
    return True
