"""Checks of the header: what an edition must say of itself, and what a template put there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from editio.diagnostics import Location, Severity
from editio.model import Document, Edition
from editio.registry import Finding, check
from editio.tei import TEI, XML_LANG, string_of

# What templates of editors and of the TEI put where something is to be written, in lower case.
PLACEHOLDERS = frozenset(
    (
        "title|titel|titre|titolo|título|tytuł|заглавие|название|document title|title of document|title here|your title"
        "|enter title|insert title|insert title here|titel eingeben|titel des dokuments|todo|to do|tbd|tba|fixme|xxx|xxxx|???"
        "|…|...|untitled|untitled document|unbenannt|unbenanntes dokument|sans nom|lorem ipsum|publication information"
        "|information about the source|publication information here|source information|author|author name|name of author"
        "|autor|auteur|publisher|publisher name|name"
    ).split("|")
)
HEADER = f"{TEI}teiHeader"
INCLUDE = "{http://www.w3.org/2001/XInclude}include"
TEXTS = frozenset(f"{TEI}{name}" for name in ("text", "sourceDoc", "TEI"))
STATEMENTS = ("title", "author", "editor", "publisher", "distributor", "authority")
RESPONSIBLE = frozenset(f"{TEI}{name}" for name in "author editor respStmt principal meeting sponsor funder p".split())
RIGHTS = re.compile(
    r"licen[cs]e|lizenz|licenza|licencia|лиценз|copyright|©|\(c\)|public domain|gemeinfrei|domaine public|creative commons"
    r"|\bcc[ -]?(?:by|0)\b|\brights?\b|\brechte?\b|\bdroits?\b|\bderechos\b|\bdiritti\b|права|freely|permission|\bfree\b|frei ",
    re.I,
)


@check(Severity.WARNING, "write the title into titleStmt", "<titleStmt><title/></titleStmt>")
def document_without_title(document: Document, edition: Edition) -> Iterable[Finding]:
    """The document has no title, so that lists and search results cannot name it."""
    for header in _headers(document):
        if not _says(header, "fileDesc/titleStmt/title"):
            yield Finding(_place(document, header, "fileDesc/titleStmt"), "the document has no title")


@check(
    Severity.WARNING,
    "name author, editor, or with respStmt who did what",
    "<respStmt><resp>transcribed by</resp><name>Anna Weber</name></respStmt>",
)
def missing_responsibility(document: Document, edition: Edition) -> Iterable[Finding]:
    """The header names nobody who wrote, edited or transcribed the document."""
    for header in _headers(document):
        if not any(map(_names_somebody, _lineage(header))):
            yield Finding(_place(document, header, "fileDesc/titleStmt"), "neither author nor editor is named")


@check(
    Severity.WARNING,
    "name the publisher, the distributor, or the authority that makes the document available",
    "<publicationStmt><p/></publicationStmt>",
)
def missing_publisher(document: Document, edition: Edition) -> Iterable[Finding]:
    """The header does not say who publishes the document."""
    paths = [f"fileDesc/publicationStmt/{name}" for name in ("publisher", "distributor", "authority", "p", "ab")]
    for header in _headers(document):
        if not _any_says(header, *paths):
            yield Finding(_place(document, header, "fileDesc/publicationStmt"), "no publisher is named")


@check(
    Severity.WARNING,
    "say in availability what others may do with the document, best with a licence and its address",
    '<availability><licence target="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</licence></availability>',
)
def missing_licence(document: Document, edition: Edition) -> Iterable[Finding]:
    """The header does not say what others may do with the document: there is no licence and no word on rights."""
    for header in _headers(document):
        statements = [_at(one, "fileDesc/publicationStmt") for one in _lineage(header)]
        if not any(_grants(one) for one in statements if one is not None):
            yield Finding(_place(document, header, "fileDesc/publicationStmt"), "nothing is said of a licence")


@check(
    Severity.WARNING,
    "describe the source in sourceDesc: a bibl, a msDesc, or a paragraph, also that there is none",
    "<sourceDesc><p>Born digital.</p></sourceDesc>",
)
def missing_source_description(document: Document, edition: Edition) -> Iterable[Finding]:
    """The header does not say what the document was made from."""
    for header in _headers(document):
        if not _any_says(header, "fileDesc/sourceDesc"):
            yield Finding(_place(document, header, "fileDesc/sourceDesc"), "the source is not described")


@check(Severity.WARNING, "give the root element or the text xml:lang", '<TEI xml:lang="de">')
def missing_language(document: Document, edition: Edition) -> Iterable[Finding]:
    """The document says nowhere which language its text is in, so that hyphenation, search and screen readers guess."""
    lookup = document.lookup
    if any(lookup.attributes("mainLang")) or any(one.get("ident") for one in lookup.elements("language")):
        return
    for text in lookup.elements("text"):
        if string_of(text).strip() and not _has_language(text):
            yield Finding(document.location(text), "the language of the text is nowhere given")
            return


@check(Severity.WARNING, "write what is to stand there", "<title>Title</title>, <p>Publication Information</p>")
def placeholder_in_header(document: Document, edition: Edition) -> Iterable[Finding]:
    """Title, names or statements of the header are still those of a template."""
    for header in _headers(document):
        file = _at(header, "fileDesc")
        for element in () if file is None else file.iter(*(f"{TEI}{name}" for name in (*STATEMENTS, "p"))):
            words = "" if len(element) else " ".join(string_of(element).split())
            if words and words.casefold().strip("[]<>{}") in PLACEHOLDERS and not _is_cited(element):
                yield Finding(document.location(element), f"“{words}” is a placeholder")


def _headers(document: Document) -> Iterator[etree._Element]:
    """The headers of documents with a text; not those of registers, nor those of which parts are in other files."""
    included = [header for one in document.lookup.tags.get(INCLUDE, ()) for header in one.iterancestors(HEADER)]
    for header in document.lookup.elements("teiHeader"):
        parent = header.getparent()
        if parent is not None and any(child.tag in TEXTS for child in parent) and header not in included:
            yield header


def _lineage(header: etree._Element) -> Iterator[etree._Element]:
    """A header and those of the corpora that its document is part of; what they say holds for it, too."""
    yield header
    for corpus in header.iterancestors(f"{TEI}teiCorpus"):
        for other in corpus.iterchildren(HEADER):
            if other is not header:
                yield other


def _any_says(header: etree._Element, *paths: str) -> bool:
    return any(_says(one, path) for one in _lineage(header) for path in paths)


def _at(element: etree._Element, path: str) -> etree._Element | None:
    return element.find("/".join(f"{TEI}{step}" for step in path.split("/")))


def _says(header: etree._Element, path: str) -> bool:
    """Whether an element at a path says something, in words or by attributes."""
    steps = "/".join(f"{TEI}{step}" for step in path.split("/"))
    return any(_is_filled(found) for found in header.iterfind(steps))


def _is_filled(element: etree._Element) -> bool:
    return bool(string_of(element).strip()) or any(one.attrib for one in element.iter(etree.Element))


def _names_somebody(header: etree._Element) -> bool:
    statements = [_at(header, "fileDesc/titleStmt"), _at(header, "fileDesc/editionStmt")]
    return any(one.tag in RESPONSIBLE and _is_filled(one) for found in statements if found is not None for one in found)


def _grants(statement: etree._Element) -> bool:
    statements = statement.iter(f"{TEI}availability", f"{TEI}licence")
    return any(_is_filled(one) for one in statements) or bool(RIGHTS.search(string_of(statement)))


def _has_language(text: etree._Element) -> bool:
    """Whether an element, what it stands in, or all that it consists of has xml:lang."""
    if any(one.get(XML_LANG) for one in (text, *text.iterancestors())):
        return True
    parts = [child for child in text if isinstance(child.tag, str)]
    return bool(parts) and all(_has_own_language(part) for part in parts)


def _has_own_language(part: etree._Element) -> bool:
    if part.get(XML_LANG):
        return True
    children = [child for child in part if isinstance(child.tag, str)]
    return bool(children) and all(child.get(XML_LANG) for child in children)


def _is_cited(element: etree._Element) -> bool:
    """Whether words stand in the description of a source, where they may be what it is called."""
    source = f"{TEI}sourceDesc"
    return element.tag != f"{TEI}p" and next(element.iterancestors(source), None) is not None


def _place(document: Document, header: etree._Element, path: str) -> Location:
    """The place of what is nearest to a part of the header that may not be there."""
    steps = path.split("/")
    while steps:
        found = _at(header, "/".join(steps))
        if found is not None:
            return document.location(found)
        steps.pop()
    return document.location(header)
