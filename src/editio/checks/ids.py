"""Checks of ids: whether they can be names of anchors and of files, and can be told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.read import PAGES, collision_key, usable_id
from editio.registers.mentions import texts_of
from editio.registry import Finding, check, edition_check
from editio.tei import XML_ID

# XML names without colon, roughly: what a name must not begin with, and what it must not hold
BEGINNING = re.compile(r"[\d.\-·\u0300-\u036f]")
FOREIGN = re.compile(r"[\s:!-,/;-@\[-^`{-~\u00a0\u00d7\u00f7\u2000-\u200b\u2010-\u203e\u2041-\u206f]")
PLAIN = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


@check(
    Severity.ERROR,
    "let it begin with a letter or “_” and go on with letters, digits, “.”, “-” and “_”",
    'xml:id="1860 07"  →  xml:id="d1860-07"',
)
def malformed_id(document: Document, edition: Edition) -> Iterable[Finding]:
    """An xml:id is not an XML name, so no pointer and no web address can name it: it begins with a digit, or holds a space, a
    colon or another sign."""
    for id, elements in document.lookup.by_id.items():
        if PLAIN.fullmatch(id):
            continue
        name = id.strip()
        fault = FOREIGN.search(name)
        if not name:
            message = "the xml:id is empty"
        elif fault:
            message = f"the xml:id “{id}” holds {'a space' if fault[0].isspace() else f'“{fault[0]}”'}"
        elif BEGINNING.match(name):
            message = f"the xml:id “{id}” begins with “{name[0]}”"
        else:
            continue
        yield from (Finding(document.location(element), message, about=("@xml:id",)) for element in elements)


@check(
    Severity.WARNING, "give one of them another xml:id, in plain letters", "“é” as one character, and as “e” and accent"
)
def indistinct_id(document: Document, edition: Edition) -> Iterable[Finding]:
    """Two ids of a document look the same, but are made of other characters, so that a pointer to one may miss it."""
    first: dict[str, str] = {}
    for id, elements in document.lookup.by_id.items():
        if id.isascii():
            continue
        other = first.setdefault(unicodedata.normalize("NFKC", id), id)
        if other != id:
            where = document.line_of(document.lookup.by_id[other][0])
            yield Finding(document.location(elements[0]), f"the id “{id}” looks like the one in {where}")


@check(
    Severity.WARNING,
    "give the root element an xml:id in letters, digits, “.”, “-” and “_” that no system reserves",
    '<TEI xml:id="index">  →  <TEI xml:id="letter-index">',
)
def unusable_document_id(document: Document, edition: Edition) -> Iterable[Finding]:
    """The xml:id of a document cannot be the name of its file or page: some system reserves it, as “con” and “aux”, the
    web edition has a page of its own by that name, it ends in a dot, or it is too long."""
    id = document.root.get(XML_ID)
    if id is None or document.name in {register.name for register in edition.registers}:
        return
    if not usable_id(id) or collision_key(id) in PAGES:
        yield Finding(document.location(document.root), f"the xml:id “{id[:60]}” cannot name a file or page")


@edition_check(
    Severity.ERROR,
    "give the root element of one of them another xml:id",
    '<TEI xml:id="letter-1"> in letter-1.xml and <TEI xml:id="Letter-1"> in letter-2.xml',
)
def same_document_id(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """Two documents have the same xml:id, or ids that would be one file on some systems."""
    first: dict[str, tuple[str, str]] = {}
    for document in texts_of(documents, edition):
        own = (document.name, document.root.get(XML_ID, ""))
        name, id = first.setdefault(collision_key(own[1]), own) if own[1] else own
        if name != document.name:
            yield Finding(document.location(document.root), f"{name} has the id “{id}” already")
